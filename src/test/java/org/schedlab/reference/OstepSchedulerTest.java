package org.schedlab.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.schedlab.reference.ReferenceCases.list;
import static org.schedlab.reference.ReferenceCases.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.Timeline;
import org.schedlab.testing.Workload;

/** FIFO, SJF and round robin as the homework simulator of Operating Systems: Three Easy Pieces. */
class OstepSchedulerTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return ReferenceCases.of("ostep_scheduler").stream()
        .map(c -> DynamicTest.dynamicTest((String) c.get("id"), () -> check(c)));
  }

  private static void check(Map<String, Object> exercise) {
    Workload workload =
        switch ((String) exercise.get("policy")) {
          case "FIFO" -> Workload.under("fcfs");
          case "SJF" -> Workload.under("sjf");
          case "RR" -> Workload.under("round-robin").with("quantum", exercise.get("quantum"));
          default -> throw new AssertionError(exercise.get("policy"));
        };
    for (Map<String, Object> job : list(exercise.get("jobs"))) {
      workload.process("J" + job.get("job"), number(job.get("arrival")), number(job.get("length")));
    }
    RunMetrics metrics = new RunMetrics(1, 10_000);
    workload.run(metrics);

    for (Map<String, Object> answer : list(exercise.get("expected"))) {
      int job = (Integer) answer.get("job");
      assertThat(metrics.tasks().response(job)).isEqualTo(nanos(answer.get("response")));
      assertThat(metrics.tasks().turnaround(job)).isEqualTo(nanos(answer.get("turnaround")));
      assertThat(metrics.tasks().waiting(job)).isEqualTo(nanos(answer.get("wait")));
    }
    List<List<Long>> bars = new ArrayList<>();
    for (Timeline.Bar bar : metrics.timeline().bars()) {
      bars.add(List.of(bar.start(), (long) bar.thread(), bar.end()));
    }
    assertThat(bars).isEqualTo(joined((List<?>) exercise.get("trace")));
  }

  private static List<List<Long>> joined(List<?> trace) {
    List<List<Long>> bars = new ArrayList<>();
    for (Object row : trace) {
      List<?> slice = (List<?>) row;
      long start = nanos(slice.get(0));
      long job = (Integer) slice.get(1);
      long end = nanos(number(slice.get(0)) + number(slice.get(2)));
      List<Long> last = bars.isEmpty() ? null : bars.get(bars.size() - 1);
      if (last != null && last.get(1) == job && last.get(2) == start) {
        bars.set(bars.size() - 1, List.of(last.get(0), job, end));
      } else {
        bars.add(List.of(start, job, end));
      }
    }
    return bars;
  }

  private static long nanos(Object ms) {
    return Math.round(number(ms) * Workload.MS);
  }
}
