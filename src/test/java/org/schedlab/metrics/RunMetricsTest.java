package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

class RunMetricsTest {
  private static RunMetrics metrics(int cpus) {
    return new RunMetrics(cpus, 1_000);
  }

  @Test
  void roundRobinGivesTheTextbooksTimes() {
    RunMetrics metrics = metrics(1);
    HandDrawnTrace.roundRobin(metrics, 1);

    TaskTimes tasks = metrics.tasks();
    assertThat(tasks.count()).isEqualTo(3);
    assertThat(new long[] {tasks.turnaround(0), tasks.turnaround(1), tasks.turnaround(2)})
        .containsExactly(30, 7, 10);
    assertThat(new long[] {tasks.waiting(0), tasks.waiting(1), tasks.waiting(2)})
        .containsExactly(6, 4, 7);
    assertThat(new long[] {tasks.response(0), tasks.response(1), tasks.response(2)})
        .containsExactly(0, 4, 7);
    assertThat(tasks.running(0)).isEqualTo(24);
    assertThat(tasks.voluntarySwitches(0)).isZero();
    assertThat(tasks.involuntarySwitches(0)).isEqualTo(1);
    assertThat(tasks.voluntarySwitches(1)).isEqualTo(1);
    assertThat(metrics.timeline().bars())
        .containsExactly(
            new Timeline.Bar(0, 0, 0, 4, Departure.QUANTUM),
            new Timeline.Bar(0, 1, 4, 7, Departure.EXIT),
            new Timeline.Bar(0, 2, 7, 10, Departure.EXIT),
            new Timeline.Bar(0, 0, 10, 30, Departure.EXIT));
    assertThat(metrics.ledger().busy(0)).isEqualTo(30);
  }

  @Test
  void switchCostIsOverheadOfTheIncomingThreadAndComesBeforeItsBar() {
    RunMetrics metrics = metrics(1);
    HandDrawnTrace trace = new HandDrawnTrace(metrics, 1, 1);
    int a = trace.arrives(0, "A");
    int b = trace.arrives(0, "B");
    trace.runs(a, 0, 10, Departure.QUANTUM);
    trace.switchesAndRuns(0, b, 10, 2, Account.CONTEXT_SWITCH, 15, Departure.EXIT);
    trace.switchesAndRuns(0, a, 15, 3, Account.CACHE_REFILL, 20, Departure.EXIT);
    trace.ends(20);

    TaskTimes tasks = metrics.tasks();
    assertThat(tasks.start(b)).isEqualTo(12);
    assertThat(tasks.overhead(b)).isEqualTo(2);
    assertThat(tasks.running(b)).isEqualTo(3);
    assertThat(tasks.waiting(b)).isEqualTo(10);
    assertThat(metrics.timeline().bars())
        .extracting(Timeline.Bar::start)
        .containsExactly(0L, 12L, 18L);
    SwitchTable switches = metrics.switches();
    assertThat(switches.count()).isEqualTo(2);
    assertThat(switches.count(SwitchTable.Kind.PROCESS_INVOLUNTARY)).isEqualTo(1);
    assertThat(switches.direct(SwitchTable.Kind.PROCESS_INVOLUNTARY)).isEqualTo(2);
    assertThat(switches.indirect(SwitchTable.Kind.PROCESS_VOLUNTARY)).isEqualTo(3);
    assertThat(metrics.stretches().kind(1)).isEqualTo(Stretches.Kind.SWITCH);
  }

  @Test
  void switchCostWithoutASwitchIsKeptApart() {
    SwitchTable switches = new SwitchTable(1);
    switches.threadCreated(0, 0, 0, "P/a");
    switches.threadCreated(0, 1, 0, "P/b");
    switches.charged(0, 0, Account.BLOCK_WAKE, 0, 5);
    switches.charged(0, 0, Account.OWN_WORK, 5, 6);
    switches.switched(6, 0, 0, 1, true);
    switches.charged(0, 1, Account.CONTEXT_SWITCH, 6, 8);
    switches.charged(0, 1, Account.TLB_REFILL, 8, 9);
    switches.charged(0, 1, Account.MODE_SWITCH, 9, 10);
    switches.charged(0, 1, Account.MIGRATION, 10, 17);

    assertThat(switches.total(SwitchTable.Kind.THREAD_VOLUNTARY)).isEqualTo(3);
    assertThat(switches.total(SwitchTable.Kind.NO_SWITCH)).isEqualTo(12);
  }

  @Test
  void barsOfOneThreadThatTouchAreOneAndEmptyOnesAreNone() {
    RunMetrics metrics = metrics(1);
    HandDrawnTrace trace = new HandDrawnTrace(metrics, 1, 1);
    int a = trace.arrives(0, "A");
    int b = trace.arrives(0, "B");
    trace.runs(a, 0, 4, Departure.YIELDED);
    trace.runs(b, 4, 4, Departure.BLOCKED);
    trace.runs(a, 4, 6, Departure.QUANTUM);
    trace.wakes(6, b);
    trace.runs(b, 6, 9, Departure.END);
    trace.ends(9);

    assertThat(metrics.timeline().bars())
        .containsExactly(
            new Timeline.Bar(0, a, 0, 6, Departure.QUANTUM),
            new Timeline.Bar(0, b, 6, 9, Departure.END));
    assertThat(metrics.tasks().turnaround(a)).isEqualTo(TaskTimes.NEVER);
    assertThat(metrics.tasks().waiting(a)).isEqualTo(3);
    assertThat(metrics.tasks().blocked(b)).isEqualTo(2);
  }

  @Test
  void aboveTheLimitBarsAreCountedAndTheOccupancyStillKnowsThem() {
    RunMetrics metrics = new RunMetrics(1, 10);
    HandDrawnTrace trace = new HandDrawnTrace(metrics, 1, 1_000);
    int a = trace.arrives(0, "A");
    int b = trace.arrives(0, "B");
    int rounds = 5_000;
    for (int i = 0; i < rounds; i++) {
      trace.runs(a, 4L * i, 4L * i + 3, Departure.QUANTUM);
      trace.runs(b, 4L * i + 3, 4L * i + 4, Departure.QUANTUM);
    }
    trace.ends(4L * rounds);

    assertThat(metrics.timeline().isOmitted()).isTrue();
    assertThat(metrics.timeline().count()).isEqualTo(2L * rounds);
    assertThat(metrics.timeline().bars()).isEmpty();
    Occupancy occupancy = metrics.occupancy();
    long running = 0;
    for (int bin = 0; bin < Occupancy.BINS; bin++) {
      running += occupancy.ofThread(a, bin, Occupancy.Share.RUNNING);
    }
    assertThat(running).isEqualTo(3_000L * rounds);
    assertThat(occupancy.ofCpu(0, 100, Occupancy.Share.RUNNING)).isEqualTo(occupancy.binWidth());
    assertThat(occupancy.binWidth() * Occupancy.BINS).isGreaterThanOrEqualTo(4_000L * rounds);
  }

  @Test
  void jobsCountLateAndUnfinishedOnesAsMissed() {
    RunMetrics metrics = metrics(1);
    HandDrawnTrace trace = new HandDrawnTrace(metrics, 1, 1);
    int t = trace.arrives(0, "T");
    trace.releases(0, t, 10);
    trace.dispatch(0, t, 0);
    trace.work(0, t, 0, 7);
    trace.completes(7, t);
    trace.releases(10, t, 20);
    trace.releases(20, t, 30);
    trace.work(0, t, 7, 22);
    trace.completes(22, t);
    trace.work(0, t, 22, 30);
    trace.ends(30);

    JobTimes jobs = metrics.tasks().jobs(t);
    assertThat(jobs.released()).isEqualTo(3);
    assertThat(jobs.completed()).isEqualTo(2);
    assertThat(jobs.missed()).isEqualTo(2);
    assertThat(jobs.responseMin()).isEqualTo(7);
    assertThat(jobs.responseMax()).isEqualTo(12);
    assertThat(jobs.responseSum()).isEqualTo(19);
  }

  @Test
  void jobsQueueUpBeyondWhatTheQueueBeganWith() {
    JobTimes jobs = new JobTimes();
    for (int i = 0; i < 3; i++) {
      jobs.release(i, 100);
      jobs.complete(i + 1);
    }
    for (int i = 10; i < 30; i++) {
      jobs.release(i, 100 + i);
    }
    for (int i = 10; i < 30; i++) {
      jobs.complete(1_000);
    }
    assertThat(jobs.completed()).isEqualTo(23);
    assertThat(jobs.missed()).isEqualTo(20);
    assertThat(jobs.responseMax()).isEqualTo(990);
    assertThat(jobs.responseMin()).isEqualTo(1);
  }

  @Test
  void gapsAndOverlapsInTheBooksAreDetected() {
    Ledger ledger = new Ledger(2);
    ledger.charged(1, 0, Account.OWN_WORK, 0, 5);
    assertThatThrownBy(() -> ledger.charged(1, 0, Account.COPY, 6, 7))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CPU 1")
        .hasMessageContaining("copy")
        .hasMessageContaining("5 ns");
    assertThatThrownBy(() -> ledger.charged(1, 0, Account.COPY, 4, 7))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ledger.charged(1, 0, Account.COPY, 5, 5))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ledger.finished(5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CPU 0");
  }

  @Test
  void timeOnACpuThatWasNotChargedToTheThreadIsDetected() {
    TaskTimes tasks = new TaskTimes();
    HandDrawnTrace trace = new HandDrawnTrace(tasks, 1, 1);
    int a = trace.arrives(0, "A");
    trace.dispatch(0, a, 0);
    trace.work(0, a, 0, 4);
    trace.leave(0, a, 5, Departure.EXIT);
    assertThatThrownBy(() -> trace.ends(5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("books of A");
  }

  @Test
  void threadThatEndsBeforeItArrivesHasNoTurnaroundToExplain() {
    TaskTimes tasks = new TaskTimes();
    HandDrawnTrace trace = new HandDrawnTrace(tasks, 1, 1);
    int a = trace.created(0, trace.process(0, "P"), "P/a");
    int b = trace.created(0, 0, "P/b");
    tasks.exited(7, a, TraceSink.NONE, 139);
    trace.ends(9);

    assertThat(tasks.turnaround(a)).isZero();
    assertThat(tasks.exitCode(a)).isEqualTo(139);
    assertThat(tasks.arrival(b)).isEqualTo(TaskTimes.NEVER);
  }

  @Test
  void findingsBeyondTheLimitAreOnlyCounted() {
    Findings findings = new Findings();
    for (int i = 0; i < Findings.LIMIT + 5; i++) {
      findings.assertionFailed(i, 0, "x == 1", 3, 9);
    }
    findings.faulted(1, 0, Fault.DIVISION_BY_ZERO, "1 / 0", 4, 1);
    assertThat(findings.assertions()).hasSize(Findings.LIMIT);
    assertThat(findings.assertionCount()).isEqualTo(Findings.LIMIT + 5);
    assertThat(findings.faults()).hasSize(1);
  }

  @Test
  void everyNanosecondOfEveryThreadIsAccountedForInRandomCharts() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      RunMetrics metrics = metrics(1);
      HandDrawnTrace trace = new HandDrawnTrace(metrics, 1, 1);
      int threads = 1 + random.nextInt(5);
      for (int i = 0; i < threads; i++) {
        trace.arrives(0, "T" + i);
      }
      long now = 0;
      for (int i = 0; i < 40; i++) {
        int thread = random.nextInt(threads);
        long cost = random.nextInt(3);
        long end = now + cost + random.nextInt(9);
        boolean blocks = random.nextBoolean();
        Departure why = blocks ? Departure.BLOCKED : Departure.QUANTUM;
        trace.switchesAndRuns(0, thread, now, cost, Account.CONTEXT_SWITCH, end, why);
        now = end + random.nextInt(2);
        if (blocks) {
          trace.wakes(now, thread);
        }
      }
      trace.ends(now);

      TaskTimes tasks = metrics.tasks();
      for (int i = 0; i < threads; i++) {
        long sum = tasks.running(i) + tasks.waiting(i) + tasks.blocked(i) + tasks.overhead(i);
        assertThat(sum).as("seed %d", seed).isEqualTo(now);
      }
      List<Timeline.Bar> bars = metrics.timeline().bars();
      long inBars = bars.stream().mapToLong(bar -> bar.end() - bar.start()).sum();
      assertThat(inBars).as("seed %d", seed).isEqualTo(metrics.ledger().busy(0));
    }
  }

  @Test
  void blockedStretchesKeepTheirCause() {
    RunMetrics metrics = metrics(1);
    HandDrawnTrace trace = new HandDrawnTrace(metrics, 1, 1);
    int a = trace.arrives(0, "A");
    trace.runs(a, 0, 2, Departure.BLOCKED);
    trace.wakes(5, a);
    trace.runs(a, 5, 6, Departure.EXIT);
    trace.ends(6);
    Stretches stretches = metrics.stretches();
    assertThat(stretches.count()).isEqualTo(1);
    assertThat(stretches.cause(0)).isEqualTo(BlockCause.IO);
    assertThat(stretches.to(0)).isEqualTo(5);
  }

  @Test
  void oneSinkNeedsNoFanOutAndSeveralAreToldInOrder() {
    TaskTimes first = new TaskTimes();
    TaskTimes second = new TaskTimes();
    assertThat(TraceSink.of(first)).isSameAs(first);
    HandDrawnTrace.roundRobin(TraceSink.of(first, second), 1);
    assertThat(second.turnaround(0)).isEqualTo(first.turnaround(0)).isEqualTo(30);
  }
}
