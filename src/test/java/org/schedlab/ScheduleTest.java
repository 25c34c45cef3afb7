package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.trace.AccessKind;
import org.schedlab.trace.TraceSink;

/** A run that follows a schedule given. */
class ScheduleTest {
  private static final String LOST_UPDATE =
      """
      processes:
        - name: P
          variables: {x: 0}
          threads:
            - {name: T0, program: [{add: {x: 1}}]}
            - {name: T1, program: [{add: {x: 1}}]}
      """;

  /** Tells each access as {@code time:thread kind value}. */
  private static final class Accesses implements TraceSink {
    private final List<String> all = new ArrayList<>();

    @Override
    public void accessed(
        long time, int thread, AccessKind kind, int process, int cell, long value, int line) {
      all.add(time / 1_000_000 + ":T" + thread + " " + kind.name().toLowerCase() + " " + value);
    }
  }

  private static List<String> accesses(String text) throws InvalidScenarioException {
    Accesses accesses = new Accesses();
    Simulation.run(ScenarioReader.read(text, "test.yaml", Overrides.NONE), accesses);
    return accesses.all;
  }

  private static Outcome run(String text) throws InvalidScenarioException {
    return Simulation.run(
        ScenarioReader.read(text, "test.yaml", Overrides.NONE), new TraceSink() {});
  }

  private static Diagnostic refused(String text) {
    return catchThrowableOfType(InvalidScenarioException.class, () -> run(text))
        .diagnostics()
        .get(0);
  }

  @Test
  void stepsComeInTheOrderGivenAndLastOneTimeUnit() throws Exception {
    assertThat(accesses(LOST_UPDATE + "schedule: [T0, T1, T1, P/T0]\n"))
        .containsExactly("1:T0 load 0", "2:T1 load 0", "3:T1 store 1", "4:T0 store 1");
  }

  @Test
  void stepsLastWhatTheCostsSay() throws Exception {
    String costs = "machine: {costs: {profile: textbook, instruction: 3}}\n";

    assertThat(accesses(costs + LOST_UPDATE + "schedule: [T1, T0]\n"))
        .startsWith("3:T1 load 0", "6:T0 load 0");
  }

  @Test
  void severalCpusMakeOneStepAtATime() throws Exception {
    assertThat(accesses("machine: {cpus: 2}\n" + LOST_UPDATE + "schedule: [T0, T1, T1, T0]\n"))
        .containsExactly("1:T0 load 0", "2:T1 load 0", "3:T1 store 1", "4:T0 store 1");
  }

  @Test
  void whereTheScheduleEndsTheFirstThreadGoesOn() throws Exception {
    assertThat(accesses(LOST_UPDATE + "schedule: [T1]\n"))
        .containsExactly("1:T1 load 0", "2:T0 load 0", "3:T0 store 1", "4:T1 store 1");
    assertThat(accesses(LOST_UPDATE + "schedule: []\n"))
        .containsExactly("1:T0 load 0", "2:T0 store 1", "3:T1 load 1", "4:T1 store 2");
  }

  @Test
  void aThreadThatWaitsInALoopLetsTheOthersComeFirst() throws Exception {
    String waits =
        """
        processes:
          - name: P
            variables: {flag: 0, other: 0}
            threads:
              - name: T0
                program: [set: {r: 0}, {while: r == 0, do: [{load: {s: other}}, {load: {r: flag}}]}]
              - {name: T1, program: [{store: {flag: 1}}]}
        schedule: [T0]
        """;

    assertThat(run(waits).end()).isEqualTo(Outcome.End.COMPLETED);
  }

  @Test
  void whatTakesTimeBelongsToTheStepBefore() throws Exception {
    String text =
        """
        processes:
          - name: P
            variables: {x: 0}
            threads:
              - {name: T0, program: [compute: 2, {store: {x: 1}}, compute: 5, {store: {x: 2}}]}
              - {name: T1, program: [{store: {x: 3}}, {sleep: 10}, {store: {x: 4}}]}
        schedule: [T1, T0, T1, T0]
        """;

    // T0 computes first, for nothing keeps it; T1's sleep lets T0 go on, but not its second step.
    assertThat(accesses(text))
        .containsExactly("3:T1 store 3", "4:T0 store 1", "14:T1 store 4", "15:T0 store 2");
  }

  @Test
  void aFreedLockIsHandedToNobody() throws Exception {
    String text =
        """
        processes:
          - name: P
            variables: {x: 0}
            mutexes: [m]
            threads:
              - {name: T, count: 3, program: [{lock: m}, {fetch_add: {variable: x, add: 1, into: r}}, {unlock: m}]}
        observe: ["T[0].r", "T[1].r", "T[2].r"]
        schedule: ["T[1]", "T[1]", "T[1]", "T[2]", "T[2]", "T[2]", "T[0]"]
        """;

    assertThat(run(text).observed()).containsExactly(2L, 0L, 1L);
  }

  @Test
  void aSignalledThreadTakesItsMutexWhenItsTurnComes() throws Exception {
    String text =
        """
        processes:
          - name: P
            variables: {x: 0}
            mutexes: [m]
            conditions: [c]
            threads:
              - {name: W, program: [{lock: m}, {cond_wait: {condition: c, mutex: m}}, {store: {x: 5}}, {unlock: m}]}
              - {name: S, program: [{cond_signal: c}, {lock: m}, {store: {x: 7}}, {unlock: m}]}
        schedule: [W, W, S, %s]
        """;

    assertThat(accesses(text.formatted("S, S, S, W")))
        .containsExactly("5:T1 store 7", "8:T0 store 5");
    assertThat(accesses(text.formatted("W, W, W, S")))
        .containsExactly("5:T0 store 5", "8:T1 store 7");
  }

  @Test
  void aDeadlockIsReportedWithWhoWaitsForWhat() throws Exception {
    String text =
        """
        until: 100
        processes:
          - name: P
            mutexes: [a, b]
            threads:
              - {name: T0, program: [{lock: a}, {lock: b}, {unlock: b}, {unlock: a}]}
              - {name: T1, program: [{lock: b}, {lock: a}, {unlock: a}, {unlock: b}]}
        schedule: [T0, T1]
        """;

    Outcome outcome = run(text.replace("until: 100\n", ""));

    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(outcome.stuck())
        .extracting(Outcome.Stuck::task, Outcome.Stuck::waitsFor)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("P/T0", "mutex b, held by P/T1"),
            org.assertj.core.groups.Tuple.tuple("P/T1", "mutex a, held by P/T0"));
  }

  @Test
  void aThreadThatReadsTheSameAgainAndAgainIsStuck() throws Exception {
    String text =
        """
        processes:
          - name: P
            variables: {flag: 0}
            threads:
              - {name: T0, program: [set: {r: 0}, {while: r == 0, do: [{load: {r: flag}}]}]}
              - {name: T1, program: [{store: {flag: 0}}]}
        schedule: [T1]
        """;

    Outcome outcome = run(text);

    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(outcome.stuck())
        .extracting(Outcome.Stuck::waitsFor)
        .containsExactly("a change of what it reads again and again");
  }

  @Test
  void threadsThatProgramsStartHaveTheirNamesFromTheOrderOfTheirStarts() throws Exception {
    String text =
        """
        processes:
          - name: P
            variables: {x: 0}
            threads:
              - {name: A, program: [{thread: {name: W, program: [{store: {x: 1}}]}}]}
              - {name: B, program: [{thread: {name: W, program: [{store: {x: 2}}]}}]}
        schedule: [B, A, W, "W#2"]
        """;

    assertThat(accesses(text)).containsExactly("3:T2 store 2", "4:T3 store 1");
  }

  @Test
  void aNameThatNobodyHasIsRefusedWithThoseThereAre() {
    Diagnostic diagnostic = refused(LOST_UPDATE + "schedule: [T0, T9]\n");

    assertThat(diagnostic.line()).isEqualTo(7);
    assertThat(diagnostic.column()).isEqualTo(16);
    assertThat(diagnostic.message())
        .isEqualTo(
            "no thread is called `T9` when this step is to come; threads: P/T0, P/T1;"
                + " able to go on here: P/T0, P/T1");
  }

  @Test
  void aThreadThatHasEndedOrWaitsIsRefusedWithThoseThatCanGoOn() {
    assertThat(refused(LOST_UPDATE + "schedule: [T0, T0, T0]\n").message())
        .isEqualTo("`T0` has ended before this step; able to go on here: P/T1");
    String locked =
        """
        processes:
          - name: P
            mutexes: [m]
            threads:
              - {name: T, count: 2, program: [{lock: m}, {unlock: m}]}
        schedule: ["T[0]", "T[1]"]
        """;
    assertThat(refused(locked).message())
        .isEqualTo(
            "`T[1]` cannot make this step: it waits for its turn to lock m, which others have;"
                + " able to go on here: P/T[0]");
    assertThat(refused(LOST_UPDATE + "schedule: [T0, T0, T1, T1, T1]\n").message())
        .isEqualTo("`T1` has ended before this step; no thread can go on here");
  }

  @Test
  void aNameThatSeveralHaveIsRefused() {
    String two =
        """
        shared_memory: {s: {variables: {x: 0}}}
        processes:
          - {name: A, threads: [{name: T, program: [{add: {x: 1}}]}]}
          - {name: B, threads: [{name: T, program: [{add: {x: 1}}]}]}
        schedule: [T]
        """;

    assertThat(refused(two).message())
        .startsWith("several threads are called `T`; say which: A/T, B/T");
  }

  @Test
  void whatGoesOnWithoutEndIsRefused() {
    String endless =
        """
        processes:
          - name: P
            variables: {x: 0}
            program: [{while: 1, do: [{add: {x: 1}}]}]
        schedule: [P]
        """;

    assertThat(refused(endless).message()).contains("go on without end");
  }
}
