package org.schedlab.scenario.yaml;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.schedlab.program.Location;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Awaited;
import org.schedlab.program.Operation.Member;
import org.schedlab.program.SharedObject;
import org.schedlab.scenario.yaml.Image.Runner;

/**
 * Checks that operations of coroutines stand in coroutines, and that those name coroutines of their
 * thread and objects that are for coroutines.
 */
final class CoroutineCheck {
  /** The most coroutines of one name that a message lists. */
  private static final int MOST_LISTED = 3;

  private final ObjectNames names;
  private final NamePlaces places;
  private final CoroutineObjects objects;
  private final Image image;
  private final Runner thread;
  private final Map<String, Integer> known;
  private final CountedNames coroutines;

  CoroutineCheck(
      Image image, Runner thread, ObjectNames names, NamePlaces places, CoroutineObjects objects) {
    this.image = image;
    this.thread = thread;
    this.names = names;
    this.places = places;
    this.objects = objects;
    this.known = thread.coroutineNames();
    this.coroutines = new CountedNames("coroutine", known);
  }

  /** Checks an operation, without the operations inside it. */
  void check(Operation operation) {
    if (!thread.isLoop()) {
      refuseInThread(operation);
    } else if (operation instanceof Operation.Await await) {
      awaited(await);
    } else if (operation instanceof Operation.Put put) {
      object(put.channel(), "put", put.location(), ObjectKind.CHANNEL);
    } else if (operation instanceof Operation.Get get) {
      object(get.channel(), "get", get.location(), ObjectKind.CHANNEL);
    } else if (operation instanceof Operation.Leave leave) {
      leaves(leave);
    } else if (operation instanceof Operation.Cancel cancel) {
      coroutine(cancel.name(), cancel.location());
    } else if (operation instanceof Operation.Fork || operation instanceof Operation.Exec) {
      boolean fork = operation instanceof Operation.Fork;
      names.report(
          operation.location(),
          "a coroutine cannot "
              + (fork ? "`fork`" : "`exec`")
              + ": its process would go on without the event loop; `spawn` makes a process");
    }
  }

  private void refuseInThread(Operation operation) {
    String message = null;
    if (operation instanceof Operation.Await await) {
      message =
          await.awaited() instanceof Awaited.Group group
              ? forCoroutines(group.first() ? "race" : "gather", "a thread waits by `join`")
              : forCoroutines("await", "a thread waits by `io`, `sleep`, `join` and the like");
    } else if (operation instanceof Operation.Async) {
      message = forCoroutines("async", "a thread starts others by `thread`");
    } else if (operation instanceof Operation.Put) {
      message = forCoroutines("put", "threads `send` to a message queue");
    } else if (operation instanceof Operation.Get) {
      message = forCoroutines("get", "threads `receive` from a message queue");
    } else if (operation instanceof Operation.Cancel) {
      message = forCoroutines("cancel", "threads tell each other by variables or messages to stop");
    } else if (operation instanceof Operation.Raise) {
      message = forCoroutines("raise", "a thread ends its process by `exit`");
    } else if (operation instanceof Operation.Leave leave && !isOtherHere(leave)) {
      boolean mutex = places.kindOf(leave) == ObjectKind.ASYNC_MUTEX;
      message =
          "`"
              + leave.object()
              + "` is "
              + places.kindOf(leave).article()
              + ", for coroutines; threads use one declared under "
              + (mutex ? "`mutexes`" : "`semaphores`");
    }
    if (message != null) {
      names.report(operation.location(), message);
    }
  }

  private static String forCoroutines(String word, String instead) {
    return "`" + word + "` is for coroutines; " + instead;
  }

  private void awaited(Operation.Await await) {
    Location at = await.location();
    if (await.awaited() instanceof Awaited.Task task) {
      coroutine(task.name(), at);
    } else if (await.awaited() instanceof Awaited.Lock lock) {
      object(lock.mutex(), "lock", at, ObjectKind.ASYNC_MUTEX);
    } else if (await.awaited() instanceof Awaited.Semaphore semaphore) {
      object(semaphore.semaphore(), "semaphore", at, ObjectKind.ASYNC_SEMAPHORE);
    } else if (await.awaited() instanceof Awaited.Group group) {
      for (Member member : group.members()) {
        if (member.program() == null) {
          coroutine(member.name(), places.of(member));
        }
      }
    }
  }

  private void leaves(Operation.Leave leave) {
    if (!isOtherHere(leave)) {
      ObjectKind kind = places.kindOf(leave);
      String word = kind == ObjectKind.ASYNC_MUTEX ? "unlock" : "sem_post";
      object(leave.object(), word, leave.location(), kind);
    }
  }

  /** Says, and reports, whether a name means another object here than the reader took it for. */
  private boolean isOtherHere(Operation.Leave leave) {
    ObjectKind kind = places.kindOf(leave);
    SharedObject found = image.objects().find(leave.object());
    if (found == null || ObjectKind.of(found) == kind) {
      return false;
    }
    names.report(
        leave.location(),
        "`"
            + leave.object()
            + "` is "
            + ObjectKind.of(found).article()
            + " here and "
            + kind.article()
            + " elsewhere in the file; give them different names");
    return true;
  }

  /** Checks that a name means an object of that kind, and no other thread's. */
  private void object(String name, String word, Location at, ObjectKind kind) {
    if (names.find(name, word, at, kind) != null) {
      String problem = objects.problem(image, thread, name, kind);
      if (problem != null) {
        names.report(at, problem);
      }
    }
  }

  private void coroutine(String name, Location at) {
    int count = known.getOrDefault(name, 0);
    if (count > 1) {
      names.report(at, several(name, count));
      return;
    }
    Set<String> all = known.keySet();
    boolean number = !name.isEmpty() && Character.isDigit(name.charAt(0));
    String none =
        "no coroutine of this thread is called `"
            + Sizes.cut(name)
            + "`"
            + (number
                ? "; a timer is `await: {time: " + Sizes.cut(name) + "}`"
                : Spelling.suggestion(name, all, "its coroutines"));
    String problem = coroutines.problem(name, none);
    if (problem != null) {
      names.report(at, problem);
    }
  }

  private static String several(String name, int count) {
    List<String> numbered = Numbered.names(name, Math.min(count, MOST_LISTED));
    return "there are "
        + count
        + " coroutines `"
        + name
        + "`; name one, `"
        + name
        + "[0]`, or wait for all by `gather: ["
        + numbered.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "))
        + (count > MOST_LISTED ? ", …" : "")
        + "]`";
  }
}
