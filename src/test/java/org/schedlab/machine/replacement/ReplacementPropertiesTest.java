package org.schedlab.machine.replacement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.schedlab.engine.RandomStream;
import org.schedlab.testing.PagedMemory;

/** What holds for every string of references, tried on thousands of random ones. */
class ReplacementPropertiesTest {
  private static final int STRINGS = 1000;

  /** References with some locality: mostly near the last, sometimes anywhere. */
  private static long[] references(Random random) {
    int pages = 1 + random.nextInt(12);
    long[] references = new long[random.nextInt(80)];
    int at = 0;
    for (int i = 0; i < references.length; i++) {
      at = random.nextInt(3) == 0 ? random.nextInt(pages) : (at + random.nextInt(3)) % pages;
      references[i] = at;
    }
    return references;
  }

  private static PagedMemory after(ReplacementRule rule, int frames, long[] references) {
    ReplacementRule.Settings settings =
        new ReplacementRule.Settings(new RandomStream(7), references, 4, 8, 3);
    return PagedMemory.after(frames, rule.create(settings), references);
  }

  @Test
  void lruAndOptNeverFaultMoreWithMoreFrames() {
    for (int seed = 0; seed < STRINGS; seed++) {
      long[] references = references(new Random(seed));
      for (ReplacementRule rule : List.of(ReplacementRule.LRU, ReplacementRule.OPT)) {
        int before = Integer.MAX_VALUE;
        for (int frames = 1; frames <= 12; frames++) {
          int faults = after(rule, frames, references).faults();
          assertThat(faults).as("%s seed %d frames %d", rule, seed, frames).isBetween(0, before);
          before = faults;
        }
      }
    }
  }

  @Test
  void noRuleFaultsLessThanOpt() {
    for (int seed = 0; seed < STRINGS; seed++) {
      long[] references = references(new Random(seed));
      for (int frames = 1; frames <= 8; frames += 2) {
        int least = after(ReplacementRule.OPT, frames, references).faults();
        for (ReplacementRule rule : ReplacementRule.values()) {
          assertThat(after(rule, frames, references).faults())
              .as("%s seed %d frames %d", rule, seed, frames)
              .isGreaterThanOrEqualTo(least);
        }
      }
    }
  }

  @Test
  void everyRuleFaultsOnceForEachPageWhenAllFit() {
    for (int seed = 0; seed < STRINGS; seed++) {
      long[] references = references(new Random(seed));
      Set<Long> pages = new HashSet<>();
      for (long page : references) {
        pages.add(page);
      }
      for (ReplacementRule rule : ReplacementRule.values()) {
        if (rule != ReplacementRule.WORKING_SET) {
          assertThat(after(rule, 12, references).faults()).as("%s", rule).isEqualTo(pages.size());
        }
      }
    }
  }

  @Test
  void clockPassesTheFramesAsAHandOverAnArrayWould() {
    for (int seed = 0; seed < STRINGS; seed++) {
      Random random = new Random(seed);
      long[] references = references(random);
      int frames = 1 + random.nextInt(8);
      assertThat(after(ReplacementRule.CLOCK, frames, references).hits())
          .as("seed %d", seed)
          .isEqualTo(handOverAnArray(frames, references));
    }
  }

  private static String handOverAnArray(int frames, long[] references) {
    Long[] pages = new Long[frames];
    boolean[] used = new boolean[frames];
    int hand = 0;
    StringBuilder hits = new StringBuilder();
    for (Long page : references) {
      int at =
          List.of(java.util.Arrays.stream(pages).map(String::valueOf).toArray())
              .indexOf(page.toString());
      hits.append(at >= 0 ? 'H' : 'M');
      if (at < 0) {
        while (pages[hand] != null && used[hand]) {
          used[hand] = false;
          hand = (hand + 1) % frames;
        }
        at = hand;
        pages[at] = page;
        hand = (hand + 1) % frames;
      }
      used[at] = true;
    }
    return hits.toString();
  }

  @Test
  void lfuLosesTheOldestOfThePagesWithTheFewestReferences() {
    for (int seed = 0; seed < STRINGS; seed++) {
      Random random = new Random(seed);
      long[] references = references(random);
      int frames = 1 + random.nextInt(8);
      Map<Long, Integer> counts = new HashMap<>();
      Set<Long> byLoad = new LinkedHashSet<>();
      PagedMemory memory = new PagedMemory(frames, new LeastFrequentlyUsed());
      for (long page : references) {
        if (!byLoad.contains(page) && byLoad.size() == frames) {
          long victim = byLoad.iterator().next();
          for (long candidate : byLoad) {
            victim = counts.get(candidate) < counts.get(victim) ? candidate : victim;
          }
          byLoad.remove(victim);
          counts.remove(victim);
        }
        byLoad.add(page);
        counts.merge(page, 1, Integer::sum);
        memory.reference(page);
        assertThat(memory.byLoad()).as("seed %d", seed).containsExactlyElementsOf(byLoad);
      }
    }
  }

  @Test
  void workingSetHoldsExactlyThePagesOfTheWindowWhileFramesSuffice() {
    for (int seed = 0; seed < STRINGS; seed++) {
      Random random = new Random(seed);
      long[] references = references(random);
      int window = 1 + random.nextInt(10);
      PagedMemory memory = new PagedMemory(12, new WorkingSet(window));
      for (int i = 0; i < references.length; i++) {
        memory.reference(references[i]);
        Set<Long> expected = new HashSet<>();
        for (int j = Math.max(0, i - window + 1); j <= i; j++) {
          expected.add(references[j]);
        }
        assertThat(memory.byLoad()).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  @Test
  void pagesThatLeaveUnaskedAreForgottenByEveryRule() {
    for (ReplacementRule rule : ReplacementRule.values()) {
      if (rule == ReplacementRule.OPT) {
        continue;
      }
      for (int seed = 0; seed < 200; seed++) {
        Random random = new Random(seed);
        ReplacementRule.Settings settings =
            new ReplacementRule.Settings(new RandomStream(seed), new long[0], 50, 8, 3);
        PagedMemory memory = new PagedMemory(5, rule.create(settings));
        for (int i = 0; i < 200; i++) {
          List<Long> pages = memory.byLoad();
          if (!pages.isEmpty() && random.nextInt(3) == 0) {
            memory.evict(pages.get(random.nextInt(pages.size())));
          } else {
            // A victim that is not in memory makes this throw.
            memory.reference(random.nextInt(9));
          }
          assertThat(memory.byLoad().size()).isLessThanOrEqualTo(5);
        }
      }
    }
  }
}
