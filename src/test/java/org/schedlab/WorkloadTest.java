package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.GroupTimes;
import org.schedlab.metrics.JobStatistic;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Invariants;
import org.schedlab.testing.Ran;
import org.schedlab.testing.Workload;
import org.schedlab.trace.TraceSink;

/** Processes that a run makes by itself: when they come, what they do and how they are counted. */
class WorkloadTest {
  private static final long MS = Workload.MS;

  private static GroupTimes group(Ran ran, String name) {
    return ran.metrics().workload().groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void jobsArriveAtTheTimesOfAListAndTheChartIsTheTextbooks() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: round-robin, quantum: 2}
            workload:
              - {name: A, arrivals: {at: [0, 1]}, burst: 3}
              - {name: B, arrivals: {at: [1]}, arrival: 1, burst: 1}
            """);
    // B[0] comes at 2, when the quantum of A[0] ends: ahead of it, behind A[1].
    assertThat(ran.chart())
        .isEqualTo(
            """
            A[0] ██···█
            A[1]  ·██··█
            B[0]   ··█
            """);
  }

  @Test
  void theFirstJobArrivesAtTheStartAndTheOthersAsTimesBetweenArrivalsSay() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            workload: [{name: j, count: 3, arrival: 2, arrivals: 5, burst: 1}]
            """);
    assertThat(arrivals(ran)).containsExactly(2 * MS, 7 * MS, 12 * MS);
    assertThat(group(ran, "j").span()).isEqualTo(11 * MS);
  }

  @Test
  void burstsComeTogetherAndPauseAfterTheirLast() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            workload:
              - {name: j, count: 5, arrivals: {bursts: {size: 2, gap: 1, pause: 10}}, burst: 1}
            """);
    assertThat(arrivals(ran)).containsExactly(0L, MS, 11 * MS, 12 * MS, 22 * MS);
  }

  @Test
  void aCustomerThinksSubmitsAndWaits() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            workload: [{name: j, count: 5, customers: 2, think: 5, burst: 2}]
            """);
    // Both think until 5; one is served until 7, the other until 9; each then thinks for 5.
    assertThat(arrivals(ran)).containsExactly(5 * MS, 5 * MS, 12 * MS, 14 * MS, 19 * MS);
    assertThat(group(ran, "j").waiting().max()).isEqualTo(2 * MS);
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
  }

  private static List<Long> arrivals(Ran ran) {
    List<Long> arrivals = new ArrayList<>();
    for (int thread = 0; thread < ran.tasks().count(); thread++) {
      arrivals.add(ran.tasks().arrival(thread));
    }
    return arrivals;
  }

  @Test
  void jobsStandBehindProcessesOfTheFileThatArriveWithThem() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            workload: [{name: j, count: 1, arrivals: 5, burst: 1}, {name: k, count: 1, arrivals: 1, burst: 1}]
            processes: [{name: P, burst: 1}]
            """);
    assertThat(ran.chart()).isEqualTo("P █\nj[0] ·█\nk[0] ··█\n");
  }

  @Test
  void warmUpIsRunButNotCounted() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            workload: [{name: j, count: 4, arrivals: 1, burst: 2, warmup: 3}]
            """);
    GroupTimes jobs = group(ran, "j");
    assertThat(jobs.count()).isEqualTo(1);
    assertThat(jobs.turnaround().max()).isEqualTo(5 * MS);
    assertThat(ran.metrics().makespan()).isEqualTo(8 * MS);
  }

  /** Turnarounds 2, 3, 4, 5 ms of bursts of 2 ms, by hand. */
  @Test
  void summaryIsWhatAHandWorksOut() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            workload: [{name: j, count: 4, arrivals: 1, burst: 2}]
            """);
    GroupTimes jobs = group(ran, "j");
    assertThat(jobs.turnaround().sum().longValue()).isEqualTo(14 * MS);
    assertThat(jobs.turnaround().deviation()).isCloseTo(Math.sqrt(5.0 / 3) * MS, within(1e-3));
    assertThat(jobs.turnaround().quantile(500)).isEqualTo(3 * MS);
    assertThat(jobs.turnaround().quantile(501)).isEqualTo(4 * MS);
    assertThat(jobs.turnaround().quantile(999)).isEqualTo(5 * MS);
    assertThat(jobs.waiting().sum().longValue()).isEqualTo(6 * MS);
    assertThat(jobs.slowdown().sum().longValue()).isEqualTo(7_000_000_000L);
    assertThat(jobs.longestWait()).isEqualTo(3 * MS);
    assertThat(jobs.span()).isEqualTo(8 * MS);
    // x = 1, 2/3, 1/2, 2/5: (Σx)² / (4 Σx²).
    double sum = 1 + 2 / 3.0 + 0.5 + 0.4;
    double squares = 1 + 4 / 9.0 + 0.25 + 0.16;
    assertThat(jobs.fairness()).isCloseTo(sum * sum / (4 * squares), within(1e-12));
  }

  @Test
  void theLongestWaitIsOneStretchNotTheirSum() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: round-robin, quantum: 1}
            workload: [{name: j, count: 3, arrivals: 0, burst: 2}]
            """);
    assertThat(group(ran, "j").waiting().max()).isEqualTo(4 * MS);
    assertThat(group(ran, "j").longestWait()).isEqualTo(2 * MS);
  }

  @Test
  void classesShareTheJobsAndHaveGroupsOfTheirOwn() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            seed: 11
            workload:
              - name: j
                count: 4000
                arrivals: 10
                classes: [{name: short, share: 3, burst: 1}, {name: long, share: 1, burst: 5}]
            """);
    long shortJobs = group(ran, "j/short").count();
    assertThat(shortJobs + group(ran, "j/long").count()).isEqualTo(group(ran, "j").count());
    // Four standard deviations of a binomial distribution around 3000.
    assertThat(shortJobs).isBetween(3000L - 110, 3000L + 110);
    assertThat(group(ran, "j/short").turnaround().max()).isEqualTo(MS);
    assertThat(group(ran, "j/long").turnaround().max()).isEqualTo(5 * MS);
  }

  @Test
  void whatHasNotEndedAtTheHorizonIsUnfinished() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            until: 10
            scheduler: {policy: fcfs}
            workload: [{name: j, arrivals: 1, burst: 2}]
            """);
    assertThat(group(ran, "j").count()).isEqualTo(5);
    assertThat(group(ran, "j").unfinished()).isEqualTo(6);
  }

  @Test
  void anotherPolicyGetsTheSameJobs() throws Exception {
    String scenario =
        """
        scheduler: {policy: %s}
        workload:
          - {name: j, count: 50, arrivals: {exponential: {mean: 2}}, burst: {exponential: {mean: 1}}}
        """;
    Ran one = Ran.scenario(String.format(scenario, "fcfs"));
    Ran other = Ran.scenario(String.format(scenario, "srtf"));
    assertThat(arrivals(other)).isEqualTo(arrivals(one));
    for (int thread = 0; thread < 50; thread++) {
      assertThat(other.tasks().running(thread)).isEqualTo(one.tasks().running(thread));
    }
    assertThat(other.chart()).isNotEqualTo(one.chart());
  }

  @Test
  void theIdsOfEndedJobsAreUsedAgainWhereThereAreTooMany() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            report: {task_limit: 10}
            workload: [{name: j, count: 1000, arrivals: 2, burst: 1}]
            """);
    assertThat(ran.tasks().count()).isLessThan(5);
    assertThat(ran.tasks().name(0)).isEqualTo("j");
    assertThat(group(ran, "j").count()).isEqualTo(1000);
    // Each is switched to from another process, though ids come again.
    assertThat(ran.metrics().switches().count(SwitchTable.Kind.PROCESS_VOLUNTARY)).isEqualTo(999);
  }

  /** Keeping every job and folding them must tell the same, whatever the policy. */
  @Test
  void foldedJobsAreCountedAsKeptOnes() throws Exception {
    for (PolicyDescriptor policy : Policies.real()) {
      for (String costs : List.of("textbook", "linux-x86_64")) {
        for (int cpus : new int[] {1, 3}) {
          String scenario = random(policy.name(), costs, cpus);
          Ran kept = Ran.scenario(scenario);
          Ran folded = Ran.scenario(scenario + "report: {task_limit: 20}\n");
          assertThat(folded.metrics().makespan()).isEqualTo(kept.metrics().makespan());
          assertThat(folded.metrics().switches().count())
              .as(scenario)
              .isEqualTo(kept.metrics().switches().count());
          List<GroupTimes> groups = kept.metrics().workload().groups();
          for (int i = 0; i < groups.size(); i++) {
            assertSame(folded.metrics().workload().groups().get(i), groups.get(i), scenario);
          }
        }
      }
    }
  }

  private static String random(String policy, String costs, int cpus) {
    return """
        seed: 5
        scheduler: {policy: %s}
        machine: {costs: %s, cpus: %d, devices: {disk: {servers: 1}}}
        mutexes: [m]
        workload:
          - name: j
            count: 150
            arrivals: {exponential: {mean: %s}}
            warmup: 10
            working_set: 64KiB
            classes:
              - {name: a, share: 3, burst: {exponential: {mean: 1}}, nice: 5, tickets: 3}
              - {name: b, program: [{compute: 0.5}, {lock: m}, {compute: 1}, {unlock: m}], priority: 2}
              - {name: c, program: [{io: {device: disk, time: 1}}, {thread: {name: t, burst: 1}}, {join: t}]}
          - {name: k, count: 60, customers: 3, think: {exponential: {mean: 3}}, burst: {uniform: {min: 0, max: 1}}}
        """
        .formatted(policy, costs, cpus, cpus == 1 ? "2" : "0.8");
  }

  private static void assertSame(GroupTimes folded, GroupTimes kept, String scenario) {
    assertThat(folded.name()).isEqualTo(kept.name());
    assertThat(folded.count()).as(scenario).isEqualTo(kept.count());
    assertThat(folded.unfinished()).isEqualTo(kept.unfinished());
    assertSame(folded.turnaround(), kept.turnaround(), scenario);
    assertSame(folded.response(), kept.response(), scenario);
    assertSame(folded.waiting(), kept.waiting(), scenario);
    assertSame(folded.slowdown(), kept.slowdown(), scenario);
    assertThat(folded.longestWait()).as(scenario).isEqualTo(kept.longestWait());
    assertThat(folded.fairness()).isEqualTo(kept.fairness());
  }

  private static void assertSame(JobStatistic folded, JobStatistic kept, String scenario) {
    assertThat(folded.sum()).as(scenario).isEqualTo(kept.sum());
    assertThat(folded.deviation()).isEqualTo(kept.deviation());
    if (kept.count() > 0) {
      assertThat(folded.quantile(950)).isEqualTo(kept.quantile(950));
    }
  }

  @Test
  void aSummaryIsWhatTheTimesOfItsThreadsSay() throws Exception {
    Ran ran = Ran.scenario(random("round-robin", "linux-x86_64", 2));
    TaskTimes tasks = ran.tasks();
    long turnaround = 0;
    long count = 0;
    for (int thread = 0; thread < tasks.count(); thread++) {
      if (tasks.name(thread).matches("k\\[\\d+]")) {
        turnaround += tasks.turnaround(thread);
        count++;
      }
    }
    assertThat(group(ran, "k").count()).isEqualTo(count).isEqualTo(60);
    assertThat(group(ran, "k").turnaround().sum().longValue()).isEqualTo(turnaround);
  }

  @Test
  void everyRunWithAWorkloadKeepsTheInvariants() throws InvalidScenarioException {
    for (PolicyDescriptor policy : Policies.real()) {
      for (String costs : List.of("textbook", "linux-x86_64")) {
        Invariants invariants = new Invariants(3, 600, (thread, cpu) -> true);
        Ran.scenario(random(policy.name(), costs, 3), TraceSink.of(invariants));
        Invariants again = new Invariants(3, 600, (thread, cpu) -> true);
        Ran.scenario(random(policy.name(), costs, 3), TraceSink.of(again));
        assertThat(again.transcript()).isEqualTo(invariants.transcript());
      }
    }
  }

  @Test
  void theIdealServesTheSameJobs() throws Exception {
    String jobs =
        """
        scheduler: {policy: POLICY}
        workload:
          - name: j
            count: 20
            arrivals: {exponential: {mean: 12}}
            burst: {exponential: {mean: 9}}
        """;
    Ran ran = Ran.scenario(jobs.replace("POLICY", "fcfs"));
    Scenario ideal = ScenarioReader.read(jobs.replace("POLICY", "ps"), "test.yaml", Overrides.NONE);
    List<ProcessorSharing.Task> tasks = ProcessorSharing.of(ideal).tasks();
    assertThat(tasks).hasSize(20);
    for (ProcessorSharing.Task task : tasks) {
      int thread = ran.thread(task.name());
      assertThat(task.arrival()).isEqualTo(ran.tasks().arrival(thread));
      assertThat(task.running()).isEqualTo(ran.tasks().running(thread));
    }
  }
}
