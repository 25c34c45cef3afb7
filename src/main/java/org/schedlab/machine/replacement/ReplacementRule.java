package org.schedlab.machine.replacement;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.schedlab.engine.RandomStream;

/** The rules of page replacement by name. */
public enum ReplacementRule {
  FIFO("fifo", "the page loaded longest ago leaves", s -> new Fifo()),
  LRU("lru", "the page not used for longest leaves", s -> new LeastRecentlyUsed()),
  CLOCK(
      "clock", "the next page in a circle not used since the hand passed leaves", s -> new Clock()),
  OPT(
      "opt",
      "the page whose next use is farthest away leaves; all references must be known in advance",
      s -> new Optimal(s.references())),
  MRU("mru", "the page used last leaves", s -> new MostRecentlyUsed()),
  LFU("lfu", "the page with the fewest references leaves", s -> new LeastFrequentlyUsed()),
  RANDOM("random", "any page leaves", s -> new RandomReplacement(s.random())),
  AGING(
      "aging",
      "the page with the smallest counter, shifted at every tick, leaves",
      s -> new Aging(s.counterBits(), s.agingInterval())),
  WORKING_SET(
      "working-set",
      "a page that the last references do not use leaves at once, else that not used for longest",
      s -> new WorkingSet(s.window()));

  private final String key;
  private final String meaning;
  private final Function<Settings, PageReplacement> maker;

  ReplacementRule(String key, String meaning, Function<Settings, PageReplacement> maker) {
    this.key = key;
    this.meaning = meaning;
    this.maker = maker;
  }

  /**
   * What the rules are made from; each takes what it needs.
   *
   * @param random where {@link #RANDOM} draws
   * @param references the page of every reference, for {@link #OPT}
   * @param window how many references a working set reaches back
   * @param counterBits the length of the counters of {@link #AGING}
   * @param agingInterval the references from tick to tick of {@link #AGING}; 0 for clock ticks
   */
  public record Settings(
      RandomStream random, long[] references, int window, int counterBits, int agingInterval) {}

  /** Returns the rule that scenarios call by a name. */
  public static Optional<ReplacementRule> named(String key) {
    return Arrays.stream(values()).filter(rule -> rule.key.equals(key)).findFirst();
  }

  /** Returns the name in scenarios. */
  public String key() {
    return key;
  }

  /** Returns the rule in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Makes the rule with empty books. */
  public PageReplacement create(Settings settings) {
    return maker.apply(settings);
  }
}
