package org.schedlab.policy;

/**
 * Linux's weights of nice values: each step is about 1.25 times the CPU time of the next.
 *
 * <p>Source: Linux, kernel/sched/core.c, {@code sched_prio_to_weight}; {@code WEIGHT_IDLEPRIO} in
 * kernel/sched/sched.h.
 */
final class NiceWeights {
  /** The weight of nice 0: virtual time passes for it as time does. */
  static final long NORMAL = 1024;

  /** The weight of a thread of class idle. */
  static final long IDLE = 3;

  private static final int LOWEST_NICE = -20;

  private static final int[] WEIGHTS = {
    88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904,
    3906, 3121, 2501, 1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87,
    70, 56, 45, 36, 29, 23, 18, 15
  };

  private NiceWeights() {}

  /** Returns the weight of a nice value, -20 to 19. */
  static long of(int nice) {
    return WEIGHTS[nice - LOWEST_NICE];
  }
}
