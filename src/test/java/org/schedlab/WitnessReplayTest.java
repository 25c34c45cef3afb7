package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.schedlab.explore.Budget;
import org.schedlab.explore.Explorer;
import org.schedlab.explore.FailureSearch;
import org.schedlab.explore.Progress;
import org.schedlab.explore.Walk;
import org.schedlab.program.Location;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.RandomPrograms;
import org.schedlab.trace.AccessKind;
import org.schedlab.trace.TraceSink;

/**
 * What an exploration claims of a schedule comes about when the simulator follows it: two
 * implementations of all operations, one on the clock and one without, must come to the same.
 */
class WitnessReplayTest {
  private static final int PROGRAMS = Integer.getInteger("witness.programs", 150);
  private static final long MOST_SCHEDULES = 1_000;
  private static final Explorer.Questions QUESTIONS =
      new Explorer.Questions(
          false, -1, -1, new Budget(MOST_SCHEDULES, 1_000, 10_000, () -> false, new Progress()));

  /** What a run leaves in memory, and whether an assertion failed. */
  private static final class Seen implements TraceSink {
    private final Map<String, Long> memory = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();
    private boolean assertFailed;

    @Override
    public void accessed(
        long time, int thread, AccessKind kind, int process, int cell, long value, int line) {
      memory.put("p" + process + "." + cell, value);
    }

    @Override
    public void sharedAccessed(
        long time, int thread, AccessKind kind, int segment, int cell, long value, int line) {
      memory.put("s" + segment + "." + cell, value);
    }

    @Override
    public void assertionFailed(long time, int thread, String text, int line, int column) {
      assertFailed = true;
    }
  }

  private static Scenario read(String text) {
    try {
      return ScenarioReader.read(text, "random.yaml", Overrides.NONE);
    } catch (InvalidScenarioException e) {
      throw new AssertionError(e.diagnostics() + "\n" + text, e);
    }
  }

  private static Scenario scheduled(Scenario scenario, List<String> tasks) {
    return scenario.following(
        new Scenario.Schedule(
            tasks.stream().map(task -> new Scenario.Schedule.Turn(task, Location.NONE)).toList()));
  }

  @Test
  void everyOutcomeAndEveryFailureComesAboutWhereItsScheduleIsFollowed() {
    RandomPrograms programs = new RandomPrograms(new Random(20_261_130));
    Map<String, Integer> kinds = new TreeMap<>();
    int refused = 0;
    for (int i = 0; i < PROGRAMS; i++) {
      String text = programs.next();
      Scenario scenario = read(text);
      Explorer explorer;
      try {
        explorer = Exploration.of(scenario, QUESTIONS);
      } catch (InvalidScenarioException e) {
        assertThat(e.getMessage()).as(text).contains("which ends the process with its other");
        refused++;
        continue;
      }
      List<int[]> schedules = new ArrayList<>();
      explorer.findings().outcomes().values().forEach(seen -> schedules.add(seen.schedule()));
      explorer
          .failures()
          .forEach(
              (kind, schedule) -> {
                schedules.add(schedule);
                kinds.merge(kind.toString(), 1, Integer::sum);
                Walk walk = Walk.of(explorer.machine(), schedule);
                org.schedlab.explore.Outcome outcome = walk.outcome(explorer.judge());
                boolean asClaimed =
                    kind == FailureSearch.Kind.DEADLOCK ? outcome.deadlock() : outcome.failed();
                assertThat(asClaimed).as(kind + " of\n" + text).isTrue();
              });
      schedules.forEach(schedule -> replay(scenario, explorer, schedule, text));
    }
    assertThat(refused).isLessThan(PROGRAMS / 20);
    assertThat(kinds.values()).hasSize(2).allMatch(count -> count > PROGRAMS / 20);
  }

  private static void replay(Scenario scenario, Explorer explorer, int[] schedule, String text) {
    Walk walk = Walk.of(explorer.machine(), schedule);
    org.schedlab.explore.Outcome claimed = walk.outcome(explorer.judge());
    String what = "schedule " + walk.tasks() + " of\n" + text;
    assertThat(walk.misstep()).as(what).isNull();
    Seen seen = new Seen();
    Outcome ran;
    try {
      ran = Simulation.run(scheduled(scenario, walk.tasks()), seen);
    } catch (InvalidScenarioException e) {
      throw new AssertionError(e.diagnostics() + "\n" + what, e);
    } catch (IllegalStateException e) {
      throw new AssertionError(e.getMessage() + "\n" + what, e);
    }
    boolean stuck = ran.end() == Outcome.End.STUCK;
    boolean failed = seen.assertFailed || Boolean.FALSE.equals(ran.finalCheckHeld());
    assertThat(stuck).as("deadlock in " + what).isEqualTo(claimed.deadlock());
    assertThat(failed).as("failure in " + what).isEqualTo(claimed.failed());

    List<String> names = explorer.judge().names();
    int cells = names.size() - ran.observed().size();
    List<Long> registers = new ArrayList<>();
    for (int i = cells; i < names.size(); i++) {
      registers.add(claimed.values()[i]);
    }
    assertThat(ran.observed()).as("registers in " + what).isEqualTo(registers);
    // Of memory the trace has what was accessed: last of all the cells of the one block there is.
    for (Map.Entry<String, Long> cell : seen.memory.entrySet()) {
      int number = Integer.parseInt(cell.getKey().substring(cell.getKey().indexOf('.') + 1));
      assertThat(cell.getValue())
          .as(names.get(number) + " in " + what)
          .isEqualTo(claimed.values()[number]);
    }
  }
}
