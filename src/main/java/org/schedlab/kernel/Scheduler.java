package org.schedlab.kernel;

import org.schedlab.engine.EventQueue;
import org.schedlab.trace.Departure;

/** Chooses which thread runs on which CPU, by asking the policy. */
final class Scheduler {
  private final Kernel kernel;
  private final Clock clock;
  private final Core[] cores;
  private final RunQueues runQueues;
  private final Dispatcher dispatcher;
  private final int policyTimers;

  /** Null where nobody asks why. */
  private final Explainer explainer;

  /** Whether a ready thread may have become more urgent than a running one. */
  private boolean preemptionPossible;

  Scheduler(
      Kernel kernel,
      Clock clock,
      Core[] cores,
      RunQueues runQueues,
      Dispatcher dispatcher,
      Alarms alarms,
      Explainer explainer) {
    this.kernel = kernel;
    this.clock = clock;
    this.cores = cores;
    this.runQueues = runQueues;
    this.dispatcher = dispatcher;
    this.policyTimers = alarms.policyTimer(0);
    this.explainer = explainer;
  }

  /** A thread has become ready or more urgent, or a CPU can be taken again. */
  void notePreemption() {
    preemptionPossible = true;
  }

  /** Says whether {@link #run} would have something to do. */
  boolean isDue() {
    return preemptionPossible || (dispatcher.idleCores() > 0 && runQueues.ready() > 0);
  }

  /**
   * The last step of an instant. CPUs that have nothing to run pick, CPU 0 first. Then, as long as
   * a ready thread is more urgent than a running one, the least urgent running one gives way. Who
   * then has a CPU begins, or enters the kernel.
   */
  void run() {
    fillIdleCores();
    if (preemptionPossible && runQueues.queue(0).isPreemptive()) {
      Core victim = leastUrgentThatMustGiveWay();
      // Each move makes one CPU's thread strictly more urgent.
      long most = (long) cores.length * (cores.length + runQueues.ready());
      for (long left = most; victim != null; left--) {
        if (left == 0) {
          throw new IllegalStateException("the policy's preempts() is no strict order");
        }
        replace(victim);
        // The thread that gave way may run where the other might not.
        fillIdleCores();
        victim = leastUrgentThatMustGiveWay();
      }
    }
    preemptionPossible = false;
    dispatcher.doDeferred();
    setTimers();
  }

  private void setTimers() {
    SchedulingPolicy common = runQueues.common();
    if (common != null) {
      clock.queue.setAlarm(policyTimers, common.nextTimer());
      return;
    }
    for (int i = 0; i < runQueues.count(); i++) {
      clock.queue.setAlarm(policyTimers + i, runQueues.queue(i).nextTimer());
    }
  }

  private void replace(Core victim) {
    if (explainer == null) {
      kernel.handOver(victim, Departure.PREEMPTED, SchedulingPolicy.Reason.PREEMPTED);
    } else {
      KernelThread preempted = victim.current;
      kernel.preempt(victim, Departure.PREEMPTED, SchedulingPolicy.Reason.PREEMPTED);
      kernel.dispatch(victim, explainer.pick(victim, preempted));
    }
  }

  /** Each takes from its own queue first; only then does one steal what another has left. */
  private void fillIdleCores() {
    fillIdleCores(false);
    if (runQueues.count() > 1) {
      fillIdleCores(true);
    }
  }

  private void fillIdleCores(boolean steal) {
    if (dispatcher.idleCores() == 0 || runQueues.ready() == 0) {
      return;
    }
    for (Core core : cores) {
      if (core.mode == Core.Mode.IDLE) {
        KernelThread thread = steal ? steal(core) : pick(core);
        if (thread != null) {
          kernel.dispatch(core, thread);
        }
      }
    }
  }

  private KernelThread pick(Core core) {
    return explainer == null ? runQueues.pick(core) : explainer.pick(core, null);
  }

  private KernelThread steal(Core core) {
    return explainer == null ? runQueues.steal(core) : explainer.steal(core);
  }

  /** Returns the CPU of the least urgent thread that must give way, CPU 0 first among equals. */
  private Core leastUrgentThatMustGiveWay() {
    if (runQueues.ready() == 0) {
      return null;
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
    return victim;
  }

  /** A slice has ended; in a kernel section it ends when the section does. */
  void quantumEnded(Core core) {
    if (core.mode != Core.Mode.USER) {
      return;
    }
    if (runQueues.hasReadyFor(core) || !runQueues.of(core).keepsCpu(core.current)) {
      boolean alone = !clock.hasMoreNow() && dispatcher.idleCores() == 0;
      boolean picksNext = alone && !preemptionPossible;
      if (picksNext && explainer == null) {
        kernel.handOver(core, Departure.QUANTUM, SchedulingPolicy.Reason.QUANTUM);
        setTimers();
        if (!runQueues.of(core).isPreemptive()) {
          dispatcher.passSwitch(core);
        }
      } else {
        kernel.preempt(core, Departure.QUANTUM, SchedulingPolicy.Reason.QUANTUM);
      }
    } else {
      runQueues.of(core).renew(core.current);
      dispatcher.restartSlice(core);
    }
  }

  void policyTimer(int queue) {
    SchedulingPolicy policy = runQueues.queue(queue);
    policy.onTimer(clock.now());
    for (Core core : cores) {
      boolean begun =
          core.current != null
              && core.sliceEnd != EventQueue.NEVER
              && core.pending != Core.Pending.SLICE;
      if (begun && runQueues.of(core) == policy && policy.restartsSlice(core.current)) {
        dispatcher.restartSlice(core);
      }
    }
    preemptionPossible = true;
  }
}
