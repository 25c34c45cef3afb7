package org.schedlab.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.testing.Ran;
import org.schedlab.trace.Account;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/** Several threads that run the same coroutines, and what coroutines keep: cases by hand. */
class CarriersTest {
  private static final long MS = 1_000_000;

  /** Who was stolen by whom, and what faults there were. */
  private static final class Log implements TraceSink {
    private final Map<Integer, String> threads = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> stolen = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    @Override
    public void threadCreated(long time, int thread, int process, String name) {
      threads.put(thread, name);
    }

    @Override
    public void coroutineMade(long time, int coroutine, int thread, String name) {
      names.add(name);
    }

    @Override
    public void coroutineStolen(long time, int coroutine, int thread) {
      stolen.add(time / MS + " " + threads.get(thread) + " takes " + names.get(coroutine));
    }

    @Override
    public void faulted(long time, int thread, Fault fault, String detail, int line, int column) {
      faults.add(fault);
    }
  }

  private final Log log = new Log();

  private Ran run(String settings, String loop) throws Exception {
    return Ran.scenario(
        """
        machine: {%s}
        scheduler: {policy: fcfs}
        processes:
          - name: P
            variables: {x: 0}
            semaphores: {s: 0}
            threads:
              - name: loop
        """
                .formatted(settings)
            + loop.indent(8),
        log);
  }

  private static CoroutineTimes coroutine(Ran ran, String name) {
    return ran.metrics().coroutines().all().stream()
        .filter(each -> each.shortName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void halfOfTheQueueIsTakenFromItsHead() throws Exception {
    // loop[0] runs a, loop[1] takes two of b, c, d.
    Ran ran =
        run(
            "cpus: 2",
            """
            carriers: 2
            coroutines:
              - {name: a, burst: 4}
              - {name: b, burst: 4}
              - {name: c, burst: 4}
              - {name: d, burst: 4}
            """);
    assertThat(log.stolen)
        .containsExactly("0 P/loop[1] takes P/loop/b", "0 P/loop[1] takes P/loop/c");
    assertThat(ran.metrics().coroutines().all())
        .extracting(CoroutineTimes::finish)
        .containsExactly(4 * MS, 4 * MS, 8 * MS, 8 * MS);
    assertThat(ran.metrics().makespan()).isEqualTo(8 * MS);
    assertThat(ran.metrics().coroutines().loops())
        .extracting(loop -> loop.steals())
        .containsExactly(0L, 2L);
  }

  @Test
  void whoeverMakesSomebodyReadyWakesASleeper() throws Exception {
    Ran ran =
        run(
            "cpus: 3",
            """
            carriers: 3
            coroutines:
              - name: main
                program:
                  - compute: 1
                  - async: {name: w, count: 3, program: [{compute: 4}]}
                  - await: "w[2]"
            """);
    // The first sleeper finds w[1] and w[2], takes one, and wakes the next before it runs it.
    assertThat(log.stolen)
        .containsExactly("1 P/loop[1] takes P/loop/w[1]", "1 P/loop[2] takes P/loop/w[2]");
    assertThat(ran.metrics().makespan()).isEqualTo(5 * MS);
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
  }

  @Test
  void blockingCallStopsOneCarrierOnly() throws Exception {
    String coroutines =
        """
        coroutines:
          - {name: a, program: [{io: 10}]}
          - {name: b, burst: 3}
        """;
    assertThat(run("cpus: 1", "carriers: 1\n" + coroutines).metrics().makespan())
        .isEqualTo(13 * MS);
    assertThat(run("cpus: 1", "carriers: 2\n" + coroutines).metrics().makespan())
        .isEqualTo(10 * MS);
  }

  @Test
  void sleeperSeesToATimerThatABusyThreadHasSet() throws Exception {
    Ran ran =
        run(
            "cpus: 2",
            """
            carriers: 2
            coroutines:
              - name: a
                program:
                  - compute: 1
                  - async: {name: t, program: [{await: {time: 5}}, {compute: 1}]}
                  - yield
                  - compute: 20
            """);
    assertThat(coroutine(ran, "t").finish()).isEqualTo(7 * MS);
    assertThat(ran.metrics().makespan()).isEqualTo(21 * MS);
  }

  @Test
  void earlierTimerOfABusyThreadIsTheOneThatWakes() throws Exception {
    // b sleeps to 15 with its thread; a then sets a timer for 4, and computes on.
    Ran ran =
        run(
            "cpus: 2",
            """
            carriers: 2
            coroutines:
              - name: a
                program:
                  - compute: 1
                  - async: {name: t, program: [{set: {r: 1}}, {await: {time: 3}}, {compute: 1}]}
                  - await: {time: 0}
                  - compute: 20
              - {name: b, program: [{await: {time: 15}}, {compute: 1}]}
            """);
    assertThat(coroutine(ran, "t").finish()).isEqualTo(5 * MS);
    assertThat(coroutine(ran, "b").finish()).isEqualTo(16 * MS);
  }

  @Test
  void servedRequestWakesWhoSleeps() throws Exception {
    Ran ran =
        run(
            "cpus: 2, devices: {net: {servers: 2}}",
            """
            carriers: 2
            coroutines:
              - {name: a, program: [{await: {device: net, time: 3}}, {compute: 10}]}
              - {name: b, program: [{await: {device: net, time: 4}}, {compute: 10}]}
            """);
    assertThat(ran.metrics().makespan()).isEqualTo(14 * MS);
  }

  @Test
  void cancellingMeetsWhoRunsElsewhereWhereItWouldSuspend() throws Exception {
    Ran ran =
        run(
            "cpus: 2",
            """
            carriers: 2
            coroutines:
              - {name: main, program: [{compute: 1}, {cancel: w}, {compute: 9}]}
              - {name: w, program: [{compute: 5}, {store: {x: 1}}, yield, {compute: 5}]}
            """);
    assertThat(coroutine(ran, "w").finish()).isEqualTo(5 * MS);
    assertThat(coroutine(ran, "w").end()).isEqualTo(CoroutineTimes.End.CANCELED);
    assertThat(ran.metrics().makespan()).isEqualTo(10 * MS);
  }

  @Test
  void timerWakesOneSleeper() throws Exception {
    // At 5 the clock wakes loop[0]; that puts a in line and wakes loop[1]. loop[2] sleeps on.
    Ran ran =
        run(
            "cpus: 3",
            """
            carriers: 3
            coroutines: [{name: a, program: [{await: {time: 5}}, {compute: 1}]}]
            """);
    assertThat(ran.metrics().coroutines().loops())
        .extracting(loop -> loop.sleeps())
        .containsExactly(1L, 2L, 1L);
    assertThat(ran.metrics().makespan()).isEqualTo(6 * MS);
  }

  @Test
  void timersBehindThatOfAWokenThreadAreSeenToOnceItHasLooked() throws Exception {
    // Both wait from 0. At 5 loop[0] begins with a; at 6 loop[1], which found nobody, has b.
    Ran ran =
        run(
            "cpus: 2",
            """
            carriers: 2
            coroutines:
              - {name: a, program: [{await: {time: 5}}, {compute: 10}]}
              - {name: b, program: [{await: {time: 6}}, {compute: 10}]}
            """);
    assertThat(coroutine(ran, "a").finish()).isEqualTo(15 * MS);
    assertThat(coroutine(ran, "b").finish()).isEqualTo(16 * MS);
  }

  @Test
  void onlyTheOneThatPutsSomebodyInLineWakes() throws Exception {
    // a makes k at 2, and its thread's call lasts until 3. Then loop[2] takes k, until 13, and
    // wakes the others by a call. b, on loop[1] since 0, calls nobody at 2.5.
    Ran ran =
        run(
            "cpus: 3, costs: {syscall: 1}",
            """
            carriers: 3
            coroutines:
              - {name: a, program: [{compute: 2}, {async: {name: k, burst: 10}}, {compute: 5}]}
              - {name: b, program: [{compute: 2.5}, {compute: 3}]}
            """);
    assertThat(coroutine(ran, "a").finish()).isEqualTo(8 * MS);
    assertThat(coroutine(ran, "b").finish()).isEqualTo(5 * MS + MS / 2);
    assertThat(coroutine(ran, "k").finish()).isEqualTo(13 * MS);
    assertThat(ran.metrics().makespan()).isEqualTo(14 * MS);
  }

  @Test
  void whoIsCancelledWhileItMakesARequestDoesNotWaitForIt() throws Exception {
    Ran ran =
        run(
            "cpus: 2, devices: {net: {}}, costs: {syscall: 2}",
            """
            carriers: 2
            coroutines:
              - {name: a, program: [{compute: 1}, {cancel: b}]}
              - {name: b, program: [{await: {device: net, time: 50, error: e}}, {compute: 5}]}
            """);
    // The error comes at 2, with the end of the call, and b goes on with it.
    assertThat(coroutine(ran, "b").finish()).isEqualTo(7 * MS);
    assertThat(coroutine(ran, "b").error()).isNull();
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
  }

  @Test
  void coroutineOfAThreadInTheKernelEndsWithThatThread() throws Exception {
    // At 1 a ends the process: loop[1] is still in the call by which b makes its request.
    Ran ran =
        run(
            "cpus: 2, devices: {net: {}}, costs: {syscall: 2}",
            """
            carriers: 2
            coroutines:
              - {name: a, program: [{compute: 1}, {set: {r: 1 / 0}}]}
              - {name: b, program: [{await: {device: net, time: 50}}]}
              - {name: c, program: [{await: {device: net, time: 50}}]}
            """);
    assertThat(ran.metrics().coroutines().all())
        .extracting(CoroutineTimes::finish)
        .containsExactly(MS, 2 * MS, MS);
    assertThat(coroutine(ran, "b").overhead()).isEqualTo(2 * MS);
    assertThat(coroutine(ran, "b").end()).isEqualTo(CoroutineTimes.End.WITH_THREAD);
  }

  @Test
  void stealingAndWakingArePaid() throws Exception {
    // main is resumed 170, makes w 455 and wakes the other thread, which takes w: 170 + 50. When
    // main awaits w, that has ended.
    Ran ran =
        run(
            "cpus: 2, costs: {profile: linux-x86_64, timer_hz: 0}",
            """
            carriers: 2
            runtime: goroutine
            coroutines:
              - name: main
                program:
                  - compute: 1
                  - async: {name: w, program: [{compute: 1}]}
                  - compute: 2
                  - await: w
            """);
    assertThat(ran.charged(Account.COROUTINE_SWITCH)).isEqualTo(2 * 170 + 50);
    assertThat(ran.charged(Account.CREATION)).isEqualTo(455);
    assertThat(log.stolen).hasSize(1);
    assertThat(ran.metrics().coroutines().loops().get(1).sleeps()).isEqualTo(2);
  }

  @Test
  void twoLoopsOfOneProcessHaveCoroutinesOfTheirOwn() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 4}
            processes:
              - name: P
                threads:
                  - {name: one, carriers: 2, coroutines: [{name: a, burst: 2}, {name: b, burst: 2}]}
                  - {name: two, carriers: 2, coroutines: [{name: a, burst: 3}, {name: b, burst: 3}]}
            """,
            log);
    assertThat(ran.metrics().coroutines().all())
        .extracting(CoroutineTimes::name)
        .containsExactly("P/one/a", "P/one/b", "P/two/a", "P/two/b");
    assertThat(ran.metrics().makespan()).isEqualTo(3 * MS);
  }

  @Test
  void whatNobodyWillEndIsToldOnce() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2}
            processes:
              - name: P
                channels: [c]
                threads:
                  - name: loop
                    carriers: 2
                    coroutines: [{name: a, program: [{get: {channel: c}}]}]
            """,
            log);
    assertThat(ran.outcome().stuck())
        .extracting(Outcome.Stuck::waitsFor)
        .containsExactly(
            "what its coroutines await: a waits for empty channel c", "coroutines that are ready");
  }

  // --- memory

  private Ran calling(String runtime, String frame) throws Exception {
    return Ran.scenario(
        """
        machine: {costs: linux-x86_64}
        programs: {deep: [{compute: 1}]}
        processes:
          - name: P
            runtime: %s
            coroutines: [{name: a, program: [{call: {program: deep, frame: %s}}, {compute: 1}]}]
        """
            .formatted(runtime, frame),
        log);
  }

  @Test
  void stacklessCoroutinesKeepTheFramesOfTheirCalls() throws Exception {
    assertThat(coroutine(calling("cpp20", "100"), "a").resident()).isEqualTo(56 + 100);
    assertThat(coroutine(calling("rust", "100"), "a").resident()).isEqualTo(80 + 100);
    assertThat(coroutine(calling("asyncio", "100"), "a").reserved()).isEqualTo(1138 + 100);
  }

  @Test
  void goroutinesDoubleTheirStacks() throws Exception {
    assertThat(coroutine(calling("goroutine", "2048"), "a").resident()).isEqualTo(2253);
    assertThat(coroutine(calling("goroutine", "2049"), "a").resident()).isEqualTo(2253 + 2048);
    assertThat(coroutine(calling("goroutine", "9000"), "a").reserved()).isEqualTo(2253 + 14 * 1024);
  }

  @Test
  void fibersReserveStacksThatDoNotGrow() throws Exception {
    CoroutineTimes shallow = coroutine(calling("fiber", "4096"), "a");
    assertThat(shallow.reserved()).isEqualTo(128 << 10);
    assertThat(shallow.resident()).isEqualTo(4096);
    assertThat(coroutine(calling("fiber", "4097"), "a").resident()).isEqualTo(2 * 4096);
    assertThat(log.faults).isEmpty();
    calling("fiber", "131073");
    assertThat(log.faults).containsExactly(Fault.STACK_OVERFLOW);
  }
}
