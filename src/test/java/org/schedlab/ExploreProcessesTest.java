package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.schedlab.explore.Budget;
import org.schedlab.explore.Explorer;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** All schedules of several processes: what they share, make, and wait for. */
class ExploreProcessesTest {
  private static Explorer explore(String text) throws InvalidScenarioException {
    return Exploration.of(
        ScenarioReader.read(text, "test.yaml", Overrides.NONE),
        new Explorer.Questions(true, -1, -1, Budget.DEFAULT));
  }

  /** Returns the outcomes as {@code a=1 b=2}, deadlocks with that word. */
  private static Set<String> outcomes(Explorer explorer) {
    List<String> names = explorer.judge().names();
    return explorer.outcomes().keySet().stream()
        .map(
            outcome -> {
              StringBuilder text = new StringBuilder(outcome.deadlock() ? "deadlock" : "ends");
              for (int i = 0; i < names.size(); i++) {
                text.append(' ').append(names.get(i)).append('=').append(outcome.values()[i]);
              }
              return text.toString();
            })
        .collect(Collectors.toSet());
  }

  @Test
  void processesLoseUpdatesOfSharedMemoryAsThreadsDo() throws Exception {
    Explorer explorer =
        explore(
            """
            shared_memory: {s: {variables: {x: 0}}}
            processes:
              - {name: A, program: [{add: {x: 1}}]}
              - {name: B, program: [{add: {x: 1}}]}
            """);

    assertThat(explorer.findings().executions()).isEqualTo(4);
    assertThat(explorer.interleavings().orElseThrow()).isEqualTo(6);
    assertThat(outcomes(explorer)).containsExactlyInAnyOrder("ends x=1", "ends x=2");
    assertThat(explorer.findings().races()).hasSize(3);
  }

  @Test
  void spawnedChildrenRunBesideTheirParentUntilItWaits() throws Exception {
    Explorer explorer =
        explore(
            """
            shared_memory: {s: {variables: {x: 0}}}
            processes:
              - name: parent
                program:
                  - spawn: {name: child, count: 2, program: [{add: {x: 1}}]}
                  - {wait: all}
                  - load: {r: x}
            observe: [parent.r]
            """);

    // The children's four orders; the parent comes after both, whatever they did.
    assertThat(outcomes(explorer))
        .containsExactlyInAnyOrder("ends x=1 parent.r=1", "ends x=2 parent.r=2");
    // A wait orders: the parent's load races with nobody's store.
    assertThat(explorer.findings().races()).hasSize(3);
    assertThat(explorer.findings().races())
        .allMatch(race -> race.first() != 0 && race.second() != 0);
  }

  @Test
  void waitForAnyLearnsOfTheFirstThatEnds() throws Exception {
    Explorer explorer =
        explore(
            """
            shared_memory: {s: {variables: {x: 0}}}
            processes:
              - name: parent
                program:
                  - spawn: {name: a, program: [{store: {x: 1}}, {exit: 3}]}
                  - spawn: {name: b, program: [{store: {x: 2}}, {exit: 4}]}
                  - {wait: {process: any, into: first}}
                  - {wait: {process: any, into: second}}
                  - {wait: {process: any, into: none}}
            observe: [parent.first, parent.second, parent.none]
            """);

    assertThat(outcomes(explorer))
        .containsExactlyInAnyOrder(
            "ends x=2 parent.first=3 parent.second=4 parent.none=-1",
            "ends x=1 parent.first=4 parent.second=3 parent.none=-1");
  }

  @Test
  void aForkedChildHasAMemoryOfItsOwn() throws Exception {
    Explorer explorer =
        explore(
            """
            processes:
              - name: P
                variables: {x: 5}
                program:
                  - fork: {name: child, into: pid}
                  - if: pid == 0
                    then: [{add: {x: 10}}, {load: {r: x}}, {assert: r == 15}, {exit: 0}]
                  - add: {x: 1}
                  - wait: child
                  - load: {r: x}
            observe: [P.r, P.pid]
            """);

    assertThat(outcomes(explorer)).containsExactly("ends x=6 P.r=6 P.pid=2");
    assertThat(explorer.findings().races()).isEmpty();
    assertThat(explorer.findings().executions()).isEqualTo(1);
  }

  @Test
  void aPipeEndsWithTheLastProcessThatCouldWrite() throws Exception {
    String text =
        """
        pipes: {p: {capacity: 8}}
        processes:
          - {name: writer, program: [{write: {pipe: p, bytes: 4, value: 7}}]}
          - name: reader
            program:
              - {read: {pipe: p, bytes: 4, into: v, count: n}}
              - {read: {pipe: p, bytes: 4, into: w, count: m}}
        observe: [reader.v, reader.n, reader.m]
        """;

    assertThat(outcomes(explore(text))).containsExactly("ends reader.v=7 reader.n=4 reader.m=0");
  }

  @Test
  void aPipeThatItsOwnProcessCouldWriteToDoesNotEnd() throws Exception {
    String text =
        """
        processes:
          - name: P
            pipes: {p: {capacity: 8}}
            threads:
              - {name: writer, program: [{write: {pipe: p, bytes: 4}}]}
              - {name: reader, program: [{read: {pipe: p, bytes: 4}}, {read: {pipe: p, bytes: 4}}]}
        """;

    assertThat(outcomes(explore(text))).containsExactly("deadlock");
  }

  @Test
  void aWriterThatNobodyReadsEndsUnlessItAsksForTheError() throws Exception {
    String text =
        """
        shared_memory: {s: {variables: {x: 0}}}
        pipes: {p: {capacity: 8}}
        processes:
          - {name: writer, program: [{write: {pipe: p, bytes: 4%s}}, {write: {pipe: p, bytes: 4}}, {store: {x: 1}}]}
          - {name: reader, program: [{read: {pipe: p, bytes: 4}}]}
        """;

    assertThat(outcomes(explore(text.formatted(""))))
        .containsExactlyInAnyOrder("ends x=0", "ends x=1");
  }

  @Test
  void whatIsNotFollowedIsSaidWithItsPlace() {
    String text =
        """
        processes:
          - name: P
            mutexes: [m]
            conditions: {c: {spurious: 5}}
            program: [{lock: m}, {cond_wait: {condition: c, mutex: m, timeout: 5}}, {exec: [compute: 1]}]
          - {name: Q, program: [{kill: P}]}
        """;

    InvalidScenarioException refused =
        catchThrowableOfType(InvalidScenarioException.class, () -> explore(text));

    assertThat(refused.diagnostics())
        .extracting(diagnostic -> diagnostic.line() + ": " + diagnostic.message())
        .containsExactlyInAnyOrder(
            "4: explore knows no time, so no wake-ups for no reason",
            "5: explore knows no time, so no timeout; wait without one, or only try",
            "5: explore does not follow `exec`; spawn a process that runs the program",
            "6: explore does not follow signals; let the other process end by itself");
  }

  @Test
  void moreThreadsThanCanBeFollowedAreRefused() {
    String many = "processes: [{name: P, threads: [{name: T, count: 65, program: [compute: 1]}]}]";
    String started =
        """
        processes:
          - name: P
            program: [{repeat: 70, do: [{thread: {name: T, program: [compute: 1]}}]}]
        """;

    for (String text : List.of(many, started)) {
      assertThat(
              catchThrowableOfType(InvalidScenarioException.class, () -> explore(text))
                  .diagnostics())
          .extracting(diagnostic -> diagnostic.message())
          .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
          .startsWith("explore follows up to 64 threads");
    }
  }
}
