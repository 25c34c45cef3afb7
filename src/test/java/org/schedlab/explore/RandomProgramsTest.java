package org.schedlab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Small programs drawn at random: reduction, counting by states, and every schedule one by one must
 * come to the same, by different ways.
 */
class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("explore.programs", 1_000);
  private static final int MOST_SCHEDULES = 4_000;

  private final Random random = new Random(20_240_607);

  private Map<String, Object> drawn() {
    List<Map<String, Object>> threads = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    int length = count == 2 ? 6 : count == 3 ? 4 : 3;
    // Few kinds of objects in one program, so that threads meet at them.
    int kinds = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      threads.add(Map.of("name", "T" + i, "code", code(1 + random.nextInt(length), kinds)));
    }
    return Map.ofEntries(
        Map.entry("vars", Map.of("x", 0, "y", 0)),
        Map.entry("volatile", random.nextBoolean() ? List.of("y") : List.of()),
        Map.entry("mutexes", List.of("m", "n")),
        Map.entry("sems", Map.of("s", random.nextInt(3))),
        Map.entry("conds", List.of("c")),
        Map.entry("barriers", Map.of("b", 2)),
        Map.entry("rwlocks", List.of("l")),
        Map.entry("channels", Map.of("q", 1 + random.nextInt(2))),
        Map.entry("observe", List.of("T0.r", "T1.r")),
        Map.entry("threads", threads));
  }

  private List<List<Object>> code(int length, int kinds) {
    List<List<Object>> code = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      code.add(random.nextInt(3) == 0 ? access() : operation(kinds));
      if (random.nextInt(6) == 0) {
        // Skips the next operation, as the register says.
        code.add(List.of("br", "r", "==", random.nextInt(2), "L" + i));
        code.add(access());
        code.add(List.of("label", "L" + i));
      }
    }
    code.add(List.of("assert", "r", "!=", 7));
    return code;
  }

  private List<Object> access() {
    String cell = random.nextInt(3) == 0 ? "y" : "x";
    int value = random.nextInt(3);
    return switch (random.nextInt(6)) {
      case 0, 1 -> List.of("load", "r", cell);
      case 2 -> List.of("store", cell, random.nextBoolean() ? value : "r");
      case 3 -> List.of("cas", "r", cell, value, random.nextInt(3));
      case 4 -> List.of("fadd", "r", cell, 1);
      default -> List.of("xchg", "r", cell, value);
    };
  }

  private List<Object> operation(int kinds) {
    String mutex = random.nextInt(3) == 0 ? "n" : "m";
    return switch (kinds) {
      case 0 ->
          switch (random.nextInt(3)) {
            case 0 -> List.of("lock", mutex);
            case 1 -> List.of("unlock", mutex);
            default -> List.of("trylock", "r", mutex);
          };
      case 1 ->
          switch (random.nextInt(3)) {
            case 0 -> List.of("sem_wait", "s");
            case 1 -> List.of("sem_post", "s");
            default -> List.of("try_sem", "r", "s");
          };
      case 2 ->
          switch (random.nextInt(4)) {
            case 0 -> List.of("lock", "m");
            case 1 -> List.of("cond_wait", "c", "m");
            case 2 -> List.of(random.nextBoolean() ? "cond_signal" : "cond_broadcast", "c");
            default -> List.of("unlock", "m");
          };
      case 3 -> random.nextBoolean() ? List.of("send", "q", 1) : List.of("recv", "r", "q");
      case 4 -> random.nextInt(3) == 0 ? List.of("barrier_wait", "b") : access();
      case 5 ->
          switch (random.nextInt(3)) {
            case 0 -> List.of("read_lock", "l");
            case 1 -> List.of("write_lock", "l");
            default -> List.of("rw_unlock", "l");
          };
      case 6 -> operation(random.nextInt(6));
      default -> access();
    };
  }

  @Test
  void reductionCountingAndBruteForceAgree() {
    int compared = 0;
    int[] kinds = new int[2];
    for (int i = 0; compared < PROGRAMS; i++) {
      Map<String, Object> drawn = drawn();
      ReferenceCase program = new ReferenceCase(drawn);
      EverySchedule every = new EverySchedule(program.machine(), program, MOST_SCHEDULES);
      if (every.isTooLarge()) {
        continue;
      }
      compared++;
      compare(drawn, program, every);
      kinds[every.schedules == every.traces.size() ? 0 : 1]++;
    }
    // The programs are of both kinds: with and without independent steps.
    assertThat(kinds).doesNotContain(0);
  }

  private static void compare(
      Map<String, Object> drawn, ReferenceCase program, EverySchedule every) {
    Machine machine = program.machine();
    Findings findings = Findings.of(machine, program, Budget.DEFAULT);
    Census interleavings = Census.ofInterleavings(machine, program, Budget.DEFAULT);
    Census traces = Census.ofTraces(machine, program, Budget.DEFAULT);

    Map<String, Long> found = new TreeMap<>();
    findings
        .outcomes()
        .forEach((outcome, seen) -> found.put(outcome.toString(), seen.executions()));
    Map<String, Long> counted = new TreeMap<>();
    traces.counts().forEach((outcome, count) -> counted.put(outcome.toString(), count.longValue()));
    Set<String> races = new TreeSet<>();
    findings.races().forEach(race -> races.add(EverySchedule.text(race)));

    assertThat(interleavings.total()).as("schedules of " + drawn).hasToString("" + every.schedules);
    assertThat(counted).as("traces by states of " + drawn).isEqualTo(every.outcomes);
    assertThat(found).as("traces by search of " + drawn).isEqualTo(every.outcomes);
    assertThat(findings.redundant()).as("schedules in vain of " + drawn).isZero();
    assertThat(races).as("races of " + drawn).isEqualTo(every.races);
    assertThat(findings.mostLost()).as("lost updates of " + drawn).isEqualTo(every.mostLost);
  }
}
