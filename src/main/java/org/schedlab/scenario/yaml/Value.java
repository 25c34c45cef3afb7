package org.schedlab.scenario.yaml;

import java.util.List;

/** A YAML value with its place, aliases and merge keys resolved, scalars still text. */
sealed interface Value {
  Mark mark();

  /** Returns what this is, for messages: {@code a list}, or the text between backticks. */
  String shown();

  /**
   * A scalar.
   *
   * @param plain whether it stands without quotes
   * @param anchored whether YAML read an anchor ({@code &name}) before it
   */
  record Scalar(String text, boolean plain, boolean anchored, Mark mark) implements Value {
    private static final int LONGEST_SHOWN = 60;

    /** Says whether nothing was given. */
    boolean isNull() {
      return plain
          && (text.isEmpty()
              || text.equals("~")
              || text.equals("null")
              || text.equals("Null")
              || text.equals("NULL"));
    }

    @Override
    public String shown() {
      if (isNull()) {
        return "nothing";
      }
      String line = text.replaceAll("\\s+", " ");
      return "`"
          + (line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line)
          + "`";
    }
  }

  /** A sequence. */
  record Items(List<Value> items, Mark mark) implements Value {
    @Override
    public String shown() {
      return "a list";
    }
  }

  /** A mapping, in the order of the file; no key twice. */
  record Entries(List<Entry> entries, Mark mark) implements Value {
    @Override
    public String shown() {
      return "a map";
    }

    /** Returns the value of a key, or null. */
    Value get(String key) {
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }
  }

  /** A key and its value. */
  record Entry(Scalar key, Value value) {}
}
