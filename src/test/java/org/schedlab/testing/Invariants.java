package org.schedlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * Checks what must hold of every run, fact by fact, with bookkeeping of its own: threads move only
 * along the arrows of their life, no thread runs twice at once, no CPU runs two, every nanosecond
 * of every CPU has one account, and no CPU idles while a thread is ready that may run there.
 */
public final class Invariants implements TraceSink {
  private enum State {
    NONE,
    NEW,
    READY,
    RUNNING,
    BLOCKED,
    ENDED
  }

  private record Stretch(int who, long from, long to) {}

  private final int cpus;
  private final BiPredicate<Integer, Integer> mayRunOn;
  private final State[] states;
  private final long[] since;
  private final long[] arrivals;
  private final long[][] inState;
  private final int[] cpuOf;
  private final int[] runs;
  private final long[] chargedUntil;
  private final long[] own;
  private final long[] overhead;
  private final long[] busyByCpu;
  private final List<Stretch> ready = new ArrayList<>();
  private final List<Stretch> idle = new ArrayList<>();
  private final StringBuilder transcript = new StringBuilder();
  private long lastTime;
  private boolean finished;
  private boolean holdsBack;

  /** The policy may hold ready threads back: CPUs may idle meanwhile. */
  public Invariants holdingBack() {
    holdsBack = true;
    return this;
  }

  /**
   * @param mayRunOn whether a thread (by id) may run on a CPU
   */
  public Invariants(int cpus, int mostThreads, BiPredicate<Integer, Integer> mayRunOn) {
    this.cpus = cpus;
    this.mayRunOn = mayRunOn;
    this.states = new State[mostThreads];
    Arrays.fill(states, State.NONE);
    this.since = new long[mostThreads];
    this.arrivals = new long[mostThreads];
    this.inState = new long[mostThreads][State.values().length];
    this.cpuOf = new int[mostThreads];
    Arrays.fill(cpuOf, NONE);
    this.runs = new int[cpus];
    Arrays.fill(runs, NONE);
    this.chargedUntil = new long[cpus];
    this.own = new long[mostThreads];
    this.overhead = new long[mostThreads];
    this.busyByCpu = new long[cpus];
  }

  /** Returns every fact as text, a line each. */
  public String transcript() {
    return transcript.toString();
  }

  public long ownWork(int thread) {
    return own[thread];
  }

  public boolean hasEnded(int thread) {
    return states[thread] == State.ENDED;
  }

  private void note(long time, Object... fact) {
    assertThat(finished).isFalse();
    assertThat(time).isGreaterThanOrEqualTo(lastTime);
    lastTime = time;
    transcript.append(time).append(' ').append(Arrays.toString(fact)).append('\n');
  }

  private void move(long time, int thread, State to, State... from) {
    assertThat(states[thread])
        .as("state of thread " + thread + " before " + to)
        .isIn((Object[]) from);
    inState[thread][states[thread].ordinal()] += time - since[thread];
    if (states[thread] == State.READY && time > since[thread]) {
      ready.add(new Stretch(thread, since[thread], time));
    }
    states[thread] = to;
    since[thread] = time;
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    note(time, "created", thread, process, name);
    since[thread] = time;
    move(time, thread, State.NEW, State.NONE);
  }

  @Override
  public void madeReady(long time, int thread) {
    note(time, "ready", thread);
    arrivals[thread] = time;
    move(time, thread, State.READY, State.NEW);
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    note(time, "dispatched", thread, cpu);
    move(time, thread, State.RUNNING, State.READY);
    assertThat(runs[cpu]).as("who runs on CPU " + cpu).isEqualTo(NONE);
    assertThat(mayRunOn.test(thread, cpu)).as("affinity of " + thread).isTrue();
    runs[cpu] = thread;
    cpuOf[thread] = cpu;
  }

  private void left(int thread, int cpu) {
    assertThat(runs[cpu]).isEqualTo(thread);
    assertThat(cpuOf[thread]).isEqualTo(cpu);
    runs[cpu] = NONE;
    cpuOf[thread] = NONE;
  }

  @Override
  public void started(long time, int thread, int cpu) {
    note(time, "started", thread, cpu);
    assertThat(runs[cpu]).isEqualTo(thread);
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    note(time, "preempted", thread, cpu, why);
    move(time, thread, State.READY, State.RUNNING);
    left(thread, cpu);
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    note(time, "blocked", thread, cpu, cause, object);
    move(time, thread, State.BLOCKED, State.RUNNING);
    left(thread, cpu);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    note(time, "woken", thread);
    move(time, thread, State.READY, State.BLOCKED);
  }

  @Override
  public void suspended(long time, int thread) {
    note(time, "suspended", thread);
    move(time, thread, State.BLOCKED, State.READY);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    note(time, "exited", thread, cpu, code);
    assertThat(cpu).isEqualTo(cpuOf[thread]);
    move(time, thread, State.ENDED, State.NEW, State.READY, State.RUNNING, State.BLOCKED);
    if (cpu != NONE) {
      left(thread, cpu);
    }
    assertThat(time - arrivals[thread])
        .as("turnaround of " + thread)
        .isEqualTo(
            inState[thread][State.READY.ordinal()]
                + inState[thread][State.BLOCKED.ordinal()]
                + own[thread]
                + overhead[thread]);
  }

  @Override
  public void switched(long time, int cpu, int from, int to, boolean voluntary) {
    note(time, "switched", cpu, from, to, voluntary);
    assertThat(from).isNotEqualTo(to);
    assertThat(runs[cpu]).isEqualTo(to);
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    transcript.append(Arrays.asList("charged", cpu, thread, account, from, to)).append('\n');
    assertThat(from).as("start of a charge on CPU " + cpu).isEqualTo(chargedUntil[cpu]);
    assertThat(to).isGreaterThan(from);
    chargedUntil[cpu] = to;
    if (account == Account.IDLE) {
      assertThat(thread).isEqualTo(NONE);
      idle.add(new Stretch(cpu, from, to));
    } else if (thread != NONE) {
      assertThat(runs[cpu]).as("whom CPU %d is charged for %s", cpu, account).isEqualTo(thread);
      if (account == Account.OWN_WORK) {
        own[thread] += to - from;
        busyByCpu[cpu] += to - from;
      } else {
        overhead[thread] += to - from;
      }
    }
  }

  @Override
  public void finished(long time) {
    note(time, "finished");
    finished = true;
    for (int cpu = 0; cpu < cpus; cpu++) {
      assertThat(chargedUntil[cpu]).as("CPU " + cpu + " charged until").isEqualTo(time);
    }
    for (int thread = 0; thread < states.length; thread++) {
      if (states[thread] == State.READY && time > since[thread]) {
        ready.add(new Stretch(thread, since[thread], time));
      }
    }
    if (holdsBack) {
      return;
    }
    for (Stretch idling : idle) {
      for (Stretch waiting : ready) {
        boolean overlap = idling.from() < waiting.to() && waiting.from() < idling.to();
        assertThat(overlap && mayRunOn.test(waiting.who(), idling.who()))
            .as("CPU idles %s while a thread is ready %s", idling, waiting)
            .isFalse();
      }
    }
  }
}
