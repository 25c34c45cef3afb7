package org.schedlab.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.schedlab.reference.ReferenceCases;

/** Schedules counted together, against worked cases. */
class CensusTest {
  /** A worked case; its text is its name. */
  record Worked(String name, Map<String, Object> program, Map<String, Object> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Worked> cases() {
    return ReferenceCases.of("interleavings").stream()
        .map(
            each -> {
              Map<String, Object> program = ReferenceCases.map(each.get("program"));
              return new Worked(
                  program.get("name").toString(),
                  program,
                  ReferenceCases.map(each.get("expected")));
            });
  }

  static String key(boolean deadlock, Object failed, Map<String, ?> values) {
    return (deadlock ? "deadlock " : "complete ") + failed + " " + new TreeMap<>(values);
  }

  private static Map<String, BigInteger> found(ReferenceCase machine, Census census) {
    Map<String, BigInteger> found = new TreeMap<>();
    census
        .counts()
        .forEach(
            (outcome, count) ->
                found.put(
                    key(outcome.deadlock(), outcome.failed(), machine.byName(outcome)), count));
    return found;
  }

  static Map<String, BigInteger> worked(Map<String, Object> expected, String field) {
    Map<String, BigInteger> worked = new TreeMap<>();
    for (Map<String, Object> outcome : ReferenceCases.list(expected.get("outcomes"))) {
      worked.put(
          key(
              outcome.get("status").equals("deadlock"),
              outcome.get("assert_failed"),
              ReferenceCases.map(outcome.get("values"))),
          new BigInteger(outcome.get(field).toString()));
    }
    return worked;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyOrderIsCountedByOutcome(Worked worked) {
    ReferenceCase machine = new ReferenceCase(worked.program);

    Census census = Census.ofInterleavings(machine.machine(), machine, Budget.DEFAULT);

    assertThat(census.total()).hasToString(worked.expected.get("interleavings").toString());
    assertThat(found(machine, census)).isEqualTo(worked(worked.expected, "interleavings"));
    assertThat(census.isComplete()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tracesAreCountedByOutcome(Worked worked) {
    ReferenceCase machine = new ReferenceCase(worked.program);

    Census census = Census.ofTraces(machine.machine(), machine, Budget.DEFAULT);

    assertThat(census.total()).hasToString(worked.expected.get("mazurkiewicz_traces").toString());
    assertThat(found(machine, census)).isEqualTo(worked(worked.expected, "traces"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void schedulesWithFewPreemptionsAreCounted(Worked worked) {
    ReferenceCase machine = new ReferenceCase(worked.program);
    List<Map<String, Object>> bounds =
        ReferenceCases.list(worked.expected.get("by_preemption_bound"));

    Census census =
        Census.ofPreemptions(machine.machine(), machine, bounds.size() - 1, Budget.DEFAULT);

    List<String> found = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (Map<String, Object> bound : bounds) {
      known.add(
          bound.get("interleavings") + " " + bound.get("failing") + " " + bound.get("outcomes"));
      Map<Outcome, BigInteger> counts = census.countsUpTo((Integer) bound.get("bound"));
      BigInteger failing =
          counts.entrySet().stream()
              .filter(entry -> entry.getKey().isFailure())
              .map(Map.Entry::getValue)
              .reduce(BigInteger.ZERO, BigInteger::add);
      found.add(Census.sum(counts) + " " + failing + " " + counts.size());
    }
    assertThat(found).isEqualTo(known);
  }

  @Test
  void twiceTenIncrements() {
    List<List<Object>> code = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      code.add(List.of("load", "r", "x"));
      code.add(List.of("add", "r", "r", 1));
      code.add(List.of("store", "x", "r"));
    }
    ReferenceCase machine =
        new ReferenceCase(
            Map.of(
                "vars",
                Map.of("x", 0),
                "threads",
                List.of(Map.of("name", "T0", "code", code), Map.of("name", "T1", "code", code))));

    Function<Census, String> total = census -> census.total().toString();
    assertThat(total.apply(Census.ofInterleavings(machine.machine(), machine, Budget.DEFAULT)))
        .isEqualTo("137846528820");
    assertThat(total.apply(Census.ofTraces(machine.machine(), machine, Budget.DEFAULT)))
        .isEqualTo("5355697084");
  }

  static Stream<Worked> lostUpdates() {
    return ReferenceCases.of("textbook").stream()
        .filter(each -> each.get("id").toString().matches("lost-update-k\\d+-interleave"))
        .map(
            each ->
                new Worked(
                    each.get("id").toString(),
                    ReferenceCases.map(each.get("input")),
                    ReferenceCases.map(each.get("expected"))));
  }

  /** The worked cases take the addition for a step of its own; a private load stands for it. */
  @ParameterizedTest
  @MethodSource("lostUpdates")
  void lostUpdatesHaveTheTextbookDistribution(Worked worked) {
    List<List<Object>> code = new ArrayList<>();
    for (int i = 0; i < (Integer) worked.program.get("k"); i++) {
      code.add(List.of("load", "r", "x"));
      code.add(List.of("load", "unused", "y"));
      code.add(List.of("add", "r", "r", 1));
      code.add(List.of("store", "x", "r"));
    }
    ReferenceCase machine =
        new ReferenceCase(
            Map.of(
                "vars",
                Map.of("x", 0, "y", 0),
                "threads",
                List.of(Map.of("name", "T0", "code", code), Map.of("name", "T1", "code", code))));

    Census census = Census.ofInterleavings(machine.machine(), machine, Budget.DEFAULT);

    Map<String, Object> known = ReferenceCases.map(worked.expected.get("dist"));
    assertThat(census.counts()).hasSameSizeAs(known);
    census
        .counts()
        .forEach(
            (outcome, count) ->
                assertThat(count.doubleValue() / census.total().doubleValue())
                    .isCloseTo(
                        ReferenceCases.number(known.get("" + machine.byName(outcome).get("x"))),
                        within(1e-12)));
  }
}
