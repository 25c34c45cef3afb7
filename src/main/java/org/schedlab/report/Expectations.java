package org.schedlab.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.GroupTimes;
import org.schedlab.metrics.JobTimes;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.Expectation;
import org.schedlab.scenario.TimeUnit;

/**
 * Compares the results that a scenario states with those that the run gave. Times and counts must
 * be equal; an average or a share is first rounded half-even to as many places as the expected
 * number has.
 */
final class Expectations {
  private static final String AVERAGE = "average";

  private final Scenario scenario;
  private final TimeUnit unit;
  private final RunMetrics metrics;
  private final String exit;
  private final Map<String, Integer> threads = new HashMap<>();
  private final Map<String, Integer> processes = new HashMap<>();
  private final Map<String, CoroutineTimes> coroutines = new HashMap<>();

  Expectations(Scenario scenario, RunMetrics metrics, String exit) {
    this.scenario = scenario;
    this.unit = scenario.timeUnit();
    this.metrics = metrics;
    this.exit = exit;
  }

  /** Returns the expectations that the run did not meet, in the order given. */
  List<UnmetExpectation> unmet(List<Expectation> expectations) {
    if (expectations.isEmpty()) {
      return List.of();
    }
    TaskTimes tasks = metrics.tasks();
    for (int thread = 0; thread < tasks.count(); thread++) {
      threads.putIfAbsent(tasks.name(thread), thread);
    }
    for (int process = 0; process < metrics.lives().count(); process++) {
      processes.putIfAbsent(metrics.lives().name(process), process);
    }
    for (CoroutineTimes coroutine : metrics.coroutines().all()) {
      coroutines.putIfAbsent(coroutine.name(), coroutine);
    }
    List<UnmetExpectation> unmet = new ArrayList<>();
    for (Expectation expectation : expectations) {
      Actual actual = actual(expectation);
      if (!actual.meets(expectation.expected())) {
        unmet.add(
            new UnmetExpectation(
                expectation.subject(),
                expectation.field(),
                String.valueOf(expectation.expected()),
                actual.text()));
      }
    }
    return unmet;
  }

  /**
   * What the run gave.
   *
   * @param value null where there is none, as for the finish of a thread that runs on
   * @param known false where {@code value} says why there is no such result
   */
  private record Actual(String value, boolean known) {
    static Actual of(String value) {
      return new Actual(value, true);
    }

    static Actual unknown(String why) {
      return new Actual(why, false);
    }

    String text() {
      return String.valueOf(value);
    }

    boolean meets(String expected) {
      if (!known || value == null || expected == null) {
        return known && value == null && expected == null;
      }
      if (value.equals(expected)) {
        return true;
      }
      Optional<BigDecimal> left = number(value);
      Optional<BigDecimal> right = number(expected);
      return left.isPresent() && right.isPresent() && left.get().compareTo(right.get()) == 0;
    }
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text.trim()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Actual actual(Expectation expectation) {
    String subject = expectation.subject();
    String field = expectation.field();
    if (subject.isEmpty()) {
      return ofRun(field, expectation.expected());
    }
    Optional<MemoryField> memory = MemoryField.of(field);
    if (memory.isPresent() && !subject.equals(AVERAGE)) {
      MemoryField count = memory.get();
      return ofMemory(subject, process -> count.of(scenario, metrics.memory(), process));
    }
    Optional<FootprintField> footprint = FootprintField.of(field);
    if (footprint.isPresent() && !subject.equals(AVERAGE)) {
      FootprintField size = footprint.get();
      return ofMemory(subject, process -> size.of(metrics, process));
    }
    Optional<GroupTimes> group =
        metrics.workload().groups().stream().filter(g -> g.name().equals(subject)).findFirst();
    if (group.isPresent()) {
      return ofGroup(group.get(), field, expectation.expected());
    }
    Integer thread = threads.get(subject);
    if (thread != null) {
      return ofThread(thread, field);
    }
    if (coroutines.containsKey(subject)) {
      return ofCoroutine(coroutines.get(subject), field);
    }
    return subject.equals(AVERAGE)
        ? ofAverage(field, expectation.expected())
        : Actual.unknown("no task has this name");
  }

  private Actual ofRun(String field, String expected) {
    if (field.equals("exit")) {
      return Actual.of(exit);
    }
    RunField.Value value = new RunField(metrics, unit).of(field, places(expected));
    return value == null ? Actual.unknown("a run has no such result") : Actual.of(value.value());
  }

  /** Returns to how many places a mean or a share is compared. */
  private static int places(String expected) {
    return Optional.ofNullable(expected)
        .flatMap(Expectations::number)
        .map(number -> Math.max(0, number.scale()))
        .orElse(Decimals.STATISTIC_PLACES);
  }

  private Actual ofAverage(String field, String expected) {
    Optional<TaskField> times = TaskField.of(field).filter(TaskField::isDuration);
    if (times.isEmpty()) {
      return Actual.unknown("there is no such average");
    }
    return Run.averages(scenario, metrics)
        .of(times.get())
        .map(mean -> Actual.of(mean.in(unit.nanos(), places(expected))))
        .orElse(Actual.of(null));
  }

  private Actual ofGroup(GroupTimes group, String field, String expected) {
    GroupField.Value value = new GroupField(group, unit, places(expected)).of(field);
    return value == null ? Actual.unknown("a group has no such result") : Actual.of(value.value());
  }

  private Actual ofThread(int thread, String field) {
    TaskTimes tasks = metrics.tasks();
    Optional<TaskField> times = TaskField.of(field);
    if (times.isPresent()) {
      return time(times.get().of(tasks, thread));
    }
    return switch (field) {
      case "switches.voluntary" -> Actual.of(Long.toString(tasks.voluntarySwitches(thread)));
      case "switches.involuntary" -> Actual.of(Long.toString(tasks.involuntarySwitches(thread)));
      case "switches" ->
          Actual.of(
              Long.toString(tasks.voluntarySwitches(thread) + tasks.involuntarySwitches(thread)));
      case "system_calls" -> Actual.of(Long.toString(tasks.systemCalls(thread)));
      case "exit" ->
          Actual.of(tasks.hasEnded(thread) ? Integer.toString(tasks.exitCode(thread)) : null);
      default ->
          field.startsWith("jobs.")
              ? ofJobs(thread, field.substring("jobs.".length()))
              : Actual.unknown("a task has no such result");
    };
  }

  private Actual ofCoroutine(CoroutineTimes coroutine, String field) {
    Optional<TaskField> times = TaskField.of(field);
    if (times.isPresent()) {
      return time(times.get().of(coroutine));
    }
    return switch (field) {
      case "blocked_thread" -> time(coroutine.blockedThread());
      case "switches.resumed" -> Actual.of(Long.toString(coroutine.resumes()));
      case "switches.stolen" -> Actual.of(Long.toString(coroutine.steals()));
      case "memory.reserved" -> Actual.of(Long.toString(coroutine.reserved()));
      case "memory.resident" -> Actual.of(Long.toString(coroutine.resident()));
      default -> Actual.unknown("a coroutine has no such result");
    };
  }

  /** A process of one unnamed thread has the thread's name, and so both sorts of results. */
  private Actual ofMemory(String subject, IntToLongFunction result) {
    if (scenario.machine().memory() == null) {
      return Actual.unknown("memory is not simulated");
    }
    Integer process = processes.get(subject);
    return process == null
        ? Actual.unknown("no process has this name")
        : Actual.of(Long.toString(result.applyAsLong(process)));
  }

  private Actual ofJobs(int thread, String field) {
    if (!metrics.tasks().hasJobs(thread)) {
      return Actual.unknown("the task has no jobs");
    }
    JobTimes jobs = metrics.tasks().jobs(thread);
    boolean any = jobs.completed() > 0;
    return switch (field) {
      case "released" -> Actual.of(Long.toString(jobs.released()));
      case "completed" -> Actual.of(Long.toString(jobs.completed()));
      case "missed" -> Actual.of(Long.toString(jobs.missed()));
      case "response.min" -> any ? time(jobs.responseMin()) : Actual.of(null);
      case "response.max" -> any ? time(jobs.responseMax()) : Actual.of(null);
      case "response.sum" -> time(jobs.responseSum());
      default -> Actual.unknown("jobs have no such result");
    };
  }

  private Actual time(long time) {
    return Actual.of(time == TaskTimes.NEVER ? null : unit.format(time));
  }
}
