package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.MemoryLog;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.TraceSink;

/** The lives of processes that others make, as POSIX has them. */
class ProcessTest {
  /** What happens to processes, a line each, with times in ms. */
  private static final class Lives implements TraceSink {
    private final List<String> lines = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private void note(long time, String what) {
      lines.add(time / 1_000_000 + " " + what);
    }

    @Override
    public void processStarted(long time, int process, String name) {
      assertThat(process).isEqualTo(names.size());
      names.add(name);
    }

    @Override
    public void childStarted(long time, int process, int parent, boolean fork) {
      note(time, names.get(parent) + (fork ? " forks " : " spawns ") + names.get(process));
    }

    @Override
    public void executed(long time, int process) {
      note(time, names.get(process) + " executes");
    }

    @Override
    public void processEnded(long time, int process, int code) {
      note(time, names.get(process) + " ends with " + code);
    }

    @Override
    public void orphaned(long time, int process) {
      note(time, names.get(process) + " is orphaned");
    }

    @Override
    public void reaped(long time, int process, int parent) {
      note(time, names.get(process) + " is reaped by " + (parent < 0 ? "init" : names.get(parent)));
    }
  }

  private RunMetrics metrics;
  private Outcome outcome;

  private List<String> lives(String yaml) throws Exception {
    var scenario = ScenarioReader.read(yaml, "test.yaml", Overrides.NONE);
    Lives lives = new Lives();
    metrics = new RunMetrics(scenario.machine().cpus(), 10_000);
    outcome = Simulation.run(scenario, TraceSink.of(metrics, lives));
    return lives.lines;
  }

  private void assertAllIsWell() {
    assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(metrics.findings().assertions()).isEmpty();
  }

  @Test
  void childThatNobodyHasWaitedForIsAZombie() throws Exception {
    assertThat(
            lives(
                """
                processes:
                  - name: P
                    program:
                      - spawn: {name: c, program: [{compute: 2}, {exit: 7}]}
                      - sleep: 10
                      - wait: {process: c, into: code}
                      - assert: code == 7
                """))
        .containsExactly(
            "0 P spawns c",
            "2 c ends with 7",
            "10 c is reaped by P",
            "10 P ends with 0",
            "10 P is reaped by init");
    assertAllIsWell();
  }

  @Test
  void childThatOutlivesItsParentGoesToInit() throws Exception {
    assertThat(
            lives(
                """
                machine: {cpus: 3}
                scheduler: {policy: fcfs}
                processes:
                  - name: P
                    program:
                      - spawn: {name: brief, burst: 1}
                      - spawn: {name: long, burst: 5}
                      - sleep: 3
                """))
        .containsExactly(
            "0 P spawns brief",
            "0 P spawns long",
            "1 brief ends with 0",
            "3 P ends with 0",
            "3 brief is reaped by init",
            "3 long is orphaned",
            "3 P is reaped by init",
            "5 long ends with 0",
            "5 long is reaped by init");
  }

  @Test
  void waitForAnyReapsInTheOrderOfDeathAndAllTheRest() throws Exception {
    assertThat(
            lives(
                """
                scheduler: {policy: fcfs}
                processes:
                  - name: P
                    program:
                      - spawn: {name: a, program: [{sleep: 4}, {exit: 1}]}
                      - spawn: {name: b, program: [{sleep: 2}, {exit: 2}]}
                      - spawn: {name: c, program: [{sleep: 6}, {exit: 3}]}
                      - wait: {process: any, into: first}
                      - assert: first == 2
                      - wait: {process: all, into: last}
                      - assert: last == 3
                      - wait: {process: any, into: none}
                      - assert: none == -1
                """))
        .containsSubsequence(
            "2 b ends with 2",
            "2 b is reaped by P",
            "4 a ends with 1",
            "6 c ends with 3",
            "6 a is reaped by P",
            "6 c is reaped by P",
            "6 P ends with 0");
    assertAllIsWell();
  }

  @Test
  void waitForANameMeansAllThatBearIt() throws Exception {
    assertThat(
            lives(
                """
                scheduler: {policy: fcfs}
                processes:
                  - name: P
                    program:
                      - spawn: {name: w, count: 2, burst: 3}
                      - spawn: {name: w, burst: 1}
                      - wait: w
                      - wait: {process: w, into: r}
                      - assert: r == -1
                """))
        .containsSubsequence(
            "0 P spawns w[0]",
            "0 P spawns w[1]",
            "0 P spawns w",
            "3 w[0] ends with 0",
            "6 w[1] ends with 0",
            "7 w ends with 0",
            "7 w[0] is reaped by P");
    assertAllIsWell();
  }

  @Test
  void forkedChildGoesOnWhereItsParentStands() throws Exception {
    // Three forks make eight processes: the exercise of every textbook.
    assertThat(
            lives(
                """
                processes:
                  - name: P
                    variables: {x: 0}
                    program:
                      - repeat: 3
                        do: [fork: {name: c, into: child}]
                      - if: child == 0
                        then: [{add: {x: 1}}, {assert: x == 1}]
                        else: [{assert: x == 0}]
                """))
        .filteredOn(line -> line.contains("ends with 0"))
        .hasSize(8);
    assertAllIsWell();
  }

  @Test
  void writersOfSharedPagesGetCopiesAndTheLastOneNone() throws Exception {
    MemoryLog log =
        MemoryLog.run(
                """
                time_unit: ns
                machine: {costs: {profile: linux-x86_64, timer_hz: 0}, memory: {}}
                processes:
                  - name: P
                    program:
                      - touch: {pages: 4, write: true}
                      - fork: {name: c, program: [{touch: {pages: 2, write: true}}]}
                      - wait: all
                      - touch: {pages: 3, write: true}
                      - touch: {pages: [3]}
                """)
            .log();
    assertThat(log.faults("c", PageFault.COPY_ON_WRITE)).isEqualTo(2);
    // The child has gone: what it never copied, and what it did, is the parent's alone again.
    assertThat(log.faults("P", PageFault.LAST_SHARER)).isEqualTo(3);
    assertThat(log.faults("P", PageFault.COPY_ON_WRITE)).isZero();
    assertThat(log.faults("P", PageFault.DEMAND_ZERO)).isEqualTo(4);
  }

  @Test
  void forkCostsByItsPagesAndSpawnDoesNot() throws Exception {
    String yaml =
        """
        time_unit: ns
        machine: {costs: {profile: linux-x86_64, timer_hz: 0, syscall: 0, syscall_mitigation: 0}, memory: {}}
        scheduler: {policy: fcfs}
        processes:
          - name: P
            program: [{touch: {pages: %d}}, {%s: {name: c, program: [{compute: 0}]}}]
        """;
    assertThat(startOfChild(yaml.formatted(100, "fork")))
        .isEqualTo(100 * 1016 + 60_000 + 70 * (100 + 1) + 800);
    assertThat(
            startOfChild(yaml.formatted(1000, "fork")) - startOfChild(yaml.formatted(100, "fork")))
        .isEqualTo(900 * (1016 + 70));
    assertThat(
            startOfChild(yaml.formatted(1000, "spawn"))
                - startOfChild(yaml.formatted(100, "spawn")))
        .isEqualTo(900 * 1016);
  }

  private long startOfChild(String yaml) throws Exception {
    lives(yaml);
    return metrics.tasks().start(1) - metrics.tasks().waiting(1) - 500;
  }

  @Test
  void sharedRegionStaysSharedOverAFork() throws Exception {
    MemoryLog log =
        MemoryLog.run(
                """
                machine: {memory: {}}
                processes:
                  - name: P
                    program:
                      - alloc: {region: common, size: 16KiB, shared: true}
                      - touch: {region: common, pages: [0], write: true}
                      - fork: {name: c, program: [{touch: {region: common, pages: [0, 1], write: true}}]}
                      - wait: all
                      - touch: {region: common, pages: [0, 1], write: true}
                """)
            .log();
    assertThat(log.events())
        .containsExactly(
            "P common 0: demand-zero", "c common 1: demand-zero", "P common 1: mapped elsewhere");
  }

  @Test
  void execBeginsAnewInFreshMemoryAndEndsOtherThreads() throws Exception {
    assertThat(
            lives(
                """
                processes:
                  - name: P
                    variables: {x: 1}
                    threads:
                      - name: a
                        program:
                          - compute: 2
                          - exec: {variables: {y: 5}, program: other}
                          - assert: 0
                      - {name: b, program: [{sleep: 100}]}
                programs:
                  other: [{load: {r: y}}, {assert: r == 5}, {exit: 4}]
                """))
        .containsExactly("2 P executes", "2 P ends with 4", "2 P is reaped by init");
    assertAllIsWell();
    assertThat(metrics.tasks().finish(1)).isEqualTo(2_000_000);
  }

  @Test
  void killEndsEveryProcessOfTheName() throws Exception {
    assertThat(
            lives(
                """
                machine: {cpus: 3}
                processes:
                  - name: P
                    program:
                      - spawn: {name: c, count: 2, burst: 50}
                      - sleep: 3
                      - kill: {process: "c[1]", signal: kill}
                      - wait: {process: "c[1]", into: r}
                      - assert: r == 137
                      - kill: c
                      - wait: {process: c, into: r}
                      - assert: r == 143
                """))
        .containsSubsequence(
            "3 c[1] ends with 137", "3 c[1] is reaped by P", "3 c[0] ends with 143");
    assertAllIsWell();
  }

  @Test
  void parentThatWaitsForAStuckChildIsReported() throws Exception {
    lives(
        """
        processes:
          - name: P
            program:
              - spawn: {name: c, threads: [{name: a, program: [{join: b}]}, {name: b, program: [{join: a}]}]}
              - wait: c
        """);
    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(outcome.stuck())
        .extracting(Outcome.Stuck::task, Outcome.Stuck::waitsFor)
        .containsExactly(
            tuple("P", "the end of c"), tuple("c/a", "the end of b"), tuple("c/b", "the end of a"));
  }

  @Test
  void finalConditionsSpeakOfChildren() throws Exception {
    lives(
        """
        processes:
          - name: P
            program:
              - spawn: {name: c, variables: {v: 3}, program: [{add: {v: 4}}, {load: {r: v}}]}
              - wait: c
        final: c.v == 7 && c.r == 7
        """);
    assertThat(outcome.finalCheckHeld()).isTrue();
  }
}
