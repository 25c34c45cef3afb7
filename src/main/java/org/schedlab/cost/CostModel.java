package org.schedlab.cost;

/** An immutable price list: a profile, with single prices changed. */
public final class CostModel {
  private final Profile profile;
  private final long[] values;

  private CostModel(Profile profile, long[] values) {
    this.profile = profile;
    this.values = values;
  }

  /** Returns the price list of a profile as it is. */
  public static CostModel of(Profile profile) {
    Cost[] costs = Cost.values();
    long[] values = new long[costs.length];
    for (Cost cost : costs) {
      values[cost.ordinal()] = cost.in(profile);
    }
    return new CostModel(profile, values);
  }

  /** Returns this list with one price changed; {@code value} is in the cost's unit. */
  public CostModel with(Cost cost, long value) {
    long[] changed = values.clone();
    changed[cost.ordinal()] = value;
    return new CostModel(profile, changed);
  }

  /** Returns what entering and leaving the kernel costs, mitigations included, in nanoseconds. */
  public long systemCall() {
    return get(Cost.SYSCALL) + get(Cost.SYSCALL_MITIGATION);
  }

  public Profile profile() {
    return profile;
  }

  /** Returns a price, in the cost's unit. */
  public long get(Cost cost) {
    return values[cost.ordinal()];
  }
}
