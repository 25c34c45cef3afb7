package org.schedlab.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.metrics.LoopTimes;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.testing.Ran;
import org.schedlab.trace.Account;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.TraceSink;

/** What coroutines and their event loop do, each by a case that can be worked by hand. */
class EventLoopTest {
  private static final long MS = 1_000_000;

  /** What coroutines did, in words: one line each. */
  private static final class Log implements TraceSink {
    private final List<String> names = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> sleeps = new ArrayList<>();

    private void add(long time, int coroutine, String what) {
      lines.add(time / MS + " " + names.get(coroutine) + " " + what);
    }

    @Override
    public void coroutineMade(long time, int coroutine, int thread, String name) {
      assertThat(coroutine).isEqualTo(names.size());
      names.add(name);
    }

    @Override
    public void coroutineResumed(long time, int coroutine) {
      add(time, coroutine, "runs");
    }

    @Override
    public void coroutineSuspended(long time, int coroutine, AwaitCause cause, String what) {
      add(time, coroutine, cause == null ? "yields" : "awaits " + cause.label());
    }

    @Override
    public void coroutineEnded(long time, int coroutine, String error) {
      add(time, coroutine, error == null ? "ends" : "ends by " + error);
    }

    @Override
    public void errorNeverRetrieved(long time, int coroutine, String error) {
      add(time, coroutine, "left " + error + " behind");
    }

    @Override
    public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
      sleeps.add(time / MS + " " + cause);
    }
  }

  private RunMetrics metrics;
  private Outcome outcome;
  private Log log;

  private Ran run(String yaml) throws Exception {
    log = new Log();
    Ran ran = Ran.scenario(yaml, log);
    metrics = ran.metrics();
    outcome = ran.outcome();
    return ran;
  }

  /** Runs a scenario whose assertions all hold and whose threads all end. */
  private void runsWell(String yaml) throws Exception {
    run(yaml).assertWell();
  }

  private long makespan() {
    return outcome.makespan() / MS;
  }

  @Test
  void oneRunsWhileTheOtherWaitsForTheDevice() throws Exception {
    runsWell(
        """
        machine: {devices: {net: {servers: 64}}}
        processes:
          - name: server
            threads:
              - name: loop
                coroutines:
                  - {name: first, program: fetch}
                  - {name: second, program: fetch}
        programs:
          fetch: [{repeat: 3, do: [{await: {device: net, time: 4}}, {compute: 1}]}]
        """);
    // Both are served at 4; then they take turns, the second a step of 1 behind.
    assertThat(makespan()).isEqualTo(16);
    assertThat(metrics.switches().count()).isZero();
    assertThat(log.sleeps).containsExactly("0 EVENTS", "6 EVENTS", "11 EVENTS");
    assertThat(log.lines)
        .startsWith(
            "0 server/loop/first runs",
            "0 server/loop/first awaits device",
            "0 server/loop/second runs",
            "0 server/loop/second awaits device",
            "4 server/loop/first runs",
            "5 server/loop/first awaits device",
            "5 server/loop/second runs");
  }

  @Test
  void aBlockingCallStopsEveryCoroutineOfItsThread() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            coroutines:
              - {name: a, program: [{io: 4}, {compute: 1}]}
              - {name: b, program: [{compute: 1}]}
        """);
    assertThat(makespan()).isEqualTo(6);
    assertThat(log.sleeps).containsExactly("0 IO");
    assertThat(log.lines).contains("5 P/a ends", "5 P/b runs", "6 P/b ends");
  }

  @Test
  void whoseReplyCameDuringABlockingCallWasHeldUpByIt() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            coroutines:
              - {name: a, program: [{await: {device: net, time: 2}}, {compute: 1}]}
              - {name: b, program: [{await: {time: 3}}, {compute: 1}]}
              - {name: c, program: [{io: 6}]}
              - {name: d, program: [{await: {time: 9}}]}
        machine: {devices: {net: {servers: 1}}}
        """);
    LoopTimes loop = metrics.coroutines().loops().get(0);
    assertThat(loop.blockingCalls()).hasSize(1);
    assertThat(loop.blockingCalls().get(0).heldUp()).containsExactly(3, 0, 1);
    // a could have gone on at 2 and does at 6, b at 3 and does at 7; d is in time.
    assertThat(loop.lag().max()).isEqualTo(4 * MS);
  }

  @Test
  void anUpdateIsLostAtAnAwaitThoughNoTwoRunAtOnce() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            variables: {x: 0, y: 0}
            async_mutexes: [m]
            coroutines:
              - {name: careless, count: 2, program: [{load: {r: x}}, {await: {time: 1}}, {store: {x: r + 1}}]}
              - name: careful
                count: 2
                program: [{await: {lock: m}}, {load: {r: y}}, {await: {time: 1}}, {store: {y: r + 1}}, {unlock: m}]
        final: x == 1 && y == 2
        """);
    assertThat(makespan()).isEqualTo(2);
  }

  @Test
  void aChannelCarriesValuesInOrderAndMakesWhoIsTooFastWait() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            channels: {c: {capacity: 2}}
            coroutines:
              - name: producer
                program: [{repeat: 5, do: [{set: {i: i + 1}}, {put: {channel: c, value: i * 10}}]}]
              - name: consumer
                program:
                  - repeat: 5
                    do: [{set: {n: n + 1}}, {get: {channel: c, into: v}}, {assert: v == n * 10}, {compute: 1}]
                  - get: {channel: c, into: v, nonblocking: true, error: e}
                  - assert: e == EAGAIN
                  - get: {channel: c, timeout: 3, error: e}
                  - assert: e == ETIMEDOUT
        """);
    assertThat(makespan()).isEqualTo(8);
    assertThat(log.lines).contains("0 P/producer awaits full channel");
  }

  @Test
  void groupsWaitForAllOrForTheFirst() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            coroutines:
              - name: main
                program:
                  - gather: [{name: a, program: [{await: {time: 3}}]}, {name: b, program: [{await: {time: 5}}]}]
                  - race: {of: [{name: c, program: [{await: {time: 4}}]}, {name: d, program: [{await: {time: 2}}]}], into: first}
                  - assert: first == 1
                  - async: {name: e, program: [{await: {time: 1}}, {compute: 1}]}
                  - await: e
                  - await: {task: e, timeout: 9, error: x}
                  - assert: x == 0
        """);
    // 5 for both; d is first at 7; e 7-8 and computes to 9, where c ends as well.
    assertThat(log.lines).contains("5 P/main awaits group", "7 P/d ends", "9 P/e ends");
    assertThat(makespan()).isEqualTo(9);
  }

  @Test
  void errorsReachWhoAwaitsThemAndOthersAreReported() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            coroutines:
              - name: main
                program:
                  - async: {name: bad, program: [{await: {time: 1}}, {raise: boom}]}
                  - async: {name: middle, program: [{await: bad}, {assert: 0}]}
                  - await: {task: middle, error: e}
                  - assert: e == 1
                  - async: {name: slow, program: [{await: {time: 50}}]}
                  - await: {task: slow, timeout: 2, error: e}
                  - assert: e == ETIMEDOUT
                  - async: {name: other, program: [{await: {time: 50, error: c}}, {assert: c == ECANCELED}]}
                  - yield
                  - cancel: other
              - {name: forgotten, program: [{raise: EPERM}]}
        """);
    assertThat(makespan()).isEqualTo(3);
    assertThat(log.lines)
        .contains(
            "1 P/bad ends by boom",
            "1 P/middle ends by boom",
            "3 P/slow ends by ECANCELED",
            "3 P/other ends",
            "3 P/forgotten left EPERM behind")
        .doesNotContain("3 P/bad left boom behind");
  }

  @Test
  void whatACancelledCoroutineHasBeenGivenGoesToTheNext() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            async_mutexes: [m]
            channels: [q]
            coroutines:
              - name: a
                program: [{await: {lock: m}}, {await: {time: 2}}, {unlock: m}, {cancel: b}, {put: {channel: q, value: 7}}, {cancel: d}]
              - {name: b, program: [{await: {lock: m}}, {assert: 0}]}
              - {name: c, program: [{await: {lock: m}}, {unlock: m}]}
              - {name: d, program: [{get: {channel: q}}, {assert: 0}]}
              - {name: e, program: [{get: {channel: q, into: v}}, {assert: v == 7}]}
        """);
    assertThat(makespan()).isEqualTo(2);
  }

  @Test
  void whoIsCancelledAfterItHasBeenServedKeepsItsRegisters() throws Exception {
    // main gives b a value and the semaphore to c, and cancels both before they are resumed.
    runsWell(
        """
        processes:
          - name: P
            channels: [q]
            async_semaphores: {s: 0}
            coroutines:
              - name: b
                program:
                  - set: {v: 3}
                  - get: {channel: q, into: v, error: e}
                  - assert: v == 3 && e == ECANCELED
              - name: c
                program:
                  - set: {v: 4}
                  - await: {semaphore: s, into: v, error: e}
                  - assert: v == 4 && e == ECANCELED
              - name: main
                program:
                  [{put: {channel: q, value: 7}}, {sem_post: s}, {cancel: b}, {cancel: c}, {get: {channel: q, into: v}}, {assert: v == 7}]
        """);
  }

  @Test
  void aTimeoutDoesNotCancelWhoAwaitsItself() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            coroutines:
              - name: main
                program:
                  - await: {task: main, timeout: 2, error: e}
                  - assert: e == ETIMEDOUT
                  - await: {time: 3}
                  - gather: {of: [main, {name: z, burst: 1}], timeout: 4, error: e}
                  - assert: e == ETIMEDOUT
                  - compute: 1
        """);
    assertThat(makespan()).isEqualTo(10);
  }

  @Test
  void aTimeoutCancelsTheOneThatWasAwaitedNotItsNamesake() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            coroutines:
              - name: main
                program:
                  - async: {name: slow, program: [{await: {time: 50, error: e}}, {assert: e == ECANCELED}]}
                  - await: {task: slow, timeout: 5, error: e}
                  - assert: e == ETIMEDOUT
              - name: other
                program: [{await: {time: 1}}, {async: {name: slow, program: [{await: {time: 8}}]}}]
        """);
    assertThat(makespan()).isEqualTo(9);
  }

  @Test
  void requestsOfWhoHasEndedAreWithdrawn() throws Exception {
    run(
        """
        machine: {devices: {net: {servers: 1}}}
        processes:
          - name: P
            coroutines:
              - {name: a, program: [{await: {device: net, time: 10}}]}
              - {name: b, program: [{await: {device: net, time: 10}}]}
              - {name: c, program: [{await: {time: 2}}, {set: {x: 1 / 0}}]}
          - {name: Q, arrival: 1, program: [{io: {device: net, time: 3}}]}
        """);
    assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(makespan()).isEqualTo(5);
  }

  @Test
  void whoIsReadyRunsInTheOrderInWhichItBecameSo() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            coroutines:
              - {name: a, program: [yield, {compute: 1}]}
              - {name: b, program: [{async: {name: d, program: [{compute: 1}]}}, {compute: 1}]}
              - {name: c, program: [{compute: 1}]}
        """);
    assertThat(log.lines.stream().filter(line -> line.endsWith("runs")))
        .containsExactly("0 P/a runs", "0 P/b runs", "1 P/c runs", "2 P/a runs", "3 P/d runs");
  }

  @Test
  void nobodyIsHeardBeforeTheTurnIsOver() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            coroutines:
              - {name: waits, program: [{await: {time: 1}}, {compute: 1}]}
              - {name: hogs, program: [{compute: 5}, yield, {compute: 5}]}
        """);
    // The timer is due at 1, and is looked at when the hog has let go at 5.
    assertThat(log.lines).contains("5 P/hogs yields", "10 P/waits runs".replace("10", "10"));
  }

  @Test
  void switchingCostsWhatTheRuntimeTakes() throws Exception {
    String yaml =
        """
        machine: {costs: {profile: linux-x86_64, timer_hz: 0}}
        processes:
          - name: P
            runtime: %s
            coroutines: [{name: a, count: 2, program: [{repeat: 10, do: [yield]}]}]
        """;
    runsWell(yaml.formatted("asyncio"));
    assertThat(metrics.ledger().charged(Account.COROUTINE_SWITCH)).isEqualTo(22 * 1_000);
    runsWell(yaml.formatted("cpp20"));
    assertThat(metrics.ledger().charged(Account.COROUTINE_SWITCH)).isEqualTo(22 * 2);
    runsWell(yaml.formatted("goroutine"));
    assertThat(metrics.ledger().charged(Account.COROUTINE_SWITCH)).isEqualTo(22 * 170);
    assertThat(metrics.switches().count()).isZero();
  }

  @Test
  void aLoopThatWaitsForNothingThatComesIsNamed() throws Exception {
    run(
        """
        processes:
          - name: P
            channels: [c]
            coroutines: [{name: a, program: [{get: {channel: c}}]}]
        """);
    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(outcome.stuck().get(0).waitsFor())
        .isEqualTo("what its coroutines await: a waits for empty channel c");
  }
}
