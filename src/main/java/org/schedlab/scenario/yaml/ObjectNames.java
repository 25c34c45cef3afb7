package org.schedlab.scenario.yaml;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.schedlab.program.Location;
import org.schedlab.program.SharedObject;

/** Finds the objects that the operations of a process name, and reports where there is none. */
final class ObjectNames {
  private final String process;
  private final SharedObjects objects;
  private final BiConsumer<Location, String> report;

  ObjectNames(Image image, BiConsumer<Location, String> report) {
    this.process = image.name();
    this.objects = image.objects();
    this.report = report;
  }

  /** Reports what is wrong at a place. */
  void report(Location at, String message) {
    report.accept(at, message);
  }

  /** Returns the process as messages call it. */
  String owner() {
    return process.isEmpty() ? "the process" : "the process `" + process + "`";
  }

  /**
   * Returns the object that an operation names, or null after reporting.
   *
   * @param word the operation, or the part of it that names the object
   * @param wanted the kinds that it is for
   */
  SharedObject find(String name, String word, Location at, ObjectKind... wanted) {
    SharedObject object = objects.find(name);
    if (object == null) {
      report(at, unknown(name, List.of(wanted)));
      return null;
    }
    ObjectKind kind = ObjectKind.of(object);
    if (!List.of(wanted).contains(kind)) {
      report(at, mistaken(name, List.of(wanted), word, kind));
      return null;
    }
    return object;
  }

  private String unknown(String name, List<ObjectKind> wanted) {
    Set<String> known = new LinkedHashSet<>();
    wanted.forEach(kind -> known.addAll(objects.names(kind)));
    String text = "neither " + owner() + " nor the file declares " + articles(wanted) + " `";
    String keys = keys(wanted);
    return known.isEmpty()
        ? text + Sizes.cut(name) + "`; it would stand under " + keys
        : text + Sizes.cut(name) + "`" + Spelling.suggestion(name, known, label(wanted));
  }

  private static String label(List<ObjectKind> wanted) {
    return wanted.size() == 1 ? wanted.get(0).declaredUnder() : "known here";
  }

  private static String keys(List<ObjectKind> wanted) {
    return joined(wanted.stream().map(kind -> "`" + kind.declaredUnder() + "`").toList());
  }

  private static String articles(List<ObjectKind> wanted) {
    return joined(wanted.stream().map(ObjectKind::article).toList());
  }

  private static String joined(List<String> alternatives) {
    int last = alternatives.size() - 1;
    return last == 0
        ? alternatives.get(0)
        : String.join(", ", alternatives.subList(0, last)) + " or " + alternatives.get(last);
  }

  private static String mistaken(
      String name, List<ObjectKind> wanted, String word, ObjectKind kind) {
    List<String> operations = kind.operations();
    return "`"
        + word
        + "` takes "
        + articles(wanted)
        + ", and `"
        + name
        + "` is "
        + kind.article()
        + "; for "
        + kind.article()
        + (operations.size() == 1 ? " there is " : " there are ")
        + Spelling.list(operations);
  }
}
