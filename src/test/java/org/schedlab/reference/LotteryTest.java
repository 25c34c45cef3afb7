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

/** Lotteries with draws that are given: who wins, draw by draw. */
class LotteryTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return ReferenceCases.of("lottery").stream()
        .map(c -> DynamicTest.dynamicTest((String) c.get("id"), () -> check(c)));
  }

  private static void check(Map<String, Object> reference) {
    long quantum = (long) number(reference.get("quantum"));
    StringBuilder text = new StringBuilder();
    text.append("scheduler: {policy: lottery, quantum: ").append(quantum);
    text.append(", draws: ").append(longs(reference.get("randoms"))).append("}\nprocesses:\n");
    for (Map<String, Object> job : list(reference.get("jobs"))) {
      text.append(
          "  - {name: J%d, burst: %d, tickets: %d}\n"
              .formatted(
                  (long) number(job.get("job")),
                  (long) number(job.get("length")),
                  (long) number(job.get("tickets"))));
    }
    assertThat(RunBars.of(RunBars.run(text.toString()))).isEqualTo(winners(reference, quantum));
  }

  /** The cases' clock goes by whole quanta; here a thread that ends sooner leaves at once. */
  private static List<RunBars.Bar> winners(Map<String, Object> reference, long quantum) {
    List<RunBars.Bar> bars = new ArrayList<>();
    long now = 0;
    for (Map<String, Object> step : list(reference.get("steps"))) {
      int winner = (int) number(step.get("job"));
      long left = longs(step.get("time_left_before")).get(winner);
      long end = now + Math.min(left, quantum);
      RunBars.add(bars, new RunBars.Bar("J" + winner, now, end));
      now = end;
    }
    return bars;
  }

  private static List<Long> longs(Object values) {
    return ((List<?>) values).stream().map(value -> (long) number(value)).toList();
  }
}
