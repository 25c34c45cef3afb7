package org.schedlab.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.schedlab.reference.ReferenceCases.list;
import static org.schedlab.reference.ReferenceCases.map;
import static org.schedlab.reference.ReferenceCases.number;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.ProcessorSharing;
import org.schedlab.Simulation;
import org.schedlab.cost.Cost;
import org.schedlab.metrics.DecisionLog;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.metrics.Timeline;
import org.schedlab.policy.Estimate;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Workload;
import org.schedlab.trace.TraceSink;

/** The exercises of Silberschatz, Stallings, Tanenbaum and Arpaci-Dusseau, to the last digit. */
class TextbookTest {
  /** One idles on purpose, one is an ideal that no scheduler is; see the file's own remarks. */
  private static final Set<String> ELSEWHERE = Set.of("osc-5.3c", "tan-5jobs-ps");

  @TestFactory
  Stream<DynamicTest> cpuScheduling() {
    return ReferenceCases.of("textbook").stream()
        .filter(c -> c.get("category").equals("cpu-scheduling"))
        .filter(c -> !ELSEWHERE.contains(c.get("id")))
        .map(c -> DynamicTest.dynamicTest((String) c.get("id"), () -> check(c)));
  }

  private static void check(Map<String, Object> exercise) {
    Map<String, Object> expected = map(exercise.get("expected"));
    if (expected.containsKey("avg_turnaround_by_quantum")) {
      checkQuantumSweep(exercise, map(expected.get("avg_turnaround_by_quantum")));
      return;
    }
    List<Map<String, Object>> processes = list(map(exercise.get("input")).get("processes"));
    RunMetrics metrics = new RunMetrics(1, 1000);
    workload((String) exercise.get("policy"), processes).run(metrics);

    TaskTimes tasks = metrics.tasks();
    for (int i = 0; i < processes.size(); i++) {
      Map<String, Object> answer =
          map(map(expected.get("per_process")).get(processes.get(i).get("id")));
      assertThat(tasks.finish(i)).isEqualTo(nanos(answer.get("completion")));
      assertThat(tasks.turnaround(i)).isEqualTo(nanos(answer.get("turnaround")));
      assertThat(tasks.waiting(i)).isEqualTo(nanos(answer.get("waiting")));
      assertThat(tasks.response(i)).isEqualTo(nanos(answer.get("response")));
    }
    assertThat(bars(metrics)).isEqualTo(joined(expected.get("gantt")));
    Map<String, Object> averages = map(expected.get("averages"));
    assertAverage(tasks, averages, "turnaround");
    assertAverage(tasks, averages, "waiting");
    assertAverage(tasks, averages, "response");
    if (expected.containsKey("cpu_utilisation")) {
      double utilisation = (double) metrics.ledger().busy(0) / metrics.makespan();
      assertThat(utilisation).isEqualTo(number(expected.get("cpu_utilisation")));
    }
  }

  private static void assertAverage(TaskTimes tasks, Map<String, Object> averages, String field) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < tasks.count(); i++) {
      long value =
          switch (field) {
            case "turnaround" -> tasks.turnaround(i);
            case "waiting" -> tasks.waiting(i);
            default -> tasks.response(i);
          };
      sum = sum.add(BigDecimal.valueOf(value, 6));
    }
    BigDecimal answer = new BigDecimal(averages.get(field).toString());
    BigDecimal mean =
        sum.divide(BigDecimal.valueOf(tasks.count()), answer.scale(), RoundingMode.HALF_EVEN);
    assertThat(mean).isEqualByComparingTo(answer);
  }

  private static void checkQuantumSweep(Map<String, Object> exercise, Map<?, ?> byQuantum) {
    List<Map<String, Object>> processes = list(map(exercise.get("input")).get("processes"));
    assertThat(byQuantum).hasSize(7);
    byQuantum.forEach(
        (quantum, average) -> {
          RunMetrics metrics = new RunMetrics(1, 1000);
          workload("RR q=" + quantum, processes).run(metrics);
          assertAverage(metrics.tasks(), Map.of("turnaround", average), "turnaround");
        });
  }

  private static Workload workload(String rule, List<Map<String, Object>> processes) {
    Workload workload = policy(rule);
    Matcher quantum = Pattern.compile("q=(\\d+)(?![\\d^])").matcher(rule);
    if (quantum.find()) {
      workload.with("quantum", Integer.parseInt(quantum.group(1)));
    }
    for (Map<String, Object> process : processes) {
      workload.process(
          (String) process.get("id"),
          number(process.get("arrival")),
          number(process.get("burst")),
          process.containsKey("priority") ? (long) number(process.get("priority")) : 0);
    }
    return workload;
  }

  private static Workload policy(String rule) {
    if (rule.startsWith("FCFS") || rule.startsWith("FIFO")) {
      return Workload.under("fcfs");
    }
    if (rule.startsWith("SJF") || rule.equals("SPN")) {
      return Workload.under("sjf");
    }
    if (rule.equals("SRTF") || rule.equals("SRT") || rule.equals("STCF")) {
      return Workload.under("srtf");
    }
    if (rule.equals("HRRN")) {
      return Workload.under("hrrn");
    }
    if (rule.startsWith("RR")) {
      return Workload.under("round-robin");
    }
    if (rule.equals("FB q=2^i")) {
      return Workload.under("feedback").with("growth", 2);
    }
    if (rule.startsWith("FB")) {
      return Workload.under("feedback");
    }
    if (rule.startsWith("non-preemptive priority")) {
      return Workload.under("priority").with("preemptive", false);
    }
    if (rule.startsWith("priority, 5 highest")) {
      return Workload.under("priority").with("preemptive", false).highFirst();
    }
    if (rule.startsWith("priority (low = high)")) {
      return Workload.under("priority");
    }
    if (rule.startsWith("preemptive priority (higher number = higher)")
        && rule.toLowerCase(Locale.ROOT).contains("to tail")) {
      return tailPriority();
    }
    if (rule.startsWith("as osc-5.18-tail but preempted process to HEAD")) {
      return Workload.under("priority").highFirst().with("quantum", 10);
    }
    throw new AssertionError("no policy for " + rule);
  }

  private static Workload tailPriority() {
    return Workload.under("priority").highFirst().with("preempted_to", "tail");
  }

  private static List<List<Object>> bars(RunMetrics metrics) {
    List<List<Object>> bars = new ArrayList<>();
    for (Timeline.Bar bar : metrics.timeline().bars()) {
      bars.add(List.of(metrics.tasks().name(bar.thread()), bar.start(), bar.end()));
    }
    return bars;
  }

  /** The answer's bars, those of one process that touch joined. */
  private static List<List<Object>> joined(Object gantt) {
    List<List<Object>> bars = new ArrayList<>();
    for (Object row : (List<?>) gantt) {
      List<?> bar = (List<?>) row;
      long start = nanos(bar.get(1));
      long end = nanos(bar.get(2));
      List<Object> last = bars.isEmpty() ? null : bars.get(bars.size() - 1);
      if (last != null && last.get(0).equals(bar.get(0)) && last.get(2).equals(start)) {
        bars.set(bars.size() - 1, List.of(bar.get(0), last.get(1), end));
      } else {
        bars.add(List.of(bar.get(0), start, end));
      }
    }
    return bars;
  }

  @TestFactory
  Stream<DynamicTest> sjfPredictions() {
    return ReferenceCases.of("textbook").stream()
        .filter(c -> c.get("category").equals("prediction"))
        .filter(c -> !c.get("id").equals("osc-unix-prio"))
        .map(c -> DynamicTest.dynamicTest((String) c.get("id"), () -> checkForecasts(c)));
  }

  private static void checkForecasts(Map<String, Object> exercise) {
    Map<String, Object> input = map(exercise.get("input"));
    boolean tanenbaum = input.containsKey("runs_ms");
    List<?> bursts = (List<?>) input.get(tanenbaum ? "runs_ms" : "bursts");
    // Tanenbaum begins with the first run itself, Silberschatz with a forecast of 10.
    long initial = nanos(tanenbaum ? bursts.get(0) : 10);
    List<org.schedlab.program.Operation> program = new ArrayList<>();
    for (Object burst : bursts) {
      program.add(Workload.compute(number(burst)));
      program.add(Workload.io(1));
    }
    RunMetrics metrics = new RunMetrics(1, 1000);
    Workload.under("sjf")
        .with("estimate", new Estimate(false, 500_000_000, initial))
        .process("P", 0, program.toArray(org.schedlab.program.Operation[]::new))
        .run(metrics);

    List<Long> forecasts = metrics.forecasts().of(0);
    Map<String, Object> expected = map(exercise.get("expected"));
    if (tanenbaum) {
      assertThat(forecasts.get(bursts.size())).isEqualTo(nanos(expected.get("prediction")));
    } else {
      List<Long> tau = ((List<?>) expected.get("tau")).stream().map(TextbookTest::nanos).toList();
      assertThat(forecasts.subList(0, tau.size())).isEqualTo(tau);
    }
  }

  @Test
  void timeLostToSwitchingIsWhatTanenbaumCounts() {
    // Two threads in turn; from the second turn on, each quantum is preceded by a switch of 1 ms.
    assertThat(lost(4, 400)).isEqualTo(99.0 / (400 + 99));
    assertThat(lost(100, 10_000)).isEqualTo(99.0 / (10_000 + 99));
    assertThat(lost(4, 4_000_000)).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-6));
  }

  private static double lost(int quantum, int work) {
    RunMetrics metrics = new RunMetrics(1, 10);
    Workload.under("round-robin")
        .with("quantum", quantum)
        .cost(Cost.CONTEXT_SWITCH, Workload.MS)
        .process("A", 0, work / 2)
        .process("B", 0, work / 2)
        .run(metrics);
    return (double) metrics.ledger().overhead(0) / metrics.makespan();
  }

  @Test
  void inputAndOutputBoundTasksUseTheCpuAsSilberschatzCounts() {
    // Exercise 5.22: ten tasks compute 1 ms and wait 10 ms, one computes; a switch costs 0.1 ms.
    assertThat(utilisation(1)).isCloseTo(1 / 1.1, org.assertj.core.data.Offset.offset(1e-3));
    assertThat(utilisation(10)).isCloseTo(20 / 21.1, org.assertj.core.data.Offset.offset(1e-3));
  }

  private static double utilisation(int quantum) {
    Workload workload =
        Workload.under("round-robin")
            .with("quantum", quantum)
            .cost(Cost.CONTEXT_SWITCH, Workload.MS / 10)
            .until(100_000);
    for (int i = 0; i < 10; i++) {
      workload.process(
          "IO" + i, 0, Workload.repeat(1_000_000, Workload.compute(1), Workload.io(10)));
    }
    workload.process("CPU", 0, 1_000_000);
    RunMetrics metrics = new RunMetrics(1, 10);
    workload.run(metrics);
    return (double) metrics.ledger().busy(0) / metrics.makespan();
  }

  @Test
  void traditionalUnixGivesThePrioritiesOfTheExercise() {
    Map<String, Object> exercise = exercise("osc-unix-prio");
    List<?> recent = (List<?>) map(exercise.get("input")).get("recent_cpu");
    int sum = recent.stream().mapToInt(ticks -> (int) number(ticks)).sum();
    StringBuilder text = new StringBuilder();
    text.append("scheduler: {policy: unix, tick: 1, quantum: 1000, recalculate: ").append(sum);
    text.append("}\nprocesses:\n");
    for (int i = 0; i < recent.size(); i++) {
      // All are asleep at the recalculation, and wake after it.
      text.append(
          "  - {name: P%d, program: [compute: %d, sleep: {until: %d}, compute: 1]}\n"
              .formatted(i + 1, (int) number(recent.get(i)), sum + 1));
    }
    DecisionLog log = new DecisionLog();
    RunBars.run(text.toString(), log);
    List<Double> priorities =
        log.kept().get(recent.size()).decision().ready().stream()
            .map(candidate -> Double.valueOf(candidate.text()))
            .toList();
    assertThat(priorities).isEqualTo(map(exercise.get("expected")).get("priorities"));
  }

  @Test
  void processorSharingEndsWhenTanenbaumSaysAndIsNoRun() throws Exception {
    Map<String, Object> exercise = exercise("tan-5jobs-ps");
    StringBuilder text = new StringBuilder("scheduler: {policy: ps}\nprocesses:\n");
    for (Map<String, Object> job : list(map(exercise.get("input")).get("processes"))) {
      text.append("  - {name: %s, burst: %s}\n".formatted(job.get("id"), job.get("burst")));
    }
    ProcessorSharing.Result result =
        ProcessorSharing.of(ScenarioReader.read(text.toString(), "ps.yaml", Overrides.NONE));
    Map<String, Object> expected = map(exercise.get("expected"));
    double sum = 0;
    for (ProcessorSharing.Task task : result.tasks()) {
      assertThat(task.finish()).isEqualTo(nanos(map(expected.get("completion")).get(task.name())));
      sum += task.finish();
    }
    assertThat(sum / result.tasks().size() / Workload.MS)
        .isEqualTo(number(expected.get("mean_turnaround")));
    assertThatThrownBy(
            () ->
                Simulation.run(
                    ScenarioReader.read(text.toString(), "ps.yaml", Overrides.NONE),
                    new TraceSink() {}))
        .isInstanceOf(InvalidScenarioException.class)
        .hasMessageContaining("is an ideal that no kernel can run");
  }

  private static Map<String, Object> exercise(String id) {
    return ReferenceCases.of("textbook").stream()
        .filter(c -> c.get("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static long nanos(Object ms) {
    return Math.round(number(ms) * Workload.MS);
  }
}
