package org.schedlab.kernel;

import java.util.List;
import org.schedlab.program.Operation;

/** Says in words what threads wait for. */
final class Waits {
  private Waits() {}

  /** Returns what a thread waits for, or null if it does not wait. */
  static String of(KernelThread thread) {
    if (thread.spinsAt != null) {
      return waitsFor(thread.spinsAt);
    }
    if (thread.state != KernelThread.State.BLOCKED) {
      return null;
    }
    return switch (thread.cause) {
      case JOIN -> "the end of " + thread.joiningName;
      case MUTEX, SEMAPHORE, CONDITION, BARRIER, READ_LOCK, WRITE_LOCK -> waitsFor(thread.waitsAt);
      case EMPTY, FULL, ACCEPT, CONNECT, POLL -> Messenger.waitsFor(thread);
      case FUTEX -> "a wake-up at a variable";
      case RESOURCE -> Resources.waitsFor(thread);
      case EVENTS -> {
        List<String> waits = thread.runtime.waits();
        yield waits.isEmpty()
            ? "coroutines that are ready"
            : "what its coroutines await: " + String.join("; ", waits);
      }
      case STOPPED -> "a signal to go on";
      case CHILD -> "the end of " + childAwaited(thread);
      default -> thread.cause.label();
    };
  }

  private static String waitsFor(SyncObject object) {
    KernelThread holder = object.mutex == null ? null : object.mutex.holder();
    if (holder == null) {
      return object.label();
    }
    boolean gone = holder.state == KernelThread.State.ENDED;
    return object.label()
        + (gone
            ? ", which " + holder.name() + " held when it ended"
            : ", held by " + holder.name());
  }

  private static String childAwaited(KernelThread thread) {
    String name = thread.waiting.text;
    return switch (name) {
      case Operation.WaitFor.ANY -> "any child";
      case Operation.WaitFor.ALL -> "all children";
      default -> name;
    };
  }
}
