package org.schedlab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.schedlab.Exploration;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** Each scenario about races comes, over all schedules, to what its page says. */
class RaceScenariosTest {
  private static final Path FOLDER = Path.of("scenarios/races");
  private static final int MOST_SCHEDULES = 4_000;

  private static Scenario scenario(String name) throws Exception {
    return ScenarioReader.read(FOLDER.resolve(name + ".yaml"), Overrides.NONE);
  }

  /** Of interleavings how many there are and fail; preemptions -1 where none does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # name                | traces | interleavings | fail | preemptions | what     | verdicts
          races-lost-update     | 4      | 6             | 4    | 1           | ASSERT   | counter RACE
          lost-updates-minimum  | 328    | 924           | 8    | 4           | ASSERT   | counter RACE
          check-then-act        | 6      | 16            | 12   | 1           | ASSERT   | seats RACE, sold ATOMIC
          bank-one-lock         | 2      | 2             | 0    | -1          |          | a PROTECTED, b PROTECTED
          bank-two-locks        | 3      | 6             | 2    | 1           | DEADLOCK | a PROTECTED, b PROTECTED
          bank-split-lock       | 6      | 6             | 4    | 1           | ASSERT   | balance LOST_UPDATE
          peterson-broken       | 32     | 3096          | 600  | 2           | ASSERT   | counter RACE, entered ATOMIC, turn ATOMIC, want0 ATOMIC, want1 ATOMIC
          double-checked        | 4      | 62            | 0    | -1          |          | object ORDERED, pointer ATOMIC
          double-checked-broken | 6      | 60            | 2    | 1           | ASSERT   | object RACE, pointer RACE
          aba                   | 15     | 220           | 21   | 1           | ASSERT   | next[0] ATOMIC, next[1] ATOMIC, next[2] ATOMIC, top ATOMIC
          aba-counted           | 15     | 220           | 0    | -1          |          | next[0] ATOMIC, next[1] ATOMIC, next[2] ATOMIC, top ATOMIC
          missed-signal         | 3      | 10            | 1    | 1           | DEADLOCK | flag ATOMIC
          if-around-wait        | 48     | 48            | 4    | 0           | ASSERT   | items PROTECTED
          while-around-wait     | 48     | 48            | 0    | -1          |          | items PROTECTED
          table-deadlock        | 7      | 168           | 6    | 1           | DEADLOCK |
          table-ordered         | 6      | 142           | 0    | -1          |          |
          publication-no-flag   | 4      | 6             | 4    | 0           | ASSERT   | height RACE, width RACE
          publication-flag      | 1      | 1             | 0    | -1          |          | complete ATOMIC, height ORDERED, width ORDERED
          lucky-order           | 5      | 54            | 16   | 1           | ASSERT   | x RACE
          """)
  void comesToWhatItsPageSays(
      String name,
      long traces,
      long interleavings,
      long failing,
      int preemptions,
      String what,
      String verdicts)
      throws Exception {
    Explorer explorer =
        Exploration.of(scenario(name), new Explorer.Questions(true, -1, -1, Budget.DEFAULT));

    assertThat(explorer.isComplete()).isTrue();
    assertThat(explorer.traces()).hasValue(BigInteger.valueOf(traces));
    assertThat(explorer.findings().executions()).isEqualTo(traces);
    assertThat(explorer.interleavings()).hasValue(BigInteger.valueOf(interleavings));
    assertThat(Explorer.failing(explorer.outcomesOfInterleavings())).isEqualTo(failing);
    assertThat(explorer.fewestPreemptions().map(FailureSearch.Witness::cost).orElse(-1))
        .isEqualTo(preemptions);
    List<FailureSearch.Kind> kinds =
        what == null ? List.of() : List.of(FailureSearch.Kind.valueOf(what));
    assertThat(explorer.failures()).containsOnlyKeys(kinds);
    Map<String, SharedUse.Verdict> found = new TreeMap<>();
    for (SharedUse use : explorer.findings().sharedVariables()) {
      found.put(explorer.judge().names().get(use.cell()), use.verdict());
    }
    Map<String, SharedUse.Verdict> expected = new TreeMap<>();
    if (verdicts != null) {
      for (String each : verdicts.split(", ")) {
        String[] words = each.split(" ");
        expected.put(words[0], SharedUse.Verdict.valueOf(words[1]));
      }
    }
    assertThat(found).isEqualTo(expected);
    // And the same by running every schedule from the beginning, without reduction.
    Exploration.follow(
        scenario(name),
        (machine, judge) -> {
          EverySchedule every = new EverySchedule(machine, judge, MOST_SCHEDULES, false);
          assertThat(every.schedules).isEqualTo(interleavings);
          assertThat(every.traces).hasSize((int) traces);
          return 0;
        });
  }

  @Test
  void leastThatIsLeftOfAnyNumberOfIncrementsIsTwo() throws Exception {
    for (int increments = 2; increments <= 5; increments++) {
      String repeat = "processes.P.threads.%s.program=[{repeat: %d, do: [{add: {counter: 1}}]}]";
      Overrides overrides =
          Overrides.NONE
              .with(repeat.formatted("T0", increments))
              .with(repeat.formatted("T1", increments));
      Scenario scenario =
          ScenarioReader.read(FOLDER.resolve("lost-updates-minimum.yaml"), overrides);

      Census census =
          Exploration.follow(
              scenario, (machine, judge) -> Census.ofInterleavings(machine, judge, Budget.DEFAULT));

      assertThat(census.counts().keySet().stream().mapToLong(outcome -> outcome.values()[0]).min())
          .hasValue(2);
    }
  }

  @Test
  void petersonKeepsBothOutInEveryState() throws Exception {
    Explorer explorer =
        Exploration.of(scenario("peterson"), new Explorer.Questions(false, -1, -1, Budget.DEFAULT));

    assertThat(explorer.knowsOutcomes()).isTrue();
    assertThat(explorer.outcomes().keySet()).isNotEmpty().noneMatch(Outcome::isFailure);
  }

  @Test
  void philosophersDeadlockWhereAllHoldOneFork() throws Exception {
    Explorer explorer =
        Exploration.of(
            scenario("table-deadlock"), new Explorer.Questions(false, -1, -1, Budget.DEFAULT));

    List<LockCycle> cycles = explorer.findings().lockCycles();

    assertThat(cycles).hasSize(1);
    assertThat(cycles.get(0).locks()).containsExactly("f0", "f1", "f2");
    assertThat(cycles.get(0).isReached()).isTrue();
    assertThat(Arrays.stream(cycles.get(0).schedule()).sorted()).containsExactly(0, 1, 2);
  }

  @Test
  void everyScenarioAboutRacesIsHere() throws Exception {
    String test =
        Files.readString(Path.of("src/test/java/org/schedlab/explore/RaceScenariosTest.java"));
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .filteredOn(name -> !name.equals("interrupt-interval"))
          .allMatch(name -> test.contains(name));
    }
  }
}
