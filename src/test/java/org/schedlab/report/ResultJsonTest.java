package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Account;
import org.schedlab.trace.Departure;
import org.schedlab.trace.Fault;

class ResultJsonTest {
  private static String json(Run run) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ResultJson.write(run, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Reads the whole text; fails where it is not JSON. Returns all strings in it. */
  private static List<String> strings(String json) throws IOException {
    List<String> strings = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          strings.add(parser.getText());
        }
      }
    }
    return strings;
  }

  @Test
  void smallRunIsWrittenAsTheContractSays() throws IOException {
    Run run = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    assertThat(json(run))
        .isEqualTo(
            """
            {
              "scenario": "test",
              "seed": 1,
              "policy": "round-robin",
              "policy_label": "round-robin (quantum 4 ms)",
              "time_unit": "ms",
              "makespan": 30,
              "exit": "completed",
              "expectations": [],
              "assertions": [],
              "faults": [],
              "average": {"turnaround": 15.666666667, "response": 3.666666667, "waiting": 5.666666667, "running": 10, "blocked": 0, "overhead": 0},
              "tasks": [
                {"name": "P1", "process": "P1", "arrival": 0, "start": 0, "finish": 30, "turnaround": 30, "response": 0, "waiting": 6, "running": 24, "blocked": 0, "overhead": 0, "switches": {"voluntary": 0, "involuntary": 1}, "system_calls": 0, "exit": 0},
                {"name": "P2", "process": "P2", "arrival": 0, "start": 4, "finish": 7, "turnaround": 7, "response": 4, "waiting": 4, "running": 3, "blocked": 0, "overhead": 0, "switches": {"voluntary": 1, "involuntary": 0}, "system_calls": 0, "exit": 0},
                {"name": "P3", "process": "P3", "arrival": 0, "start": 7, "finish": 10, "turnaround": 10, "response": 7, "waiting": 7, "running": 3, "blocked": 0, "overhead": 0, "switches": {"voluntary": 1, "involuntary": 0}, "system_calls": 0, "exit": 0}
              ],
              "coroutines": [],
              "timeline": [
                {"cpu": 0, "task": "P1", "start": 0, "end": 4, "why": "quantum"},
                {"cpu": 0, "task": "P2", "start": 4, "end": 7, "why": "exit"},
                {"cpu": 0, "task": "P3", "start": 7, "end": 10, "why": "exit"},
                {"cpu": 0, "task": "P1", "start": 10, "end": 30, "why": "exit"}
              ],
              "cpus": [
                {"cpu": 0, "busy": 30, "overhead": 0, "idle": 0}
              ],
              "memory": [],
              "costs": {"profile": "textbook", "system_calls": 0, "accounts": {"own_work": 30, "context_switch": 0, "block_wake": 0, "address_space": 0, "migration": 0, "tlb_refill": 0, "cache_refill": 0, "tlb_miss": 0, "mode_switch": 0, "creation": 0, "page_fault": 0, "tlb_shootdown": 0, "wake_up": 0, "coroutine_switch": 0, "message": 0, "copy": 0, "timer_tick": 0, "interrupt": 0, "idle": 0}, "switches": {"thread_voluntary": {"count": 0, "direct": 0, "indirect": 0}, "thread_involuntary": {"count": 0, "direct": 0, "indirect": 0}, "process_voluntary": {"count": 2, "direct": 0, "indirect": 0}, "process_involuntary": {"count": 1, "direct": 0, "indirect": 0}, "no_switch": {"count": 0, "direct": 0, "indirect": 0}}},
              "ipc": [],
              "races": [],
              "deadlocks": []
            }
            """);
  }

  @Test
  void timesAreExactDecimalsWithoutExponent() throws IOException {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, 1);
              int a = trace.arrives(1, "A");
              trace.switchesAndRuns(0, a, 1, 50, Account.CACHE_REFILL, 1_250_051, Departure.EXIT);
              trace.ends(1_250_051);
            });
    assertThat(json(run))
        .contains(
            "\"arrival\": 0.000001, \"start\": 0.000051, \"finish\": 1.250051,"
                + " \"turnaround\": 1.25005, \"response\": 0.00005");
  }

  @Test
  void whatHasNotComeAboutIsNull() throws IOException {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(0, "A");
              trace.arrives(2, "B");
              trace.releases(0, a, 9);
              trace.runs(a, 0, 5, Departure.END);
              trace.ends(5);
            },
            new Ending("until", null, List.of(), List.of()));
    assertThat(json(run))
        .contains("\"exit\": \"until\"")
        .contains("\"arrival\": 2, \"start\": null, \"finish\": null, \"turnaround\": null")
        .contains("\"response\": {\"min\": null, \"max\": null, \"sum\": 0}")
        .contains("\"why\": \"end\"")
        .contains("\"exit\": null");
  }

  @Test
  void namesOfAnySortStayJson() throws IOException {
    String name = "a\"b\\c\n\u0001é \uD83D\uDE00</script>";
    Run run =
        Runs.run(
            Runs.named(Runs.scenario(), name, name),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, 1);
              int a = trace.arrives(0, name);
              trace.runs(a, 0, 5, Departure.EXIT);
              trace.ends(5);
            });
    assertThat(strings(json(run))).filteredOn(name::equals).hasSize(4);
  }

  @Test
  void longListsAreLeftOutAndSaySo() throws IOException {
    Scenario scenario = Runs.reporting(Runs.scenario(), new Scenario.Report(3, 2));
    Run run = Runs.run(scenario, sink -> HandDrawnTrace.roundRobin(sink, 1));
    assertThat(json(run))
        .contains("\"timeline_omitted\": 4")
        .contains("\"tasks_omitted\": 3")
        .doesNotContain("\"timeline\":")
        .doesNotContain("\"tasks\":");
    strings(json(run));
  }

  @Test
  void failuresAreThereWithTheirPlaces() throws IOException {
    Expression one = new Expression.Literal(1, Location.NONE);
    Scenario checked =
        Runs.checking(
            Runs.scenario(),
            new Scenario.FinalCheck(one, "x == 2", Location.NONE),
            List.of(new Scenario.Observation("A", "r0", Location.NONE)));
    Run run =
        Runs.run(
            Runs.expecting(checked, "A", "waiting", "3"),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(0, "A");
              sink.burstEstimated(0, a, 2_500_000);
              trace.dispatch(0, a, 0);
              trace.work(0, a, 0, 5);
              sink.assertionFailed(5 * Workload.MS, a, "x == 1", 7, 3);
              sink.faulted(5 * Workload.MS, a, Fault.DIVISION_BY_ZERO, "1 / r0", 8, 5);
              trace.leave(0, a, 5, Departure.EXIT);
              trace.ends(5);
            },
            new Ending(
                "stuck", false, List.of(42L), List.of(new Ending.Stuck("B", "mutex m", 1_000))));
    assertThat(json(run))
        .contains("\"final\": {\"condition\": \"x == 2\", \"held\": false}")
        .contains("\"observed\": {\"A.r0\": 42}")
        .contains(
            "{\"subject\": \"A\", \"field\": \"waiting\", \"expected\": \"3\", \"actual\": \"0\"}")
        .contains(
            "{\"time\": 5, \"task\": \"A\", \"assert\": \"x == 1\", \"line\": 7, \"column\": 3}")
        .contains("\"fault\": \"division by zero\", \"detail\": \"1 / r0\", \"line\": 8")
        .contains("{\"task\": \"B\", \"waits_for\": \"mutex m\", \"since\": 0.001}")
        .contains("\"predictions\": [2.5]");
    assertThat(Verdict.failures(run))
        .containsExactly(
            "test.yaml:7:3: assert failed at 5 ms in A: x == 1",
            "final condition is false: x == 2",
            "A waiting: expected 3, actual 0",
            "B is asleep forever: waits for mutex m since 1 µs");
    assertThat(Verdict.warnings(run))
        .containsExactly("test.yaml:8:5: division by zero at 5 ms in A: 1 / r0");
    assertThat(Verdict.complaints(run))
        .startsWith("test.yaml:7:3: FAILED  assert failed at 5 ms in A: x == 1")
        .endsWith("test.yaml:8:5: WARNING  division by zero at 5 ms in A: 1 / r0");
  }
}
