package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Finds out which operation an entry of a program is, and whether its keys go together. */
final class OperationEntry {
  private OperationEntry() {}

  /** Returns the entry that says which operation it is, or null after reporting. */
  static Entry head(Entries map, Problems problems) {
    Entry head = null;
    for (Entry entry : map.entries()) {
      String text = entry.key().text();
      if (OperationKey.of(text) == null) {
        continue;
      }
      if (head != null) {
        problems.add(
            entry.key().mark(),
            "`"
                + text
                + "` must be an entry of its own: `"
                + head.key().text()
                + "` is already this entry's operation");
        return null;
      }
      head = entry;
    }
    if (head == null) {
      Scalar first = map.entries().get(0).key();
      problems.add(first.mark(), withoutHead(first.text()));
      return spelledRight(map, problems);
    }
    OperationKey key = OperationKey.of(head.key().text());
    return companionsFit(map, head, key, problems) ? head : null;
  }

  /** Returns the first entry as the operation that it is clearly meant to be, or null. */
  private static Entry spelledRight(Entries map, Problems problems) {
    Entry first = map.entries().get(0);
    String text = first.key().text();
    String meant =
        OperationKey.entryKeys().contains(text)
            ? null
            : Spelling.clear(text, OperationKey.keys(), List.of());
    OperationKey key = meant == null ? null : OperationKey.of(meant);
    return key != null && key != OperationKey.YIELD && companionsFit(map, first, key, problems)
        ? new Entry(new Scalar(meant, true, false, first.key().mark()), first.value())
        : null;
  }

  private static String withoutHead(String text) {
    if (!OperationKey.entryKeys().contains(text)) {
      return unknown(text);
    }
    boolean loop = text.equals("do");
    return "`"
        + text
        + "` belongs into the same entry as its "
        + (loop ? "`repeat` or `while`" : "`if`")
        + "; inside [] write it in braces: "
        + example(loop ? OperationKey.REPEAT : OperationKey.IF);
  }

  private static boolean companionsFit(
      Entries map, Entry head, OperationKey key, Problems problems) {
    boolean fit = true;
    for (Entry entry : map.entries()) {
      String text = entry.key().text();
      if (entry != head && !key.companions().contains(text)) {
        fit = false;
        problems.add(
            entry.key().mark(),
            "`"
                + Sizes.cut(text)
                + "` cannot stand beside `"
                + key.key()
                + "`"
                + (key.companions().isEmpty()
                    ? ""
                    : Spelling.suggestion(text, key.companions(), "allowed there")));
      }
    }
    String needed = key.companions().isEmpty() ? null : key.companions().get(0);
    if (fit && needed != null && map.get(needed) == null) {
      problems.add(
          head.key().mark(),
          "`" + key.key() + "` needs its `" + needed + "` in the same entry: " + example(key));
      return false;
    }
    return fit;
  }

  private static String example(OperationKey key) {
    return key == OperationKey.IF
        ? "{if: r == 0, then: [...], else: [...]}"
        : "{" + key.key() + ": " + (key == OperationKey.REPEAT ? "3" : "r < 3") + ", do: [...]}";
  }

  /** Returns what to say about a word that is no operation. */
  static String unknown(String text) {
    return "`"
        + Sizes.cut(text)
        + "` is not an operation"
        + Spelling.suggestion(text, OperationKey.keys(), "allowed");
  }
}
