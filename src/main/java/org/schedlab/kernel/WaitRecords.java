package org.schedlab.kernel;

/**
 * Checks that a thread is noted down where it waits, once, and nowhere else: who sleeps has one
 * record of waiting, of the kind that its cause says, and who is woken has none left. A thread for
 * which this does not hold would be woken never, or for what it no longer waits for.
 */
final class WaitRecords {
  private final Resources resources;

  WaitRecords(Resources resources) {
    this.resources = resources;
  }

  /**
   * A blocked thread is about to be ready.
   *
   * @throws IllegalStateException if it is still noted down somewhere: a bug
   */
  void checkWoken(KernelThread thread) {
    boolean left =
        thread.waitsAt != null
            || thread.futex != null
            || thread.joining != null
            || thread.call != null && thread.call.isWaiting();
    if (left) {
      throw new IllegalStateException(thread.name() + " is woken and still waits somewhere");
    }
  }

  /**
   * The run is over and a thread sleeps.
   *
   * @throws IllegalStateException if it is not noted down where its cause says, and only there
   */
  void checkAsleep(KernelThread thread) {
    boolean calls = thread.call != null && thread.call.isWaiting();
    boolean asks = resources.isWaiting(thread);
    boolean reaps = thread.process.waiters().contains(thread);
    boolean there =
        switch (thread.cause) {
          case MUTEX, SEMAPHORE, CONDITION, BARRIER, READ_LOCK, WRITE_LOCK ->
              thread.waitsAt != null;
          case EMPTY, FULL, ACCEPT, CONNECT, POLL -> calls;
          case FUTEX -> thread.futex != null;
          case RESOURCE -> asks;
          case JOIN -> thread.joining != null;
          case CHILD -> reaps;
          default -> true;
        };
    int records =
        one(thread.waitsAt != null)
            + one(calls)
            + one(thread.futex != null)
            + one(asks)
            + one(thread.joining != null)
            + one(reaps);
    boolean elsewhere =
        switch (thread.cause) {
          case IO, SLEEP, EVENTS, RELEASE, PAGE_FAULT, FRAME, STOPPED -> records > 0;
          default -> records > 1;
        };
    if (!there || elsewhere) {
      throw new IllegalStateException(
          thread.name() + " sleeps for " + thread.cause + " and has " + records + " records of it");
    }
  }

  private static int one(boolean there) {
    return there ? 1 : 0;
  }
}
