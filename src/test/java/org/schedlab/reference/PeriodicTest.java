package org.schedlab.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.schedlab.reference.ReferenceCases.list;
import static org.schedlab.reference.ReferenceCases.map;
import static org.schedlab.reference.ReferenceCases.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.metrics.JobTimes;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/** Periodic task sets under fixed priorities and earliest deadline first, job by job. */
class PeriodicTest {
  private static final List<String> FIXED =
      List.of("rate-monotonic", "deadline-monotonic", "priority");

  @TestFactory
  Stream<DynamicTest> fixedPriorities() {
    return ReferenceCases.of("periodic").stream()
        .flatMap(
            c ->
                FIXED.stream()
                    .filter(policy -> agrees(policy, list(c.get("tasks"))))
                    .map(
                        policy ->
                            DynamicTest.dynamicTest(
                                c.get("id") + " " + policy,
                                () -> check(c, policy, map(c.get("fixed_priority"))))));
  }

  @TestFactory
  Stream<DynamicTest> earliestDeadlineFirst() {
    return ReferenceCases.of("periodic").stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    (String) c.get("id"), () -> check(c, "edf", map(c.get("edf")))));
  }

  /** Says whether a policy's order of urgency is that of the case's given priorities. */
  private static boolean agrees(String policy, List<Map<String, Object>> tasks) {
    if (policy.equals("priority")) {
      return true;
    }
    String key = policy.equals("rate-monotonic") ? "T" : "D";
    for (Map<String, Object> a : tasks) {
      for (Map<String, Object> b : tasks) {
        if (number(a.get("prio")) > number(b.get("prio"))
            && number(a.get(key)) >= number(b.get(key))) {
          return false;
        }
      }
    }
    return true;
  }

  private static void check(
      Map<String, Object> exercise, String policy, Map<String, Object> expected) {
    Workload workload = Workload.under(policy).until(number(expected.get("end")));
    if (policy.equals("priority")) {
      workload.highFirst();
    }
    List<Map<String, Object>> tasks = list(exercise.get("tasks"));
    for (Map<String, Object> task : tasks) {
      workload.periodic(
          (String) task.get("name"),
          number(task.get("O")),
          number(task.get("T")),
          number(task.get("C")),
          number(task.get("D")),
          (long) number(task.get("prio")));
    }
    RunMetrics metrics = new RunMetrics(1, 100_000);
    Counter counter = new Counter(tasks.size());
    workload.run(TraceSink.of(metrics, counter));

    for (Map<String, Object> answer : list(expected.get("tasks"))) {
      int thread = index(tasks, answer.get("name"));
      JobTimes jobs = metrics.tasks().jobs(thread);
      assertThat(jobs.released()).isEqualTo(count(answer.get("jobs_released")));
      assertThat(jobs.completed()).isEqualTo(count(answer.get("jobs_completed")));
      assertThat(counter.missedOnCompletion(thread, number(tasks.get(thread).get("D"))))
          .isEqualTo((Integer) answer.get("deadline_misses_completed"));
      assertThat(jobs.responseMin()).isEqualTo(nanos(answer.get("rt_min")));
      assertThat(jobs.responseMax()).isEqualTo(nanos(answer.get("rt_max")));
      assertThat(jobs.responseSum()).isEqualTo(nanos(answer.get("rt_sum")));
      assertThat(counter.preemptions[thread]).isEqualTo((Integer) answer.get("preemptions"));
      List<Long> first =
          ((List<?>) answer.get("rt_first")).stream().map(PeriodicTest::nanos).toList();
      assertThat(counter.responses.get(thread).subList(0, first.size())).isEqualTo(first);
    }
    assertThat(metrics.ledger().busy(0)).isEqualTo(nanos(expected.get("busy_ticks")));
    assertThat(metrics.ledger().idle(0)).isEqualTo(nanos(expected.get("idle_ticks")));
  }

  private static int index(List<Map<String, Object>> tasks, Object name) {
    for (int i = 0; i < tasks.size(); i++) {
      if (tasks.get(i).get("name").equals(name)) {
        return i;
      }
    }
    throw new AssertionError(name);
  }

  private static long count(Object number) {
    return (Integer) number;
  }

  private static long nanos(Object ticks) {
    return Math.round(number(ticks) * Workload.MS);
  }

  /** Counts, apart from the metrics: responses of jobs in order, and preemptions. */
  private static final class Counter implements TraceSink {
    private final List<List<Long>> releases = new ArrayList<>();
    private final List<List<Long>> responses = new ArrayList<>();
    private final int[] preemptions;

    Counter(int tasks) {
      preemptions = new int[tasks];
      for (int i = 0; i < tasks; i++) {
        releases.add(new ArrayList<>());
        responses.add(new ArrayList<>());
      }
    }

    @Override
    public void jobReleased(long time, int thread, long absoluteDeadline) {
      releases.get(thread).add(time);
    }

    @Override
    public void jobCompleted(long time, int thread) {
      List<Long> done = responses.get(thread);
      done.add(time - releases.get(thread).get(done.size()));
    }

    @Override
    public void preempted(long time, int thread, int cpu, Departure why) {
      if (why == Departure.PREEMPTED) {
        preemptions[thread]++;
      }
    }

    int missedOnCompletion(int thread, double deadline) {
      return (int) responses.get(thread).stream().filter(r -> r > nanos(deadline)).count();
    }
  }
}
