package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.engine.EventQueue;
import org.schedlab.engine.Phase;
import org.schedlab.engine.RandomStreams;
import org.schedlab.machine.Cpu;
import org.schedlab.machine.Device;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Location;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/**
 * The kernel: it runs the events of a machine, and it alone changes the state of a thread. The
 * transitions stand below in the order of a thread's life, one method and one trace event for each.
 *
 * <p>At each instant the events come in the order of {@link Phase}; then CPUs that have nothing to
 * run, or whose thread must give way, pick. What that starts may end at the same instant, and then
 * the order begins again.
 */
public final class Kernel {
  private static final Phase[] QUANTUM_FIRST = {
    Phase.OPERATION_END, Phase.EARLY_QUANTUM, Phase.EARLY_POLICY_TIMER, Phase.TIMER_TICK
  };
  private static final Phase[] QUANTUM_LAST = {
    Phase.OPERATION_END, Phase.TIMER_TICK, Phase.QUANTUM, Phase.POLICY_TIMER
  };

  private final KernelConfig config;
  private final TraceSink trace;
  private final RandomStreams random;
  private final EventQueue queue;
  private final Core[] cores;
  private final RunQueues runQueues;
  private final SwitchPath switchPath;
  private final Executor executor;
  private final BurstForecast forecast = new BurstForecast();
  private final List<Process> processes = new ArrayList<>();
  private final List<ThreadPlan> plans = new ArrayList<>();
  private final List<Process> planProcesses = new ArrayList<>();
  private final Map<String, Execution> watched = new HashMap<>();
  private final int policyTimers;
  private final long tickPeriod;
  private final long tickCost;
  private final long interruptCost;

  private KernelThread[] bySlot = new KernelThread[16];
  private int[] freeSlots = new int[16];
  private int freeCount;
  private int slots;
  private int nextThread;
  private int toArrive;
  private int living;
  private int idle;
  private boolean checkPreemption;

  private long now;
  private long until;
  private long lastEvent;
  private long steps;
  private long stepsThisInstant;
  private long wakes;

  public Kernel(KernelConfig config, TraceSink trace) {
    this.config = config;
    this.trace = trace;
    this.random = new RandomStreams(config.seed());
    int cpus = config.cpus();
    CostModel costs = config.costs();
    boolean quantumFirst = newPolicy(-1).quantumEndsFirst();
    Phase[] order = quantumFirst ? QUANTUM_FIRST : QUANTUM_LAST;
    Phase[] alarms = new Phase[4 * cpus];
    int[] subjects = new int[4 * cpus];
    for (int i = 0; i < alarms.length; i++) {
      alarms[i] = order[i / cpus];
      subjects[i] = i % cpus;
    }
    this.queue = new EventQueue(alarms, subjects);
    this.policyTimers = (quantumFirst ? 2 : 3) * cpus;
    this.cores = new Core[cpus];
    for (int i = 0; i < cpus; i++) {
      int quantum = (quantumFirst ? 1 : 2) * cpus + i;
      int tick = (quantumFirst ? 3 : 1) * cpus + i;
      cores[i] = new Core(new Cpu(i, costs, trace), i, quantum, tick);
    }
    this.idle = cpus;
    this.runQueues = new RunQueues(cores, config.perCpu(), this::newPolicy);
    this.switchPath = new SwitchPath(costs);
    this.executor = new Executor(this, costs, trace);
    long hz = costs.get(Cost.TIMER_HZ);
    this.tickCost = costs.get(Cost.TIMER_TICK);
    this.tickPeriod = hz > 0 && tickCost > 0 ? 1_000_000_000L / hz : 0;
    this.interruptCost = costs.get(Cost.INTERRUPT);
  }

  private SchedulingPolicy newPolicy(int index) {
    int served = config.perCpu() ? 1 : config.cpus();
    return config
        .policies()
        .apply(
            new SchedulingPolicy.Context(
                this::now, served, random.stream("scheduler", "policy " + index)));
  }

  /** Plans a process; its threads come in the order in which they are planned. */
  public void plan(ProcessPlan plan) {
    Process process = new Process(processes.size(), plan);
    processes.add(process);
    for (ThreadPlan thread : plan.threads()) {
      int order = plans.size();
      plans.add(thread);
      planProcesses.add(process);
      toArrive++;
      queue.schedule(plan.arrival() + thread.offset(), Phase.ARRIVAL, order, order);
    }
    nextThread = plans.size();
  }

  // --- the main loop

  /**
   * Runs until every thread has ended, none can ever go on, or the horizon is reached.
   *
   * @param horizon the simulated time at which to stop
   * @throws RunStopped if a limit is exceeded
   */
  public void run(long horizon) {
    until = horizon;
    while (queue.nextTime() <= until && queue.nextTime() != EventQueue.NEVER) {
      if (living == 0 && toArrive == 0 && idle == cores.length) {
        break;
      }
      advanceTo(queue.nextTime());
      if (now == until) {
        runLastInstant();
        break;
      }
      do {
        queue.take();
        handle();
      } while (queue.nextTime() == now);
      schedule();
    }
    close();
  }

  /** At the horizon work ends, threads wake and arrive, and no CPU picks any more. */
  private void runLastInstant() {
    while (queue.nextTime() == now) {
      queue.take();
      switch (queue.phase()) {
        case OPERATION_END, WAKE, ARRIVAL -> handle();
        default -> {}
      }
    }
  }

  private void advanceTo(long time) {
    if (time > now) {
      now = time;
      stepsThisInstant = 0;
    }
  }

  private void handle() {
    int subject = queue.subject();
    boolean real =
        switch (queue.phase()) {
          case OPERATION_END -> operationEnded(cores[subject]);
          case EARLY_QUANTUM, QUANTUM -> quantumEnded(cores[subject]);
          case EARLY_POLICY_TIMER, POLICY_TIMER -> policyTimer(subject);
          case TIMER_TICK -> tick(cores[subject]);
          case WAKE -> wakeEvent(bySlot[subject], queue.key());
          case ARRIVAL ->
              subject >= 0 ? arrival(subject) : jobRelease(bySlot[~subject], queue.key());
        };
    countStep(Location.NONE);
    if (real) {
      lastEvent = now;
    }
  }

  /** Counts an event or operation against the limits. */
  void countStep(Location at) {
    if (++steps > config.mostEvents()) {
      throw new RunStopped(
          "the run has more than "
              + config.mostEvents()
              + " events; set `until`, or raise `limits: {events: N}`",
          at);
    }
    if (++stepsThisInstant > config.mostPerInstant() && at != Location.NONE) {
      throw new RunStopped(
          config.mostPerInstant()
              + " operations without any time going by: this seems to go on forever; let it"
              + " compute, give `costs` an `instruction` time, or raise `limits:"
              + " {operations_per_instant: N}`",
          at);
    }
  }

  /**
   * Lets time go on within an event, so that a CPU need not come back for each instruction.
   *
   * @return whether nothing else is to happen up to and at {@code time}
   */
  boolean runAheadTo(long time) {
    if (time >= queue.nextTime() || time >= until || mustSchedule()) {
      return false;
    }
    now = time;
    stepsThisInstant = 0;
    return true;
  }

  private boolean mustSchedule() {
    return checkPreemption || (idle > 0 && runQueues.ready() > 0);
  }

  private void close() {
    boolean horizonReached = until != Long.MAX_VALUE && !allEnded() && !isStuck();
    now = horizonReached ? until : lastEvent;
    for (Core core : cores) {
      switch (core.mode) {
        case USER -> stopOwnWork(core);
        case KERNEL -> core.chargeSection(now);
        case IDLE -> {}
      }
      core.cpu.charge(TraceSink.NONE, Account.IDLE, now);
    }
    trace.finished(now);
  }

  /** Says whether every thread has arrived and ended. */
  public boolean allEnded() {
    return living == 0 && toArrive == 0;
  }

  /** Says whether threads are left and nothing will ever wake one of them. */
  public boolean isStuck() {
    return !allEnded() && queue.nextTime() == EventQueue.NEVER;
  }

  /** Returns the simulated time in nanoseconds. */
  public long now() {
    return now;
  }

  // --- choosing who runs

  private void schedule() {
    if (idle > 0 && runQueues.ready() > 0) {
      for (Core core : cores) {
        if (core.mode == Core.Mode.IDLE) {
          KernelThread thread = runQueues.pick(core);
          if (thread != null) {
            dispatch(core, thread);
          }
        }
      }
    }
    if (checkPreemption) {
      checkPreemption = false;
      while (preemptLeastUrgent()) {
        // Until no ready thread is more urgent than a running one.
      }
    }
    for (int i = 0; i < runQueues.count(); i++) {
      queue.setAlarm(policyTimers + i, runQueues.queue(i).nextTimer());
    }
  }

  /** Of the running threads that must give way, the least urgent does; CPU 0 first among equals. */
  private boolean preemptLeastUrgent() {
    if (runQueues.ready() == 0) {
      return false;
    }
    Core victim = null;
    for (Core core : cores) {
      if (core.mode == Core.Mode.USER) {
        SchedulingPolicy policy = runQueues.of(core);
        Task best = policy.peek(core.id);
        if (best != null
            && policy.preempts(best, core.current)
            && (victim == null || policy.preempts(victim.current, core.current))) {
          victim = core;
        }
      }
    }
    if (victim == null) {
      return false;
    }
    preempt(victim, Departure.PREEMPTED, SchedulingPolicy.Reason.PREEMPTED);
    dispatch(victim, runQueues.pick(victim));
    return true;
  }

  private boolean quantumEnded(Core core) {
    if (core.mode != Core.Mode.USER) {
      // In a kernel section: it ends when the section does; see sectionEnded.
      return true;
    }
    if (runQueues.hasReadyFor(core)) {
      preempt(core, Departure.QUANTUM, SchedulingPolicy.Reason.QUANTUM);
    } else {
      runQueues.of(core).renew(core.current);
      beginSlice(core);
    }
    return true;
  }

  private boolean policyTimer(int index) {
    runQueues.queue(index).onTimer(now);
    checkPreemption = true;
    return true;
  }

  // --- the life of a thread

  private boolean arrival(int order) {
    toArrive--;
    Process process = planProcesses.get(order);
    if (!process.started) {
      process.started = true;
      trace.processStarted(now, process.id, process.name);
    }
    KernelThread thread = spawn(process, plans.get(order), order);
    if (thread.isPeriodic()) {
      planRelease(thread, now + thread.period);
    }
    makeReady(thread);
    return true;
  }

  /** Makes a thread: it is NEW. */
  private KernelThread spawn(Process process, ThreadPlan plan, int id) {
    int slot = freeCount > 0 ? freeSlots[--freeCount] : slots++;
    if (slot >= bySlot.length) {
      bySlot = Arrays.copyOf(bySlot, 2 * slot);
    }
    KernelThread thread =
        new KernelThread(this, id, slot, process, plan, random.stream(plan.taskName(), "program"));
    bySlot[slot] = thread;
    process.add(thread);
    living++;
    if (config.watched().contains(plan.taskName())) {
      watched.put(plan.taskName(), thread.execution);
    }
    trace.threadCreated(now, thread.id, process.id, thread.name());
    return thread;
  }

  /** Makes a thread of the calling thread's process, as a {@code thread:} operation asks. */
  void spawnFrom(KernelThread parent, String wanted, Instruction.ThreadSeed seed) {
    Process process = parent.process;
    String name = process.unusedName(wanted);
    ThreadPlan plan =
        new ThreadPlan(
            process.name + "/" + name,
            name,
            seed.program().get(),
            seed.attributes(),
            ThreadPlan.NOT_PERIODIC,
            0);
    makeReady(spawn(process, plan, nextThread++));
  }

  /** NEW to READY. */
  private void makeReady(KernelThread thread) {
    thread.release = now;
    if (thread.relativeDeadline() != Long.MAX_VALUE) {
      thread.absoluteDeadline = now + thread.relativeDeadline();
      trace.jobReleased(now, thread.id, thread.absoluteDeadline);
    }
    thread.beginBurst();
    thread.state = KernelThread.State.READY;
    thread.readySince = now;
    trace.madeReady(now, thread.id);
    SchedulingPolicy policy = runQueues.place(thread, SchedulingPolicy.Reason.ARRIVAL);
    tellEstimate(policy, thread);
    checkPreemption = true;
  }

  /** READY to RUNNING. */
  private void dispatch(Core core, KernelThread thread) {
    core.cpu.charge(TraceSink.NONE, Account.IDLE, now);
    idle--;
    thread.state = KernelThread.State.RUNNING;
    thread.core = core;
    core.current = thread;
    trace.dispatched(now, thread.id, core.id);
    KernelThread last = core.last;
    boolean switched = last != null && last != thread;
    if (switched) {
      trace.switched(now, core.id, last.id, thread.id, core.lastDeparture.isVoluntary());
    }
    int runnable = runQueues.ready() + cores.length - idle;
    switchPath.addTo(core, thread, switched, runnable);
    core.last = thread;
    thread.lastCpu = core.id;
    thread.woken = false;
    thread.systemCallPaid = false;
    if (tickPeriod > 0 && queue.alarm(core.tickAlarm) == EventQueue.NEVER) {
      queue.setAlarm(core.tickAlarm, (now / tickPeriod + 1) * tickPeriod);
    }
    if (core.sectionLength() > 0) {
      enterKernel(core, Core.Then.BEGIN);
    } else {
      begin(core);
    }
  }

  /** The switch is over: the thread's slice and own work begin. */
  private void begin(Core core) {
    trace.started(now, core.current.id, core.id);
    beginSlice(core);
    resume(core);
  }

  private void beginSlice(Core core) {
    long slice = runQueues.of(core).timeSlice(core.current);
    core.sliceEnd = slice >= EventQueue.NEVER - now ? EventQueue.NEVER : now + slice;
    queue.setAlarm(core.quantumAlarm, core.sliceEnd);
  }

  /** The thread goes on where it stood: in the middle of an instruction, or before the next. */
  private void resume(Core core) {
    KernelThread thread = core.current;
    core.enterUser(now);
    long end;
    if (thread.instructionLeft >= 0) {
      end = now + thread.instructionLeft;
      thread.instructionLeft = -1;
      core.beginInstruction(now, end);
    } else {
      end = executor.begin(core);
    }
    queue.setAlarm(core.endAlarm, end);
  }

  /** RUNNING to READY. */
  void preempt(Core core, Departure why, SchedulingPolicy.Reason reason) {
    KernelThread thread = core.current;
    long left = core.sliceEnd - now;
    leave(core, why);
    thread.sliceLeft = why == Departure.PREEMPTED && left < EventQueue.NEVER - now ? left : 0;
    thread.state = KernelThread.State.READY;
    thread.readySince = now;
    trace.preempted(now, thread.id, core.id, why);
    runQueues.putBack(core, thread, reason);
    checkPreemption |= why == Departure.YIELDED;
  }

  /** RUNNING to BLOCKED. */
  void block(Core core, BlockCause cause, int object) {
    KernelThread thread = core.current;
    leave(core, Departure.BLOCKED);
    endBurst(core, thread);
    thread.state = KernelThread.State.BLOCKED;
    thread.cause = cause;
    thread.blockedSince = now;
    trace.blocked(now, thread.id, core.id, cause, object);
  }

  /** Has the clock or a device wake a blocked thread. */
  void wakeAt(KernelThread thread, long time) {
    thread.wakeKey = wakes++;
    queue.schedule(time, Phase.WAKE, thread.wakeKey, thread.slot);
  }

  private boolean wakeEvent(KernelThread thread, long key) {
    if (thread == null || thread.wakeKey != key) {
      return false;
    }
    thread.wakeKey = -1;
    if (thread.device >= 0) {
      serveNext(thread.device);
      thread.device = -1;
    }
    wake(thread, thread.lastCpu, SchedulingPolicy.Reason.WAKE);
    interrupt(cores[thread.lastCpu], Account.INTERRUPT, interruptCost);
    return true;
  }

  private void serveNext(int device) {
    Device.Request next = config.devices().get(device).complete();
    if (next != null) {
      wakeAt(bySlot[next.slot()], now + next.nanos());
    }
  }

  /** BLOCKED to READY. */
  private void wake(KernelThread thread, int wakerCpu, SchedulingPolicy.Reason reason) {
    thread.beginBurst();
    thread.woken = true;
    thread.wakerCpu = wakerCpu;
    thread.cause = null;
    thread.sliceLeft = 0;
    thread.state = KernelThread.State.READY;
    thread.readySince = now;
    trace.woken(now, thread.id);
    runQueues.place(thread, reason);
    checkPreemption = true;
  }

  /** A process ends: all its threads end with one code, in the order in which they were made. */
  void exitProcess(Process process, int code) {
    for (KernelThread thread : List.copyOf(process.living)) {
      boolean inKernel =
          thread.state == KernelThread.State.RUNNING && thread.core.mode == Core.Mode.KERNEL;
      if (inKernel) {
        // A kernel section is not cut short: it ends for this thread when the section does.
        thread.doomed = true;
        thread.doomCode = code;
      } else {
        exit(thread, code);
      }
    }
  }

  /** A thread does what ends its process. */
  void fault(KernelThread thread, Fault fault, String detail, Location at) {
    trace.faulted(now, thread.id, fault, detail, at.line(), at.column());
    exitProcess(thread.process, fault.exitCode());
  }

  /** Any state to ENDED. */
  void exit(KernelThread thread, int code) {
    int cpu = TraceSink.NONE;
    switch (thread.state) {
      case RUNNING -> {
        Core core = thread.core;
        cpu = core.id;
        leave(core, Departure.EXIT);
        endBurst(core, thread);
        if (thread.absoluteDeadline != Long.MAX_VALUE && !thread.isPeriodic()) {
          trace.jobCompleted(now, thread.id);
        }
      }
      case READY -> runQueues.remove(thread);
      case BLOCKED -> cancelSleep(thread);
      default -> {}
    }
    thread.state = KernelThread.State.ENDED;
    trace.exited(now, thread.id, cpu, code);
    retire(thread);
    wakeJoiners(thread.process, cpu);
  }

  private void cancelSleep(KernelThread thread) {
    thread.process.joiners.remove(thread);
    if (thread.device >= 0) {
      if (thread.wakeKey >= 0) {
        serveNext(thread.device);
      } else {
        config.devices().get(thread.device).withdraw(thread.slot);
      }
    }
    thread.wakeKey = -1;
  }

  private void retire(KernelThread thread) {
    for (int i = 0; i < runQueues.count(); i++) {
      runQueues.queue(i).retire(thread);
    }
    thread.process.remove(thread);
    living--;
    bySlot[thread.slot] = null;
    if (freeCount == freeSlots.length) {
      freeSlots = Arrays.copyOf(freeSlots, 2 * freeCount);
    }
    freeSlots[freeCount++] = thread.slot;
  }

  private void wakeJoiners(Process process, int cpu) {
    if (process.joiners.isEmpty()) {
      return;
    }
    for (KernelThread joiner : List.copyOf(process.joiners)) {
      if (process.allEnded(joiner.joining)) {
        process.joiners.remove(joiner);
        wake(joiner, cpu, SchedulingPolicy.Reason.WAKE);
      }
    }
  }

  // --- periodic work

  private void planRelease(KernelThread thread, long time) {
    queue.schedule(time, Phase.ARRIVAL, thread.id, ~thread.slot);
  }

  private boolean jobRelease(KernelThread thread, long id) {
    if (thread == null || thread.id != id) {
      return false;
    }
    planRelease(thread, now + thread.period);
    trace.jobReleased(now, thread.id, now + thread.relativeDeadline());
    if (thread.state == KernelThread.State.BLOCKED && thread.cause == BlockCause.RELEASE) {
      beginJob(thread, now);
      wake(thread, thread.lastCpu, SchedulingPolicy.Reason.RELEASE);
      interrupt(cores[thread.lastCpu], Account.INTERRUPT, interruptCost);
    } else {
      thread.pendingJobs++;
    }
    return true;
  }

  private void beginJob(KernelThread thread, long release) {
    thread.release = release;
    thread.absoluteDeadline = release + thread.relativeDeadline();
    thread.execution.restart();
  }

  /** A job gives up the CPU at its end; the next one, if already released, competes afresh. */
  void endJob(Core core) {
    KernelThread thread = core.current;
    trace.jobCompleted(now, thread.id);
    if (thread.pendingJobs > 0) {
      thread.pendingJobs--;
      stopOwnWork(core);
      endBurst(core, thread);
      beginJob(thread, thread.release + thread.period);
      thread.beginBurst();
      preempt(core, Departure.YIELDED, SchedulingPolicy.Reason.RELEASE);
    } else {
      block(core, BlockCause.RELEASE, TraceSink.NONE);
    }
  }

  // --- a CPU's work

  private boolean operationEnded(Core core) {
    switch (core.mode) {
      case USER -> executor.runOn(core);
      case KERNEL -> sectionEnded(core);
      case IDLE -> throw new IllegalStateException("CPU " + core.id + " is idle");
    }
    return true;
  }

  private void sectionEnded(Core core) {
    core.chargeSection(now);
    checkPreemption = true;
    if (core.current == null) {
      core.mode = Core.Mode.IDLE;
      idle++;
      return;
    }
    if (core.current.doomed) {
      core.enterUser(now);
      exit(core.current, core.current.doomCode);
      return;
    }
    switch (core.then) {
      case BEGIN -> begin(core);
      case RESUME -> resume(core);
      case SYSTEM_CALL -> {
        core.enterUser(now);
        core.beginInstruction(now, now);
        executor.runOn(core);
      }
    }
    if (core.current != null && core.mode == Core.Mode.USER && core.sliceEnd <= now) {
      queue.setAlarm(core.quantumAlarm, now);
    }
  }

  /** Begins the section whose parts have been added; the CPU's own work so far is charged. */
  void enterKernel(Core core, Core.Then then) {
    if (core.mode == Core.Mode.USER) {
      stopOwnWork(core);
    }
    core.mode = Core.Mode.KERNEL;
    core.then = then;
    core.sectionEnd = now + core.sectionLength();
    queue.setAlarm(core.endAlarm, core.sectionEnd);
  }

  void setInstructionAlarm(Core core, long end) {
    queue.setAlarm(core.endAlarm, end);
  }

  private boolean tick(Core core) {
    if (core.mode == Core.Mode.IDLE) {
      return false;
    }
    queue.setAlarm(core.tickAlarm, now + tickPeriod);
    interrupt(core, Account.TIMER_TICK, tickCost);
    return true;
  }

  /** A CPU takes an interrupt: its thread pays, but not from its slice. */
  private void interrupt(Core core, Account account, long cost) {
    if (cost == 0) {
      return;
    }
    if (core.mode == Core.Mode.KERNEL) {
      core.addPart(account, cost);
      core.sectionEnd += cost;
      queue.setAlarm(core.endAlarm, core.sectionEnd);
      postponeSliceEnd(core, cost);
      return;
    }
    if (core.mode == Core.Mode.IDLE) {
      core.cpu.charge(TraceSink.NONE, Account.IDLE, now);
      idle--;
    } else {
      suspendInstruction(core);
      postponeSliceEnd(core, cost);
    }
    core.addPart(account, cost);
    enterKernel(core, Core.Then.RESUME);
  }

  private void postponeSliceEnd(Core core, long nanos) {
    // No slice has begun yet where the section is the switch to the thread.
    if (core.sliceEnd != EventQueue.NEVER) {
      core.sliceEnd += nanos;
      queue.setAlarm(core.quantumAlarm, core.sliceEnd);
    }
  }

  /** The thread leaves the CPU, whatever becomes of it. */
  private void leave(Core core, Departure why) {
    KernelThread thread = core.current;
    suspendInstruction(core);
    stopOwnWork(core);
    thread.core = null;
    core.current = null;
    core.lastDeparture = why;
    core.mode = Core.Mode.IDLE;
    core.sliceEnd = EventQueue.NEVER;
    idle++;
    queue.setAlarm(core.endAlarm, EventQueue.NEVER);
    queue.setAlarm(core.quantumAlarm, EventQueue.NEVER);
  }

  private void suspendInstruction(Core core) {
    KernelThread thread = core.current;
    if (thread.instruction != null) {
      thread.burstComputed += core.instructionSoFar(now);
      thread.instructionLeft = core.instructionEnd - now;
    }
  }

  /** Charges the own work since user mode was entered. */
  private void stopOwnWork(Core core) {
    KernelThread thread = core.current;
    long ran = core.ownWorkSoFar(now);
    if (ran > 0) {
      thread.attained += ran;
      runQueues.of(core).charge(thread, ran);
      core.cpu.charge(thread.id, Account.OWN_WORK, now);
      core.enterUser(now);
    }
  }

  private void endBurst(Core core, KernelThread thread) {
    SchedulingPolicy policy = runQueues.of(core);
    policy.burstEnded(thread);
    tellEstimate(policy, thread);
  }

  private void tellEstimate(SchedulingPolicy policy, KernelThread thread) {
    long estimate = policy.estimate(thread);
    if (estimate >= 0) {
      trace.burstEstimated(now, thread.id, estimate);
    }
  }

  // --- what others ask

  void assertionFailed(KernelThread thread, Instruction assertion) {
    Location at = assertion.location;
    trace.assertionFailed(now, thread.id, assertion.text, at.line(), at.column());
  }

  int cpuCount() {
    return config.cpus();
  }

  /** Turns a priority as the scenario counts it into one of which the smaller is more urgent. */
  long urgency(long priority) {
    return config.highFirst() ? -priority : priority;
  }

  long forecast(KernelThread thread) {
    return forecast.of(thread);
  }

  Device device(int id) {
    return config.devices().get(id);
  }

  /** Returns the cells of a process's memory, by the order in which processes were planned. */
  public long[] memory(int process) {
    return processes.get(process).memory;
  }

  /** Returns where a watched thread stands or ended; null if it never arrived. */
  public Execution execution(String taskName) {
    return watched.get(taskName);
  }

  /** Returns the full names of the threads that have not ended, with what they wait for. */
  public List<Sleeper> sleepers() {
    List<Sleeper> sleepers = new ArrayList<>();
    for (Process process : processes) {
      for (KernelThread thread : process.living) {
        if (thread.state == KernelThread.State.BLOCKED) {
          String what = thread.cause == BlockCause.JOIN ? "the end of " + thread.joining : null;
          sleepers.add(
              new Sleeper(
                  thread.name(), what == null ? thread.cause.label() : what, thread.blockedSince));
        }
      }
    }
    return sleepers;
  }

  /** A blocked thread and what it waits for. */
  public record Sleeper(String taskName, String waitsFor, long since) {}
}
