package org.schedlab.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.schedlab.reference.ReferenceCases.list;
import static org.schedlab.reference.ReferenceCases.number;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.testing.Workload;

/** The multi-level feedback queue of Arpaci-Dusseau's simulator, dispatch by dispatch. */
class MlfqTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return ReferenceCases.of("mlfq").stream()
        .map(c -> DynamicTest.dynamicTest((String) c.get("id"), () -> check(c)));
  }

  private static void check(Map<String, Object> reference) {
    RunMetrics metrics = RunBars.run(scenario(reference));
    assertThat(RunBars.of(metrics)).isEqualTo(trace(reference));
    TaskTimes tasks = metrics.tasks();
    for (Map<String, Object> answer : list(reference.get("expected"))) {
      int job = (int) number(answer.get("job"));
      assertThat(tasks.response(job)).isEqualTo(millis(answer, "response") * Workload.MS);
      assertThat(tasks.turnaround(job)).isEqualTo(millis(answer, "turnaround") * Workload.MS);
    }
  }

  /** Jobs are numbered as in the file; -1 means that nobody runs. */
  private static List<RunBars.Bar> trace(Map<String, Object> reference) {
    List<RunBars.Bar> bars = new ArrayList<>();
    for (Object row : (List<?>) reference.get("trace")) {
      List<?> stint = (List<?>) row;
      long from = (long) number(stint.get(0));
      long job = (long) number(stint.get(1));
      if (job >= 0) {
        RunBars.add(bars, new RunBars.Bar("J" + job, from, from + (long) number(stint.get(3))));
      }
    }
    return bars;
  }

  static String scenario(Map<String, Object> reference) {
    StringBuilder text = new StringBuilder("scheduler:\n  policy: mlfq\n");
    text.append("  queues: ").append((long) number(reference.get("queues"))).append('\n');
    text.append("  quantum: ").append(fromTheTop(reference.get("quantum"))).append('\n');
    text.append("  allotment: ").append(fromTheTop(reference.get("allotment"))).append('\n');
    if (number(reference.get("boost")) > 0) {
      text.append("  boost: ").append((long) number(reference.get("boost"))).append('\n');
    }
    text.append("  io_resets: ").append(reference.get("stay")).append('\n');
    text.append("  io_to_front: ").append(reference.get("iobump")).append('\n');
    text.append("processes:\n");
    for (Map<String, Object> job : list(reference.get("jobs"))) {
      long work = millis(job, "runtime");
      long every = millis(job, "io_freq");
      long requests = every == 0 ? 0 : (work - 1) / every;
      text.append(
          "  - {name: J%d, arrival: %d, program: [{repeat: %d, do: [compute: %d, io: %d]}, compute: %d]}\n"
              .formatted(
                  millis(job, "job"),
                  millis(job, "start"),
                  requests,
                  every,
                  millis(reference, "io_time"),
                  work - requests * every));
    }
    return text.toString();
  }

  /** The cases list queues from the lowest up. */
  private static List<Long> fromTheTop(Object values) {
    List<Long> list =
        ((List<?>) values).stream().map(value -> (long) number(value)).collect(Collectors.toList());
    Collections.reverse(list);
    return list;
  }

  private static long millis(Map<String, Object> map, String key) {
    return (long) number(map.get(key));
  }
}
