package org.schedlab.kernel;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.engine.EventQueue;
import org.schedlab.trace.Account;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * Gives CPUs to threads and takes them back: the switch, the slice, the instruction in progress,
 * the sections in the kernel, and the interrupts that come between. It moves CPUs through their
 * modes; what becomes of the thread is the {@link Kernel}'s business.
 */
final class Dispatcher {
  private final Kernel kernel;
  private final Clock clock;
  private final EventQueue queue;
  private final TraceSink trace;
  private final Core[] cores;
  private final RunQueues runQueues;
  private final SwitchPath switchPath;
  private final Executor executor;
  private final long tickPeriod;
  private final long tickCost;
  private final long interruptCost;
  private int idle;
  private int occupied;
  private int pending;
  private Core lastPending;

  /**
   * The CPU that has entered the kernel or gone to work last: when its section, or its instruction
   * and slice, end stands here and not in the event queue.
   */
  private Core fresh;

  Dispatcher(
      Kernel kernel,
      Clock clock,
      TraceSink trace,
      Core[] cores,
      RunQueues queues,
      PagingConfig paging,
      CostModel costs) {
    this.kernel = kernel;
    this.clock = clock;
    this.queue = clock.queue;
    this.trace = trace;
    this.cores = cores;
    this.runQueues = queues;
    this.switchPath = new SwitchPath(costs, paging.memory() != null, paging.mmu().walk() > 0);
    this.executor = new Executor(kernel, this, clock, costs, trace);
    this.idle = cores.length;
    long hz = costs.get(Cost.TIMER_HZ);
    this.tickCost = costs.get(Cost.TIMER_TICK);
    this.tickPeriod = hz > 0 && tickCost > 0 ? 1_000_000_000L / hz : 0;
    this.interruptCost = costs.get(Cost.INTERRUPT);
  }

  /** Returns how many CPUs have nothing to do. */
  int idleCores() {
    return idle;
  }

  /** The lock that a running thread waits for is free: it tries again at once. */
  void endSpin(Core core) {
    if (core.mode == Core.Mode.USER && core.pending == Core.Pending.NONE) {
      if (core == fresh) {
        putIntoQueue();
      }
      queue.setAlarm(core.endAlarm, clock.now());
    }
  }

  /** Tells who carries out what threads do with each other. */
  void setServices(
      Synchronizer synchronizer, Messenger messenger, Futexes futexes, Resources resources) {
    executor.setServices(synchronizer, messenger, futexes, resources);
  }

  /** Has threads refer to memory through address translation. */
  void setPaging(Paging paging) {
    executor.setPaging(paging);
  }

  /** Returns how many CPUs have a thread. */
  int occupiedCores() {
    return occupied;
  }

  /** Says whether a CPU without a thread takes an interrupt. */
  boolean isInKernelForNobody() {
    return idle + occupied < cores.length;
  }

  // --- a thread gets a CPU

  /** Begins the switch to a thread, which is RUNNING from now on. */
  void switchTo(Core core, KernelThread thread) {
    core.cpu.charge(TraceSink.NONE, Account.IDLE, clock.now());
    KernelThread last = core.last;
    boolean switched = last != null && last != thread;
    if (switched) {
      boolean voluntary = core.lastDeparture.isVoluntary();
      trace.switched(clock.now(), core.id, last.id, thread.id, voluntary);
    }
    beginSwitch(core, thread, switched);
  }

  /** The same where the CPU goes on from the thread that has just lost it. */
  void switchOnTo(Core core, KernelThread thread, Departure why) {
    KernelThread last = core.last;
    trace.handedOver(clock.now(), core.id, last.id, thread.id, why);
    beginSwitch(core, thread, last != thread);
  }

  private void beginSwitch(Core core, KernelThread thread, boolean switched) {
    idle--;
    occupied++;
    core.current = thread;
    switchPath.addTo(core, thread, switched, runQueues.ready() + occupied);
    core.last = thread;
    thread.core = core;
    thread.lastCpu = core.id;
    thread.woken = false;
    thread.systemCallPaid = false;
    ThreadMemory memory = thread.memory;
    if (memory != null && memory.setsReferred && thread.attained > memory.attainedBySets) {
      // Who has not computed since goes on where it was: else two could undo each other's work.
      memory.setsReferred = false;
      memory.setReferred = 0;
    }
    if (tickPeriod > 0 && queue.alarm(core.tickAlarm) == EventQueue.NEVER) {
      queue.setAlarm(core.tickAlarm, (clock.now() / tickPeriod + 1) * tickPeriod);
    }
    if (core.sectionLength() > 0) {
      enterKernel(core, Core.Then.BEGIN);
    } else {
      core.enterUser(clock.now());
      defer(core, Core.Pending.SLICE);
    }
  }

  /** Leaves to the instant's last step what a more urgent thread or a quantum may still prevent. */
  void defer(Core core, Core.Pending what) {
    core.pending = what;
    lastPending = core;
    pending++;
  }

  /**
   * Says whether something is left to the last step of this instant, or behind it, apart from what
   * one CPU comes to next.
   */
  boolean hasDeferredBut(Core core) {
    return pending > 0 || (fresh != null && fresh != core);
  }

  private void undefer(Core core) {
    if (core.pending != Core.Pending.NONE) {
      core.pending = Core.Pending.NONE;
      pending--;
    }
  }

  /**
   * The last step of an instant, CPU 0 first: threads begin to which the switch is over, and enter
   * the kernel that call it, unless they have lost the CPU.
   */
  void doDeferred() {
    if (pending == 0) {
      return;
    }
    if (pending == 1 && lastPending.pending != Core.Pending.NONE) {
      doDeferred(lastPending);
      return;
    }
    for (Core core : cores) {
      if (core.pending != Core.Pending.NONE) {
        doDeferred(core);
      }
    }
  }

  private void doDeferred(Core core) {
    Core.Pending what = core.pending;
    undefer(core);
    if (what == Core.Pending.SLICE) {
      begin(core);
    } else {
      // Where the kernel is not needed any more, the operation ends by itself.
      executor.begin(core, true);
      keepAheadAtWork(core);
    }
  }

  /** The switch is over: the thread's slice and own work begin. */
  private void begin(Core core) {
    trace.started(clock.now(), core.current.id, core.id);
    beginSlice(core);
    core.enterUser(clock.now());
    executor.begin(core, true);
    keepAheadAtWork(core);
  }

  /**
   * Goes on behind the switch to a thread at once, if nothing else happens up to its end. Only
   * where nobody could take the CPU from the thread then.
   */
  void passSwitch(Core core) {
    boolean switches = core == fresh && core.mode == Core.Mode.KERNEL && pending == 0;
    if (switches && clock.runAheadTo(core.sectionEnd)) {
      clock.countEvent();
      core.chargeSection(clock.now());
      begin(core);
    }
  }

  /** A slice begins in place of another one of the same thread. */
  void restartSlice(Core core) {
    beginSlice(core);
    if (core != fresh) {
      queue.setAlarm(core.quantumAlarm, core.sliceEnd);
    }
  }

  private void beginSlice(Core core) {
    long slice = runQueues.of(core).timeSlice(core.current);
    boolean endless = slice >= EventQueue.NEVER - clock.now();
    core.sliceEnd = endless ? EventQueue.NEVER : clock.now() + slice;
    // What was left of an earlier slice is used up with this one.
    core.current.sliceLeft = 0;
  }

  /** The thread goes on where it stood: in the middle of an instruction, or before the next. */
  private void resume(Core core) {
    core.enterUser(clock.now());
    executor.begin(core, false);
    if (core.pending == Core.Pending.NONE) {
      keepAheadAtWork(core);
    } else {
      queue.setAlarm(core.quantumAlarm, core.sliceEnd);
    }
  }

  // --- a thread loses its CPU

  /** The thread leaves the CPU, whatever becomes of it. */
  void leave(Core core, Departure why) {
    KernelThread thread = core.current;
    suspendInstruction(core);
    // Its references of an instruction that has not begun have taken this already.
    thread.stallLeft += core.dropStall();
    stopOwnWork(core);
    undefer(core);
    thread.core = null;
    core.current = null;
    occupied--;
    core.lastDeparture = why;
    core.mode = Core.Mode.IDLE;
    core.sliceEnd = EventQueue.NEVER;
    idle++;
    if (core == fresh) {
      fresh = null;
    } else {
      takeFromQueue(core);
    }
  }

  private void suspendInstruction(Core core) {
    KernelThread thread = core.current;
    // What is still pending has not begun: the thread stands where it stood before.
    boolean begun =
        core.pending == Core.Pending.NONE && thread.trap == null && thread.spinsAt == null;
    if (thread.instruction != null && begun) {
      thread.stallLeft = core.stallLeft(clock.now());
      thread.burstComputed += core.instructionSoFar(clock.now());
      thread.instructionLeft = core.instructionEnd - clock.now() - thread.stallLeft;
    }
  }

  /** Charges the own work since user mode was entered. */
  void stopOwnWork(Core core) {
    KernelThread thread = core.current;
    if (core.mode != Core.Mode.USER) {
      return;
    }
    long stalled = core.stalledSoFar(clock.now());
    long ran = core.userSoFar(clock.now()) - stalled;
    if (stalled > 0) {
      core.cpu.charge(thread.id, Account.TLB_MISS, core.cpu.chargedUntil() + stalled);
    }
    if (ran > 0) {
      thread.attained += ran;
      runQueues.of(core).charge(thread, ran);
      core.cpu.charge(thread.id, Account.OWN_WORK, clock.now());
    }
    if (ran + stalled > 0) {
      core.enterUser(clock.now());
    }
  }

  // --- what goes on meanwhile

  /** The instruction or kernel section in progress has ended. */
  void operationEnded(Core core) {
    if (fresh != null) {
      // Threads that run ahead must not pass what it comes to.
      putIntoQueue();
    }
    switch (core.mode) {
      case USER -> executor.runOn(core);
      case KERNEL -> sectionEnded(core);
      case IDLE -> throw new IllegalStateException("CPU " + core.id + " is idle");
    }
  }

  private void sectionEnded(Core core) {
    core.chargeSection(clock.now());
    KernelThread thread = core.current;
    if (thread == null) {
      core.mode = Core.Mode.IDLE;
      idle++;
      return;
    }
    if (thread.doomed) {
      core.enterUser(clock.now());
      kernel.exit(thread, thread.doomCode);
      return;
    }
    if (thread.toStop && core.then != Core.Then.SYSTEM_CALL) {
      core.enterUser(clock.now());
      // It stands where it stood before the section.
      defer(core, core.then == Core.Then.BEGIN ? Core.Pending.SLICE : Core.Pending.CALL);
      kernel.stop(thread);
      return;
    }
    if (core.sliceEnd < clock.now()) {
      // The slice ended within the section, and ends for the thread now.
      core.sliceEnd = clock.now();
    }
    switch (core.then) {
      case BEGIN -> {
        core.enterUser(clock.now());
        defer(core, Core.Pending.SLICE);
      }
      case RESUME -> resume(core);
      case SYSTEM_CALL -> {
        core.enterUser(clock.now());
        core.beginInstruction(clock.now(), clock.now());
        queue.setAlarm(core.quantumAlarm, core.sliceEnd);
        executor.runOn(core);
      }
    }
  }

  /** Begins the section whose parts have been added; the CPU's own work so far is charged. */
  void enterKernel(Core core, Core.Then then) {
    if (core.mode == Core.Mode.USER) {
      stopOwnWork(core);
    }
    core.mode = Core.Mode.KERNEL;
    core.then = then;
    core.sectionEnd = clock.now() + core.sectionLength();
    keepAhead(core);
  }

  /** Keeps what a CPU comes to next beside the event queue. */
  private void keepAhead(Core core) {
    if (core != fresh) {
      if (fresh != null) {
        putIntoQueue();
      }
      takeFromQueue(core);
      fresh = core;
    }
  }

  /** The same for a CPU that has gone to work, unless it has entered the kernel instead. */
  private void keepAheadAtWork(Core core) {
    if (core.mode != Core.Mode.USER) {
      return;
    }
    keepAhead(core);
    if (core.sliceEnd <= clock.now() || core.instructionEnd <= clock.now()) {
      putIntoQueue();
    }
  }

  private void takeFromQueue(Core core) {
    queue.setAlarm(core.endAlarm, EventQueue.NEVER);
    queue.setAlarm(core.quantumAlarm, EventQueue.NEVER);
  }

  private void putIntoQueue() {
    if (fresh.mode == Core.Mode.KERNEL) {
      // A slice that ends meanwhile ends with the section.
      queue.setAlarm(fresh.endAlarm, fresh.sectionEnd);
    } else {
      queue.setAlarm(fresh.endAlarm, fresh.instructionEnd);
      queue.setAlarm(fresh.quantumAlarm, fresh.sliceEnd);
    }
    fresh = null;
  }

  /**
   * Lets time go on to the end of the section, instruction or slice that has begun last, if nothing
   * else is to happen before: most of them need no event. What else happens at the same time goes
   * through the event queue with it, for there it has an order.
   *
   * @return the CPU that has come to an end, or null
   */
  Core runAhead() {
    Core core = fresh;
    if (core == null) {
      return null;
    }
    long end = core.comesTo();
    if (!clock.runAheadTo(end)) {
      if (!clock.hasBefore(end)) {
        putIntoQueue();
      }
      return null;
    }
    if (core.mode == Core.Mode.KERNEL) {
      fresh = null;
    } else if (core.instructionEnd == end) {
      fresh = null;
      queue.setAlarm(core.quantumAlarm, core.sliceEnd);
    }
    return core;
  }

  /** Takes a timer tick. An idle CPU has switched its tick off, as a tickless kernel does. */
  boolean tick(Core core) {
    if (core.mode == Core.Mode.IDLE) {
      return false;
    }
    queue.setAlarm(core.tickAlarm, clock.now() + tickPeriod);
    if (core != fresh || core.mode != Core.Mode.USER || !passTick(core)) {
      interrupt(core, Account.TIMER_TICK, tickCost);
    }
    return true;
  }

  /**
   * Goes on behind the section of a tick at once, if nothing else happens up to its end. What
   * {@link #interrupt} and the end of the section would have done is done in one go: among threads
   * that only compute, every other event is such a section.
   *
   * @return whether it did
   */
  private boolean passTick(Core core) {
    KernelThread thread = core.current;
    long end = clock.now() + tickCost;
    boolean plain = thread.memory == null && thread.spinsAt == null && !thread.toStop;
    if (!plain || !kernel.mayRunAhead(core) || !clock.mayRunAheadTo(end)) {
      return false;
    }
    suspendInstruction(core);
    stopOwnWork(core);
    postponeSliceEnd(core, tickCost);
    clock.runAheadTo(end);
    clock.countEvent();
    core.cpu.charge(thread.id, Account.TIMER_TICK, end);
    kernel.sectionEnded();
    core.enterUser(end);
    executor.begin(core, false);
    return true;
  }

  /** A device or timer interrupts the CPU from which it was set going. */
  void deviceInterrupt(int cpu) {
    interrupt(cores[cpu], Account.INTERRUPT, interruptCost);
  }

  /** A CPU takes an interrupt: its thread pays, but not from its slice. */
  private void interrupt(Core core, Account account, long cost) {
    if (cost == 0) {
      return;
    }
    if (core.mode == Core.Mode.KERNEL) {
      core.addPart(account, cost);
      core.sectionEnd += cost;
      if (core != fresh) {
        queue.setAlarm(core.endAlarm, core.sectionEnd);
      }
      postponeSliceEnd(core, cost);
      return;
    }
    if (core.mode == Core.Mode.IDLE) {
      core.cpu.charge(TraceSink.NONE, Account.IDLE, clock.now());
      idle--;
    } else {
      suspendInstruction(core);
      postponeSliceEnd(core, cost);
    }
    core.addPart(account, cost);
    boolean toBegin = core.pending == Core.Pending.SLICE;
    undefer(core);
    enterKernel(core, toBegin ? Core.Then.BEGIN : Core.Then.RESUME);
  }

  private void postponeSliceEnd(Core core, long nanos) {
    // No slice has begun where the section is the switch to the thread, and one that has ended
    // within the section ends with it.
    if (core.sliceEnd != EventQueue.NEVER && core.sliceEnd >= clock.now()) {
      core.sliceEnd += nanos;
    }
  }

  /** Charges every CPU up to the end of the run. */
  void closeBooks(long end) {
    for (Core core : cores) {
      switch (core.mode) {
        case USER -> stopOwnWork(core);
        case KERNEL -> core.chargeSection(end);
        case IDLE -> {}
      }
      core.cpu.charge(TraceSink.NONE, Account.IDLE, end);
    }
  }
}
