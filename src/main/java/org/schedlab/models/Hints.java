package org.schedlab.models;

import org.schedlab.program.Operation;

/** What to write instead of operations that no comparison has counterparts for. */
final class Hints {
  private Hints() {}

  static String instead(Operation operation) {
    if (operation instanceof Operation.Touch
        || operation instanceof Operation.Alloc
        || operation instanceof Operation.Free) {
      return "a heap is one process's; use `variables` with `load` and `store`";
    } else if (operation instanceof Operation.Acquire || operation instanceof Operation.Release) {
      return "units are held by processes; use a `semaphore`";
    } else if (operation instanceof Operation.Exit) {
      return "it ends the whole process; let the program come to its end";
    } else if (operation instanceof Operation.Fork
        || operation instanceof Operation.Exec
        || operation instanceof Operation.Kill) {
      return "it copies, replaces or ends a whole process; make tasks by `thread`, `spawn` or"
          + " `async`";
    } else if (operation instanceof Operation.Spawn) {
      return "spawn processes of one thread, without variables and objects of their own";
    } else if (operation instanceof Operation.StartThread) {
      return "start threads with a `program`, without `coroutines`";
    } else if (operation instanceof Operation.FutexWait
        || operation instanceof Operation.FutexWake) {
      return "use a `mutex` or a `semaphore`";
    } else if (operation instanceof Operation.Cancel || operation instanceof Operation.Raise) {
      return "tell tasks by a variable or a message to stop";
    }
    return "send messages through a `queue`";
  }
}
