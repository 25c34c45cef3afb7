package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.schedlab.cost.CostModel;
import org.schedlab.engine.EventQueue;
import org.schedlab.engine.Phase;
import org.schedlab.engine.RandomStream;
import org.schedlab.engine.RandomStreams;
import org.schedlab.kernel.memory.Transfer;
import org.schedlab.machine.Cpu;
import org.schedlab.machine.Device;
import org.schedlab.program.Errno;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.program.Location;
import org.schedlab.program.UserRuntime;
import org.schedlab.program.Variable;
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
  /** Threads that a scenario's threads may make, so that a fork bomb ends with a message. */
  private static final int MOST_THREADS = 1_000_000;

  /** What threads draw random numbers for. */
  private static final String PROGRAM = "program";

  private final KernelConfig config;
  private final TraceSink trace;
  private final RandomStreams random;
  private final Clock clock;
  private final EventQueue queue;
  private final Core[] cores;
  private final RunQueues runQueues;
  private final Dispatcher dispatcher;
  private final Scheduler scheduler;
  private final PeriodicJobs jobs;
  private final ThreadTable threads;
  private final BurstForecast forecast = new BurstForecast();
  private final List<Process> processes = new ArrayList<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final GeneratedProcesses generated;
  private final Family family;

  /** Null where no schedule is given. */
  private final Replay replay;

  /** Null where loads and stores are not translated. */
  private final Paging paging;

  private final ObjectTable objects;
  private final Synchronizer synchronizer;
  private final Messenger messenger;
  private final Futexes futexes;
  private final Resources resources;
  private final WaitRecords waits;
  private final boolean tracksWaiting;
  private boolean usesLocks;

  /** Those of threads that run coroutines. */
  private final List<UserRuntime> runtimes = new ArrayList<>(0);

  private final AsyncRequests requests;
  private int nextThread;
  private int nextOrder;
  private int madeProcesses;
  private int toArrive;
  private long lastEvent;
  private long wakes;
  private int wakesToCome;
  private long joins;
  private long endedProcesses;

  /** Why a run ended. */
  public enum End {
    /** Every thread has arrived and ended. */
    ALL_ENDED,
    /** Threads are left that nothing will ever wake. */
    STUCK,
    /** The time is up. */
    HORIZON
  }

  /** A thread to come, and the process it belongs to. */
  private record Arrival(Process process, ThreadPlan plan) {}

  public Kernel(KernelConfig config, TraceSink trace) {
    this.config = config;
    this.trace = trace;
    this.random = new RandomStreams(config.seed());
    this.replay = config.script() == null ? null : new Replay(config.script());
    int cpus = config.cpus();
    CostModel costs = config.costs();
    Alarms alarms = new Alarms(cpus, newPolicy(-1).quantumEndsFirst());
    this.queue = alarms.newQueue();
    this.clock = new Clock(queue, config.mostEvents(), config.mostPerInstant());
    this.cores = new Core[cpus];
    for (int i = 0; i < cpus; i++) {
      cores[i] = new Core(new Cpu(i, costs, config.paging().mmu(), trace), alarms);
    }
    this.runQueues = new RunQueues(cores, config.perCpu(), this::newPolicy);
    this.tracksWaiting = runQueues.queue(0).tracksWaiting();
    boolean paged = config.paging().memory() != null;
    this.dispatcher = new Dispatcher(this, clock, trace, cores, runQueues, config.paging(), costs);
    this.threads = new ThreadTable(config.watched());
    Explainer explainer = trace.explains() ? new Explainer(clock, trace, threads, runQueues) : null;
    this.scheduler = new Scheduler(this, clock, cores, runQueues, dispatcher, alarms, explainer);
    this.jobs = new PeriodicJobs(this, clock, trace, dispatcher);
    this.usesLocks = !config.objects().isEmpty();
    this.generated = new GeneratedProcesses(this, clock, trace, cores, config.foldsJobs());
    this.family = new Family(this, clock, trace, processes);
    this.paging =
        paged ? new Paging(this, dispatcher, clock, trace, cores, config.paging(), costs) : null;
    dispatcher.setPaging(paging);
    this.synchronizer = new Synchronizer(this, clock, trace, costs);
    if (replay != null) {
      replay.setSynchronizer(synchronizer);
    }
    long wake = synchronizer.costs().wake();
    this.objects = new ObjectTable(clock, trace, costs);
    this.messenger = new Messenger(this, clock, trace, costs, wake);
    this.requests = new AsyncRequests(this, clock, config.devices());
    this.futexes = new Futexes(this, trace, costs, wake);
    this.resources = new Resources(this, clock, trace, processes, config.avoidance(), costs, wake);
    this.waits = new WaitRecords(resources);
    dispatcher.setServices(synchronizer, messenger, futexes, resources);
  }

  private SchedulingPolicy newPolicy(int index) {
    if (replay != null) {
      return replay;
    }
    int served = config.perCpu() ? 1 : config.cpus();
    return config
        .policies()
        .apply(
            new SchedulingPolicy.Context(
                // The first is made to answer a question, before there is a clock.
                () -> clock == null ? 0 : clock.now(),
                served,
                random.stream("scheduler", "policy " + index)));
  }

  /** Plans a process; its threads come in the order in which they are planned. */
  public void plan(ProcessPlan plan) {
    Process process = enter(plan);
    for (ThreadPlan thread : plan.threads()) {
      int order = arrivals.size();
      arrivals.add(new Arrival(process, thread));
      process.toCome++;
      toArrive++;
      queue.schedule(thread.arrival(), Phase.ARRIVAL, order, order);
    }
    nextThread = arrivals.size();
    nextOrder = nextThread;
    usesLocks |= !plan.objects().isEmpty();
  }

  /** Plans processes that are made as they arrive; they come behind those planned one by one. */
  public void plan(JobSource source) {
    generated.add(source);
  }

  /** Makes a process that has not begun. */
  Process enter(ProcessPlan plan) {
    Process process = new Process(processes.size(), madeProcesses++, plan);
    processes.add(process);
    return process;
  }

  // --- the main loop

  /**
   * Runs until every thread has ended, none can ever go on, or the horizon is reached.
   *
   * @param horizon the simulated time at which to stop; {@link Long#MAX_VALUE} for none
   * @return why it ended
   * @throws RunStopped if a limit is exceeded
   */
  public End run(long horizon) {
    clock.setHorizon(horizon);
    objects.makeCommon(config.objects(), processes, generated.programs());
    generated.begin();
    for (long next = clock.next(); next != EventQueue.NEVER && canGoOn(); next = clock.next()) {
      clock.advanceTo(next);
      if (next == horizon) {
        runLastInstant();
        break;
      }
      runInstant();
      while (canGoOn() && endAhead()) {
        runInstant();
      }
    }
    End end = End.HORIZON;
    if (!canGoOn() || horizon == Long.MAX_VALUE) {
      // Whoever could go on but has no event to come waits for a lock by using its CPU.
      end = threads.living() == 0 ? End.ALL_ENDED : End.STUCK;
      if (replay != null) {
        replay.checkOver();
      }
    }
    clock.stopAt(end == End.HORIZON ? horizon : lastEvent);
    for (int i = 0; i < runQueues.count(); i++) {
      runQueues.queue(i).finished(now());
    }
    for (Process process : processes) {
      for (KernelThread thread : process.threads()) {
        if (thread.state == KernelThread.State.BLOCKED) {
          waits.checkAsleep(thread);
        }
      }
    }
    describeMemory();
    dispatcher.closeBooks(now());
    trace.finished(now());
    return end;
  }

  /** All events of this instant, in the order of their phases, and its last step. */
  private void runInstant() {
    while (clock.hasMoreNow()) {
      queue.take();
      handle();
    }
    scheduler.run();
  }

  /** Ends what has just begun on a CPU if nothing else comes first; says whether it did. */
  private boolean endAhead() {
    Core core = dispatcher.runAhead();
    if (core == null) {
      return false;
    }
    clock.countEvent();
    if (core.mode == Core.Mode.USER && core.instructionEnd > now()) {
      scheduler.quantumEnded(core);
    } else {
      operationEnded(core);
    }
    lastEvent = now();
    return true;
  }

  private void operationEnded(Core core) {
    if (core.mode == Core.Mode.KERNEL) {
      sectionEnded();
    }
    dispatcher.operationEnded(core);
  }

  /** Tells of the memory of those who have not ended. */
  private void describeMemory() {
    if (paging != null) {
      for (Process process : processes) {
        paging.describe(process);
        process.threads().forEach(paging::tellStack);
      }
    }
  }

  /** Says whether somebody runs, is ready, will be woken or is to come. */
  private boolean canGoOn() {
    int runnable = dispatcher.occupiedCores() + runQueues.ready();
    int spinning = synchronizer.spinning() + (replay == null ? 0 : replay.spinning());
    boolean works = runnable > spinning;
    return works
        || dispatcher.isInKernelForNobody()
        || wakesToCome > 0
        || jobs.periodicThreads() > 0
        || toArrive > 0
        || generated.areToCome();
  }

  /** At the horizon work ends, threads wake and arrive, and no CPU picks any more. */
  private void runLastInstant() {
    while (clock.hasMoreNow()) {
      queue.take();
      switch (queue.phase()) {
        case OPERATION_END, WAKE, ARRIVAL, GENERATED_ARRIVAL -> handle();
        default -> {}
      }
    }
  }

  private void handle() {
    clock.countEvent();
    int subject = queue.subject();
    boolean happened = true;
    switch (queue.phase()) {
      case OPERATION_END -> operationEnded(cores[subject]);
      case EARLY_QUANTUM, QUANTUM -> scheduler.quantumEnded(cores[subject]);
      case EARLY_POLICY_TIMER, POLICY_TIMER -> scheduler.policyTimer(subject);
      case TIMER_TICK -> happened = dispatcher.tick(cores[subject]);
      case WAKE -> {
        if (subject >= 0) {
          happened = wakeDue(threads.at(subject), queue.key());
        } else {
          happened = requests.served(~subject);
          wakesToCome -= happened ? 1 : 0;
        }
      }
      case ARRIVAL -> {
        if (subject >= 0) {
          happened = arrive(subject);
        } else {
          happened = jobs.releaseDue(threads.at(~subject), queue.key());
        }
      }
      case GENERATED_ARRIVAL -> generated.arrive(subject);
    }
    if (happened) {
      lastEvent = clock.now();
    }
  }

  // --- the life of a thread

  private boolean arrive(int order) {
    toArrive--;
    Process process = arrivals.get(order).process();
    if (process.hasEnded() || process.toCome == 0) {
      // Its process has ended, or executes another program.
      return false;
    }
    process.toCome--;
    startProcess(process);
    ThreadPlan plan = arrivals.get(order).plan();
    RandomStream draws = randomOf(plan.taskName());
    Execution execution = new Execution(plan.program());
    begin(spawn(process, plan, execution, draws, order, order), Location.NONE);
    return true;
  }

  /**
   * Makes a process of a workload, which begins at once.
   *
   * @param last one that has ended: it serves again, or its id does; or null
   * @param sharedName the name under which it is told of, if that is not its own; else null
   */
  Process enter(JobSource source, Process last, String sharedName) {
    Process process;
    if (last == null) {
      process = enter(source.plan());
    } else if (last.canServeAgain(source.plan()) && !threads.areWatched()) {
      process = last;
      process.renew(madeProcesses++);
    } else {
      process = new Process(last.id, madeProcesses++, source.plan());
      processes.set(last.id, process);
    }
    process.setNumber(source.number());
    process.start();
    String told = sharedName == null ? process.name() : sharedName;
    trace.processStarted(now(), process.id, told);
    objects.adopt(process);
    return process;
  }

  /**
   * Makes the thread of such a process.
   *
   * @param last one that has ended: it serves again if its process does, else its id; or null
   */
  KernelThread spawn(Process process, JobSource source, KernelThread last) {
    refuseTooMany(Location.NONE);
    ThreadPlan plan = source.plan().threads().get(0);
    if (last != null && last.process == process) {
      last.renew(nextOrder++, threads.takeSlot());
      setRandom(last.random, process, source);
      return admit(last, plan);
    }
    RandomStream draws = new RandomStream(0);
    setRandom(draws, process, source);
    int id = last == null ? nextThread++ : last.id;
    return spawn(process, plan, new Execution(plan.program()), draws, id, nextOrder++);
  }

  /** A process begins, if it has not. */
  void startProcess(Process process) {
    if (process.start()) {
      trace.processStarted(now(), process.id, process.name());
      tellVariables(process);
      objects.makeOwn(process);
      usesLocks |= process.objects().length > 0;
    }
  }

  /** Tells what a process's variables are called, if it has any. */
  void tellVariables(Process process) {
    if (!process.variables().isEmpty()) {
      trace.variablesMade(now(), process.id, Layout.names(process.variables()));
    }
  }

  /** Makes a thread: it is NEW. */
  private KernelThread spawn(
      Process process,
      ThreadPlan plan,
      Execution execution,
      RandomStream draws,
      int id,
      int order) {
    return admit(
        new KernelThread(this, id, order, threads.takeSlot(), process, plan, execution, draws),
        plan);
  }

  private KernelThread admit(KernelThread thread, ThreadPlan plan) {
    Process process = thread.process;
    threads.add(thread);
    process.add(thread);
    if (plan.loop() != null) {
      thread.runtime = config.runtimes().create(thread.id, plan.taskName(), plan.loop(), thread);
      runtimes.add(thread.runtime);
    }
    if (replay != null) {
      replay.add(thread);
    }
    trace.threadCreated(now(), thread.id, process.id, toldName(thread));
    if (usesLocks) {
      trace.priorityEffective(now(), thread.id, thread.priority(), TraceSink.NONE);
    }
    return thread;
  }

  /** Jobs that share ids share a name: that of their group, without a number. */
  private String toldName(KernelThread thread) {
    boolean shared = config.foldsJobs() && thread.process.source >= 0;
    return shared ? generated.nameOf(thread.process) : thread.name();
  }

  /** Gives a new thread its memory and makes it READY, unless there is no room for it. */
  void begin(KernelThread thread, Location at) {
    String lack = paging == null ? null : paging.settle(thread);
    makeReady(thread);
    if (lack != null) {
      fault(thread, Fault.NO_ADDRESS_SPACE, lack, at);
    }
  }

  /** Makes a thread of a process that another one has made. */
  void startThread(Process process, ThreadPlan plan, KernelThread parent, Location at) {
    if (process.hasEnded()) {
      // There was no room for the thread before.
      return;
    }
    refuseTooMany(at);
    KernelThread thread = spawnNext(process, plan, new Execution(plan.program()));
    trace.startedBy(now(), thread.id, parent.id);
    begin(thread, at);
  }

  /** Makes the thread of a forked child, which has its parent's memory. */
  void startCopy(
      Core core,
      KernelThread caller,
      Process child,
      ThreadPlan plan,
      Execution execution,
      Location at) {
    refuseTooMany(at);
    KernelThread thread = spawnNext(child, plan, execution);
    trace.startedBy(now(), thread.id, caller.id);
    objects.copy(caller, thread);
    synchronizer.priorities().update(thread);
    paging.fork(caller, child);
    paging.inherit(thread, caller);
    makeReady(thread);
    if (paging.shootdowns().tellOthers(core, caller.process)) {
      dispatcher.enterKernel(core, Core.Then.RESUME);
    }
  }

  /** Gives a thread new memory for another program; its process has no other threads. */
  void replaceMemory(Core core, KernelThread thread, Location at) {
    threads.watch(thread);
    closeOwn(thread.process);
    runQueues.of(core).burstEnded(thread);
    thread.beginBurst();
    String lack = paging.replace(thread);
    if (lack != null) {
      fault(thread, Fault.NO_ADDRESS_SPACE, lack, at);
    }
  }

  /** A process has no objects of its own any more, and no connections. */
  private void closeOwn(Process process) {
    objects.drop(process);
    messenger.closeAllBut(
        process, end -> objects.isCommon(end.channel) && end.channel.ends.contains(end));
  }

  private KernelThread spawnNext(Process process, ThreadPlan plan, Execution execution) {
    RandomStream draws = randomOf(plan.taskName());
    return spawn(process, plan, execution, draws, nextThread++, nextOrder++);
  }

  private void refuseTooMany(Location at) {
    if (threads.living() >= MOST_THREADS) {
      throw new RunStopped("more than " + MOST_THREADS + " threads live at once", at);
    }
  }

  /** Makes a thread of the calling thread's process, as a {@code thread:} operation asks. */
  void spawnFrom(KernelThread parent, String wanted, Instruction.ThreadSeed seed, Location at) {
    Process process = parent.process;
    String name = process.unusedName(wanted);
    ThreadPlan plan =
        new ThreadPlan(
            process.name() + "/" + name,
            name,
            seed.program().get(),
            seed.loop(),
            seed.attributes(),
            ThreadPlan.NOT_PERIODIC,
            now());
    startThread(process, plan, parent, at);
  }

  /** NEW to READY. */
  private void makeReady(KernelThread thread) {
    jobs.releaseFirst(thread);
    enterReady(thread);
    trace.madeReady(now(), thread.id);
    SchedulingPolicy policy = runQueues.place(thread, SchedulingPolicy.Reason.ARRIVAL);
    tellEstimate(policy, thread);
    if (thread.process.stopped) {
      stop(thread);
    }
  }

  private void enterReady(KernelThread thread) {
    thread.beginBurst();
    thread.sliceLeft = 0;
    thread.state = KernelThread.State.READY;
    thread.readySince = now();
    scheduler.notePreemption();
  }

  /** READY to RUNNING. */
  void dispatch(Core core, KernelThread thread) {
    thread.state = KernelThread.State.RUNNING;
    trace.dispatched(now(), thread.id, core.id);
    dispatcher.switchTo(core, thread);
  }

  /** RUNNING to READY. */
  void preempt(Core core, Departure why, SchedulingPolicy.Reason reason) {
    KernelThread thread = core.current;
    loseCpu(core, thread, why);
    trace.preempted(now(), thread.id, core.id, why);
    runQueues.putBack(core, thread, reason);
    if (why == Departure.YIELDED) {
      scheduler.notePreemption();
    }
  }

  private void loseCpu(Core core, KernelThread thread, Departure why) {
    if (why != Departure.PREEMPTED) {
      thread.sliceLeft = 0;
    } else if (core.pending != Core.Pending.SLICE) {
      thread.sliceLeft = core.sliceLeft(now());
    }
    dispatcher.leave(core, why);
    thread.state = KernelThread.State.READY;
    thread.readySince = now();
  }

  /** RUNNING to READY, and at once READY to RUNNING for the one that the CPU picks then. */
  void handOver(Core core, Departure why, SchedulingPolicy.Reason reason) {
    KernelThread thread = core.current;
    loseCpu(core, thread, why);
    runQueues.putBack(core, thread, reason);
    KernelThread next = runQueues.pick(core);
    if (next == null) {
      trace.preempted(now(), thread.id, core.id, why);
    } else {
      next.state = KernelThread.State.RUNNING;
      dispatcher.switchOnTo(core, next, why);
    }
  }

  /** RUNNING to BLOCKED. */
  void block(Core core, BlockCause cause, int object) {
    KernelThread thread = core.current;
    thread.sliceLeft = core.sliceLeft(now());
    dispatcher.leave(core, Departure.BLOCKED);
    endBurst(core, thread);
    runQueues.of(core).blocked(thread);
    thread.state = KernelThread.State.BLOCKED;
    thread.cause = cause;
    thread.blockedSince = now();
    trace.blocked(now(), thread.id, core.id, cause, object);
  }

  /** Has the clock or a device wake a blocked thread. */
  void wakeAt(KernelThread thread, long time) {
    thread.wakeKey = wakes++;
    wakesToCome++;
    queue.schedule(time, Phase.WAKE, thread.wakeKey, thread.slot);
  }

  /** Has a device serve a blocked thread, which then wakes. */
  void request(KernelThread thread, int device, long nanos, Location at) {
    thread.device = device;
    if (config.devices().get(device).submit(thread.slot, nanos)) {
      wakeAt(thread, clock.after(nanos, at));
    }
  }

  private boolean wakeDue(KernelThread thread, long key) {
    if (thread == null || thread.wakeKey != key) {
      // Its thread has ended meanwhile.
      return false;
    }
    thread.wakeKey = -1;
    wakesToCome--;
    if (endsByTimer(thread)) {
      dispatcher.deviceInterrupt(thread.lastCpu);
      return true;
    }
    if (thread.device >= 0) {
      serveNext(thread.device);
      thread.device = -1;
    }
    Transfer transfer = thread.memory == null ? null : thread.memory.transfer;
    if (transfer != null) {
      paging.traps().transferred(thread);
    }
    wake(thread, thread.lastCpu, TraceSink.NONE, SchedulingPolicy.Reason.WAKE);
    if (transfer != null) {
      paging.traps().wakeWaiters(transfer);
    }
    dispatcher.deviceInterrupt(thread.lastCpu);
    return true;
  }

  /** Ends a wait whose time is up; returns false where it is no such wait. */
  private boolean endsByTimer(KernelThread thread) {
    if (thread.waitsAt != null) {
      synchronizer.timedOut(thread);
    } else if (thread.call != null && thread.call.isWaiting()) {
      messenger.timedOut(thread);
    } else if (thread.futex != null) {
      futexes.timedOut(thread);
    } else if (thread.cause == BlockCause.RESOURCE) {
      resources.timedOut(thread);
    } else {
      return false;
    }
    return true;
  }

  void serveNext(int device) {
    Device.Request next = config.devices().get(device).complete();
    if (next == null) {
      return;
    }
    long served = clock.after(next.nanos(), Location.NONE);
    if (next.slot() >= 0) {
      wakeAt(threads.at(next.slot()), served);
    } else {
      requests.begin(~next.slot(), served);
    }
  }

  /** Has a device serve a request for which no thread sleeps. */
  void scheduleRequest(int slot, long time) {
    wakesToCome++;
    queue.schedule(time, Phase.WAKE, wakes++, slot);
  }

  AsyncRequests requests() {
    return requests;
  }

  /**
   * A thread sleeps for what its coroutines await, and something has come.
   *
   * @param waker null for a device
   */
  void wakeForEvent(KernelThread thread, KernelThread waker) {
    if (thread.state == KernelThread.State.BLOCKED && thread.cause == BlockCause.EVENTS) {
      cancelTimer(thread);
      if (waker == null) {
        wakeBy(thread, thread.lastCpu, TraceSink.NONE);
      } else {
        wakeBy(thread, waker.lastCpu, waker.id);
      }
    }
  }

  /** A device has served a request for which no thread sleeps. */
  void interruptFor(KernelThread thread) {
    dispatcher.deviceInterrupt(thread.lastCpu);
  }

  /** BLOCKED to READY. */
  void wake(KernelThread thread, int wakerCpu, int waker, SchedulingPolicy.Reason reason) {
    waits.checkWoken(thread);
    if (thread.cause == BlockCause.EVENTS) {
      thread.runtime.woken();
    }
    if (thread.process.stopped) {
      // What it waited for is there, but it is not to go on.
      thread.cause = BlockCause.STOPPED;
      messenger.stopped(thread);
      return;
    }
    thread.woken = true;
    thread.wakerCpu = wakerCpu;
    thread.cause = null;
    enterReady(thread);
    trace.woken(now(), thread.id, waker);
    runQueues.place(thread, reason);
  }

  /** A signal stops a process: none of its threads runs before it is continued. */
  void stop(Process process) {
    if (process.stopped) {
      return;
    }
    process.stopped = true;
    trace.stopped(now(), process.id);
    for (KernelThread thread : process.threads()) {
      if (thread.state == KernelThread.State.RUNNING && thread.core.mode == Core.Mode.KERNEL) {
        thread.toStop = true;
      } else if (thread.state != KernelThread.State.BLOCKED) {
        stop(thread);
      }
    }
  }

  /** READY to BLOCKED; where it has a CPU, it loses that first. */
  void stop(KernelThread thread) {
    thread.toStop = false;
    if (thread.state == KernelThread.State.RUNNING) {
      preempt(thread.core, Departure.PREEMPTED, SchedulingPolicy.Reason.PREEMPTED);
    }
    runQueues.remove(thread);
    thread.state = KernelThread.State.BLOCKED;
    thread.cause = BlockCause.STOPPED;
    thread.blockedSince = now();
    trace.suspended(now(), thread.id);
    messenger.stopped(thread);
    synchronizer.stopped(thread);
  }

  /** A signal lets a stopped process go on: those of its threads that wait for nothing else do. */
  void goOn(Process process, KernelThread sender) {
    if (!process.stopped) {
      return;
    }
    process.stopped = false;
    trace.continued(now(), process.id);
    for (KernelThread thread : process.threads()) {
      thread.toStop = false;
      if (thread.cause == BlockCause.STOPPED) {
        wakeBy(thread, sender.lastCpu, sender.id);
      }
    }
  }

  /** A thread does what ends its process. */
  void fault(KernelThread thread, Fault fault, String detail, Location at) {
    fault(thread.process, thread, fault, detail, at);
  }

  /** A process ends for what one of its threads, or another process's, does. */
  void fault(Process ended, KernelThread thread, Fault fault, String detail, Location at) {
    trace.faulted(now(), thread.id, fault, detail, at.line(), at.column());
    exitProcess(ended, fault.exitCode());
  }

  /** A process ends: all its threads end with one code, in the order in which they were made. */
  void exitProcess(Process process, int code) {
    if (paging != null && !process.hasEnded()) {
      paging.describe(process);
    }
    process.end();
    for (KernelThread thread : process.threads()) {
      end(thread, code);
    }
    if (process.livingThreads() == 0 && !process.isGone()) {
      // Its only threads were still to come.
      leave(process, code, TraceSink.NONE, TraceSink.NONE);
    }
  }

  /** No thread of a process lives any more, and none is to come. */
  private void leave(Process process, int code, int cpu, int waker) {
    process.leave(endedProcesses++);
    if (paging != null) {
      paging.close(process);
    }
    messenger.closeAllBut(process, end -> false);
    resources.ended(process);
    family.ended(process, code, cpu, waker);
  }

  /** Ends a thread from outside: at once, or when the section that it is in ends. */
  void end(KernelThread thread, int code) {
    boolean inKernel =
        thread.state == KernelThread.State.RUNNING && thread.core.mode == Core.Mode.KERNEL;
    if (inKernel) {
      thread.doomed = true;
      thread.doomCode = code;
    } else {
      exit(thread, code);
    }
  }

  /** Any state to ENDED. */
  void exit(KernelThread thread, int code) {
    int cpu = TraceSink.NONE;
    Process process = thread.process;
    boolean last = process.livingThreads() == 1 && (process.hasEnded() || process.toCome == 0);
    if (paging != null) {
      if (last && !process.hasEnded()) {
        paging.describe(process);
      }
      paging.tellStack(thread);
      paging.traps().forget(thread);
    }
    switch (thread.state) {
      case RUNNING -> {
        Core core = thread.core;
        cpu = core.id;
        dispatcher.leave(core, Departure.EXIT);
        endBurst(core, thread);
      }
      case READY -> runQueues.remove(thread);
      case BLOCKED -> cancelSleep(thread);
      default -> {}
    }
    synchronizer.leave(thread);
    messenger.leave(thread);
    if (thread.runtime != null) {
      thread.runtime.closed();
      int begun = requests.withdraw(thread);
      wakesToCome -= begun;
    }
    thread.state = KernelThread.State.ENDED;
    trace.exited(now(), thread.id, cpu, code);
    for (int i = 0; i < runQueues.count(); i++) {
      runQueues.queue(i).retire(thread);
    }
    jobs.retire(thread);
    process.remove(thread);
    threads.remove(thread);
    if (paging != null && !last) {
      paging.closeStack(thread);
    }
    wakeJoiners(thread, cpu);
    resources.threadEnded(process);
    if (last) {
      leave(process, code, cpu, thread.id);
      generated.ended(process, thread);
    }
  }

  private void cancelSleep(KernelThread thread) {
    if (thread.joining != null) {
      thread.joining.forget(thread);
    }
    if (thread.waiting != null) {
      thread.process.removeWaiter(thread);
    }
    futexes.leave(thread);
    resources.leave(thread);
    if (thread.wakeKey >= 0) {
      wakesToCome--;
    }
    if (thread.device >= 0) {
      if (thread.wakeKey >= 0) {
        serveNext(thread.device);
      } else {
        config.devices().get(thread.device).withdraw(thread.slot);
      }
    }
    thread.wakeKey = -1;
  }

  /** Puts a blocked thread among those that wait for the end of others. */
  void awaitEnd(KernelThread thread, JoinGroup group) {
    thread.joining = group;
    thread.joinOrder = joins++;
    group.await(thread);
  }

  void tellJoined(KernelThread joiner, JoinGroup group) {
    group.ended().forEach(ended -> trace.joined(now(), joiner.id, ended));
  }

  private void wakeJoiners(KernelThread ended, int cpu) {
    List<KernelThread> woken = null;
    for (JoinGroup group : ended.groups) {
      if (group.isAwaited() && group.hasEnded()) {
        woken = woken == null ? new ArrayList<>() : woken;
        Set<KernelThread> joiners = group.takeJoiners();
        joiners.forEach(joiner -> tellJoined(joiner, group));
        woken.addAll(joiners);
      }
    }
    if (woken != null) {
      woken.sort(Comparator.comparingLong(thread -> thread.joinOrder));
      for (KernelThread joiner : woken) {
        joiner.joining = null;
        joiner.waiting = null;
        wake(joiner, cpu, ended.id, SchedulingPolicy.Reason.WAKE);
      }
    }
  }

  /** A thread's wait has ended before its time was up. */
  void cancelTimer(KernelThread thread) {
    if (thread.wakeKey >= 0) {
      thread.wakeKey = -1;
      wakesToCome--;
    }
  }

  void endSpin(KernelThread thread) {
    dispatcher.endSpin(thread.core);
  }

  /** A lock gives a thread another priority, or its own back. */
  void changeUrgency(KernelThread thread, long urgency, KernelThread lender) {
    boolean rises = urgency < thread.priority();
    trace.priorityEffective(now(), thread.id, urgency, lender == null ? TraceSink.NONE : lender.id);
    if (thread.state == KernelThread.State.READY) {
      SchedulingPolicy.Reason reason =
          rises ? SchedulingPolicy.Reason.RAISED : SchedulingPolicy.Reason.LOWERED;
      runQueues.requeue(thread, reason, () -> thread.setPriority(urgency));
    } else {
      thread.setPriority(urgency);
      if (thread.core != null) {
        runQueues.of(thread.core).priorityChanged(thread);
      }
    }
    scheduler.notePreemption();
  }

  /** A sleeping thread waits for a mutex's holder, or, for null, for nobody any more. */
  void waitsFor(KernelThread sleeper, KernelThread holder) {
    if (tracksWaiting) {
      runQueues.queue(0).waitsFor(sleeper, holder);
    }
  }

  /** A mutex has another holder: those that still wait for it wait for that one. */
  void waitFor(List<KernelThread> sleepers, KernelThread holder) {
    if (tracksWaiting) {
      sleepers.forEach(sleeper -> waitsFor(sleeper, holder));
    }
  }

  /** Wakes a thread whose wait another one's end has ended. */
  void wakeBy(KernelThread thread, int cpu, int waker) {
    wake(thread, cpu, waker, SchedulingPolicy.Reason.WAKE);
  }

  /** An operation that can block has not: a CPU burst ends here all the same. */
  void passBlockingPoint(Core core, KernelThread thread) {
    dispatcher.stopOwnWork(core);
    endBurst(core, thread);
    thread.beginBurst();
    scheduler.notePreemption();
  }

  void endBurst(Core core, KernelThread thread) {
    SchedulingPolicy policy = runQueues.of(core);
    policy.burstEnded(thread);
    tellEstimate(policy, thread);
  }

  private void tellEstimate(SchedulingPolicy policy, KernelThread thread) {
    long estimate = policy.estimate(thread);
    if (estimate >= 0) {
      trace.burstEstimated(now(), thread.id, estimate);
    }
  }

  /** An operation does not do what it was to do; its program may ask why. */
  void failed(KernelThread thread, int object, Errno error, String detail, Location at) {
    trace.operationFailed(now(), thread.id, object, error.name(), detail, at.line(), at.column());
  }

  /** The time of a wait is up. */
  void failedInTime(KernelThread thread, int object, Location at) {
    failed(thread, object, Errno.ETIMEDOUT, "has waited as long as it was to", at);
  }

  /** Has the clock end a wait when its time is up, if the operation says so. */
  void limitWait(KernelThread thread, Instruction instruction) {
    if (instruction.time != null) {
      long length = instruction.time.draw(thread.random);
      wakeAt(thread, clock.after(length, instruction.location));
    }
  }

  /** An expression divides by 0. */
  void divided(KernelThread thread, Instruction instruction) {
    fault(thread, Fault.DIVISION_BY_ZERO, "an expression divides by 0", instruction.location);
  }

  /** An instruction names a cell that its array does not have. */
  void outOfArray(KernelThread thread, Instruction instruction) {
    String cells = "the array has cells 0 to " + (instruction.cell.length() - 1);
    fault(thread, Fault.SEGMENTATION, cells, instruction.location);
  }

  // --- what others ask

  /** Returns what follows a given schedule, or null. */
  Replay replay() {
    return replay;
  }

  boolean simulatesMemory() {
    return paging != null;
  }

  ObjectTable objects() {
    return objects;
  }

  /** Returns the simulated time in nanoseconds. */
  public long now() {
    return clock.now();
  }

  Family family() {
    return family;
  }

  String deviceName(int id) {
    return config.devices().get(id).name();
  }

  RandomStream randomOf(String taskName) {
    return random.stream(config.drawers().apply(taskName), PROGRAM);
  }

  /** Has a stream be what a generated process draws from: by its name, not put together for it. */
  private void setRandom(RandomStream draws, Process process, JobSource source) {
    if (config.drawers() == KernelConfig.BY_OWN_NAME) {
      random.begin(draws, source.plan().name(), source.number(), PROGRAM);
    } else {
      draws.copyFrom(randomOf(process.name()));
    }
  }

  Process process(int id) {
    return processes.get(id);
  }

  PeriodicJobs jobs() {
    return jobs;
  }

  /** Says whether nothing stands against a CPU's going on by itself for a while. */
  boolean mayRunAhead(Core core) {
    return !scheduler.isDue() && !dispatcher.hasDeferredBut(core);
  }

  /** A section has ended, or is passed. */
  void sectionEnded() {
    // Urgent threads had to wait for its end: nobody runs ahead of them now.
    scheduler.notePreemption();
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

  void assertionFailed(KernelThread thread, Instruction assertion) {
    Location at = assertion.location;
    trace.assertionFailed(now(), thread.id, assertion.text, at.line(), at.column());
  }

  /** What a process's variables hold, when it ended or now: their cells one after the other. */
  public record Image(String process, List<Variable> variables, long[] memory) {}

  /** Returns the memory of all processes and segments, in the order in which they were made. */
  public List<Image> images() {
    List<Image> images = new ArrayList<>();
    for (Process process : processes) {
      images.add(new Image(process.name(), process.variables(), process.memory));
    }
    for (Segment segment : objects.segments()) {
      images.add(new Image(segment.name(), segment.variables(), segment.cells));
    }
    return images;
  }

  /** Returns where a watched thread stands or ended; null if it never arrived. */
  public Execution execution(String taskName) {
    Execution execution = threads.execution(taskName);
    for (int i = 0; execution == null && i < runtimes.size(); i++) {
      execution = runtimes.get(i).execution(taskName);
    }
    return execution;
  }

  /** A blocked thread: what it waits for, and since when. */
  public record Sleeper(String taskName, String waitsFor, long since) {}

  /** Returns the threads that wait for something, asleep or by using their CPU. */
  public List<Sleeper> sleepers() {
    List<Sleeper> sleepers = new ArrayList<>();
    for (Process process : processes) {
      for (KernelThread thread : process.threads()) {
        boolean spins = replay != null && replay.spins(thread);
        String what = spins ? "a change of what it reads again and again" : Waits.of(thread);
        if (what != null) {
          long since = spins ? thread.readySince : thread.blockedSince;
          sleepers.add(new Sleeper(thread.name(), what, since));
        }
      }
    }
    return sleepers;
  }
}
