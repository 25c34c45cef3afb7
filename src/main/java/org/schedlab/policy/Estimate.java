package org.schedlab.policy;

/**
 * How a policy knows the length of the next CPU burst.
 *
 * @param exact whether it reads the program; the other fields then mean nothing
 * @param alphaBillionths weight of the last burst, in billionths, 0 to 10^9
 * @param initialNanos the forecast of the first burst
 */
public record Estimate(boolean exact, long alphaBillionths, long initialNanos) {
  public static final Estimate EXACT = new Estimate(true, 0, 0);
}
