package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Departure;

class ExpectationsTest {
  private static List<UnmetExpectation> unmet(String... triples) {
    Run run =
        Runs.run(
            Runs.expecting(Runs.scenario(), triples),
            sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    return run.unmet();
  }

  @Test
  void resultsThatCameAboutAreNotReported() {
    assertThat(
            unmet(
                "P1",
                "turnaround",
                "30",
                "P1",
                "waiting",
                "6.0",
                "P2",
                "response",
                "4",
                "P3",
                "switches.voluntary",
                "1",
                "P1",
                "exit",
                "0",
                "",
                "makespan",
                "30",
                "",
                "switches",
                "3",
                "",
                "exit",
                "completed"))
        .isEmpty();
  }

  @Test
  void differenceIsReportedWithBothNumbers() {
    assertThat(unmet("P1", "waiting", "7"))
        .containsExactly(new UnmetExpectation("P1", "waiting", "7", "6"));
    assertThat(unmet("P1", "waiting", "6.000001")).hasSize(1);
    assertThat(unmet("P1", "finish", null))
        .containsExactly(new UnmetExpectation("P1", "finish", "null", "30"));
  }

  @Test
  void resultsOfTheWholeRunAreCompared() {
    assertThat(
            unmet(
                "",
                "switches.process",
                "3",
                "",
                "switches.thread",
                "0",
                "",
                "switches.coroutine",
                "0",
                "",
                "costs.own_work",
                "30",
                "",
                "costs.idle",
                "0",
                "",
                "efficiency",
                "1.00",
                "",
                "utilization",
                "1"))
        .isEmpty();
    assertThat(unmet("", "costs.idle", "1"))
        .containsExactly(new UnmetExpectation("", "costs.idle", "1", "0"));
    assertThat(unmet("", "costs.rent", "1").get(0).actual()).contains("no such result");
  }

  @Test
  void sharesAreRoundedToThePlacesOfTheExpectedNumber() {
    Run run =
        Runs.run(
            Runs.expecting(
                Runs.scenario(),
                "",
                "efficiency",
                "0.67",
                "",
                "utilization",
                "0.6",
                "",
                "switches.process",
                "0"),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(1, "A");
              trace.runs(a, 1, 3, Departure.EXIT);
              trace.ends(3);
            });
    assertThat(run.unmet()).containsExactly(new UnmetExpectation("", "utilization", "0.6", "0.7"));
  }

  @Test
  void averageIsRoundedToThePlacesOfTheExpectedNumber() {
    assertThat(unmet("average", "waiting", "5.67", "average", "waiting", "6")).isEmpty();
    assertThat(unmet("average", "waiting", "5.7", "average", "turnaround", "15.667")).isEmpty();
    assertThat(unmet("average", "waiting", "5.66"))
        .containsExactly(new UnmetExpectation("average", "waiting", "5.66", "5.67"));
  }

  @Test
  void averagesThatFallBetweenTwoNumbersAreRoundedToTheEvenOne() {
    Run run =
        Runs.run(
            Runs.expecting(
                Runs.scenario(), "average", "turnaround", "2", "average", "running", "2"),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(0, "A");
              trace.runs(a, 0, 2, Departure.EXIT);
              int b = trace.arrives(2, "B");
              trace.runs(b, 2, 5, Departure.EXIT);
              trace.ends(5);
            });
    assertThat(run.unmet()).isEmpty();
  }

  @Test
  void unknownTasksAndFieldsSaySo() {
    assertThat(unmet("P9", "waiting", "7"))
        .containsExactly(new UnmetExpectation("P9", "waiting", "7", "no task has this name"));
    assertThat(unmet("P1", "speed", "7").get(0).actual()).contains("no such result");
    assertThat(unmet("P1", "jobs.missed", "0").get(0).actual()).contains("no jobs");
    assertThat(unmet("", "speed", "7").get(0).actual()).contains("no such result");
    assertThat(unmet("average", "finish", "7").get(0).actual()).contains("no such average");
    assertThat(unmet("P9", "waiting", null)).hasSize(1);
  }

  @Test
  void timesInUnitsAreExact() {
    assertThat(TimeUnit.MS.format(1_250_000)).isEqualTo("1.25");
    assertThat(TimeUnit.S.format(1)).isEqualTo("0.000000001");
    assertThat(TimeUnit.NS.format(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
    assertThat(TimeUnit.US.format(-500)).isEqualTo("-0.5");
    assertThat(TimeUnit.MS.format(-1_500_000)).isEqualTo("-1.5");
    assertThat(TimeUnit.MS.format(0)).isEqualTo("0");
  }

  @Test
  void timesForPeopleCarryTheUnitThatSuitsThem() {
    assertThat(Decimals.readable(0)).isEqualTo("0 ns");
    assertThat(Decimals.readable(800)).isEqualTo("800 ns");
    assertThat(Decimals.readable(1_250_000)).isEqualTo("1.25 ms");
    assertThat(Decimals.readable(3_000_000_000L)).isEqualTo("3 s");
    assertThat(Decimals.readable(999_999_999)).isEqualTo("1000 ms");
    assertThat(Decimals.percent(1, 3)).isEqualTo("33.3 %");
    assertThat(Decimals.percent(1, 1_000_000)).isEqualTo("< 0.1 %");
    assertThat(Decimals.percent(0, 0)).isEqualTo("–");
  }
}
