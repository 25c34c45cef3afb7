package org.schedlab.scenario.yaml;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.schedlab.scenario.yaml.Image.Runner;

/**
 * Knows which thread's coroutines use a channel, an async mutex or an async semaphore: those join
 * the coroutines of one thread.
 */
final class CoroutineObjects {
  /** By the place that declares them, and by name, the threads that were first to use objects. */
  private final Map<SharedObjects, Map<String, Runner>> users = new IdentityHashMap<>();

  /**
   * Takes note that a thread uses an object that its process sees.
   *
   * @return what is wrong with that, or null
   */
  String problem(Image image, Runner thread, String name, ObjectKind kind) {
    SharedObjects place = image.objects().placeOf(name);
    Runner first = users.computeIfAbsent(place, p -> new HashMap<>()).putIfAbsent(name, thread);
    boolean ofFile = place == image.objects().ofFile();
    boolean several = thread.loopNames().size() > 1 || ofFile && image.count() > 1;
    if (!several && (first == null || first == thread)) {
      return null;
    }
    return kind.article()
        + " joins the coroutines of one thread, and several have `"
        + name
        + "`; between threads use a message queue, or a mutex and a condition variable, between"
        + " processes a pipe or a message queue";
  }
}
