package org.schedlab.explore;

/**
 * Which schedules are counted. A rule follows each schedule with a mark, a number of its own, and
 * schedules that come to the same state with the same mark are counted together from there on.
 */
interface Rule {
  /** Stands for a step that the rule does not want. */
  long REFUSED = -1;

  /** Returns the mark of the empty schedule. */
  default long start() {
    return 0;
  }

  /**
   * Returns the mark after a step, or {@link #REFUSED}.
   *
   * @param enabled the threads that can go on, by their bits
   */
  long next(State state, long mark, int slot, long enabled);

  /** Counts every schedule. */
  static Rule all() {
    return (state, mark, slot, enabled) -> 0;
  }

  /**
   * Counts one schedule of each trace: the mark holds the threads that are asleep, because their
   * step, which nothing since then depends on, was tried before (Godefroid 1996). The last step may
   * be asleep in the end, so a state with everybody asleep counts nothing.
   */
  static Rule traces(Steps steps) {
    return (state, mark, slot, enabled) -> {
      if ((mark & 1L << slot) != 0) {
        return REFUSED;
      }
      int[] touched = steps.footprint(state, slot);
      long before = mark | enabled & (1L << slot) - 1;
      long asleep = 0;
      for (long rest = before; rest != 0; rest &= rest - 1) {
        int other = Long.numberOfTrailingZeros(rest);
        if (!Footprints.conflict(steps.footprint(state, other), touched)) {
          asleep |= 1L << other;
        }
      }
      return asleep;
    };
  }

  /** Of the marks of bounded schedules: the cost so far stands above the last thread. */
  int COST_SHIFT = Byte.SIZE;

  /** Returns what a mark of a bounded schedule has cost. */
  static int cost(long mark) {
    return (int) (mark >> COST_SHIFT);
  }

  /** Counts by preemptions: switches away from a thread that could go on. */
  static Rule preemptions(int most) {
    return bounded(most, 0, (last, slot, enabled) -> preemptionCost(last, slot, enabled));
  }

  /** Counts by delays: threads passed over that could go on, in round robin. */
  static Rule delays(int most) {
    return bounded(most, 1, (last, slot, enabled) -> delayCost(last, slot, enabled));
  }

  /** What a choice costs. */
  @FunctionalInterface
  interface Cost {
    /**
     * @param last the thread before, or -1
     */
    int of(int last, int slot, long enabled);
  }

  static int preemptionCost(int last, int slot, long enabled) {
    boolean couldGoOn = last >= 0 && (enabled & 1L << last) != 0;
    return last != slot && couldGoOn ? 1 : 0;
  }

  static int delayCost(int last, int slot, long enabled) {
    long before = (1L << slot) - 1;
    long since = -1L << Math.max(0, last);
    long passed = slot >= last ? before & since : before | since;
    return Long.bitCount(enabled & passed);
  }

  private static Rule bounded(int most, long first, Cost cost) {
    return new Rule() {
      @Override
      public long start() {
        return first;
      }

      @Override
      public long next(State state, long mark, int slot, long enabled) {
        int last = (int) (mark & (1 << COST_SHIFT) - 1) - 1;
        int spent = cost(mark) + cost.of(last, slot, enabled);
        return spent > most ? REFUSED : (long) spent << COST_SHIFT | slot + 1;
      }
    };
  }
}
