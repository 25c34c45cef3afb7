package org.schedlab.machine.replacement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.schedlab.engine.RandomStream;
import org.schedlab.testing.PagedMemory;

/** Each rule on a string short enough to follow by hand. */
class ReplacementRulesTest {
  private static String victims(PagedMemory memory) {
    StringBuilder text = new StringBuilder();
    memory.victims().forEach(page -> text.append(page == null ? "." : Long.toString(page)));
    return text.toString();
  }

  /**
   * The three frames after each reference, * for a set use bit, > for the hand.
   *
   * <pre>
   *  3    >1*  2*  3*
   *  4     4* >2   3     all had a second chance; 1 leaves
   *  2     4* >2*  3     a hit
   *  5    >4*  2   5*    the hand clears 2 and takes 3
   *  1     4   1* >5*    the hand clears 4 and takes 2
   * </pre>
   */
  @Test
  void clockGivesASecondChanceToPagesUsedSinceTheHandPassed() {
    PagedMemory memory = PagedMemory.after(3, new Clock(), 1, 2, 3, 4, 2, 5, 1);
    assertThat(memory.hits()).isEqualTo("MMMMHMM");
    assertThat(victims(memory)).isEqualTo("...1.32");
  }

  @Test
  void fifoLosesAPageHoweverOftenItIsUsed() {
    assertThat(victims(PagedMemory.after(2, new Fifo(), 1, 2, 1, 1, 3))).isEqualTo("....1");
  }

  @Test
  void lruLosesThePageNotUsedForLongest() {
    PagedMemory memory = PagedMemory.after(2, new LeastRecentlyUsed(), 1, 2, 1, 3);
    assertThat(victims(memory)).isEqualTo("...2");
  }

  @Test
  void mruKeepsAllButOneFrameOfALoopThatDoesNotFit() {
    PagedMemory memory = PagedMemory.after(3, new MostRecentlyUsed(), 1, 2, 3, 4, 1, 2, 3, 4, 1, 2);
    assertThat(memory.hits()).isEqualTo("MMMMHHMHHM");
    assertThat(victims(memory)).isEqualTo("...3..2..1");
  }

  @Test
  void lfuCountsFromOneAgainWhenAPageComesBack() {
    PagedMemory memory = PagedMemory.after(2, new LeastFrequentlyUsed(), 1, 1, 1, 2, 2, 3, 2, 3);
    assertThat(victims(memory)).isEqualTo(".....232");
  }

  @Test
  void optLosesAPageThatIsNeverUsedAgainFirstAndOfSeveralTheOneLoadedLast() {
    long[] references = {1, 2, 3, 1, 2, 4, 1};
    PagedMemory memory = PagedMemory.after(2, new Optimal(references), references);
    assertThat(victims(memory)).isEqualTo("..2.32.");
    assertThat(memory.hits()).isEqualTo("MMMHMMH");
    long[] twoNeverUsedAgain = {1, 2, 1, 3, 4};
    PagedMemory last = PagedMemory.after(2, new Optimal(twoNeverUsedAgain), twoNeverUsedAgain);
    assertThat(victims(last)).isEqualTo("...23");
  }

  @Test
  void optRefusesReferencesThatItWasNotTold() {
    PagedMemory memory = PagedMemory.after(2, new Optimal(new long[] {1, 2, 1}), 1);
    assertThatThrownBy(() -> memory.reference(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("reference 1");
    assertThatThrownBy(() -> memory.reference(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void agingLosesThePageWhoseUsesAreFartherBack() {
    Aging aging = new Aging(8, 0);
    aging.loaded(0, 10);
    aging.loaded(1, 11);
    aging.tick();
    aging.used(0);
    aging.tick();
    assertThat(aging.victim()).isEqualTo(1);
    assertThat(aging.counter(0)).isEqualTo(0b11000000);
    assertThat(aging.counter(1)).isEqualTo(0b01000000);
  }

  @Test
  void agingSparesAPageUsedSinceTheTickAmongEqualCounters() {
    Aging aging = new Aging(2, 0);
    aging.loaded(0, 10);
    aging.loaded(1, 11);
    for (int tick = 0; tick < 3; tick++) {
      aging.tick();
    }
    aging.used(0);
    assertThat(aging.victim()).isEqualTo(1);
  }

  @Test
  void agingTicksByItselfAfterAsManyReferencesAsItIsTold() {
    Aging aging = new Aging(4, 3);
    aging.loaded(0, 10);
    aging.used(0);
    assertThat(aging.counter(0)).isZero();
    aging.used(0);
    assertThat(aging.counter(0)).isEqualTo(0b1000);
  }

  @Test
  void randomIsFairAndFollowsTheSeed() {
    Map<Integer, Integer> times = new HashMap<>();
    RandomReplacement random = new RandomReplacement(new RandomStream(3));
    for (int frame = 0; frame < 4; frame++) {
      random.loaded(frame, frame);
    }
    for (int i = 0; i < 40_000; i++) {
      times.merge(random.victim(), 1, Integer::sum);
    }
    assertThat(times).containsOnlyKeys(0, 1, 2, 3);
    assertThat(times.values()).allMatch(count -> count > 9_600 && count < 10_400);
    long[] references = {1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5};
    List<Long> once =
        PagedMemory.after(3, new RandomReplacement(new RandomStream(5)), references).victims();
    assertThat(PagedMemory.after(3, new RandomReplacement(new RandomStream(5)), references))
        .extracting(PagedMemory::victims)
        .isEqualTo(once);
    assertThat(once.stream().filter(Objects::nonNull).count()).isPositive();
  }

  @Test
  void emptyBooksHaveNoVictim() {
    for (ReplacementRule rule : ReplacementRule.values()) {
      PageReplacement empty =
          rule.create(new ReplacementRule.Settings(new RandomStream(1), new long[] {1}, 1, 8, 1));
      assertThatThrownBy(empty::victim).isInstanceOf(NoSuchElementException.class);
      assertThat(empty.surplus()).isEqualTo(PageReplacement.NONE);
      empty.tick();
    }
  }

  @Test
  void namesAreThoseOfScenarios() {
    assertThat(ReplacementRule.values())
        .extracting(ReplacementRule::key)
        .containsExactly(
            "fifo", "lru", "clock", "opt", "mru", "lfu", "random", "aging", "working-set");
    assertThat(ReplacementRule.named("nru")).isEmpty();
    assertThat(ReplacementRule.values()).allMatch(rule -> rule.meaning().contains("leaves"));
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new WorkingSet(0)).hasMessageContaining("at least 1 reference");
    assertThatThrownBy(() -> new Aging(0, 1)).hasMessageContaining("1 to 32 bits");
    assertThatThrownBy(() -> new Aging(8, -1)).hasMessageContaining("-1");
  }
}
