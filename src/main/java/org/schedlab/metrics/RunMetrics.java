package org.schedlab.metrics;

import java.util.Optional;
import java.util.function.IntFunction;
import org.schedlab.trace.AccessKind;
import org.schedlab.trace.Account;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.Decision;
import org.schedlab.trace.Departure;
import org.schedlab.trace.Fault;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/**
 * Everything that is measured of one run. It calls its sinks by their own types and leaves out what
 * a sink does not listen to: on the hot path this is several times faster than a list of sinks.
 */
public final class RunMetrics implements TraceSink {
  /** Stretches beside each bar of the timeline: ready, blocked, switch, interrupts. */
  private static final int STRETCHES_PER_BAR = 4;

  /** Charts are drawn exactly up to so many bars, whatever the timeline's limit. */
  private static final int CHART_BARS = 100_000;

  private final TaskTimes tasks = new TaskTimes();
  private final Forecasts forecasts = new Forecasts();
  private final Findings findings;
  private final Ledger ledger;
  private final SwitchTable switches;
  private final Timeline timeline;
  private final Stretches stretches;
  private final Moments moments;
  private final Occupancy occupancy;
  private final MemoryUse memory = new MemoryUse();
  private final StackUse stacks = new StackUse();
  private final ProcessLives lives = new ProcessLives();
  private final MemoryTimeline memoryTimeline = new MemoryTimeline();

  private final LockUse locks = new LockUse();
  private final LockOrder lockOrder = new LockOrder();
  private final ChannelUse channels;
  private final SentSignals signals = new SentSignals();
  private final CoroutineUse coroutines;

  /** Whether threads have locks to wait for: else those sinks need not be told of each dispatch. */
  private boolean usesLocks;

  /** Whether threads have channels: else that sink need not be told of each dispatch. */
  private boolean usesChannels;

  /** Whether threads have coroutines: else that sink need not be told of each charge. */
  private boolean usesCoroutines;

  private final Inversions inversions;
  private final RaceUse races;
  private final WorkloadTimes workload = new WorkloadTimes(tasks);

  /** Whether there are generated jobs: else that sink need not be told of each dispatch. */
  private boolean usesWorkload;

  /** Null where nobody asked for it: it remembers every reference. */
  private final ReferenceLog references;

  /** Null where nobody asked for it: it remembers every wake-up. */
  private final Wakeups wakeups;

  /**
   * Whether any of these four is so, or wake-ups are kept: in most runs this one test on the hot
   * path takes the place of five.
   */
  private boolean usesMore;

  /** Whether charts may be drawn: else what only they show is not kept. */
  private final boolean drawn;

  /** Null where nobody asked for it: it remembers every decision. */
  private final DecisionLog decisions;

  /**
   * @param timelineLimit above so many bars the timeline is not kept
   */
  public RunMetrics(int cpus, int timelineLimit) {
    this(cpus, timelineLimit, null, null, null, true);
  }

  /** Measures a run of which no chart will be drawn: what only charts show is not kept. */
  public static RunMetrics withoutCharts(int cpus, int timelineLimit) {
    return new RunMetrics(cpus, timelineLimit, null, null, null, false);
  }

  /**
   * @param timelineLimit above so many bars the timeline is not kept
   * @param references is told every reference to memory; null for none
   * @param wakeups is told every wake-up; null for none
   * @param decisions is told every decision; null for none
   * @param drawn whether charts may be drawn: else what only they show is not kept
   */
  public RunMetrics(
      int cpus,
      int timelineLimit,
      ReferenceLog references,
      Wakeups wakeups,
      DecisionLog decisions,
      boolean drawn) {
    this.drawn = drawn;
    this.decisions = decisions;
    this.references = references;
    this.wakeups = wakeups;
    this.usesMore = wakeups != null;
    int chartBars = Math.min(timelineLimit, CHART_BARS);
    ledger = new Ledger(cpus);
    switches = new SwitchTable(cpus);
    timeline = new Timeline(cpus, timelineLimit);
    int drawnStretches = drawn ? chartBars * STRETCHES_PER_BAR : 0;
    stretches = new Stretches(cpus, drawnStretches);
    moments = new Moments(drawnStretches);
    occupancy = new Occupancy(cpus);
    inversions = new Inversions(cpus, chartBars);
    channels = new ChannelUse(cpus);
    coroutines = new CoroutineUse(chartBars * STRETCHES_PER_BAR);
    findings = new Findings(coroutines::current);
    races = new RaceUse(coroutines::current);
  }

  @Override
  public boolean explains() {
    return decisions != null && decisions.explains();
  }

  @Override
  public void decided(long time, int cpu, Decision decision) {
    if (decisions != null) {
      decisions.decided(time, cpu, decision);
    }
  }

  @Override
  public void decisionLeftOut(long time, int cpu) {
    if (decisions != null) {
      decisions.decisionLeftOut(time, cpu);
    }
  }

  @Override
  public void processStarted(long time, int process, String name) {
    tasks.processStarted(time, process, name);
    lives.processStarted(time, process, name);
  }

  @Override
  public void childStarted(long time, int process, int parent, boolean fork) {
    lives.childStarted(time, process, parent, fork);
  }

  @Override
  public void executed(long time, int process) {
    lives.executed(time, process);
  }

  @Override
  public void processEnded(long time, int process, int code) {
    lives.processEnded(time, process, code);
    locks.processEnded(time, process, code);
  }

  @Override
  public void orphaned(long time, int process) {
    lives.orphaned(time, process);
  }

  @Override
  public void reaped(long time, int process, int parent) {
    lives.reaped(time, process, parent);
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    tasks.threadCreated(time, thread, process, name);
    switches.threadCreated(time, thread, process, name);
    if (drawn) {
      stretches.threadCreated(time, thread, process, name);
      occupancy.threadCreated(time, thread, process, name);
    }
    locks.threadCreated(time, thread, process, name);
    coroutines.threadCreated(time, thread, process, name);
    races.threadCreated(time, thread, process, name);
  }

  @Override
  public void groupMade(int group, String name, int parent, long uncounted) {
    usesWorkload = true;
    usesMore = true;
    workload.groupMade(group, name, parent, uncounted);
  }

  @Override
  public void generated(long time, int thread, int group, long number) {
    workload.generated(time, thread, group, number);
  }

  @Override
  public void startedBy(long time, int thread, int parent) {
    races.startedBy(time, thread, parent);
  }

  @Override
  public void joined(long time, int thread, int ended) {
    races.joined(time, thread, ended);
  }

  @Override
  public void waited(long time, int thread, int child) {
    races.waited(time, thread, child);
  }

  @Override
  public void variablesMade(long time, int process, IntFunction<String> nameOf) {
    races.variablesMade(time, process, nameOf);
  }

  @Override
  public void sharedVariablesMade(long time, int segment, IntFunction<String> nameOf) {
    races.sharedVariablesMade(time, segment, nameOf);
  }

  @Override
  public void arrived(long time, int thread, int barrier) {
    races.arrived(time, thread, barrier);
  }

  @Override
  public void accessed(
      long time, int thread, AccessKind kind, int process, int cell, long value, int line) {
    races.accessed(time, thread, kind, process, cell, value, line);
    markRace(time, thread);
  }

  private void markRace(long time, int thread) {
    if (races.lastLost()) {
      moments.mark(time, thread, Moments.Kind.LOST_UPDATE);
    } else if (races.lastRaced()) {
      moments.mark(time, thread, Moments.Kind.RACE);
    }
  }

  @Override
  public void madeReady(long time, int thread) {
    tasks.madeReady(time, thread);
    if (drawn) {
      stretches.madeReady(time, thread);
      moments.madeReady(time, thread);
      occupancy.madeReady(time, thread);
    }
    if (usesMore) {
      if (usesLocks) {
        inversions.madeReady(time, thread);
      }
      if (usesCoroutines) {
        coroutines.madeReady(time, thread);
      }
      if (usesWorkload) {
        workload.madeReady(time, thread);
      }
    }
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    tasks.dispatched(time, thread, cpu);
    if (drawn) {
      stretches.dispatched(time, thread, cpu);
      occupancy.dispatched(time, thread, cpu);
    }
    if (usesMore) {
      if (usesLocks) {
        inversions.dispatched(time, thread, cpu);
      }
      if (usesCoroutines) {
        coroutines.dispatched(time, thread, cpu);
      }
      if (usesWorkload) {
        workload.dispatched(time, thread, cpu);
      }
    }
  }

  @Override
  public void started(long time, int thread, int cpu) {
    tasks.started(time, thread, cpu);
    timeline.started(time, thread, cpu);
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    tasks.preempted(time, thread, cpu, why);
    timeline.preempted(time, thread, cpu, why);
    if (drawn) {
      stretches.preempted(time, thread, cpu, why);
      moments.preempted(time, thread, cpu, why);
      occupancy.preempted(time, thread, cpu, why);
    }
    if (usesMore) {
      if (usesLocks) {
        inversions.preempted(time, thread, cpu, why);
      }
      if (usesChannels) {
        channels.preempted(time, thread, cpu, why);
      }
      if (usesCoroutines) {
        coroutines.preempted(time, thread, cpu, why);
      }
      if (usesWorkload) {
        workload.preempted(time, thread, cpu, why);
      }
    }
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    tasks.blocked(time, thread, cpu, cause, object);
    timeline.blocked(time, thread, cpu, cause, object);
    if (drawn) {
      stretches.blocked(time, thread, cpu, cause, object);
      occupancy.blocked(time, thread, cpu, cause, object);
    }
    if (usesMore) {
      if (usesLocks) {
        locks.blocked(time, thread, cpu, cause, object);
        inversions.blocked(time, thread, cpu, cause, object);
      }
      if (usesChannels) {
        channels.blocked(time, thread, cpu, cause, object);
      }
      if (wakeups != null) {
        wakeups.blocked(time, thread, cpu, cause, object);
      }
      if (usesCoroutines) {
        coroutines.blocked(time, thread, cpu, cause, object);
      }
    }
  }

  @Override
  public void woken(long time, int thread, int waker) {
    tasks.woken(time, thread, waker);
    if (drawn) {
      stretches.woken(time, thread, waker);
      moments.woken(time, thread, waker);
      occupancy.woken(time, thread, waker);
    }
    if (usesMore) {
      if (usesLocks) {
        locks.woken(time, thread, waker);
        inversions.woken(time, thread, waker);
      }
      if (usesChannels) {
        channels.woken(time, thread, waker);
      }
      if (wakeups != null) {
        wakeups.woken(time, thread, waker);
      }
      if (usesCoroutines) {
        coroutines.woken(time, thread, waker);
      }
      if (usesWorkload) {
        workload.woken(time, thread, waker);
      }
    }
  }

  @Override
  public void suspended(long time, int thread) {
    tasks.suspended(time, thread);
    if (drawn) {
      stretches.suspended(time, thread);
      occupancy.suspended(time, thread);
    }
    if (usesMore) {
      if (usesLocks) {
        inversions.suspended(time, thread);
      }
      if (wakeups != null) {
        wakeups.suspended(time, thread);
      }
      if (usesCoroutines) {
        coroutines.suspended(time, thread);
      }
    }
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    tasks.exited(time, thread, cpu, code);
    timeline.exited(time, thread, cpu, code);
    if (drawn) {
      stretches.exited(time, thread, cpu, code);
      moments.exited(time, thread, cpu, code);
      occupancy.exited(time, thread, cpu, code);
    }
    races.exited(time, thread, cpu, code);
    if (usesMore) {
      if (usesLocks) {
        locks.exited(time, thread, cpu, code);
        lockOrder.exited(time, thread, cpu, code);
        inversions.exited(time, thread, cpu, code);
      }
      if (usesChannels) {
        channels.exited(time, thread, cpu, code);
      }
      if (usesCoroutines) {
        coroutines.exited(time, thread, cpu, code);
      }
      if (usesWorkload) {
        workload.exited(time, thread, cpu, code);
      }
    }
  }

  @Override
  public void handedOver(long time, int cpu, int from, int to, Departure why) {
    if (drawn || usesMore) {
      TraceSink.super.handedOver(time, cpu, from, to, why);
      return;
    }
    timeline.preempted(time, from, cpu, why);
    tasks.handedOver(time, cpu, from, to, why);
    if (from != to) {
      switches.switched(time, cpu, from, to, why.isVoluntary());
    }
  }

  @Override
  public void switched(long time, int cpu, int from, int to, boolean voluntary) {
    tasks.switched(time, cpu, from, to, voluntary);
    switches.switched(time, cpu, from, to, voluntary);
    if (usesMore && usesChannels) {
      channels.switched(time, cpu, from, to, voluntary);
    }
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    ledger.charged(cpu, thread, account, from, to);
    tasks.charged(cpu, thread, account, from, to);
    switches.charged(cpu, thread, account, from, to);
    if (drawn) {
      stretches.charged(cpu, thread, account, from, to);
      occupancy.charged(cpu, thread, account, from, to);
    }
    if (usesMore) {
      if (usesCoroutines) {
        coroutines.charged(cpu, thread, account, from, to);
      }
    }
  }

  @Override
  public void systemCall(long time, int thread) {
    tasks.systemCall(time, thread);
  }

  @Override
  public void jobReleased(long time, int thread, long absoluteDeadline) {
    tasks.jobReleased(time, thread, absoluteDeadline);
    if (drawn) {
      moments.jobReleased(time, thread, absoluteDeadline);
    }
  }

  @Override
  public void jobCompleted(long time, int thread) {
    tasks.jobCompleted(time, thread);
    if (drawn) {
      moments.jobCompleted(time, thread);
    }
  }

  @Override
  public void burstEstimated(long time, int thread, long nanos) {
    forecasts.burstEstimated(time, thread, nanos);
  }

  @Override
  public void regionMapped(
      long time,
      int process,
      int region,
      RegionKind kind,
      String name,
      long firstPage,
      long pages) {
    memory.regionMapped(time, process, region, kind, name, firstPage, pages);
    memoryTimeline.regionMapped(time, process, region, kind, name, firstPage, pages);
    if (references != null) {
      references.regionMapped(time, process, region, kind, name, firstPage, pages);
    }
  }

  @Override
  public void referenced(
      long time, int thread, int process, long page, boolean write, boolean inTlb) {
    memory.referenced(time, thread, process, page, write, inTlb);
    if (references != null) {
      references.referenced(time, thread, process, page, write, inTlb);
    }
  }

  @Override
  public void pageFaulted(long time, int thread, int process, long page, PageFault fault) {
    memory.pageFaulted(time, thread, process, page, fault);
    memoryTimeline.pageFaulted(time, thread, process, page, fault);
    if (references != null) {
      references.pageFaulted(time, thread, process, page, fault);
    }
  }

  @Override
  public void pageLoaded(long time, int process, long page, long pages, int frame) {
    memory.pageLoaded(time, process, page, pages, frame);
    memoryTimeline.pageLoaded(time, process, page, pages, frame);
    if (references != null) {
      references.pageLoaded(time, process, page, pages, frame);
    }
  }

  @Override
  public void pageDropped(long time, int process, long page, long pages, int frame, PageDrop why) {
    memory.pageDropped(time, process, page, pages, frame, why);
    memoryTimeline.pageDropped(time, process, page, pages, frame, why);
    if (references != null) {
      references.pageDropped(time, process, page, pages, frame, why);
    }
  }

  @Override
  public void translationsShotDown(long time, int process, int cpu, int others) {
    memory.translationsShotDown(time, process, cpu, others);
  }

  @Override
  public void stackClosed(
      long time, int thread, long reserved, long resident, long deepest, int calls) {
    stacks.stackClosed(time, thread, reserved, resident, deepest, calls);
  }

  @Override
  public void memoryClosed(long time, int process, MemoryMap map) {
    memory.memoryClosed(time, process, map);
  }

  @Override
  public void syncObjectMade(long time, int object, SyncKind kind, String name, int process) {
    usesLocks = true;
    usesMore = true;
    locks.syncObjectMade(time, object, kind, name, process);
    lockOrder.syncObjectMade(time, object, kind, name, process);
    inversions.syncObjectMade(time, object, kind, name, process);
    races.syncObjectMade(time, object, kind, name, process);
  }

  @Override
  public void acquired(
      long time, int thread, int object, LockMode mode, Acquisition how, int line) {
    locks.acquired(time, thread, object, mode, how, line);
    lockOrder.acquired(time, thread, object, mode, how, line);
    inversions.acquired(time, thread, object, mode, how, line);
    races.acquired(time, thread, object, mode, how, line);
  }

  @Override
  public void released(long time, int thread, int object) {
    locks.released(time, thread, object);
    lockOrder.released(time, thread, object);
    inversions.released(time, thread, object);
    races.released(time, thread, object);
  }

  @Override
  public void signalled(long time, int thread, int object, int woken) {
    locks.signalled(time, thread, object, woken);
  }

  @Override
  public void priorityEffective(long time, int thread, long urgency, int lender) {
    usesLocks = true;
    usesMore = true;
    inversions.priorityEffective(time, thread, urgency, lender);
  }

  @Override
  public void operationFailed(
      long time, int thread, int object, String error, String detail, int line, int column) {
    locks.operationFailed(time, thread, object, error, detail, line, column);
    findings.operationFailed(time, thread, object, error, detail, line, column);
    moments.operationFailed(time, thread, object, error, detail, line, column);
  }

  @Override
  public void channelMade(
      long time, int channel, ChannelKind kind, String name, int process, long capacity) {
    usesChannels = true;
    usesMore = true;
    channels.channelMade(time, channel, kind, name, process, capacity);
    moments.channelMade(time, channel, kind, name, process, capacity);
    races.channelMade(time, channel, kind, name, process, capacity);
  }

  @Override
  public void channelCalled(
      long time, int thread, int channel, boolean resumed, long nanos, long copyNanos) {
    channels.channelCalled(time, thread, channel, resumed, nanos, copyNanos);
  }

  @Override
  public void sent(long time, int thread, int channel, long message, long bytes, boolean last) {
    channels.sent(time, thread, channel, message, bytes, last);
    races.sent(time, thread, channel, message, bytes, last);
  }

  @Override
  public void received(long time, int thread, int channel, long bytes) {
    channels.received(time, thread, channel, bytes);
    moments.received(time, thread, channel, bytes);
    races.received(time, thread, channel, bytes);
  }

  @Override
  public void delivered(long time, int thread, int channel, long message, long sentAt) {
    channels.delivered(time, thread, channel, message, sentAt);
    races.delivered(time, thread, channel, message, sentAt);
  }

  @Override
  public void discarded(long time, int channel, long bytes) {
    channels.discarded(time, channel, bytes);
  }

  @Override
  public void sharedAccessed(
      long time, int thread, AccessKind kind, int segment, int cell, long value, int line) {
    channels.sharedAccessed(time, thread, kind, segment, cell, value, line);
    races.sharedAccessed(time, thread, kind, segment, cell, value, line);
    markRace(time, thread);
  }

  @Override
  public void signalSent(long time, int thread, int process, String signal) {
    signals.signalSent(time, thread, process, signal);
  }

  @Override
  public void unitsHeld(long time, int thread, int resource, long units) {
    locks.unitsHeld(time, thread, resource, units);
    races.unitsHeld(time, thread, resource, units);
  }

  @Override
  public void carrierMade(long time, int thread, int first, String runtime) {
    coroutines.carrierMade(time, thread, first, runtime);
    races.carrierMade(time, thread, first, runtime);
  }

  @Override
  public void coroutineMade(long time, int coroutine, int thread, String name) {
    usesCoroutines = true;
    usesMore = true;
    coroutines.coroutineMade(time, coroutine, thread, name);
  }

  @Override
  public void coroutineReady(long time, int coroutine, int thread, long since) {
    coroutines.coroutineReady(time, coroutine, thread, since);
  }

  @Override
  public void coroutineStolen(long time, int coroutine, int thread) {
    coroutines.coroutineStolen(time, coroutine, thread);
  }

  @Override
  public void coroutineMemory(long time, int coroutine, long reserved, long resident) {
    coroutines.coroutineMemory(time, coroutine, reserved, resident);
  }

  @Override
  public void coroutineResumed(long time, int coroutine) {
    coroutines.coroutineResumed(time, coroutine);
  }

  @Override
  public void coroutineSuspended(long time, int coroutine, AwaitCause cause, String what) {
    coroutines.coroutineSuspended(time, coroutine, cause, what);
  }

  @Override
  public void coroutineEnded(long time, int coroutine, String error) {
    coroutines.coroutineEnded(time, coroutine, error);
  }

  @Override
  public void errorNeverRetrieved(long time, int coroutine, String error) {
    coroutines.errorNeverRetrieved(time, coroutine, error);
  }

  @Override
  public void deadlocked(long time, Deadlock deadlock) {
    findings.deadlocked(time, deadlock);
    moments.deadlocked(time, deadlock);
  }

  @Override
  public void assertionFailed(long time, int thread, String text, int line, int column) {
    findings.assertionFailed(time, thread, text, line, column);
    moments.assertionFailed(time, thread, text, line, column);
  }

  @Override
  public void faulted(long time, int thread, Fault fault, String detail, int line, int column) {
    findings.faulted(time, thread, fault, detail, line, column);
    moments.faulted(time, thread, fault, detail, line, column);
  }

  /**
   * Closes the books.
   *
   * @throws IllegalStateException if they do not balance, which is a bug of the simulator
   */
  @Override
  public void finished(long time) {
    ledger.finished(time);
    tasks.finished(time);
    timeline.finished(time);
    if (drawn) {
      stretches.finished(time);
      moments.finished(time);
      occupancy.finished(time);
    }
    memoryTimeline.finished(time);
    locks.finished(time);
    inversions.finished(time);
    channels.finished(time);
    coroutines.finished(time);
  }

  /** Returns how threads shared variables. */
  public RaceUse races() {
    return races;
  }

  /** Returns how long the run took: the makespan. */
  public long makespan() {
    return ledger.makespan();
  }

  public TaskTimes tasks() {
    return tasks;
  }

  public Forecasts forecasts() {
    return forecasts;
  }

  public Findings findings() {
    return findings;
  }

  public Ledger ledger() {
    return ledger;
  }

  public SwitchTable switches() {
    return switches;
  }

  public Timeline timeline() {
    return timeline;
  }

  public Stretches stretches() {
    return stretches;
  }

  public Moments moments() {
    return moments;
  }

  public Occupancy occupancy() {
    return occupancy;
  }

  public MemoryUse memory() {
    return memory;
  }

  public StackUse stacks() {
    return stacks;
  }

  public ProcessLives lives() {
    return lives;
  }

  public MemoryTimeline memoryTimeline() {
    return memoryTimeline;
  }

  public LockUse locks() {
    return locks;
  }

  public Inversions inversions() {
    return inversions;
  }

  public LockOrder lockOrder() {
    return lockOrder;
  }

  public ChannelUse channels() {
    return channels;
  }

  public SentSignals signals() {
    return signals;
  }

  public CoroutineUse coroutines() {
    return coroutines;
  }

  /** Returns the log of references, or empty where nobody asked for it. */
  public Optional<ReferenceLog> references() {
    return Optional.ofNullable(references);
  }

  /** Returns the jobs of a workload, group by group. */
  public WorkloadTimes workload() {
    return workload;
  }

  /** Returns the log of decisions, or empty where nobody asked for it. */
  public Optional<DecisionLog> decisions() {
    return Optional.ofNullable(decisions);
  }

  /** Returns the log of wake-ups, or empty where nobody asked for it. */
  public Optional<Wakeups> wakeups() {
    return Optional.ofNullable(wakeups);
  }
}
