package org.schedlab.scenario.yaml;

import java.util.Objects;
import java.util.stream.Stream;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Waiting;

/** Knows the registers that operations set. */
final class SetRegisters {
  private SetRegisters() {}

  /** Returns the registers that an operation sets, without those of operations inside it. */
  static Stream<String> of(Operation operation) {
    return Stream.of(
            ofVariables(operation),
            ofTalk(operation),
            heard(waitingAtLock(operation)),
            heard(waitingOfCoroutine(operation)))
        .flatMap(registers -> registers)
        .filter(Objects::nonNull);
  }

  /** Returns those that an operation sets by which threads talk or share resources. */
  static Stream<String> ofTalk(Operation operation) {
    Stream<String> moved = Stream.empty();
    if (operation instanceof Operation.Send send) {
      moved = Stream.of(send.count());
    } else if (operation instanceof Operation.Receive receive) {
      moved = Stream.of(receive.count(), receive.priority());
    } else if (operation instanceof Operation.FutexWake wake) {
      moved = Stream.of(wake.into());
    }
    return Stream.concat(moved, heard(waitingForTalk(operation))).filter(Objects::nonNull);
  }

  private static Stream<String> heard(Waiting waiting) {
    return waiting == null ? Stream.empty() : Stream.of(waiting.into(), waiting.error());
  }

  private static Stream<String> ofVariables(Operation operation) {
    if (operation instanceof Operation.Load load) {
      return Stream.of(load.register());
    } else if (operation instanceof Operation.Set set) {
      return Stream.of(set.register());
    } else if (operation instanceof Operation.FetchAdd add) {
      return Stream.of(add.into());
    } else if (operation instanceof Operation.Exchange exchange) {
      return Stream.of(exchange.into());
    } else if (operation instanceof Operation.CompareAndSwap swap) {
      return Stream.of(swap.into());
    } else if (operation instanceof Operation.Fork fork) {
      return Stream.of(fork.into());
    } else if (operation instanceof Operation.WaitFor wait) {
      return Stream.of(wait.into());
    }
    return Stream.empty();
  }

  /** Returns how an operation waits that reports how that went, or null. */
  private static Waiting waitingAtLock(Operation operation) {
    if (operation instanceof Operation.Lock lock) {
      return lock.waiting();
    } else if (operation instanceof Operation.Unlock unlock) {
      return unlock.waiting();
    } else if (operation instanceof Operation.SemWait wait) {
      return wait.waiting();
    } else if (operation instanceof Operation.CondWait wait) {
      return wait.waiting();
    } else if (operation instanceof Operation.BarrierWait wait) {
      return wait.waiting();
    } else if (operation instanceof Operation.RwLock lock) {
      return lock.waiting();
    } else if (operation instanceof Operation.RwUnlock unlock) {
      return unlock.waiting();
    }
    return null;
  }

  private static Waiting waitingOfCoroutine(Operation operation) {
    if (operation instanceof Operation.Await await) {
      return await.waiting();
    } else if (operation instanceof Operation.Put put) {
      return put.waiting();
    }
    return operation instanceof Operation.Get get ? get.waiting() : null;
  }

  private static Waiting waitingForTalk(Operation operation) {
    if (operation instanceof Operation.Send send) {
      return send.waiting();
    } else if (operation instanceof Operation.Receive receive) {
      return receive.waiting();
    } else if (operation instanceof Operation.Close close) {
      return close.waiting();
    } else if (operation instanceof Operation.Listen listen) {
      return listen.waiting();
    } else if (operation instanceof Operation.Accept accept) {
      return accept.waiting();
    } else if (operation instanceof Operation.Connect connect) {
      return connect.waiting();
    } else if (operation instanceof Operation.Poll poll) {
      return poll.waiting();
    } else if (operation instanceof Operation.FutexWait wait) {
      return wait.waiting();
    } else if (operation instanceof Operation.Acquire acquire) {
      return acquire.waiting();
    } else if (operation instanceof Operation.Release release) {
      return release.waiting();
    }
    return null;
  }
}
