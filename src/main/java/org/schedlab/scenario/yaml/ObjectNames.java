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
      String mistaken = mistaken(name, List.of(wanted), word, kind);
      report(at, mistaken + instead(name, List.of(wanted), kind));
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
    return "`" + word + "` takes " + articles(wanted) + ", and `" + name + "` is " + kind.article();
  }

  /** Says what to do with an object of another kind than is wanted. */
  private static String instead(String name, List<ObjectKind> wanted, ObjectKind kind) {
    if (wanted.contains(ObjectKind.MUTEX) && kind == ObjectKind.ASYNC_MUTEX) {
      return "; coroutines await it: `await: {lock: " + name + "}`";
    } else if (wanted.contains(ObjectKind.SEMAPHORE) && kind == ObjectKind.ASYNC_SEMAPHORE) {
      return "; coroutines await it: `await: {semaphore: " + name + "}`";
    } else if (wanted.contains(ObjectKind.ASYNC_MUTEX) && kind == ObjectKind.MUTEX) {
      return "; declare it under `async_mutexes`, for waiting at a kernel mutex would stop the"
          + " whole thread";
    } else if (wanted.contains(ObjectKind.ASYNC_SEMAPHORE) && kind == ObjectKind.SEMAPHORE) {
      return "; declare it under `async_semaphores`, for waiting at a kernel semaphore would stop"
          + " the whole thread";
    }
    List<String> operations = kind.operations();
    return "; for "
        + kind.article()
        + (operations.size() == 1 ? " there is " : " there are ")
        + Spelling.list(operations);
  }
}
