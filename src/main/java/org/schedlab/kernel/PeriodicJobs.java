package org.schedlab.kernel;

import org.schedlab.engine.Phase;
import org.schedlab.program.Location;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * The jobs of periodic threads: one is released each period, and waits for the one before it. A
 * thread whose job has ended sleeps until the next release.
 */
final class PeriodicJobs {
  private final Kernel kernel;
  private final Clock clock;
  private final TraceSink trace;
  private final Dispatcher dispatcher;
  private int periodicThreads;

  PeriodicJobs(Kernel kernel, Clock clock, TraceSink trace, Dispatcher dispatcher) {
    this.kernel = kernel;
    this.clock = clock;
    this.trace = trace;
    this.dispatcher = dispatcher;
  }

  /** A thread becomes ready for the first time: so does its first job, if it has jobs. */
  void releaseFirst(KernelThread thread) {
    long now = clock.now();
    thread.release = now;
    if (thread.relativeDeadline() != Long.MAX_VALUE) {
      thread.absoluteDeadline = now + thread.relativeDeadline();
      trace.jobReleased(now, thread.id, thread.absoluteDeadline);
    }
    if (thread.isPeriodic()) {
      periodicThreads++;
      planNext(thread);
    }
  }

  /** Returns how many threads live that will always be released again. */
  int periodicThreads() {
    return periodicThreads;
  }

  /** A thread has ended. */
  void retire(KernelThread thread) {
    if (thread.isPeriodic()) {
      periodicThreads--;
    }
  }

  private void planNext(KernelThread thread) {
    clock.queue.schedule(
        clock.after(thread.period, Location.NONE), Phase.ARRIVAL, thread.id, ~thread.slot);
  }

  /**
   * The time of a release has come.
   *
   * @param thread who has the slot for which it was planned, or null
   * @param id for whom it was planned
   * @return whether that thread still lives
   */
  boolean releaseDue(KernelThread thread, long id) {
    if (thread == null || thread.id != id) {
      return false;
    }
    planNext(thread);
    long now = clock.now();
    trace.jobReleased(now, thread.id, now + thread.relativeDeadline());
    if (thread.cause == BlockCause.RELEASE) {
      begin(thread, now);
      kernel.wake(thread, thread.lastCpu, TraceSink.NONE, SchedulingPolicy.Reason.RELEASE);
      dispatcher.deviceInterrupt(thread.lastCpu);
    } else {
      thread.pendingJobs++;
    }
    return true;
  }

  private void begin(KernelThread thread, long release) {
    thread.release = release;
    thread.absoluteDeadline = release + thread.relativeDeadline();
    thread.execution.restart();
  }

  /** A job gives up the CPU at its end; the next one, if already released, competes afresh. */
  void end(Core core) {
    KernelThread thread = core.current;
    trace.jobCompleted(clock.now(), thread.id);
    if (thread.pendingJobs > 0) {
      thread.pendingJobs--;
      dispatcher.stopOwnWork(core);
      kernel.endBurst(core, thread);
      begin(thread, thread.release + thread.period);
      thread.beginBurst();
      kernel.preempt(core, Departure.YIELDED, SchedulingPolicy.Reason.RELEASE);
    } else {
      kernel.block(core, BlockCause.RELEASE, TraceSink.NONE);
    }
  }

  /**
   * A thread with a deadline but without a period has one job, which ends with it of its own
   * accord.
   */
  void endOnly(KernelThread thread) {
    if (thread.absoluteDeadline != Long.MAX_VALUE && !thread.isPeriodic()) {
      trace.jobCompleted(clock.now(), thread.id);
    }
  }
}
