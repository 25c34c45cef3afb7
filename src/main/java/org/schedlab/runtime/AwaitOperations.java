package org.schedlab.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Errno;
import org.schedlab.program.Instruction;
import org.schedlab.program.SharedObject;
import org.schedlab.trace.AwaitCause;

/** What coroutines do among themselves, each operation for the one that has its turn. */
final class AwaitOperations {
  private final Coroutines coroutines;
  private final Map<Integer, Channel> channels = new HashMap<>();
  private final Map<Integer, AsyncLock> locks = new HashMap<>();

  AwaitOperations(Coroutines coroutines) {
    this.coroutines = coroutines;
  }

  /**
   * Carries an operation out.
   *
   * @return what making coroutines for it takes
   */
  long carryOut(Carrier carrier, Coroutine caller, Instruction instruction) {
    switch (instruction.opcode) {
      case AWAIT_TIMER -> {
        long length = instruction.length.draw(caller.random);
        long left = instruction.flag ? length - carrier.host().now() : length;
        if (instruction.flag && left <= 0) {
          // The moment is past.
          pass(caller, instruction, 1);
          return 0;
        }
        coroutines.suspend(carrier, caller, instruction, AwaitCause.TIMER, null, null);
        coroutines.addTimer(carrier.host(), caller, left, false);
      }
      case AWAIT_TASK -> awaitTask(carrier, caller, instruction);
      case AWAIT_GROUP -> {
        return awaitGroup(carrier, caller, instruction);
      }
      case AWAIT_MUTEX -> awaitLock(carrier, caller, instruction, AwaitCause.MUTEX);
      case AWAIT_SEMAPHORE -> awaitLock(carrier, caller, instruction, AwaitCause.SEMAPHORE);
      case LEAVE -> leave(carrier, caller, instruction);
      case ASYNC -> {
        Instruction.CoroutineSeed seed = instruction.group.members().get(0);
        coroutines.makeAll(carrier, seed);
        return seed.count() * coroutines.costs().create();
      }
      case PUT -> put(carrier, caller, instruction);
      case GET -> get(carrier, caller, instruction);
      case CANCEL -> {
        Coroutine meant = find(caller, instruction, instruction.text);
        if (meant == caller) {
          raise(caller, instruction, Errno.ECANCELED.name());
        } else if (meant != null) {
          cancel(carrier, meant);
        }
      }
      case RAISE -> coroutines.finish(carrier, caller, instruction.text);
      default -> throw new IllegalStateException(instruction.opcode + " is not a runtime's");
    }
    return 0;
  }

  /** The operation succeeded and the coroutine goes on at once. */
  private static void pass(Coroutine caller, Instruction instruction, long into) {
    caller.execution.setRegister(instruction.register, into);
    caller.execution.setRegister(instruction.error, 0);
  }

  /** An error is raised in the coroutine whose turn it is. */
  private static void raise(Coroutine caller, Instruction at, String error) {
    caller.awaiting = at;
    caller.pending = error;
  }

  private Coroutine find(Coroutine caller, Instruction instruction, String name) {
    Coroutine found = coroutines.latest(name);
    if (found == null) {
      raise(caller, instruction, Errno.EINVAL.name());
    }
    return found;
  }

  // --- other coroutines

  private void awaitTask(Carrier carrier, Coroutine waiter, Instruction instruction) {
    Coroutine task = find(waiter, instruction, instruction.text);
    if (task == null) {
      return;
    }
    task.retrieved = true;
    if (task.hasEnded()) {
      if (task.error != null) {
        raise(waiter, instruction, task.error);
      } else {
        pass(waiter, instruction, 1);
      }
      return;
    }
    Coroutine.Listener listener = (by, ended) -> tellEnd(by, waiter, ended);
    task.addListener(listener);
    coroutines.suspend(
        carrier,
        waiter,
        instruction,
        AwaitCause.TASK,
        task.name,
        () -> task.removeListener(listener));
    waiter.tasks = List.of(task);
  }

  private void tellEnd(Carrier carrier, Coroutine waiter, Coroutine ended) {
    waiter.withdrawal = null;
    if (ended.error != null) {
      coroutines.goOnWith(carrier, waiter, ended.error);
    } else {
      waiter.given = 1;
      coroutines.goOn(carrier, waiter);
    }
  }

  private long awaitGroup(Carrier carrier, Coroutine waiter, Instruction instruction) {
    List<Coroutine> members = new ArrayList<>();
    long price = 0;
    for (Instruction.CoroutineSeed seed : instruction.group.members()) {
      if (seed.program() != null) {
        members.add(coroutines.make(carrier, seed, seed.name()));
        price += coroutines.costs().create();
      } else {
        Coroutine member = find(waiter, instruction, seed.name());
        if (member == null) {
          return price;
        }
        members.add(member);
      }
    }
    new Group(instruction, waiter, members).await(carrier);
    return price;
  }

  /** Several coroutines that one awaits: all of them, or the first. */
  private final class Group implements Coroutine.Listener {
    private final Instruction instruction;
    private final Coroutine waiter;
    private final List<Coroutine> members;
    private int left;

    Group(Instruction instruction, Coroutine waiter, List<Coroutine> members) {
      this.instruction = instruction;
      this.waiter = waiter;
      this.members = members;
    }

    void await(Carrier carrier) {
      for (Coroutine member : members) {
        member.retrieved = true;
        if (!member.hasEnded()) {
          left++;
        } else if (member.error != null) {
          raise(waiter, instruction, member.error);
          return;
        } else if (instruction.group.first()) {
          pass(waiter, instruction, members.indexOf(member));
          return;
        }
      }
      if (left == 0) {
        pass(waiter, instruction, 1);
        return;
      }
      members.stream().filter(m -> !m.hasEnded()).forEach(m -> m.addListener(this));
      coroutines.suspend(carrier, waiter, instruction, AwaitCause.GROUP, null, this::withdraw);
      waiter.tasks = members;
    }

    private void withdraw() {
      members.forEach(member -> member.removeListener(this));
    }

    @Override
    public void ended(Carrier carrier, Coroutine coroutine) {
      left--;
      if (coroutine.error != null) {
        coroutines.goOnWith(carrier, waiter, coroutine.error);
      } else if (instruction.group.first() || left == 0) {
        withdraw();
        waiter.given = instruction.group.first() ? members.indexOf(coroutine) : 1;
        coroutines.goOn(carrier, waiter);
      }
    }
  }

  /** Cancels what a coroutine awaits that has waited too long for it; not itself, if it is that. */
  void cancelAwaited(Carrier carrier, Coroutine waiter) {
    for (Coroutine task : waiter.tasks) {
      if (task != waiter) {
        cancel(carrier, task);
      }
    }
  }

  private void cancel(Carrier carrier, Coroutine coroutine) {
    String canceled = Errno.ECANCELED.name();
    switch (coroutine.state) {
      case SUSPENDED -> coroutines.goOnWith(carrier, coroutine, canceled);
      case READY -> {
        if (coroutine.refusal != null) {
          coroutine.refusal.refuse(carrier);
          coroutine.refusal = null;
        }
        coroutine.pending = canceled;
      }
      // Another carrier runs it: what it is about holds together up to there.
      case RUNNING -> coroutine.toCancel = true;
      case ENDED -> {}
    }
  }

  // --- locks and semaphores

  private AsyncLock lock(Carrier carrier, int object) {
    return locks.computeIfAbsent(
        object,
        key ->
            carrier.host().object(key) instanceof SharedObject.AsyncSemaphore semaphore
                ? AsyncLock.semaphore(semaphore.value())
                : AsyncLock.mutex());
  }

  private void awaitLock(
      Carrier carrier, Coroutine waiter, Instruction instruction, AwaitCause cause) {
    AsyncLock lock = lock(carrier, instruction.target);
    if (lock.isFree()) {
      lock.take(waiter);
      pass(waiter, instruction, 1);
      return;
    }
    lock.waiters.add(waiter);
    waiter.given = 1;
    coroutines.suspend(
        carrier,
        waiter,
        instruction,
        cause,
        carrier.host().object(instruction.target).name(),
        () -> lock.waiters.remove(waiter));
  }

  private void leave(Carrier carrier, Coroutine caller, Instruction instruction) {
    AsyncLock lock = lock(carrier, instruction.target);
    if (!lock.mayBeLeftBy(caller)) {
      raise(caller, instruction, Errno.EPERM.name());
      return;
    }
    passOn(carrier, lock);
  }

  /** A lock is given back: the first who waits for it has it, unless he is cancelled meanwhile. */
  private void passOn(Carrier carrier, AsyncLock lock) {
    Coroutine next = lock.leave();
    if (next != null) {
      coroutines.goOn(carrier, next);
      next.refusal = by -> passOn(by, lock);
    }
  }

  // --- channels

  private Channel channel(Carrier carrier, int object) {
    return channels.computeIfAbsent(
        object, key -> new Channel(((SharedObject.Channel) carrier.host().object(key)).capacity()));
  }

  private void put(Carrier carrier, Coroutine putter, Instruction instruction) {
    Channel channel = channel(carrier, instruction.target);
    long value = instruction.value.evaluate(putter.execution);
    if (putter.execution.dividedByZero()) {
      return;
    }
    if (!channel.getters.isEmpty()) {
      hand(carrier, channel, value);
      pass(putter, instruction, 1);
    } else if (!channel.isFull()) {
      channel.put(value);
      pass(putter, instruction, 1);
    } else if (instruction.shared) {
      raise(putter, instruction, Errno.EAGAIN.name());
    } else {
      putter.given = value;
      channel.putters.add(putter);
      coroutines.suspend(
          carrier,
          putter,
          instruction,
          AwaitCause.FULL,
          carrier.host().object(instruction.target).name(),
          () -> channel.putters.remove(putter));
    }
  }

  /** Gives a value to the first who waits for one; it is the next one's if he is cancelled. */
  private void hand(Carrier carrier, Channel channel, long value) {
    Coroutine getter = channel.getters.poll();
    if (getter == null) {
      channel.putBack(value);
      return;
    }
    getter.given = value;
    coroutines.goOn(carrier, getter);
    getter.refusal = by -> hand(by, channel, value);
  }

  private void get(Carrier carrier, Coroutine getter, Instruction instruction) {
    Channel channel = channel(carrier, instruction.target);
    if (!channel.isEmpty()) {
      pass(getter, instruction, channel.take());
      Coroutine putter = channel.putters.poll();
      if (putter != null) {
        channel.put(putter.given);
        putter.given = 1;
        coroutines.goOn(carrier, putter);
      }
    } else if (instruction.shared) {
      raise(getter, instruction, Errno.EAGAIN.name());
    } else {
      channel.getters.add(getter);
      coroutines.suspend(
          carrier,
          getter,
          instruction,
          AwaitCause.EMPTY,
          carrier.host().object(instruction.target).name(),
          () -> channel.getters.remove(getter));
    }
  }
}
