package org.schedlab.kernel;

/**
 * The priorities at which threads run for the sake of locks. With inheritance the holder of a mutex
 * runs at the priority of its most urgent waiter, and so does whoever that holder waits for; with a
 * ceiling it runs at the mutex's ceiling from the moment it locks (Sha, Rajkumar and Lehoczky,
 * "Priority inheritance protocols", IEEE Transactions on Computers 1990; POSIX,
 * PTHREAD_PRIO_INHERIT and PTHREAD_PRIO_PROTECT).
 */
final class Priorities {
  private final Kernel kernel;

  Priorities(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A thread begins to wait. */
  void waits(KernelThread thread, SyncObject object) {
    if (object.inherits()) {
      update(object.mutex.holder());
    }
  }

  /** Nobody may wait any more who did. */
  void left(SyncObject object) {
    if (object.inherits() && object.mutex.holder() != null) {
      update(object.mutex.holder());
    }
  }

  void locked(KernelThread thread, SyncObject object) {
    if (object.inherits() || object.hasCeiling()) {
      thread.hold(object);
      update(thread);
    }
  }

  void unlocked(KernelThread thread, SyncObject object) {
    if (thread.letGo(object)) {
      update(thread);
    }
  }

  /** Works out a thread's priority from what it holds. */
  void update(KernelThread thread) {
    long urgency = thread.ownPriority();
    KernelThread lender = null;
    for (SyncObject object : thread.held()) {
      if (object.hasCeiling()) {
        long ceiling = kernel.urgency(object.ceiling());
        if (ceiling < urgency) {
          urgency = ceiling;
          lender = null;
        }
      } else {
        for (KernelThread waiter : object.mutex.waiters().all()) {
          if (waiter.priority() < urgency) {
            urgency = waiter.priority();
            lender = waiter;
          }
        }
      }
    }
    if (urgency != thread.priority()) {
      kernel.changeUrgency(thread, urgency, lender);
      if (thread.waitsAt != null) {
        waits(thread, thread.waitsAt);
      }
    }
  }
}
