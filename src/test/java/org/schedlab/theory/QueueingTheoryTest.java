package org.schedlab.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.schedlab.Simulation;
import org.schedlab.metrics.GroupTimes;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.statistics.Holm;
import org.schedlab.statistics.Sample;

/**
 * The simulator against queueing theory: ten replications of 200,000 jobs behind 20,000 that warm
 * up, each with a seed of its own. That all exact means lie in their intervals is one test at a
 * family-wise level of 99 % (Holm). The figures stand in docs/validation.md; {@code
 * -Dgolden.update=true} writes them anew.
 */
@Tag("theory")
class QueueingTheoryTest {
  private static final int REPLICATIONS = 10;
  private static final int JOBS = 200_000;
  private static final int WARM_UP = 20_000;
  private static final double LEVEL = 0.01;
  private static final double[] LOADS = {0.5, 0.8};
  private static final Path PAGE = Path.of("docs/validation.md");
  private static final String BEGIN = "<!-- figures begin -->\n";
  private static final String END = "<!-- figures end -->\n";

  private static final List<Service> SERVICES =
      List.of(Service.EXPONENTIAL, Service.DETERMINISTIC, Service.HYPEREXPONENTIAL);

  /** A queue, and what theory says of each of its classes. */
  private record Queue(
      String policy,
      String service,
      double load,
      int cpus,
      List<String> classes,
      String scenario,
      IntToDoubleFunction exact) {}

  /** What came out for one class. */
  private record Figure(Queue queue, int of, double exact, Sample measured) {}

  private final List<Queue> queues = new ArrayList<>();

  private static String scenario(String policy, double load, int cpus, String work) {
    return String.format(
        Locale.ROOT,
        """
        time_unit: ms
        scheduler: {policy: %s}
        machine: {cpus: %d}
        report: {task_limit: 0, timeline_limit: 0}
        limits: {events: 1000000000000}
        workload:
          - {name: j, count: %d, warmup: %d, arrivals: {exponential: {mean: %.9f}}, %s}
        """,
        policy,
        cpus,
        JOBS + WARM_UP,
        WARM_UP,
        1 / (load * cpus),
        work);
  }

  private void add(String policy, Service service, double load, double exact) {
    String work = "burst: " + service.yaml();
    queues.add(
        new Queue(
            policy,
            service.name(),
            load,
            1,
            List.of("j"),
            scenario(policy, load, 1, work),
            of -> exact));
  }

  private void addPriorities(boolean preemptive, Service service, double load, int classes) {
    List<String> labels = new ArrayList<>();
    StringBuilder work = new StringBuilder("classes: [");
    double[] loads = new double[classes];
    for (int i = 0; i < classes; i++) {
      loads[i] = load / classes;
      labels.add("j/c" + i);
      work.append(i == 0 ? "" : ", ")
          .append("{name: c" + i + ", priority: " + i + ", burst: " + service.yaml() + "}");
    }
    String policy = "priority, preemptive: " + preemptive;
    queues.add(
        new Queue(
            (preemptive ? "preemptive" : "non-preemptive") + " priority",
            service.name(),
            load,
            1,
            labels,
            scenario(policy, load, 1, work.append("]").toString()),
            of ->
                preemptive
                    ? Formulas.preemptive(service, loads, of)
                    : Formulas.nonPreemptive(service, loads, of)));
  }

  private void addAll() {
    for (double load : LOADS) {
      for (Service service : SERVICES) {
        add("fcfs", service, load, Formulas.fcfs(service, load));
        add("sjf", service, load, Formulas.sjf(service, load));
        add("srtf", service, load, Formulas.srtf(service, load));
        add("las, quantum: 0.01", service, load, Formulas.las(service, load));
        add("round-robin, quantum: 0.01", service, load, Formulas.ps(load));
        for (boolean preemptive : new boolean[] {false, true}) {
          addPriorities(preemptive, service, load, 2);
          addPriorities(preemptive, service, load, 3);
        }
      }
      // Without memory the mean is the same whatever the quantum.
      for (String quantum : List.of("0.1", "1", "10")) {
        add("round-robin, quantum: " + quantum, Service.EXPONENTIAL, load, Formulas.ps(load));
      }
      for (int cpus : new int[] {2, 4, 8}) {
        double exact = Formulas.erlang(cpus, load);
        queues.add(
            new Queue(
                "fcfs",
                "exponential",
                load,
                cpus,
                List.of("j"),
                scenario("fcfs", load, cpus, "burst: " + Service.EXPONENTIAL.yaml()),
                of -> exact));
      }
    }
  }

  @Test
  void exactMeansLieInTheIntervals() throws Exception {
    addAll();
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    List<Figure> figures = new ArrayList<>();
    try {
      List<List<Future<double[]>>> runs = new ArrayList<>();
      for (Queue queue : queues) {
        List<Future<double[]>> replications = new ArrayList<>();
        for (int i = 0; i < REPLICATIONS; i++) {
          // Every run has a seed of its own: the tests shall not depend on each other.
          long seed = 1_000L * runs.size() + i;
          replications.add(pool.submit(() -> means(queue, seed)));
        }
        runs.add(replications);
      }
      for (int q = 0; q < queues.size(); q++) {
        for (int of = 0; of < queues.get(q).classes().size(); of++) {
          double[] means = new double[REPLICATIONS];
          for (int i = 0; i < REPLICATIONS; i++) {
            means[i] = runs.get(q).get(i).get()[of];
          }
          double exact = queues.get(q).exact().applyAsDouble(of);
          figures.add(new Figure(queues.get(q), of, exact, Sample.of(means)));
        }
      }
    } finally {
      pool.shutdownNow();
    }
    double[] corrected =
        Holm.adjusted(
            figures.stream()
                .mapToDouble(figure -> figure.measured().probabilityOf(figure.exact()))
                .toArray());
    String table = table(figures, corrected);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/theory.md"), table);
    checkPage(table);
    for (int i = 0; i < figures.size(); i++) {
      assertThat(corrected[i]).as(row(figures.get(i), corrected[i])).isGreaterThan(LEVEL);
    }
    // Intervals that hold everything would prove nothing.
    double[] relative =
        figures.stream().mapToDouble(f -> f.measured().halfWidth(0.95) / f.exact()).toArray();
    assertThat(Arrays.stream(relative).max().orElse(1)).isLessThan(0.1);
  }

  private static double[] means(Queue queue, long seed) throws Exception {
    Scenario scenario =
        ScenarioReader.read(queue.scenario(), "theory.yaml", Overrides.NONE.withSeed(seed));
    RunMetrics metrics = new RunMetrics(queue.cpus(), 0);
    Simulation.run(scenario, metrics);
    double[] means = new double[queue.classes().size()];
    for (int of = 0; of < means.length; of++) {
      String label = queue.classes().get(of);
      GroupTimes group =
          metrics.workload().groups().stream()
              .filter(g -> g.name().equals(label))
              .findFirst()
              .orElseThrow();
      means[of] = group.turnaround().sum().doubleValue() / group.turnaround().count() / 1_000_000;
    }
    return means;
  }

  private static String table(List<Figure> figures, double[] corrected) {
    StringBuilder text = new StringBuilder();
    text.append("| policy | CPUs | service | load | class | theory | measured | p, corrected |\n")
        .append("| --- | ---: | --- | ---: | --- | ---: | ---: | ---: |\n");
    for (int i = 0; i < figures.size(); i++) {
      text.append(row(figures.get(i), corrected[i])).append('\n');
    }
    return text.toString();
  }

  private static String row(Figure figure, double corrected) {
    Queue queue = figure.queue();
    boolean only = queue.classes().size() == 1;
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %.1f | %s | %.4f | %.4f ± %.4f | %.2f |",
        queue.policy(),
        queue.cpus(),
        queue.service(),
        queue.load(),
        only ? "all" : (figure.of() + 1) + " of " + queue.classes().size(),
        figure.exact(),
        figure.measured().mean(),
        figure.measured().halfWidth(0.95),
        corrected);
  }

  private static void checkPage(String table) throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    } else {
      assertThat(page.substring(begin, end)).isEqualTo(table);
    }
  }
}
