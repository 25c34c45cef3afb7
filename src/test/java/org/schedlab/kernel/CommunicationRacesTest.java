package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Invariants;
import org.schedlab.testing.MemoryLog;
import org.schedlab.testing.Ran;
import org.schedlab.trace.TraceSink;

/**
 * Threads that talk while others stop, end or close what they talk through, each worked by hand.
 */
class CommunicationRacesTest {
  /** Runs a scenario whose books must balance. */
  private static Ran run(String yaml) throws Exception {
    Scenario scenario = ScenarioReader.read(yaml, "test.yaml", Overrides.NONE);
    int cpus = scenario.machine().cpus();
    RunMetrics metrics = new RunMetrics(cpus, 10_000);
    List<List<Integer>> affinities = new ArrayList<>();
    scenario
        .processes()
        .forEach(
            process -> process.threads().forEach(t -> affinities.add(t.attributes().affinity())));
    Invariants invariants =
        new Invariants(
            cpus,
            20,
            (thread, cpu) ->
                thread >= affinities.size()
                    || affinities.get(thread).isEmpty()
                    || affinities.get(thread).contains(cpu));
    Outcome outcome = Simulation.run(scenario, TraceSink.of(metrics, invariants));
    return new Ran(outcome, metrics, "");
  }

  private static long micros(Ran ran, String thread) {
    return ran.tasks().finish(ran.thread(thread)) / 1000;
  }

  private static void completes(Ran ran) {
    assertThat(ran.outcome().stuck()).isEmpty();
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(ran.outcome().finalCheckHeld()).isNotEqualTo(false);
  }

  // --- turns at a stream

  @Test
  void stoppedReaderLetsTheNextOneBeWoken() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            pipes: [p]
            scheduler: {policy: fcfs}
            processes:
              - {name: A, program: [{read: {pipe: p, bytes: 1}}]}
              - {name: B, program: [{read: {pipe: p, bytes: 1}}]}
              - name: W
                program:
                  - compute: 1
                  - kill: {process: A, signal: stop}
                  - write: {pipe: p, bytes: 1}
                  - sleep: 5
                  - kill: {process: A, signal: cont}
                  - write: {pipe: p, bytes: 1}
            """);
    completes(ran);
    assertThat(micros(ran, "B")).isEqualTo(1);
    assertThat(micros(ran, "A")).isEqualTo(6);
  }

  @Test
  void readerWhoseEndIsClosedLetsTheNextOneBeWoken() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            pipes: [p]
            scheduler: {policy: fcfs}
            processes:
              - name: P
                variables: {got: 0}
                threads:
                  - {name: a, program: [{read: {pipe: p, bytes: 1, error: e}}, {store: {got: e}}]}
                  - {name: b, program: [{sleep: 5}, {close: {pipe: p, end: read}}]}
              - {name: Q, program: [{read: {pipe: p, bytes: 1}}]}
              - {name: W, program: [{compute: 10}, {write: {pipe: p, bytes: 1}}, {sleep: 10}]}
            final: got == EBADF
            """);
    // The byte wakes P/a at 10; P/b runs first and closes the end; the byte is there for Q.
    completes(ran);
    assertThat(micros(ran, "Q")).isEqualTo(10);
  }

  @Test
  void messageHandedOverIsReceivedThoughTheQueueIsClosedBefore() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            queues: {q: {}}
            scheduler: {policy: fcfs}
            processes:
              - name: P
                variables: {got: 0}
                threads:
                  - {name: a, program: [{receive: {queue: q, into: v}}, {store: {got: v}}]}
                  - {name: b, program: [{sleep: 5}, {close: {queue: q}}]}
              - {name: W, program: [{compute: 10}, {send: {queue: q, value: 7}}, {compute: 1}]}
            final: got == 7
            """);
    completes(ran);
  }

  @Test
  void messageOfAKilledReceiverDoesNotMakeMoreRoom() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            queues: {q: {capacity: 1}}
            scheduler: {policy: fcfs}
            processes:
              - {name: R, program: [{receive: {queue: q}}]}
              - name: W
                program: [{compute: 1}, {send: {queue: q, value: 1}}, {send: {queue: q, value: 2}}, {kill: R}]
              - {name: X, arrival: 2, program: [{send: {queue: q, value: 3}}]}
              - name: Y
                arrival: 3
                program:
                  - receive: {queue: q, into: a}
                  - sleep: 10
                  - receive: {queue: q, into: b}
                  - receive: {queue: q, into: c}
                  - assert: a == 1 && b == 2 && c == 3
            """);
    completes(ran);
    // Two messages are in a queue for one: X has room only when both have been received.
    assertThat(micros(ran, "X")).isEqualTo(13);
  }

  @Test
  void whoWasWokenInVainAfterItsTimeGivesUpAtOnce() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            pipes: [p]
            scheduler: {policy: fcfs}
            processes:
              - name: R
                variables: {got: 0}
                program: [{read: {pipe: p, bytes: 1, timeout: 5, error: e}}, {store: {got: e}}]
              - name: W
                program:
                  - compute: 3
                  - write: {pipe: p, bytes: 1}
                  - compute: 7
                  - read: {pipe: p, bytes: 1}
                  - sleep: 1
            final: got == ETIMEDOUT
            """);
    completes(ran);
    assertThat(micros(ran, "R")).isEqualTo(10);
  }

  @Test
  void divisionByZeroInACallThatTakesTimeEndsTheProcess() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {costs: {profile: textbook, syscall: 1us}}
            scheduler: {policy: fcfs}
            processes:
              - name: P
                pipes: [p]
                program: [{compute: 2}, {set: {n: 0}}, {write: {pipe: p, bytes: 8 / n}}, {compute: 5}]
              - {name: Q, burst: 3}
            """);
    completes(ran);
    assertThat(micros(ran, "P")).isEqualTo(2);
    assertThat(micros(ran, "Q")).isEqualTo(5);
  }

  @Test
  void unlockWhoseOnlyWaiterGivesUpAtThatInstantGoesOn() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 2, costs: {profile: textbook, syscall: 1us}}
            mutexes: [m]
            scheduler: {policy: fcfs}
            processes:
              - {name: A, program: [{lock: m}, {compute: 5}, {unlock: m}, {compute: 1}]}
              - {name: B, program: [{lock: {mutex: m, timeout: 4, error: e}}]}
            """);
    completes(ran);
    assertThat(micros(ran, "A")).isEqualTo(6);
  }

  @Test
  void burstOfAWokenReaderGoesOnBehindItsRead() throws Exception {
    String yaml =
        """
        time_unit: us
        pipes: [p]
        queues: [q]
        scheduler: {policy: sjf}
        processes:
          - {name: A, program: [{%s}, {compute: 8}]}
          - {name: B, arrival: 1, burst: 5}
          - {name: W, program: [{compute: 1}, {%s}, {compute: 1}]}
        """;
    Ran ran = run(yaml.formatted("read: {pipe: p, bytes: 1}", "write: {pipe: p, bytes: 1}"));
    assertThat(micros(ran, "B")).isEqualTo(7);
    assertThat(micros(ran, "A")).isEqualTo(15);
    ran = run(yaml.formatted("receive: {queue: q}", "send: {queue: q}"));
    assertThat(micros(ran, "B")).isEqualTo(7);
    assertThat(micros(ran, "A")).isEqualTo(15);
  }

  // --- resources

  @Test
  void claimsAreForTheResourcesThatTheirProcessNames() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 2}
            avoidance: banker
            scheduler: {policy: fcfs}
            processes:
              - name: P
                count: 2
                resources: {R: 1}
                claims: {R: 1}
                program: [{acquire: {R: 1}}, {compute: 5}, {release: {R: 1}}]
            """);
    completes(ran);
    assertThat(micros(ran, "P[0]")).isEqualTo(5);
    assertThat(micros(ran, "P[1]")).isEqualTo(5);
  }

  @Test
  void claimForAnOwnResourceIsNoneForItsNamesakeInTheFile() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            avoidance: banker
            resources: {R: 1}
            scheduler: {policy: fcfs}
            processes:
              - name: P
                resources: {R: 5}
                claims: {R: 5}
                program: [{acquire: {R: 1}}, {compute: 5}, {release: {R: 1}}]
              - {name: Q, claims: {R: 1}, program: [{acquire: {R: 1}}, {compute: 1}]}
            """);
    completes(ran);
  }

  // --- stopping

  @Test
  void stopWithinAnInterruptTakesNothingFromTheBurst() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 2, costs: {profile: textbook, interrupt: 2us}}
            scheduler: {policy: fcfs}
            processes:
              - {name: D, affinity: 0, program: [{sleep: 5}]}
              - {name: K, affinity: 1, program: [{compute: 6}, {kill: {process: A, signal: stop}}, {compute: 14}, {kill: {process: A, signal: cont}}]}
              - {name: A, affinity: 0, burst: 10}
            """);
    completes(ran);
    // A computes 0-5, is interrupted 5-7, stopped 7-20.
    assertThat(ran.tasks().running(ran.thread("A"))).isEqualTo(10_000);
    assertThat(micros(ran, "A")).isEqualTo(25);
  }

  @Test
  void stopWithinASwitchTakesNothingFromTheBurst() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 2, costs: {profile: textbook, context_switch: 2us}}
            scheduler: {policy: round-robin, quantum: 4}
            processes:
              - {name: A, affinity: 0, burst: 10}
              - {name: B, affinity: 0, burst: 4}
              - {name: K, affinity: 1, program: [{compute: 11}, {kill: {process: A, signal: stop}}, {compute: 9}, {kill: {process: A, signal: cont}}]}
            """);
    completes(ran);
    // A 0-4, B 6-10; the switch back to A, 10-12, is its last until 20.
    assertThat(ran.tasks().running(ran.thread("A"))).isEqualTo(10_000);
    assertThat(micros(ran, "A")).isEqualTo(26);
  }

  @Test
  void stopWithinAPageFaultLeavesTheComputingToBeDone() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 2, memory: {}, costs: {profile: textbook, minor_fault: 2us}}
            scheduler: {policy: fcfs}
            processes:
              - {name: A, working_set: 4KiB, burst: 10}
              - {name: K, program: [{compute: 1}, {kill: {process: A, signal: stop}}, {compute: 19}, {kill: {process: A, signal: cont}}]}
            """);
    completes(ran);
    assertThat(ran.tasks().running(ran.thread("A"))).isEqualTo(10_000);
    assertThat(micros(ran, "A")).isEqualTo(30);
  }

  @Test
  void stopWithinAYieldTakesEffectBeforeTheThreadRunsAgain() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 2, costs: {profile: textbook, syscall: 2us}}
            scheduler: {policy: fcfs}
            processes:
              - {name: A, program: [{compute: 1}, yield, {compute: 10}]}
              - {name: K, program: [{kill: {process: A, signal: stop}}, {compute: 16}, {kill: {process: A, signal: cont}}]}
            """);
    completes(ran);
    assertThat(micros(ran, "A")).isEqualTo(30);
  }

  @Test
  void stopBeforeAShootdownTakesEffectBehindIt() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 3, memory: {}, costs: {profile: textbook, syscall: 2us, ipi: 4us}}
            scheduler: {policy: fcfs}
            processes:
              - name: P
                threads:
                  - name: a
                    affinity: 0
                    program: [{touch: {pages: 2, write: true}}, {compute: 10}, {free: 8KiB}, {compute: 10}]
                  - {name: b, affinity: 1, program: [{compute: 10}, yield, {compute: 10}]}
              - {name: K, affinity: 2, program: [{compute: 9}, {kill: {process: P, signal: stop}}, {compute: 7}, {kill: {process: P, signal: cont}}]}
              - {name: Q, affinity: 0, arrival: 15, program: [{sleep: 20}]}
            """);
    completes(ran);
    assertThat(ran.tasks().running(ran.thread("P/a"))).isEqualTo(20_000);
    // The system call, 10-12, and the message to the other CPU, 12-16.
    assertThat(ran.tasks().overhead(ran.thread("P/a"))).isEqualTo(6_000);
    assertThat(ran.tasks().overhead(ran.thread("Q"))).isEqualTo(2_000);
  }

  @Test
  void stopThatIsTakenBackWithinASystemCallStopsNobody() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 2, costs: {profile: textbook, thread_create: 10us}}
            scheduler: {policy: fcfs}
            processes:
              - {name: A, program: [{thread: {name: t, burst: 1}}, {compute: 5}]}
              - {name: K, program: [{kill: {process: A, signal: stop}}, {kill: {process: A, signal: cont}}, {compute: 20}]}
            """);
    completes(ran);
    assertThat(micros(ran, "A")).isEqualTo(15);
  }

  // --- spinning

  @Test
  void killedSpinnerDoesNotCountAnyMore() throws Exception {
    Ran ran =
        run(
            """
            time_unit: us
            machine: {cpus: 2}
            mutexes: {m: {kind: spin}}
            scheduler: {policy: fcfs}
            processes:
              - {name: A, program: [{lock: m}, {compute: 1}]}
              - {name: B, program: [{lock: m}]}
              - {name: K, program: [{kill: B}, {compute: 10}]}
              - {name: L, burst: 5}
            """);
    completes(ran);
    assertThat(micros(ran, "K")).isEqualTo(11);
  }

  @Test
  void spinnerThatIsStoppedOrKilledWhenTheLockIsFreeLeavesItToTheNext() throws Exception {
    String yaml =
        """
        time_unit: us
        machine: {cpus: 4}
        mutexes: {m: {kind: spin}}
        scheduler: {policy: fcfs}
        processes:
          - {name: A, affinity: 0, program: [{lock: m}, {compute: 5}, {unlock: m}]}
          - {name: K, affinity: 1, program: [{compute: 5}, {kill: {process: S, signal: %s}}, {sleep: 20}, {kill: {process: S, signal: cont}}]}
          - {name: S, affinity: 2, program: [{lock: m}, {unlock: m}]}
          - {name: T, affinity: 3, program: [{lock: m}, {compute: 1}, {unlock: m}]}
        """;
    Ran ran = run(yaml.formatted("stop"));
    completes(ran);
    assertThat(micros(ran, "T")).isEqualTo(6);
    assertThat(micros(ran, "S")).isEqualTo(25);
    ran = run(yaml.formatted("kill"));
    completes(ran);
    assertThat(micros(ran, "T")).isEqualTo(6);
  }

  // --- shared memory

  @Test
  void segmentIsNoRegionThatProgramsFreeOrAllocate() throws Exception {
    Ran ran =
        run(
            """
            machine: {memory: {}}
            shared_memory: {s: {variables: {x: 1}}, heap: {variables: {h: 1}}}
            processes:
              - name: A
                program:
                  - store: {h: 2}
                  - alloc: 4KiB
                  - fork: {name: c, program: [{alloc: 4KiB}, {touch: {pages: 2}}]}
                  - alloc: {region: s, size: 4KiB}
                  - free: {region: s}
                  - store: {x: 2}
                  - wait: c
              - {name: B, program: [{load: {v: x}}]}
            final: x == 2 && h == 2
            """);
    completes(ran);
    assertThat(ran.metrics().findings().faults()).isEmpty();
  }

  @Test
  void ownSegmentAndItsNamesakeInTheFileHavePagesOfTheirOwn() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {}}
            shared_memory: {s: {variables: {x: 1}}}
            processes:
              - name: A
                shared_memory: {s: {variables: {y: 1}}}
                program: [{store: {x: 2}}, {store: {y: 2}}]
              - {name: B, program: [{load: {v: x}}]}
            """);
    assertThat(ran.log().events()).containsOnlyOnce("A shared memory s 0: demand-zero");
    assertThat(ran.log().events()).containsOnlyOnce("A own shared memory s 0: demand-zero");
    assertThat(ran.log().events()).contains("B shared memory s 0: mapped elsewhere");
  }
}
