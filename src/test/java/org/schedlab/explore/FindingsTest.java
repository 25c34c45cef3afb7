package org.schedlab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.schedlab.reference.ReferenceCases;

/** The search that runs one schedule of each trace, against worked cases. */
class FindingsTest {
  static Stream<CensusTest.Worked> cases() {
    return CensusTest.cases();
  }

  private static String place(Machine machine, int slot, int line) {
    return machine.threadName(slot).substring("P/".length()) + ":" + line;
  }

  private static TreeSet<String> pairs(Machine machine, Findings findings) {
    TreeSet<String> pairs = new TreeSet<>();
    for (RacePair race : findings.races()) {
      List<String> places =
          Stream.of(
                  place(machine, race.first(), race.firstAt().line()),
                  place(machine, race.second(), race.secondAt().line()))
              .sorted()
              .toList();
      pairs.add(machine.cellName(race.cell()) + " " + places);
    }
    return pairs;
  }

  private static TreeSet<String> knownPairs(Map<String, Object> expected) {
    TreeSet<String> pairs = new TreeSet<>();
    for (Object race : (List<?>) expected.get("hb_race_pairs")) {
      List<?> pair = (List<?>) race;
      List<String> places =
          Stream.of(pair.get(1).toString(), pair.get(2).toString()).sorted().toList();
      pairs.add(pair.get(0) + " " + places);
    }
    return pairs;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneScheduleOfEachTraceIsRun(CensusTest.Worked worked) {
    ReferenceCase program = new ReferenceCase(worked.program());

    Findings findings = Findings.of(program.machine(), program, Budget.DEFAULT);

    assertThat(findings.executions())
        .isEqualTo(Long.parseLong(worked.expected().get("mazurkiewicz_traces").toString()));
    assertThat(findings.redundant()).isZero();
    assertThat(findings.isComplete()).isTrue();
    Map<String, Long> found = new TreeMap<>();
    findings
        .outcomes()
        .forEach(
            (outcome, seen) ->
                found.put(
                    CensusTest.key(outcome.deadlock(), outcome.failed(), program.byName(outcome)),
                    seen.executions()));
    Map<String, Long> known = new TreeMap<>();
    CensusTest.worked(worked.expected(), "traces")
        .forEach((key, count) -> known.put(key, count.longValue()));
    assertThat(found).isEqualTo(known);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void racesLostUpdatesAndLockOrdersOverAllSchedules(CensusTest.Worked worked) {
    ReferenceCase program = new ReferenceCase(worked.program());
    Map<String, Object> expected = worked.expected();

    Findings findings = Findings.of(program.machine(), program, Budget.DEFAULT);

    Machine machine = program.machine();
    assertThat(pairs(machine, findings)).isEqualTo(knownPairs(expected));
    Map<String, Object> lost = new TreeMap<>();
    findings.mostLost().forEach((cell, most) -> lost.put(machine.cellName(cell), most));
    assertThat(lost).isEqualTo(ReferenceCases.map(expected.get("lost_update_variables_max")));
    assertThat(findings.lockCycles().stream().map(LockCycle::locks).toList())
        .isEqualTo(expected.get("lock_order_cycles"));
  }

  static Stream<CensusTest.Worked> benchmarks() {
    return ReferenceCases.of("interleavings", "benchmarks").stream()
        .map(
            each ->
                new CensusTest.Worked(
                    each.get("name").toString(), ReferenceCases.map(each.get("program")), each));
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void programsOfTheLiteratureHaveAsManyTracesAsPublished(CensusTest.Worked worked) {
    ReferenceCase program = new ReferenceCase(worked.program());

    Findings findings = Findings.of(program.machine(), program, Budget.DEFAULT);

    assertThat(findings.executions())
        .isEqualTo(Long.parseLong(worked.expected().get("mazurkiewicz_traces").toString()));
    assertThat(findings.redundant()).isZero();
  }

  private static ReferenceCase lastZero(int readers) {
    List<Map<String, Object>> threads = new ArrayList<>();
    threads.add(
        Map.of(
            "name",
            "T0",
            "code",
            List.of(
                List.of("set", "i", readers),
                List.of("label", "L"),
                List.of("load", "v", List.of("a", "i")),
                List.of("br", "v", "==", 0, "E"),
                List.of("sub", "i", "i", 1),
                List.of("jmp", "L"),
                List.of("label", "E"))));
    List<Integer> zeros = new ArrayList<>(List.of(0));
    for (int i = 1; i <= readers; i++) {
      zeros.add(0);
      threads.add(
          Map.of(
              "name",
              "T" + i,
              "code",
              List.of(
                  List.of("load", "r", List.of("a", i - 1)),
                  List.of("add", "r", "r", 1),
                  List.of("store", List.of("a", i), "r"))));
    }
    return new ReferenceCase(Map.of("vars", Map.of("a", zeros), "threads", threads));
  }

  private static ReferenceCase readers(int readers) {
    List<Map<String, Object>> threads = new ArrayList<>();
    threads.add(Map.of("name", "T0", "code", List.of(List.of("store", "x", 42))));
    for (int i = 1; i <= readers; i++) {
      threads.add(Map.of("name", "T" + i, "code", List.of(List.of("load", "r", "x"))));
    }
    return new ReferenceCase(Map.of("vars", Map.of("x", 0), "threads", threads));
  }

  @Test
  void largerProgramsOfTheLiterature() {
    ReferenceCase lastZero = lastZero(10);
    ReferenceCase readers = readers(13);

    Findings ofLastZero = Findings.of(lastZero.machine(), lastZero, Budget.DEFAULT);
    Findings ofReaders = Findings.of(readers.machine(), readers, Budget.DEFAULT);

    assertThat(ofLastZero.executions()).isEqualTo(3_328);
    assertThat(ofReaders.executions()).isEqualTo(8_192);
    assertThat(ofLastZero.redundant() + ofReaders.redundant()).isZero();
  }
}
