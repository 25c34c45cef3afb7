package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.cost.Profile;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.RuntimeKind;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Account;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

class CoroutineMetricsTest {
  private static final long UNIT = 4;

  private interface Trace {
    void tell(HandDrawnTrace trace, TraceSink sink, int loop);
  }

  private static CoroutineUse drawn() {
    RunMetrics metrics = new RunMetrics(1, 1_000);
    DrawnCoroutines.blockingCall(metrics, UNIT);
    return metrics.coroutines();
  }

  /** A thread that runs the coroutines a, b, … has CPU 0 from 0 on. */
  private static RunMetrics of(int coroutines, Trace drawing) {
    RunMetrics metrics = new RunMetrics(1, 1_000);
    HandDrawnTrace trace = new HandDrawnTrace(metrics, 1, UNIT);
    metrics.carrierMade(0, 0, 0, "asyncio");
    for (int i = 0; i < coroutines; i++) {
      metrics.coroutineMade(0, i, 0, "P/" + (char) ('a' + i));
    }
    int loop = trace.arrives(0, "P");
    trace.dispatch(0, loop, 0);
    drawing.tell(trace, metrics, loop);
    return metrics;
  }

  /** Returns arrival, start, finish; running, waiting, blocked, of it with the thread, overhead. */
  private static List<Long> times(CoroutineTimes of) {
    List<Long> times = new ArrayList<>();
    for (long time :
        new long[] {
          of.arrival(),
          of.start(),
          of.finish(),
          of.running(),
          of.waiting(),
          of.blocked(),
          of.blockedThread(),
          of.overhead()
        }) {
      times.add(time == TaskTimes.NEVER ? time : time / UNIT);
    }
    return times;
  }

  @Test
  void timesOfCoroutinesAddUpToTheirTurnaround() {
    CoroutineUse use = drawn();
    assertThat(times(use.of(0))).containsExactly(0L, 1L, 24L, 4L, 4L, 15L, 0L, 1L);
    assertThat(times(use.of(1))).containsExactly(0L, 5L, 21L, 5L, 10L, 4L, 4L, 2L);
    assertThat(times(use.of(2))).containsExactly(0L, 18L, 30L, 2L, 19L, 9L, 0L, 0L);
    for (CoroutineTimes of : use.all()) {
      long sum = of.running() + of.waiting() + of.blocked() + of.overhead();
      assertThat(sum).as(of.name()).isEqualTo(of.turnaround());
      assertThat(of.response()).isEqualTo(of.start());
    }
  }

  @Test
  void turnsAndAwaitsAreCounted() {
    CoroutineUse use = drawn();
    assertThat(use.all()).extracting(CoroutineTimes::resumes).containsExactly(2L, 2L, 2L);
    assertThat(use.all()).extracting(CoroutineTimes::yields).containsExactly(0L, 1L, 0L);
    assertThat(use.all()).extracting(CoroutineTimes::awaits).containsExactly(1L, 0L, 1L);
    assertThat(use.of(0).awaits(AwaitCause.DEVICE)).isEqualTo(1);
    assertThat(use.of(2).awaits(AwaitCause.DEVICE)).isZero();
    assertThat(use.of(2).awaits(AwaitCause.TIMER)).isEqualTo(1);
  }

  @Test
  void endAndErrorAreTold() {
    CoroutineUse use = drawn();
    assertThat(use.of(0).end()).isEqualTo(CoroutineTimes.End.RETURNED);
    assertThat(use.of(1).end()).isEqualTo(CoroutineTimes.End.FAILED);
    assertThat(use.of(1).error()).isEqualTo("EIO");
    assertThat(use.lostErrors()).containsExactly(new CoroutineUse.LostError(21 * UNIT, 1, "EIO"));
    assertThat(use.lostErrorCount()).isEqualTo(1);
  }

  @Test
  void loopCountsItsSwitchesAndSleeps() {
    LoopTimes loop = drawn().loops().get(0);
    assertThat(new long[] {loop.switches(), loop.switchTime()}).containsExactly(6, 6 * UNIT);
    assertThat(new long[] {loop.sleeps(), loop.sleepTime()}).containsExactly(1, 3 * UNIT);
    assertThat(new long[] {loop.wakeUps(), loop.readyByWakeUps(), loop.mostReadyByWakeUp()})
        .containsExactly(1, 1, 1);
    assertThat(loop.coroutines()).hasSize(3);
  }

  @Test
  void lagIsFromReadyToResumedButForTheFirstTurn() {
    Latencies lag = drawn().loops().get(0).lag();
    assertThat(lag.count()).isEqualTo(3);
    assertThat(lag.sum()).isEqualTo(7 * UNIT);
    assertThat(lag.quantile(50)).isEqualTo(3 * UNIT);
    assertThat(lag.max()).isEqualTo(3 * UNIT);
  }

  @Test
  void longestHoldLeavesOutWhatTheThreadDidNotRun() {
    LoopTimes loop = drawn().loops().get(0);
    assertThat(loop.longestHold()).isEqualTo(6 * UNIT);
    assertThat(loop.longestHolder().name()).isEqualTo("server/loop/b");
  }

  @Test
  void callThatBlocksTheThreadHoldsUpWhoIsReady() {
    LoopTimes loop = drawn().loops().get(0);
    assertThat(loop.blockingCalls())
        .containsExactly(
            new BlockingCall(1, BlockCause.IO, TraceSink.NONE, 12 * UNIT, 4 * UNIT, List.of(2), 1));
    assertThat(loop.blockingCallTime()).isEqualTo(4 * UNIT);
  }

  @Test
  void oneChargeMayCoverTheTurnsOfSeveral() {
    CoroutineUse use =
        of(
                2,
                (trace, sink, loop) -> {
                  sink.coroutineResumed(0, 0);
                  sink.coroutineSuspended(2 * UNIT, 0, AwaitCause.TIMER, null);
                  sink.coroutineResumed(2 * UNIT, 1);
                  sink.coroutineSuspended(5 * UNIT, 1, null, null);
                  sink.coroutineReady(5 * UNIT, 1, 0, 5 * UNIT);
                  sink.coroutineReady(5 * UNIT, 0, 0, 5 * UNIT);
                  sink.coroutineResumed(5 * UNIT, 1);
                  sink.coroutineEnded(6 * UNIT, 1, null);
                  sink.coroutineResumed(6 * UNIT, 0);
                  trace.work(0, loop, 0, 7);
                  trace.leave(0, loop, 7, Departure.PREEMPTED);
                  trace.dispatch(0, loop, 9);
                  sink.coroutineEnded(10 * UNIT, 0, null);
                  trace.work(0, loop, 9, 10);
                  trace.leave(0, loop, 10, Departure.EXIT);
                  trace.ends(10);
                })
            .coroutines();
    assertThat(times(use.of(0))).containsExactly(0L, 0L, 10L, 4L, 3L, 3L, 0L, 0L);
    assertThat(times(use.of(1))).containsExactly(0L, 2L, 6L, 4L, 2L, 0L, 0L, 0L);
  }

  @Test
  void wakeUpCountsWhomItMakesReady() {
    LoopTimes loop =
        of(
                2,
                (trace, sink, thread) -> {
                  for (int i = 0; i < 2; i++) {
                    sink.coroutineResumed(0, i);
                    sink.coroutineSuspended(0, i, AwaitCause.TIMER, null);
                  }
                  for (int time = 0; time < 4; time += 2) {
                    trace.blocks(0, thread, time, BlockCause.EVENTS, TraceSink.NONE);
                    trace.wakes(time + 1, thread);
                    trace.dispatch(0, thread, time + 1);
                    if (time == 0) {
                      sink.coroutineReady(UNIT, 1, 0, UNIT);
                      sink.coroutineReady(UNIT, 0, 0, UNIT);
                      sink.coroutineResumed(UNIT, 1);
                      sink.coroutineSuspended(2 * UNIT, 1, AwaitCause.EMPTY, "c");
                      sink.coroutineResumed(2 * UNIT, 0);
                      sink.coroutineReady(2 * UNIT, 1, 0, 2 * UNIT);
                      sink.coroutineSuspended(2 * UNIT, 0, AwaitCause.TIMER, null);
                      sink.coroutineResumed(2 * UNIT, 1);
                      sink.coroutineSuspended(2 * UNIT, 1, AwaitCause.EMPTY, "c");
                      trace.work(0, thread, 1, 2);
                    }
                  }
                  trace.blocks(0, thread, 3, BlockCause.EVENTS, TraceSink.NONE);
                  trace.ends(9);
                })
            .coroutines()
            .loops()
            .get(0);
    assertThat(new long[] {loop.wakeUps(), loop.readyByWakeUps(), loop.mostReadyByWakeUp()})
        .containsExactly(2, 2, 2);
    assertThat(new long[] {loop.sleeps(), loop.sleepTime()}).containsExactly(3, 8 * UNIT);
  }

  @Test
  void coroutinesEndWithTheirThread() {
    CoroutineUse use =
        of(
                3,
                (trace, sink, loop) -> {
                  sink.coroutineResumed(0, 0);
                  sink.coroutineSuspended(UNIT, 0, AwaitCause.TIMER, null);
                  sink.coroutineResumed(UNIT, 1);
                  trace.work(0, loop, 0, 3);
                  trace.leave(0, loop, 3, Departure.EXIT);
                  trace.ends(5);
                })
            .coroutines();
    assertThat(times(use.of(0))).containsExactly(0L, 0L, 3L, 1L, 0L, 2L, 0L, 0L);
    assertThat(times(use.of(1))).containsExactly(0L, 1L, 3L, 2L, 1L, 0L, 0L, 0L);
    assertThat(times(use.of(2))).containsExactly(0L, -1L, 3L, 0L, 3L, 0L, 0L, 0L);
    assertThat(use.all())
        .extracting(CoroutineTimes::end)
        .containsOnly(CoroutineTimes.End.WITH_THREAD);
    assertThat(use.loops().get(0).longestHold()).isEqualTo(2 * UNIT);
    assertThat(use.current(0)).isEqualTo(TraceSink.NONE);
  }

  @Test
  void callThatGoesOnCountsUpToTheEndOfTheRun() {
    CoroutineUse use =
        of(
                1,
                (trace, sink, loop) -> {
                  sink.coroutineResumed(0, 0);
                  trace.work(0, loop, 0, 1);
                  trace.blocks(0, loop, 1, BlockCause.IO, TraceSink.NONE);
                  trace.ends(4);
                })
            .coroutines();
    assertThat(use.loops().get(0).blockingCallTime()).isEqualTo(3 * UNIT);
    assertThat(times(use.of(0))).containsExactly(0L, 0L, -1L, 1L, 0L, 3L, 3L, 0L);
    assertThat(use.of(0).end()).isNull();
  }

  @Test
  void cancelledCoroutineSaysSo() {
    CoroutineUse use =
        of(
                1,
                (trace, sink, loop) -> {
                  sink.coroutineResumed(0, 0);
                  sink.coroutineEnded(0, 0, "ECANCELED");
                  trace.leave(0, loop, 0, Departure.EXIT);
                  trace.ends(0);
                })
            .coroutines();
    assertThat(use.of(0).end()).isEqualTo(CoroutineTimes.End.CANCELED);
  }

  @Test
  void stoppedThreadMakesNoBlockingCall() {
    CoroutineUse use =
        of(
                1,
                (trace, sink, loop) -> {
                  sink.coroutineResumed(0, 0);
                  trace.work(0, loop, 0, 1);
                  trace.leave(0, loop, 1, Departure.PREEMPTED);
                  sink.suspended(UNIT, loop);
                  trace.wakes(3, loop);
                  trace.dispatch(0, loop, 3);
                  trace.work(0, loop, 3, 4);
                  trace.blocks(0, loop, 4, BlockCause.STOPPED, TraceSink.NONE);
                  trace.wakes(5, loop);
                  trace.runs(loop, 5, 6, Departure.EXIT);
                  trace.ends(6);
                })
            .coroutines();
    assertThat(use.loops().get(0).blockingCallCount()).isZero();
    assertThat(use.of(0).blockedThread()).isEqualTo(3 * UNIT);
  }

  @Test
  void booksThatDoNotBalanceAreABug() {
    CoroutineUse use = new CoroutineUse(10);
    use.carrierMade(0, 0, 0, "asyncio");
    use.coroutineMade(0, 0, 0, "P/a");
    use.madeReady(0, 0);
    use.dispatched(0, 0, 0);
    use.coroutineResumed(0, 0);
    use.charged(0, 0, Account.OWN_WORK, 0, 3);
    use.coroutineEnded(4, 0, null);
    assertThatThrownBy(() -> use.finished(4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("books of P/a do not balance at 4 ns: 4 ns on CPUs, but 3 of own");
  }

  @Test
  void failedAssertNamesTheCoroutineWhoseTurnItWas() {
    RunMetrics metrics = new RunMetrics(1, 1_000);
    DrawnCoroutines.blockingCall(metrics, UNIT);
    assertThat(metrics.findings().assertions())
        .containsExactly(new Findings.FailedAssertion(21 * UNIT, 0, 1, "x == 1", 7, 3));
  }

  @Test
  void stretchesShowWhatEachCoroutineDid() {
    CoroutineStretches stretches = drawn().stretches();
    List<String> ofB = new ArrayList<>();
    for (int i = 0; i < stretches.count(); i++) {
      if (stretches.coroutine(i) == 1) {
        String text = stretches.text(i).isEmpty() ? "" : " " + stretches.text(i);
        long from = stretches.from(i) / UNIT;
        ofB.add(stretches.kind(i) + text + " " + from + "-" + stretches.to(i) / UNIT);
      }
    }
    assertThat(ofB)
        .containsExactly(
            "READY 0-5",
            "RUNNING 5-7",
            "READY 7-9",
            "SWITCH 9-10",
            "KERNEL 11-12",
            "RUNNING 9-12",
            "BLOCKED I/O 12-16",
            "RUNNING 16-17",
            "READY 17-20",
            "RUNNING 20-21");
  }

  @Test
  void aboveTheLimitNoStretchIsKept() {
    CoroutineUse use = new CoroutineUse(5);
    DrawnCoroutines.blockingCall(use, UNIT);
    assertThat(use.stretches().isOmitted()).isTrue();
    assertThat(use.stretches().count()).isZero();
    assertThat(times(use.of(0))).containsExactly(0L, 1L, 24L, 4L, 4L, 15L, 0L, 1L);
  }

  private static final Location HERE = new Location(1, 1);

  private static TimeSource micros(long time) {
    return TimeSource.constant(time * 1_000);
  }

  private static Operation await(Operation.Awaited awaited) {
    return new Operation.Await(awaited, Operation.Waiting.FOREVER, HERE);
  }

  private static Scenario.ThreadSpec loop(String name, List<Operation> program) {
    Operation.Loop loop =
        new Operation.Loop(
            RuntimeKind.ASYNCIO,
            1,
            List.of(new Operation.CoroutineTemplate("c", 5, program, HERE)));
    return new Scenario.ThreadSpec(
        "server/" + name, name, List.of(), loop, Workload.priority(0), null, HERE);
  }

  /** That the books balance is checked at the end of the run. */
  @Test
  void booksOfARealRunBalance() {
    List<Operation> program =
        List.of(
            Workload.repeat(
                4,
                Workload.compute(0.3),
                await(new Operation.Awaited.Timer(micros(150), false)),
                Workload.compute(1.7),
                await(new Operation.Awaited.Device("net", micros(700), HERE)),
                Workload.io("disk", 0.4),
                Workload.yields(),
                Workload.sleep(0.1)));
    for (Profile profile : new Profile[] {Profile.TEXTBOOK, Profile.LINUX_X86_64}) {
      RunMetrics metrics = new RunMetrics(2, 10_000);
      Workload.under("round-robin")
          .with("quantum", 1)
          .cpus(2)
          .costs(profile)
          .device("net", 2)
          .device("disk", 1)
          .process("rival", 1, 40)
          .process("server", 0, List.of(), List.of(loop("one", program), loop("two", program)))
          .run(metrics);
      CoroutineUse use = metrics.coroutines();
      assertThat(use.all()).hasSize(10).allMatch(CoroutineTimes::hasEnded);
      for (CoroutineTimes of : use.all()) {
        long sum = of.running() + of.waiting() + of.blocked() + of.overhead();
        assertThat(sum).isEqualTo(of.turnaround());
        assertThat(of.running()).isEqualTo(4 * 2 * Workload.MS);
        assertThat(of.resumes()).isEqualTo(1 + 4 * 3);
      }
      assertThat(use.loops()).hasSize(2).allMatch(l -> l.blockingCallCount() == 5 * 4 * 2);
      assertThat(metrics.tasks().running(1)).isEqualTo(5 * 8 * Workload.MS);
    }
  }
}
