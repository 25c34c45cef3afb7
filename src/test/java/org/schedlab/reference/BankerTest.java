package org.schedlab.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.kernel.sync.Banker;
import org.schedlab.testing.Ran;

/** The textbooks' cases of deadlock avoidance and detection, as arithmetic and in a whole run. */
class BankerTest {
  private static final Pattern REQUEST = Pattern.compile("P(\\d) requests \\(([\\d,]+)\\)");
  private static final Pattern MORE = Pattern.compile("after P(\\d) also requests one ([A-Z]).*");

  private static Map<String, Object> worked(String id) {
    return ReferenceCases.of("textbook").stream()
        .filter(c -> c.get("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static long[] row(Object list) {
    return ((List<?>) list).stream().mapToLong(n -> ((Number) n).longValue()).toArray();
  }

  private static long[][] matrix(Object rows) {
    return ((List<?>) rows).stream().map(BankerTest::row).toArray(long[][]::new);
  }

  private static long[][] less(long[][] a, long[][] b) {
    long[][] difference = new long[a.length][];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i].clone();
      for (int j = 0; j < a[i].length; j++) {
        difference[i][j] -= b[i][j];
      }
    }
    return difference;
  }

  private static String resource(int column) {
    return String.valueOf((char) ('A' + column));
  }

  /** Returns {@code {A: 1, C: 2}}; empty for nothing. */
  private static String units(long[] counts) {
    List<String> units = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        units.add(resource(i) + ": " + counts[i]);
      }
    }
    return units.isEmpty() ? "" : "{" + String.join(", ", units) + "}";
  }

  private static String acquire(long[] counts) {
    return units(counts).isEmpty() ? "" : "{acquire: " + units(counts) + "}, ";
  }

  private static String head(long[] available, long[][] allocation) {
    long[] all = available.clone();
    for (long[] held : allocation) {
      for (int i = 0; i < all.length; i++) {
        all[i] += held[i];
      }
    }
    return "resources: " + units(all) + "\nscheduler: {policy: fcfs}\nprocesses:\n";
  }

  @Test
  void theBankerOfOperatingSystemConceptsComesOut() throws Exception {
    Map<String, Object> input = ReferenceCases.map(worked("osc-bankers").get("input"));
    Map<String, Object> expected = ReferenceCases.map(worked("osc-bankers").get("expected"));
    long[] available = row(input.get("available"));
    long[][] allocation = matrix(input.get("allocation"));
    long[][] claims = matrix(input.get("max"));
    long[][] need = less(claims, allocation);
    assertThat(need).isDeepEqualTo(matrix(expected.get("need")));
    assertThat(Banker.order(available, allocation, need))
        .containsExactlyElementsOf(integers(expected.get("sequence")));

    // Each process takes what it holds, then asks in turn for what the book asks for.
    String[] requests = new String[claims.length];
    Arrays.fill(requests, "");
    List<String> checks = new ArrayList<>();
    int turn = 1;
    for (Map.Entry<String, Object> entry : expected.entrySet()) {
      Matcher request = REQUEST.matcher(entry.getKey());
      if (request.find()) {
        int process = Integer.parseInt(request.group(1));
        long[] counts =
            Arrays.stream(request.group(2).split(",")).mapToLong(Long::parseLong).toArray();
        boolean granted = entry.getValue().equals("grant");
        requests[process] +=
            "{sleep: %d}, {acquire: {resources: %s, nonblocking: true, into: got}}, {assert: got == %d}, {sleep: %d}, "
                .formatted(turn, units(counts), granted ? 1 : 0, 10 - turn);
        checks.add(entry.getKey());
        turn++;
      }
    }
    assertThat(checks).hasSize(3);
    StringBuilder yaml = new StringBuilder("avoidance: banker\n" + head(available, allocation));
    for (int p = 0; p < claims.length; p++) {
      yaml.append(
          "  - {name: P%d, claims: %s, program: [%s%s{sleep: 20}]}\n"
              .formatted(p, units(claims[p]), acquire(allocation[p]), requests[p]));
    }
    Ran ran = Ran.scenario(yaml.toString());
    assertThat(ran.metrics().findings().assertions()).isEmpty();
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
  }

  @Test
  void theBankerForOneResourceOfModernOperatingSystemsComesOut() {
    for (String id : List.of("tan-bankers-safe", "tan-bankers-unsafe")) {
      Map<String, Object> input = ReferenceCases.map(worked(id).get("input"));
      long[][] has = column(row(input.get("has")));
      long[] free = {((Number) input.get("free")).longValue()};
      Map<String, Object> expected = ReferenceCases.map(worked(id).get("expected"));
      assertThat(Banker.isSafe(free, has, less(column(row(input.get("max"))), has)))
          .as(id)
          .isEqualTo(expected.get("safe"));
    }
  }

  private static long[][] column(long[] values) {
    return Arrays.stream(values).mapToObj(v -> new long[] {v}).toArray(long[][]::new);
  }

  @Test
  void theDetectionOfOperatingSystemConceptsComesOut() throws Exception {
    Map<String, Object> input = ReferenceCases.map(worked("osc-detect").get("input"));
    Map<String, Object> expected = ReferenceCases.map(worked("osc-detect").get("expected"));
    long[] available = row(input.get("available"));
    long[][] allocation = matrix(input.get("allocation"));
    long[][] request = matrix(input.get("request"));
    assertThat(Banker.order(available, allocation, request))
        .containsExactlyElementsOf(integers(expected.get("sequence")));
    Ran ran = Ran.scenario(asking(available, allocation, request));
    assertThat(ran.metrics().findings().deadlocks()).isEmpty();
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);

    Matcher more =
        expected.keySet().stream().map(MORE::matcher).filter(Matcher::matches).findFirst().get();
    request[Integer.parseInt(more.group(1))][more.group(2).charAt(0) - 'A']++;
    Ran deadlocked = Ran.scenario(asking(available, allocation, request));
    assertThat(deadlocked.metrics().findings().deadlocks())
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.deadlock().links())
                    .extracting(link -> link.thread())
                    .containsExactlyElementsOf(integers(expected.get("deadlocked"))));
  }

  /** All take what they hold, and then ask for what they lack; who asks for nothing ends later. */
  private static String asking(long[] available, long[][] allocation, long[][] request) {
    StringBuilder yaml = new StringBuilder(head(available, allocation));
    for (int p = 0; p < request.length; p++) {
      yaml.append(
          "  - {name: P%d, program: [%s{sleep: 10}, %s{sleep: 5}]}\n"
              .formatted(p, acquire(allocation[p]), acquire(request[p])));
    }
    return yaml.toString();
  }

  private static List<Integer> integers(Object list) {
    return ((List<?>) list).stream().map(n -> ((Number) n).intValue()).toList();
  }
}
