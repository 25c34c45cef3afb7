package org.schedlab.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.schedlab.program.Errno;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.program.UserRuntime;
import org.schedlab.trace.TraceSink;

/**
 * A thread that runs coroutines in turns; alone it is an event loop. A coroutine runs until it
 * awaits something that is not there, yields or ends; those that are ready run in the order in
 * which they became so. It works in turns, as asyncio's loop does: before each turn it looks which
 * requests have been served and which timers are due, in this order, and then all that are ready by
 * then run once. When nobody is ready it makes a system call and its thread sleeps.
 *
 * <p>Several carriers of the same coroutines have a queue each. One that has nobody left takes half
 * of another's queue, from its head, before it sleeps; and one that makes a coroutine ready wakes a
 * sleeper, unless one is on its way already.
 */
final class Carrier implements UserRuntime {
  private final Coroutines coroutines;
  private final int thread;
  private final Host host;
  private final TraceSink trace;
  private final Deque<Coroutine> ready = new ArrayDeque<>();
  private Coroutine current;

  /** Who runs next, while the switch to it is under way. */
  private Coroutine chosen;

  /** How many of the ready ones belong to the turn in progress. */
  private int leftInTurn;

  private long cost;

  /** Whether it sleeps because nobody was ready. */
  private boolean asleep;

  /** Whether it has been woken and has not looked yet what has come. */
  private boolean toLook;

  /** Whether another one has woken it and it has not found anybody to run yet. */
  private boolean searching;

  private final Instruction resume = Instruction.of(Opcode.SWITCH_COROUTINE);
  private final Instruction make = Instruction.of(Opcode.MAKE_COROUTINE);
  private final Instruction wake = Instruction.of(Opcode.WAKE_CARRIER);
  private final Instruction awaitEvents = Instruction.of(Opcode.AWAIT_EVENTS);
  private final Instruction pause = Instruction.of(Opcode.PAUSE);
  private final Instruction end = Instruction.of(Opcode.END);

  Carrier(Coroutines coroutines, int thread, Host host, TraceSink trace) {
    this.coroutines = coroutines;
    this.thread = thread;
    this.host = host;
    this.trace = trace;
  }

  // --- what the thread asks

  @Override
  public Instruction next() {
    for (int step = 0; step < Execution.LOCAL_STRETCH; step++) {
      if (coroutines.isToWake(this)) {
        return wake;
      }
      Instruction own = current == null ? choose() : null;
      if (own == null && current != null) {
        own = goOn();
      }
      if (current != null && current.state != Coroutine.State.RUNNING) {
        current = null;
      }
      if (own != null) {
        return own;
      }
    }
    return pause;
  }

  private Instruction goOn() {
    if (current.awaiting != null && current.awaiting.opcode == Opcode.CALL) {
      coroutines.noteCall(host, current);
    }
    return current.pending == null || coroutines.catches(this, current) ? step() : null;
  }

  /**
   * Goes on with the coroutine whose turn it is; returns null where the thread has nothing to do.
   */
  private Instruction step() {
    Execution execution = current.execution;
    Instruction instruction = execution.fetch(host);
    if (execution.dividedByZero()) {
      return instruction;
    }
    current.awaiting = instruction;
    if (current.toCancel && instruction.opcode.canSuspend()) {
      current.toCancel = false;
      current.pending = Errno.ECANCELED.name();
    } else if (instruction.opcode == Opcode.END) {
      coroutines.finish(this, current, null);
    } else if (instruction.opcode == Opcode.YIELD) {
      coroutines.letOthersPass(this, current);
    } else if (instruction.opcode.isOfRuntime()) {
      cost = coroutines.carryOut(this, current, instruction);
      if (execution.dividedByZero()) {
        return instruction;
      }
      return cost > 0 ? make : null;
    } else {
      return instruction;
    }
    return null;
  }

  /**
   * Chooses who runs next, or begins with whom it has chosen; returns an instruction of its own
   * where that comes before.
   */
  private Instruction choose() {
    if (chosen != null) {
      // The switch to it is over.
      begin(chosen);
      return null;
    }
    cost = coroutines.costs().resume();
    if (leftInTurn == 0) {
      coroutines.takeEvents(this);
      toLook = false;
      coroutines.timersChanged();
      if (ready.isEmpty() && steal()) {
        cost += coroutines.costs().steal();
      }
      leftInTurn = ready.size();
    }
    if (leftInTurn == 0) {
      return coroutines.areOver() ? end : awaitEvents;
    }
    leftInTurn--;
    chosen = ready.poll();
    if (searching) {
      searching = false;
      coroutines.foundSomebody(this);
    }
    return cost > 0 ? resume : null;
  }

  private boolean steal() {
    Carrier victim = coroutines.victimFor(this);
    if (victim == null) {
      return false;
    }
    for (int left = (victim.ready.size() + 1) / 2; left > 0; left--) {
      Coroutine stolen = victim.ready.poll();
      victim.leftInTurn = Math.max(0, victim.leftInTurn - 1);
      ready.add(stolen);
      trace.coroutineStolen(host.now(), stolen.id, thread);
    }
    return true;
  }

  private void begin(Coroutine coroutine) {
    chosen = null;
    current = coroutine;
    coroutine.begin();
    trace.coroutineResumed(host.now(), coroutine.id);
  }

  @Override
  public Execution current() {
    return current == null ? null : current.execution;
  }

  @Override
  public RandomGenerator random() {
    return current.random;
  }

  @Override
  public long cost() {
    return cost;
  }

  @Override
  public boolean hasStackFor(long bytes) {
    return current == null || !coroutines.costs().memory().isFull(bytes);
  }

  // --- its queue

  /** A coroutine stands at the tail of its queue from now on. */
  void enqueue(Coroutine coroutine) {
    ready.add(coroutine);
    coroutines.madeReady(this);
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  // --- sleeping and waking

  @Override
  public boolean hasEvents() {
    return hasReady()
        || coroutines.hasEvents(host.now())
        || coroutines.victimFor(this) != null
        || coroutines.areOver();
  }

  @Override
  public void slept() {
    asleep = true;
    if (searching) {
      searching = false;
      coroutines.foundNobody();
    }
    coroutines.watchTimers();
  }

  @Override
  public void woken() {
    asleep = false;
    toLook = true;
    coroutines.watchTimers();
  }

  @Override
  public void wakeOther() {
    coroutines.wake(host);
  }

  /** Another carrier wakes this one, to look for somebody to run. */
  void wakeToSearch(Host waker) {
    searching = true;
    host.wake(waker);
  }

  boolean isAsleep() {
    return asleep;
  }

  boolean isToLook() {
    return toLook;
  }

  @Override
  public Object request() {
    Object request = coroutines.request(this, current);
    current = null;
    return request;
  }

  @Override
  public void served(Object request) {
    coroutines.served(this, request);
  }

  // --- what others ask

  Host host() {
    return host;
  }

  int thread() {
    return thread;
  }

  @Override
  public Execution execution(String name) {
    return coroutines.execution(name);
  }

  @Override
  public List<String> waits() {
    return coroutines.waits(this);
  }

  @Override
  public void closed() {
    coroutines.closed(this);
  }
}
