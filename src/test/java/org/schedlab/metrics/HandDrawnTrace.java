package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/** Tells a sink a chart that was drawn by hand, bar by bar, and keeps the CPUs' books for it. */
public final class HandDrawnTrace {
  private final TraceSink sink;
  private final long unit;
  private final long[] bookedUntil;
  private final int[] last;
  private final boolean[] voluntary;
  private int threads;
  private int processes;

  /**
   * @param unit the nanoseconds of one unit of the chart
   */
  public HandDrawnTrace(TraceSink sink, int cpus, long unit) {
    this.sink = sink;
    this.unit = unit;
    bookedUntil = new long[cpus];
    last = new int[cpus];
    voluntary = new boolean[cpus];
    Arrays.fill(last, TraceSink.NONE);
  }

  /** A process of one thread arrives. Returns the thread. */
  public int arrives(long time, String name) {
    int thread = created(time, process(time, name), name);
    sink.madeReady(time * unit, thread);
    return thread;
  }

  /** A process arrives. Returns it. */
  public int process(long time, String name) {
    sink.processStarted(time * unit, processes, name);
    return processes++;
  }

  /** A thread comes to be, not yet ready. Returns it. */
  public int created(long time, int process, String name) {
    sink.threadCreated(time * unit, threads, process, name);
    return threads++;
  }

  /** A thread runs on a CPU and leaves it. */
  public void runs(int cpu, int thread, long from, long to, Departure why) {
    dispatch(cpu, thread, from);
    work(cpu, thread, from, to);
    leave(cpu, thread, to, why);
  }

  /** A thread runs on CPU 0 and leaves it. */
  public void runs(int thread, long from, long to, Departure why) {
    runs(0, thread, from, to, why);
  }

  /** A thread gets a CPU, the switch costing so much, and runs until it leaves. */
  public void switchesAndRuns(
      int cpu, int thread, long from, long cost, Account account, long to, Departure why) {
    idleUntil(cpu, from);
    sink.dispatched(from * unit, thread, cpu);
    tellSwitch(cpu, thread, from);
    charge(cpu, thread, account, from, from + cost);
    sink.started((from + cost) * unit, thread, cpu);
    work(cpu, thread, from + cost, to);
    leave(cpu, thread, to, why);
  }

  public void dispatch(int cpu, int thread, long time) {
    idleUntil(cpu, time);
    sink.dispatched(time * unit, thread, cpu);
    tellSwitch(cpu, thread, time);
    sink.started(time * unit, thread, cpu);
  }

  private void tellSwitch(int cpu, int thread, long time) {
    if (last[cpu] != TraceSink.NONE && last[cpu] != thread) {
      sink.switched(time * unit, cpu, last[cpu], thread, voluntary[cpu]);
    }
    last[cpu] = thread;
  }

  public void work(int cpu, int thread, long from, long to) {
    charge(cpu, thread, Account.OWN_WORK, from, to);
  }

  public void charge(int cpu, int thread, Account account, long from, long to) {
    if (to > from) {
      sink.charged(cpu, thread, account, from * unit, to * unit);
      bookedUntil[cpu] = to;
    }
  }

  private void idleUntil(int cpu, long time) {
    charge(cpu, TraceSink.NONE, Account.IDLE, bookedUntil[cpu], time);
  }

  public void leave(int cpu, int thread, long time, Departure why) {
    switch (why) {
      case EXIT -> sink.exited(time * unit, thread, cpu, 0);
      case BLOCKED -> sink.blocked(time * unit, thread, cpu, BlockCause.IO, TraceSink.NONE);
      case END -> {
        return; // The run ends under it: nobody says so but `finished`.
      }
      default -> sink.preempted(time * unit, thread, cpu, why);
    }
    voluntary[cpu] = why.isVoluntary();
  }

  /** A thread leaves its CPU to wait for something. */
  public void blocks(int cpu, int thread, long time, BlockCause cause, int object) {
    sink.blocked(time * unit, thread, cpu, cause, object);
    voluntary[cpu] = true;
  }

  public void wakes(long time, int thread) {
    sink.woken(time * unit, thread, TraceSink.NONE);
  }

  public void releases(long time, int thread, long deadline) {
    sink.jobReleased(time * unit, thread, deadline * unit);
  }

  public void completes(long time, int thread) {
    sink.jobCompleted(time * unit, thread);
  }

  /** The run ends; the CPUs were idle since they were last heard of. */
  public void ends(long time) {
    for (int cpu = 0; cpu < bookedUntil.length; cpu++) {
      idleUntil(cpu, time);
    }
    sink.finished(time * unit);
  }

  /** Silberschatz's round robin with a quantum of 4: bursts of 24, 3 and 3 that arrive at 0. */
  public static void roundRobin(TraceSink sink, long unit) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
    int p1 = trace.arrives(0, "P1");
    int p2 = trace.arrives(0, "P2");
    int p3 = trace.arrives(0, "P3");
    trace.runs(p1, 0, 4, Departure.QUANTUM);
    trace.runs(p2, 4, 7, Departure.EXIT);
    trace.runs(p3, 7, 10, Departure.EXIT);
    trace.runs(p1, 10, 30, Departure.EXIT);
    trace.ends(30);
  }
}
