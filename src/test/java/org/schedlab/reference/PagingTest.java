package org.schedlab.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.engine.RandomStream;
import org.schedlab.machine.replacement.Aging;
import org.schedlab.machine.replacement.PageReplacement;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.machine.replacement.WorkingSet;
import org.schedlab.testing.PagedMemory;

/** Exercises of page replacement with their answers. */
class PagingTest {
  private static PageReplacement rule(String name, long... references) {
    ReplacementRule.Settings settings =
        new ReplacementRule.Settings(new RandomStream(1), references, 10, 8, 1);
    return ReplacementRule.named(name.toLowerCase(Locale.ROOT)).orElseThrow().create(settings);
  }

  private static PagedMemory after(String name, int frames, long... references) {
    return PagedMemory.after(frames, rule(name, references), references);
  }

  @TestFactory
  Stream<DynamicTest> workedCases() {
    List<Map<String, Object>> cases =
        ReferenceCases.of("paging").stream()
            .filter(c -> !List.of("CLOCK", "RAND").contains(c.get("policy")))
            .toList();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(13);
    return cases.stream()
        .map(c -> DynamicTest.dynamicTest(c.get("id") + " " + c.get("policy"), () -> check(c)));
  }

  private static void check(Map<String, Object> worked) {
    String policy = (String) worked.get("policy");
    Map<String, Object> expected = ReferenceCases.map(worked.get("expected"));
    long[] references = longs(worked.get("trace"));
    PagedMemory memory = new PagedMemory((int) worked.get("cache_size"), rule(policy, references));
    List<?> memories = (List<?>) expected.get("memory_after");
    for (int i = 0; i < references.length; i++) {
      memory.reference(references[i]);
      List<Long> pages = memories(memories.get(i));
      if (policy.equals("FIFO")) {
        assertThat(memory.byLoad()).as("after reference %d", i).isEqualTo(pages);
      } else if (policy.equals("LRU")) {
        assertThat(memory.byUse()).as("after reference %d", i).isEqualTo(pages);
      } else {
        assertThat(memory.byLoad()).as("after %d", i).containsExactlyInAnyOrderElementsOf(pages);
      }
    }
    assertThat(memory.hits()).isEqualTo(expected.get("hit_sequence"));
    assertThat(memory.victims()).isEqualTo(memories(expected.get("victims")));
    assertThat(memory.faults()).isEqualTo(expected.get("misses"));
  }

  private static long[] longs(Object list) {
    return ((List<?>) list).stream().mapToLong(n -> (int) n).toArray();
  }

  private static List<Long> memories(Object list) {
    return ((List<?>) list)
        .stream().map(page -> page == null ? null : Long.valueOf((int) page)).toList();
  }

  private static Map<String, Object> textbook(String id) {
    return ReferenceCases.of("textbook").stream()
        .filter(c -> id.equals(c.get("id")))
        .findFirst()
        .orElseThrow();
  }

  private static long[] references(Map<String, Object> exercise) {
    return longs(ReferenceCases.map(exercise.get("input")).get("refs"));
  }

  @Test
  void silberschatzExampleFaultsAsOftenAsTheBookSays() {
    Map<String, Object> exercise = textbook("osc-paging-20");
    Map<String, Object> faults = ReferenceCases.map(exercise.get("expected"));
    assertThat(faults).containsKeys("FIFO", "OPT", "LRU", "CLOCK");
    faults.forEach(
        (policy, count) ->
            assertThat(after(policy, 3, references(exercise)).faults())
                .as(policy)
                .isEqualTo(count));
  }

  @Test
  void beladysStringFaultsMoreOftenUnderFifoWithFourFramesThanWithThree() {
    Map<String, Object> exercise = textbook("belady");
    Map<String, Object> policies = ReferenceCases.map(exercise.get("expected"));
    assertThat(policies).containsOnlyKeys("FIFO", "LRU", "OPT");
    policies.forEach(
        (policy, byFrames) ->
            ReferenceCases.map(byFrames)
                .forEach(
                    (frames, faults) ->
                        assertThat(
                                after(policy, Integer.parseInt(frames), references(exercise))
                                    .faults())
                            .as("%s with %s frames", policy, frames)
                            .isEqualTo(faults)));
    assertThat(after("fifo", 4, references(exercise)).faults()).isEqualTo(10);
    assertThat(after("fifo", 3, references(exercise)).faults()).isEqualTo(9);
  }

  @Test
  void tanenbaumsCountersAgeAsInHisFigure() {
    Map<String, Object> exercise = textbook("tan-aging");
    List<?> ticks = (List<?>) ReferenceCases.map(exercise.get("input")).get("R");
    List<?> counters = (List<?>) ReferenceCases.map(exercise.get("expected")).get("counters");
    Aging aging = new Aging(8, 0);
    for (int frame = 0; frame < 4; frame++) {
      aging.loaded(frame, frame);
    }
    // Loading set the use bits; the figure begins after a tick that nobody remembers.
    for (int tick = 0; tick < 9; tick++) {
      aging.tick();
    }
    for (Object used : ticks) {
      for (int frame = 0; frame < 4; frame++) {
        if (((String) used).charAt(frame) == '1') {
          aging.used(frame);
        }
      }
      aging.tick();
    }
    for (int frame = 0; frame < 4; frame++) {
      assertThat(aging.counter(frame)).isEqualTo(Long.parseLong((String) counters.get(frame), 2));
    }
    assertThat(aging.victim()).isEqualTo(2);
  }

  @Test
  void silberschatzWorkingSetHoldsThePagesOfTheLastTenReferences() {
    Map<String, Object> exercise = textbook("osc-working-set");
    Map<String, Object> expected = ReferenceCases.map(exercise.get("expected"));
    PagedMemory memory = new PagedMemory(100, new WorkingSet(10));
    int checked = 0;
    int passed = 0;
    for (long page : references(exercise)) {
      memory.reference(page);
      passed++;
      Object pages = expected.get("WS_after_ref_" + passed);
      if (pages != null) {
        checked++;
        assertThat(new TreeSet<>(memory.byLoad())).containsExactlyElementsOf(memories(pages));
      }
    }
    assertThat(checked).isEqualTo(2);
  }
}
