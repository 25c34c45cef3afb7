package org.schedlab.models;

import org.schedlab.program.Operation;

/** What scenarios call operations, for messages. */
final class Words {
  private Words() {}

  static String of(Operation operation) {
    return "`" + key(operation) + "`";
  }

  private static String key(Operation operation) {
    if (operation instanceof Operation.CondWait) {
      return "cond_wait";
    } else if (operation instanceof Operation.CondSignal signal) {
      return signal.broadcast() ? "cond_broadcast" : "cond_signal";
    } else if (operation instanceof Operation.BarrierWait) {
      return "barrier_wait";
    } else if (operation instanceof Operation.RwLock lock) {
      return lock.write() ? "write_lock" : "read_lock";
    } else if (operation instanceof Operation.RwUnlock) {
      return "rw_unlock";
    } else if (operation instanceof Operation.FutexWait) {
      return "futex_wait";
    } else if (operation instanceof Operation.FutexWake) {
      return "futex_wake";
    } else if (operation instanceof Operation.Send) {
      return "write";
    } else if (operation instanceof Operation.Receive) {
      return "read";
    } else if (operation instanceof Operation.Await await
        && await.awaited() instanceof Operation.Awaited.Group group) {
      return group.first() ? "race" : "gather";
    } else if (operation instanceof Operation.WaitFor) {
      return "wait";
    }
    return operation.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
