package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.testing.Ran;
import org.schedlab.trace.Account;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.TraceSink;

/** What locks and their friends do, each by a case that can be worked by hand. */
class SynchronizationTest {
  /** Deadlocks and refused operations, as they are told. */
  private static final class Log implements TraceSink {
    private final List<Deadlock> deadlocks = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @Override
    public void deadlocked(long time, Deadlock deadlock) {
      deadlocks.add(deadlock);
    }

    @Override
    public void operationFailed(
        long time, int thread, int object, String error, String detail, int line, int column) {
      failures.add(time / 1_000_000 + " " + thread + " " + error + ": " + detail);
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

  private long finish(int thread) {
    return metrics.tasks().finish(thread) / 1_000_000;
  }

  @Test
  void mutexGoesToItsWaitersInTheirOrder() throws Exception {
    assertThat(
            Ran.scenario(
                    """
                    scheduler: {policy: round-robin, quantum: 1}
                    processes:
                      - name: P
                        mutexes: [m]
                        threads:
                          - {name: a, program: [{lock: m}, {compute: 3}, {unlock: m}, {compute: 2}]}
                          - {name: b, program: [{lock: m}, {compute: 2}, {unlock: m}]}
                          - {name: c, program: [{lock: m}, {compute: 1}, {unlock: m}]}
                    """)
                .tasks())
        .satisfies(
            tasks -> {
              // a 0-3 with the lock, alone; then b, a, b; c gets the lock at 6, behind a's turn.
              assertThat(tasks.finish(0)).isEqualTo(7_000_000);
              assertThat(tasks.finish(1)).isEqualTo(6_000_000);
              assertThat(tasks.finish(2)).isEqualTo(8_000_000);
            });
  }

  @Test
  void lostUpdateIsRepairedByAMutex() throws Exception {
    runsWell(
        """
        machine: {costs: {profile: textbook, instruction: 1}}
        scheduler: {policy: round-robin, quantum: 3}
        processes:
          - name: P
            variables: {x: 0}
            mutexes: [m]
            threads:
              - name: t
                count: 4
                program: [{repeat: 5, do: [{lock: m}, {add: {x: 1}}, {unlock: m}]}]
        final: x == 20
        """);
    assertThat(outcome.finalCheckHeld()).isTrue();
  }

  @Test
  void inheritedPriorityGoesOnThroughAChain() throws Exception {
    runsWell(
        """
        scheduler: {policy: priority}
        mutexes: {a: {protocol: inheritance}, b: {protocol: inheritance}}
        processes:
          - {name: low, priority: 9, program: [{lock: a}, {compute: 4}, {unlock: a}, {compute: 1}]}
          - {name: mid, priority: 5, arrival: 1, program: [{lock: b}, {lock: a}, {unlock: a}, {compute: 2}, {unlock: b}]}
          - {name: hog, priority: 3, arrival: 2, program: [{compute: 10}]}
          - {name: high, priority: 1, arrival: 3, program: [{lock: b}, {compute: 1}, {unlock: b}]}
        """);
    // high waits from 3 for mid, which waits for low: low runs 3-5 although hog is ready (it ran
    // 0-1 and 1-2 before), mid 5-7, high 7-8; then hog has 9 left.
    assertThat(finish(3)).isEqualTo(8);
    assertThat(finish(2)).isEqualTo(17);
  }

  @Test
  void circleIsTheDeadlockThatItIsWhenItCloses() throws Exception {
    run(
        """
        scheduler: {policy: round-robin, quantum: 2}
        processes:
          - name: P
            mutexes: [m, n]
            threads:
              - {name: a, program: [{lock: m}, {compute: 3}, {lock: n}, {compute: 1}]}
              - {name: b, program: [{lock: n}, {compute: 3}, {lock: m}, {compute: 1}]}
              - {name: c, burst: 20}
        """);
    assertThat(log.deadlocks).hasSize(1);
    assertThat(log.deadlocks.get(0).links())
        .extracting(Deadlock.Link::thread, Deadlock.Link::what, Deadlock.Link::line)
        .containsExactly(tuple(1, "mutex m", 7), tuple(0, "mutex n", 6));
    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(outcome.stuck())
        .extracting(Outcome.Stuck::task, Outcome.Stuck::waitsFor)
        .containsExactly(
            tuple("P/a", "mutex n, held by P/b"), tuple("P/b", "mutex m, held by P/a"));
    // The rest goes on.
    assertThat(finish(2)).isEqualTo(26);
  }

  @Test
  void joinAndLockCanMakeACircleToo() throws Exception {
    run(
        """
        processes:
          - name: P
            mutexes: [m]
            threads:
              - {name: a, program: [{lock: m}, {compute: 1}, {join: b}]}
              - {name: b, program: [{compute: 2}, {lock: m}]}
        """);
    assertThat(log.deadlocks).hasSize(1);
  }

  @Test
  void threadThatLocksTwiceWaitsForItselfUnlessTheMutexKnowsBetter() throws Exception {
    run("processes: [{name: P, mutexes: [m], program: [{lock: m}, {lock: m}]}]");
    assertThat(log.deadlocks).hasSize(1);
    assertThat(log.deadlocks.get(0).links()).hasSize(1);
    runsWell(
        """
        processes:
          - name: P
            mutexes: {r: {kind: recursive}, e: {kind: error-checking}}
            program:
              - lock: r
              - lock: r
              - unlock: r
              - unlock: r
              - unlock: {mutex: r, error: twice}
              - assert: twice == EPERM
              - lock: e
              - lock: {mutex: e, error: again}
              - assert: again == EDEADLK
        """);
    assertThat(log.failures)
        .containsExactly(
            "0 0 EPERM: unlocks what it does not hold", "0 0 EDEADLK: locks what it holds already");
  }

  @Test
  void triesAndTimedWaitsGiveUp() throws Exception {
    runsWell(
        """
        machine: {cpus: 2}
        processes:
          - name: P
            mutexes: [m]
            semaphores: {s: 0}
            threads:
              - {name: holder, program: [{lock: m}, {compute: 10}, {unlock: m}]}
              - name: t
                program:
                  - compute: 1
                  - try_lock: {mutex: m, into: got}
                  - assert: got == 0
                  - lock: {mutex: m, timeout: 4, into: got, error: e}
                  - assert: got == 0 && e == ETIMEDOUT
                  - sem_wait: {semaphore: s, timeout: 2, error: e}
                  - assert: e == ETIMEDOUT
                  - lock: {mutex: m, timeout: 100, into: got, error: e}
                  - assert: got == 1 && e == 0
        """);
    // It gives up at 5 and at 7, and has the lock at 10.
    assertThat(finish(1)).isEqualTo(10);
  }

  @Test
  void boundedBufferWithSemaphoresKeepsItsOrder() throws Exception {
    runsWell(
        """
        scheduler: {policy: round-robin, quantum: 2}
        processes:
          - name: P
            variables: {in: 0, out: 0, slots: [0, 0, 0]}
            semaphores: {free: 3, full: 0, mutex: 1}
            threads:
              - name: producer
                program:
                  - set: {i: 0}
                  - repeat: 20
                    do:
                      - set: {i: i + 1}
                      - sem_wait: free
                      - sem_wait: mutex
                      - {load: {at: in}}
                      - store: {"slots[at % 3]": i}
                      - add: {in: 1}
                      - compute: 1
                      - sem_post: mutex
                      - sem_post: full
              - name: consumer
                program:
                  - set: {i: 0}
                  - repeat: 20
                    do:
                      - set: {i: i + 1}
                      - sem_wait: full
                      - sem_wait: mutex
                      - load: {at: out}
                      - {load: {item: "slots[at % 3]"}}
                      - add: {out: 1}
                      - sem_post: mutex
                      - sem_post: free
                      - assert: item == i
        """);
  }

  @Test
  void signalWithoutAWaiterIsLostAndBroadcastWakesAll() throws Exception {
    run(
        """
        processes:
          - name: P
            mutexes: [m]
            conditions: [c]
            threads:
              - {name: early, program: [{cond_signal: c}]}
              - {name: late, program: [{compute: 1}, {lock: m}, {cond_wait: {condition: c, mutex: m}}, {unlock: m}]}
        """);
    assertThat(outcome.stuck())
        .extracting(Outcome.Stuck::waitsFor)
        .containsExactly("condition variable c");
    runsWell(
        """
        processes:
          - name: P
            variables: {ready: 0, passed: 0}
            mutexes: [m]
            conditions: [c]
            threads:
              - name: w
                count: 3
                program:
                  - lock: m
                  - load: {r: ready}
                  - while: r == 0
                    do: [{cond_wait: {condition: c, mutex: m}}, {load: {r: ready}}]
                  - add: {passed: 1}
                  - compute: 2
                  - unlock: m
              - {name: opener, program: [{compute: 4}, {lock: m}, {store: {ready: 1}}, {cond_broadcast: c}, {unlock: m}]}
        final: passed == 3
        """);
    assertThat(outcome.finalCheckHeld()).isTrue();
    assertThat(finish(0)).isEqualTo(6);
    assertThat(finish(2)).isEqualTo(10);
  }

  @Test
  void timedWaitAtAConditionComesBackWithTheMutex() throws Exception {
    runsWell(
        """
        machine: {cpus: 2}
        processes:
          - name: P
            mutexes: [m]
            conditions: [c]
            threads:
              - name: w
                program:
                  - lock: m
                  - cond_wait: {condition: c, mutex: m, timeout: 3, error: e}
                  - assert: e == ETIMEDOUT
                  - unlock: {mutex: m, error: u}
                  - assert: u == 0
              - {name: h, program: [{compute: 1}, {lock: m}, {compute: 6}, {unlock: m}]}
        """);
    // Its time is up at 3, but h has the mutex until 7.
    assertThat(finish(0)).isEqualTo(7);
  }

  @Test
  void barrierLetsAllGoTogetherAndOneKnowsIt() throws Exception {
    runsWell(
        """
        machine: {cpus: 3}
        processes:
          - name: P
            variables: {serial: 0}
            barriers: {b: 3}
            threads:
              - {name: a, program: [{compute: 1}, {barrier_wait: {barrier: b, into: last}}, {add: {serial: last}}, {compute: 1}]}
              - {name: b, program: [{compute: 5}, {barrier_wait: {barrier: b, into: last}}, {add: {serial: last}}, {compute: 1}]}
              - {name: c, program: [{compute: 3}, {barrier_wait: {barrier: b, into: last}}, {add: {serial: last}}, {compute: 1}]}
        final: serial == 1
        """);
    assertThat(outcome.finalCheckHeld()).isTrue();
    assertThat(List.of(finish(0), finish(1), finish(2))).containsExactly(6L, 6L, 6L);
  }

  @Test
  void readersShareAndWritersDoNot() throws Exception {
    String yaml =
        """
        machine: {cpus: 4}
        processes:
          - name: P
            rwlocks: {l: {prefer: %s}}
            threads:
              - {name: r1, program: [{read_lock: l}, {compute: 4}, {rw_unlock: l}]}
              - {name: w, program: [{compute: 1}, {write_lock: l}, {compute: 3}, {rw_unlock: l}]}
              - {name: r2, program: [{compute: 2}, {read_lock: l}, {compute: 4}, {rw_unlock: l}]}
        """;
    runsWell(yaml.formatted("readers"));
    assertThat(List.of(finish(0), finish(1), finish(2))).containsExactly(4L, 9L, 6L);
    runsWell(yaml.formatted("writers"));
    assertThat(List.of(finish(0), finish(1), finish(2))).containsExactly(4L, 7L, 11L);
  }

  @Test
  void spinnerUsesItsCpuWhileItWaits() throws Exception {
    String yaml =
        """
        machine: {cpus: 2}
        processes:
          - name: P
            mutexes: {m: {kind: %s}}
            threads:
              - {name: a, program: [{lock: m}, {compute: 5}, {unlock: m}]}
              - {name: b, program: [{compute: 1}, {lock: m}, {compute: 2}, {unlock: m}]}
        """;
    runsWell(yaml.formatted("spin"));
    assertThat(metrics.tasks().running(1)).isEqualTo(7_000_000);
    assertThat(metrics.tasks().blocked(1)).isZero();
    assertThat(finish(1)).isEqualTo(7);
    runsWell(yaml.formatted("plain"));
    assertThat(metrics.tasks().running(1)).isEqualTo(3_000_000);
    assertThat(metrics.tasks().blocked(1)).isEqualTo(4_000_000);
  }

  @Test
  void spinningOnTheHoldersOwnCpuOnlyWastesIt() throws Exception {
    runsWell(
        """
        scheduler: {policy: round-robin, quantum: 2}
        processes:
          - name: P
            mutexes: {m: {kind: spin}}
            threads:
              - {name: a, program: [{lock: m}, {compute: 3}, {unlock: m}]}
              - {name: b, program: [{lock: m}, {compute: 1}, {unlock: m}]}
        """);
    // a 0-2, b spins 2-4, a 4-5 and unlocks, b 5-6.
    assertThat(finish(0)).isEqualTo(5);
    assertThat(finish(1)).isEqualTo(6);
  }

  @Test
  void uncontendedLockNeverEntersTheKernelAndAContendedOneCostsAHandOver() throws Exception {
    Ran alone =
        Ran.scenario(
            """
            machine: {costs: {profile: linux-x86_64, timer_hz: 0}}
            processes: [{name: P, mutexes: [m], program: [{repeat: 100, do: [{lock: m}, {unlock: m}]}]}]
            """);
    assertThat(alone.metrics().makespan()).isEqualTo(2_000);
    assertThat(alone.charged(Account.MODE_SWITCH)).isZero();
    // Two threads hand a semaphore to and fro: each hand-over is a wake-up and a switch.
    Ran pingPong =
        Ran.scenario(
            """
            machine: {costs: {profile: linux-x86_64, timer_hz: 0}}
            scheduler: {policy: fcfs}
            processes:
              - name: P
                semaphores: {ping: 0, pong: 0}
                threads:
                  - {name: a, program: [{repeat: 1000, do: [{sem_post: ping}, {sem_wait: pong}]}]}
                  - {name: b, program: [{repeat: 1000, do: [{sem_wait: ping}, {sem_post: pong}]}]}
            """);
    assertThat(pingPong.metrics().makespan() / 2_000.0).isBetween(1_500.0, 2_500.0);
  }

  @Test
  void lockThatIsNeverGivenBackNamesWhoHeldIt() throws Exception {
    run(
        """
        processes:
          - name: P
            mutexes: [m]
            threads:
              - {name: a, program: [{lock: m}, {compute: 1}]}
              - {name: b, program: [{compute: 2}, {lock: m}]}
        """);
    assertThat(outcome.stuck())
        .extracting(Outcome.Stuck::waitsFor)
        .containsExactly("mutex m, which P/a held when it ended");
  }

  @Test
  void childOfAForkHasItsOwnLocksAsTheyWere() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            mutexes: [m]
            semaphores: {s: 2}
            program:
              - lock: m
              - sem_wait: s
              - fork: {name: c, program: [{unlock: {mutex: m, error: e}}, {assert: e == 0}, {sem_wait: s}]}
              - wait: c
              - unlock: {mutex: m, error: e}
              - assert: e == 0
              - sem_wait: s
        """);
  }

  @Test
  void spinnersThatWaitForEachOtherEndTheRun() throws Exception {
    run("processes: [{name: P, mutexes: {m: {kind: spin}}, program: [{lock: m}, {lock: m}]}]");
    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(log.deadlocks).hasSize(1);
    run(
        """
        machine: {cpus: 2}
        processes:
          - name: P
            mutexes: {m: {kind: spin}, n: {kind: spin}}
            threads:
              - {name: a, program: [{lock: m}, {compute: 3}, {lock: n}]}
              - {name: b, program: [{lock: n}, {compute: 3}, {lock: m}]}
        """);
    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(log.deadlocks).hasSize(1);
  }

  @Test
  void childThatHoldsACeilingMutexRunsAtTheCeiling() throws Exception {
    runsWell(
        """
        scheduler: {policy: priority}
        processes:
          - name: P
            priority: 9
            mutexes: {m: {protocol: ceiling, ceiling: 1}}
            program: [{lock: m}, {fork: {name: c, program: [{compute: 3}, {unlock: m}, {compute: 1}]}}, {compute: 2}, {unlock: m}, {wait: c}]
          - {name: mid, priority: 5, arrival: 1, burst: 10}
        """);
    // P 0-2 and c 2-5 at the ceiling, then mid 5-15, and c's last.
    assertThat(finish(1)).isEqualTo(15);
    assertThat(finish(2)).isEqualTo(16);
  }

  @Test
  void tryEndsNoBurst() throws Exception {
    runsWell(
        """
        scheduler: {policy: srtf}
        processes:
          - {name: a, mutexes: [m], program: [{compute: 1}, {try_lock: {mutex: m, into: g}}, {compute: 9}]}
          - {name: b, burst: 5}
        """);
    assertThat(finish(1)).isEqualTo(5);
  }
}
