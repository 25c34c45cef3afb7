package org.schedlab.kernel;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.engine.EventQueue;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Numbered;
import org.schedlab.program.Opcode;
import org.schedlab.trace.AccessKind;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/**
 * Executes instructions: what each takes, and what it does when it ends. A CPU runs its thread
 * ahead, instruction after instruction, as long as nothing else is to happen before.
 */
final class Executor {
  private final Kernel kernel;
  private final Dispatcher dispatcher;
  private final Clock clock;
  private final TraceSink trace;
  private final long access;
  private final long atomic;
  private final long call;
  private final long systemCall;
  private final long create;
  private final long timerSlack;
  private final long fork;
  private final long forkPage;
  private final long spawn;
  private final long exec;
  private final long signal;
  private final CacheLines lines;

  /** Null where no schedule is given. */
  private final Replay replay;

  /** Null where loads and stores are not translated. */
  private Paging paging;

  private Synchronizer synchronizer;
  private Messenger messenger;
  private Futexes futexes;
  private Resources resources;

  Executor(Kernel kernel, Dispatcher dispatcher, Clock clock, CostModel costs, TraceSink trace) {
    this.kernel = kernel;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.trace = trace;
    this.access = costs.get(Cost.INSTRUCTION);
    this.atomic = Math.max(access, costs.get(Cost.ATOMIC));
    this.call = costs.get(Cost.FUNCTION_CALL);
    this.systemCall = costs.systemCall();
    this.create = costs.get(Cost.THREAD_CREATE);
    this.timerSlack = costs.get(Cost.TIMER_SLACK);
    this.fork = costs.get(Cost.FORK);
    this.forkPage = costs.get(Cost.FORK_PAGE);
    this.spawn = costs.get(Cost.SPAWN_EXEC);
    // The figure for spawning is that of vfork, exec and exit together.
    this.exec = Math.max(0, spawn - costs.get(Cost.VFORK));
    this.lines = new CacheLines(costs, kernel.cpuCount());
    this.replay = kernel.replay();
    // The figure contains the system call.
    this.signal = Math.max(0, costs.get(Cost.SIGNAL_DELIVERY) - systemCall);
  }

  void setServices(Synchronizer locks, Messenger channels, Futexes sleepers, Resources units) {
    synchronizer = locks;
    messenger = channels;
    futexes = sleepers;
    resources = units;
  }

  void setPaging(Paging memory) {
    paging = memory;
  }

  /** The instruction in progress has ended: carries it out and goes on with the next ones. */
  void runOn(Core core) {
    KernelThread thread = core.current;
    while (true) {
      complete(core, thread);
      if (thread.toStop) {
        stop(core, thread);
      }
      if (core.current != thread || core.mode != Core.Mode.USER) {
        return;
      }
      if (replay != null && waitsForTurn(core, thread)) {
        return;
      }
      long end = begin(core, false);
      if (core.pending != Core.Pending.NONE) {
        return;
      }
      if (end > clock.now() && !(kernel.mayRunAhead(core) && clock.runAheadTo(end))) {
        clock.queue.setAlarm(core.endAlarm, end);
        return;
      }
    }
  }

  /** Takes the CPU from a thread that stands before a step which is not to come yet. */
  private boolean waitsForTurn(Core core, KernelThread thread) {
    if (thread.instruction == null) {
      thread.instruction = thread.fetch();
    }
    if (replay.mayGoOn(thread)) {
      return false;
    }
    // What comes next has not begun.
    dispatcher.defer(core, Core.Pending.CALL);
    kernel.preempt(core, Departure.PREEMPTED, SchedulingPolicy.Reason.PREEMPTED);
    return true;
  }

  /** Stops a thread whose system call is over, unless that has put it to sleep. */
  private void stop(Core core, KernelThread thread) {
    if (thread.state == KernelThread.State.READY) {
      // It has given the CPU up.
      kernel.stop(thread);
    } else if (core.current == thread && core.mode == Core.Mode.USER) {
      // What comes next has not begun.
      dispatcher.defer(core, Core.Pending.CALL);
      kernel.stop(thread);
    }
  }

  /**
   * Begins the next instruction, which is fetched unless it has been already. A system call that
   * takes time is left to the last step of the instant: nothing could cut it short once begun.
   *
   * @param lastStep whether this is the last step of the instant
   * @return when it, or the kernel's part of it, ends; meaningless where it is left to the last
   *     step
   */
  long begin(Core core, boolean lastStep) {
    KernelThread thread = core.current;
    if (paging == null && thread.instructionLeft >= 0) {
      // The usual way back to the CPU: no reference to memory stands before it.
      return goOn(core, thread);
    }
    return beginAnew(core, thread, lastStep);
  }

  /** Goes on with the instruction in progress. */
  private long goOn(Core core, KernelThread thread) {
    long end = clock.now() + thread.instructionLeft + core.takeStall();
    thread.instructionLeft = -1;
    core.beginInstruction(clock.now(), end);
    return end;
  }

  private long beginAnew(Core core, KernelThread thread, boolean lastStep) {
    if (thread.instruction == null) {
      thread.instruction = thread.fetch();
    }
    Execution execution = thread.execution;
    Instruction instruction = thread.instruction;
    long now = clock.now();
    if (thread.returns) {
      long end = clock.after(replay.stepNanos(), instruction.location);
      core.beginInstruction(now, end);
      return end;
    }
    if (execution.dividedByZero()) {
      core.beginInstruction(now, now);
      return now;
    }
    if (paging != null
        && instruction.opcode.refersToMemory()
        && !paging.references().make(core, thread)) {
      return trap(core, thread, lastStep);
    }
    core.addStall(thread.stallLeft);
    thread.stallLeft = 0;
    if (thread.instructionLeft >= 0) {
      return goOn(core, thread);
    }
    // Computing and accesses to memory are asked no further: they are what a program mostly does.
    if (!instruction.opcode.refersToMemory()) {
      long end = beginInKernel(core, thread, lastStep);
      if (end >= 0) {
        return end;
      }
    }
    long length =
        switch (instruction.opcode) {
          case COMPUTE -> instruction.time.draw(thread.random);
          case LOAD, STORE ->
              instruction.cell.atomic()
                  ? atomic + lines.transfer(core, thread, instruction)
                  : access;
          case FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP ->
              atomic + lines.transfer(core, thread, instruction);
          case TOUCH -> instruction.pages.count() == 0 ? 0 : access;
          case CALL -> call;
          default ->
              instruction.opcode.isSynchronization()
                  ? synchronizer.costs().userTime(core, thread, instruction)
                  : 0;
        };
    if (length == 0 && replay != null && instruction.opcode.isStep()) {
      length = replay.stepNanos();
    }
    long end = clock.after(length + core.takeStall(), instruction.location);
    core.beginInstruction(now, end);
    return end;
  }

  /**
   * Begins the kernel's part of an instruction.
   *
   * @return when it ends, as {@link #begin} does; -1 where the kernel is not needed
   */
  private long beginInKernel(Core core, KernelThread thread, boolean lastStep) {
    Instruction instruction = thread.instruction;
    long now = clock.now();
    if (instruction.opcode.isSynchronization() && !thread.inKernel) {
      if (thread.spinsAt != null && thread.spinsAt.mutex.holder() != null) {
        core.beginInstruction(now, EventQueue.NEVER);
        return EventQueue.NEVER;
      }
      synchronizer.costs().addKernelPart(core, thread, instruction);
      if (core.sectionLength() > 0) {
        thread.inKernel = lastStep;
        return enterKernel(core, lastStep);
      }
    }
    if (instruction.opcode == Opcode.AWAIT_EVENTS && !lastStep) {
      // What else happens at this instant may be what is awaited.
      dispatcher.defer(core, Core.Pending.CALL);
      return now;
    }
    if (instruction.opcode.isOfThread()) {
      addRuntimePart(core, thread, instruction);
      if (core.sectionLength() > 0) {
        return enterKernel(core, lastStep);
      }
    } else if (instruction.opcode.isCommunication()) {
      switch (instruction.opcode) {
        case FUTEX_WAIT, FUTEX_WAKE -> futexes.addKernelPart(core, thread, instruction);
        case ACQUIRE, RELEASE -> resources.addKernelPart(core, instruction);
        default -> messenger.addKernelPart(core, thread, instruction);
      }
      if (thread.execution.dividedByZero()) {
        // It does not come as far as the kernel.
        core.dropParts();
      }
      if (core.sectionLength() > 0) {
        return enterKernel(core, lastStep);
      }
    } else if (instruction.opcode.isSystemCall() && takesTime(instruction)) {
      if (!lastStep) {
        dispatcher.defer(core, Core.Pending.CALL);
        return now;
      }
      addKernelPart(core, instruction);
      dispatcher.enterKernel(core, Core.Then.SYSTEM_CALL);
      return core.sectionEnd;
    }
    return -1;
  }

  /**
   * A reference needs the kernel. Like a system call that takes time, a trap that does is left to
   * the last step of the instant.
   */
  private long trap(Core core, KernelThread thread, boolean lastStep) {
    long now = clock.now();
    paging.traps().addCost(core, thread);
    if (core.sectionLength() == 0) {
      core.beginInstruction(now, now);
      return now;
    }
    if (!lastStep) {
      thread.trap = null;
    }
    return enterKernel(core, lastStep);
  }

  /** Begins the section whose parts have been added, or leaves it to the last step. */
  private long enterKernel(Core core, boolean lastStep) {
    if (!lastStep) {
      core.dropParts();
      dispatcher.defer(core, Core.Pending.CALL);
      return clock.now();
    }
    dispatcher.enterKernel(core, Core.Then.SYSTEM_CALL);
    return core.sectionEnd;
  }

  private boolean takesTime(Instruction call) {
    return systemCall > 0
        || switch (call.opcode) {
          case START_THREAD -> create > 0;
          case FORK -> fork > 0 || forkPage > 0;
          case SPAWN -> spawn > 0;
          case EXEC -> exec > 0;
          case KILL -> signal > 0;
          default -> false;
        };
  }

  /** What a runtime asks of its thread: some of it is system calls. */
  private void addRuntimePart(Core core, KernelThread thread, Instruction instruction) {
    switch (instruction.opcode) {
      case SWITCH_COROUTINE -> core.addPart(Account.COROUTINE_SWITCH, thread.runtime.cost());
      case MAKE_COROUTINE -> core.addPart(Account.CREATION, thread.runtime.cost());
      default -> core.addPart(Account.MODE_SWITCH, systemCall);
    }
  }

  private void awaitEvents(Core core, KernelThread thread) {
    if (thread.runtime.hasEvents()) {
      kernel.passBlockingPoint(core, thread);
      return;
    }
    sleepIn(core, thread, BlockCause.EVENTS, TraceSink.NONE);
    thread.runtime.slept();
  }

  private void addKernelPart(Core core, Instruction instruction) {
    core.addPart(Account.MODE_SWITCH, systemCall);
    core.addPart(Account.MESSAGE, instruction.opcode == Opcode.KILL ? signal : 0);
    core.addPart(
        Account.CREATION,
        switch (instruction.opcode) {
          case START_THREAD -> create * instruction.seed.count();
          case FORK -> fork + forkPage * paging.pagesToCopy(core.current.process);
          case SPAWN -> spawn * instruction.process.count();
          case EXEC -> exec;
          default -> 0;
        });
  }

  /** What an instruction does happens when it ends. */
  private void complete(Core core, KernelThread thread) {
    Instruction instruction = thread.instruction;
    int count = instruction.opcode == Opcode.PAUSE ? Execution.LOCAL_STRETCH : 1;
    clock.countInstructions(count, instruction.location);
    if (thread.trap != null) {
      paging.traps().serve(core, thread);
      return;
    }
    if (thread.returns) {
      thread.returns = false;
      thread.instruction = null;
      replay.stepped(thread, instruction);
      return;
    }
    thread.burstComputed += core.instructionSoFar(clock.now());
    if (instruction.opcode.isSynchronization() && !thread.inKernel) {
      boolean enters = synchronizer.costs().addKernelPart(core, thread, instruction);
      boolean takesTime = core.sectionLength() > 0;
      core.dropParts();
      if (takesTime) {
        // Another CPU's thread has come before: the kernel is needed after all.
        return;
      }
      thread.inKernel = enters;
    }
    if (thread.inKernel) {
      trace.systemCall(clock.now(), thread.id);
    }
    thread.inKernel = false;
    if (instruction.opcode == Opcode.TOUCH && ++thread.memory.touched < instruction.pages.count()) {
      return;
    }
    thread.instruction = null;
    if (paging != null) {
      thread.memory.forgetReferences();
    }
    if (thread.execution.dividedByZero()) {
      kernel.divided(thread, instruction);
      return;
    }
    if (instruction.opcode.isSystemCall() && !resumes(thread)) {
      trace.systemCall(clock.now(), thread.id);
    }
    switch (instruction.opcode) {
      case COMPUTE, PAUSE, TOUCH -> {}
      case CALL -> enter(thread, instruction);
      case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> access(thread, instruction);
      case IO -> request(core, thread, instruction);
      case SLEEP -> sleep(core, thread, instruction);
      case YIELD -> kernel.preempt(core, Departure.YIELDED, SchedulingPolicy.Reason.YIELD);
      case EXIT -> exit(thread, instruction);
      case START_THREAD -> startThreads(thread, instruction);
      case JOIN -> join(core, thread, instruction);
      case ALLOC -> paging.allocate(thread, instruction);
      case FREE -> paging.free(core, thread, instruction);
      case SPAWN -> kernel.family().spawn(thread, instruction);
      case FORK -> kernel.family().fork(core, thread, instruction);
      case EXEC -> kernel.family().exec(core, thread, instruction);
      case WAIT -> kernel.family().await(core, thread, instruction);
      case KILL -> kernel.family().kill(thread, instruction);
      case SWITCH_COROUTINE, MAKE_COROUTINE -> {}
      case AWAIT_DEVICE -> {
        trace.systemCall(clock.now(), thread.id);
        long length = instruction.length.draw(thread.random);
        kernel.requests().submit(thread, instruction.target, length, instruction.location);
      }
      case WAKE_CARRIER -> {
        trace.systemCall(clock.now(), thread.id);
        thread.runtime.wakeOther();
      }
      case AWAIT_EVENTS -> {
        trace.systemCall(clock.now(), thread.id);
        awaitEvents(core, thread);
      }
      case FUTEX_WAIT, FUTEX_WAKE -> futexes.perform(core, thread, instruction);
      case ACQUIRE, RELEASE -> resources.perform(core, thread, instruction);
      case SEND, RECEIVE, CLOSE, LISTEN, ACCEPT, CONNECT, POLL ->
          messenger.perform(core, thread, instruction);
      case END -> {
        if (thread.isPeriodic()) {
          kernel.jobs().end(core);
        } else {
          kernel.jobs().endOnly(thread);
          kernel.exit(thread, 0);
        }
      }
      default -> synchronizer.perform(core, thread, instruction);
    }
    if (replay != null && instruction.opcode.isStep()) {
      replay.stepped(thread, instruction);
    }
  }

  /** Says whether the thread goes on with a call that it made before it slept. */
  private static boolean resumes(KernelThread thread) {
    return thread.call != null && thread.call.resumed;
  }

  private void enter(KernelThread thread, Instruction instruction) {
    long depth = thread.execution.stackBytes() + instruction.frameBytes;
    boolean fits = thread.runtime == null || thread.runtime.hasStackFor(depth);
    if (depth > thread.stackLimit() || !fits) {
      kernel.fault(
          thread,
          Fault.STACK_OVERFLOW,
          "call "
              + (thread.execution.depth() + 1)
              + " below each other reaches "
              + depth
              + " bytes deep, past the "
              + (fits ? thread.stackLimit() + " bytes of its stack" : "end of its fiber's stack"),
          instruction.location);
    } else {
      thread.execution.call(instruction);
      if (paging != null) {
        paging.references().noteCall(thread);
      }
    }
  }

  private void access(KernelThread thread, Instruction instruction) {
    int cell = thread.execution.cell(instruction);
    if (thread.execution.dividedByZero()) {
      kernel.divided(thread, instruction);
      return;
    }
    if (cell < 0) {
      kernel.outOfArray(thread, instruction);
      return;
    }
    long[] memory = thread.process.memoryOf(instruction.cell);
    boolean modified = thread.execution.access(instruction, memory, cell);
    if (thread.execution.dividedByZero()) {
      kernel.divided(thread, instruction);
      return;
    }
    AccessKind kind =
        switch (instruction.opcode) {
          case LOAD -> instruction.cell.atomic() ? AccessKind.ATOMIC_LOAD : AccessKind.LOAD;
          case STORE -> instruction.cell.atomic() ? AccessKind.ATOMIC_STORE : AccessKind.STORE;
          default -> modified ? AccessKind.ATOMIC_UPDATE : AccessKind.ATOMIC_LOAD;
        };
    int line = instruction.location.line();
    if (instruction.cell.segment() == Instruction.Cell.OWN) {
      int owner = thread.process.id;
      trace.accessed(clock.now(), thread.id, kind, owner, cell, memory[cell], line);
    } else {
      int segment = thread.process.object(instruction.cell.segment()).id;
      trace.sharedAccessed(clock.now(), thread.id, kind, segment, cell, memory[cell], line);
    }
  }

  private void request(Core core, KernelThread thread, Instruction instruction) {
    long length = instruction.time.draw(thread.random);
    sleepIn(core, thread, BlockCause.IO, instruction.target);
    if (instruction.target < 0) {
      kernel.wakeAt(thread, clock.after(length, instruction.location));
      return;
    }
    kernel.request(thread, instruction.target, length, instruction.location);
  }

  /** Sleeps for a time; or until a moment, which may be past (clock_nanosleep, TIMER_ABSTIME). */
  private void sleep(Core core, KernelThread thread, Instruction instruction) {
    long length = instruction.time.draw(thread.random);
    if (instruction.flag) {
      length -= clock.now();
      if (length <= 0) {
        kernel.passBlockingPoint(core, thread);
        return;
      }
    }
    sleepIn(core, thread, BlockCause.SLEEP, TraceSink.NONE);
    kernel.wakeAt(thread, clock.after(length + timerSlack, instruction.location));
  }

  private void exit(KernelThread thread, Instruction instruction) {
    long code = instruction.value.evaluate(thread.execution);
    if (thread.execution.dividedByZero()) {
      kernel.divided(thread, instruction);
      return;
    }
    kernel.jobs().endOnly(thread);
    // Only the low eight bits reach the parent, as POSIX has it (wait(), WEXITSTATUS).
    kernel.exitProcess(thread.process, (int) (code & 0xff));
  }

  private void startThreads(KernelThread parent, Instruction instruction) {
    Instruction.ThreadSeed seed = instruction.seed;
    // Making one may end the process, where there is no room for its stack.
    for (int i = 0; i < seed.count() && !parent.process.hasEnded(); i++) {
      String name = Numbered.name(seed.name(), seed.count(), i);
      kernel.spawnFrom(parent, name, seed, instruction.location);
    }
  }

  private void join(Core core, KernelThread thread, Instruction instruction) {
    JoinGroup group = thread.process.group(instruction.text);
    if (group.hasEnded()) {
      kernel.tellJoined(thread, group);
      kernel.passBlockingPoint(core, thread);
      return;
    }
    thread.joiningName = instruction.text;
    sleepIn(core, thread, BlockCause.JOIN, TraceSink.NONE);
    thread.waiting = instruction;
    kernel.awaitEnd(thread, group);
    synchronizer.graph().check(thread);
  }

  private void sleepIn(Core core, KernelThread thread, BlockCause cause, int object) {
    thread.systemCallPaid = true;
    kernel.block(core, cause, object);
  }
}
