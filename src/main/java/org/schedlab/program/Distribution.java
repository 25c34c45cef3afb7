package org.schedlab.program;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random durations. Parameters are nanoseconds unless said otherwise; a draw is rounded half up to
 * the nanosecond and lies between 0 and 2^62. U stands for a number drawn uniformly from [0, 1).
 *
 * <p>All arithmetic is IEEE 754 double and {@link StrictMath}, so every machine and JDK draws the
 * same. Formulas: Law, Simulation Modeling and Analysis, 5th ed., sections 8.3 and 8.4, unless
 * another source is named.
 */
public sealed interface Distribution extends TimeSource {
  /** The largest draw. */
  long MAX_NANOS = 1L << 62;

  /** Rounds a draw half up into the range of durations. */
  private static long rounded(double nanos) {
    return Math.max(0, Math.min(MAX_NANOS, StrictMath.round(nanos)));
  }

  private static double uniform(RandomGenerator random) {
    return Draws.uniform(random);
  }

  /** Returns an exponential draw, before rounding: -mean · ln(1 − U). */
  private static double exponential(double mean, RandomGenerator random) {
    return -mean * StrictMath.log(1 - uniform(random));
  }

  /**
   * Returns a standard normal draw by the cosine half of Box and Muller's method, which needs no
   * state between draws: √(−2 ln(1 − U₁)) · cos(2π U₂).
   */
  private static double standardNormal(RandomGenerator random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(random)));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform(random));
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static boolean isPositive(double number) {
    return number > 0 && number <= Double.MAX_VALUE;
  }

  /** The exponential distribution, of times without memory: −mean · ln(1 − U). */
  record Exponential(long mean) implements Distribution {
    public Exponential {
      require(mean > 0, "`mean` must be above 0");
    }

    @Override
    public long draw(RandomGenerator random) {
      return rounded(exponential(mean, random));
    }
  }

  /** The uniform distribution: min + (max − min) · U. */
  record Uniform(long min, long max) implements Distribution {
    public Uniform {
      require(min >= 0, "`min` must not be negative");
      require(min <= max, "`min` must not be above `max`");
    }

    @Override
    public long draw(RandomGenerator random) {
      return rounded(min + (max - min) * uniform(random));
    }
  }

  /**
   * The bounded Pareto distribution, heavy-tailed between two bounds: min · (1 − U · (1 −
   * (min/max)^shape))^(−1/shape). Source: Harchol-Balter, Performance Modeling and Design of
   * Computer Systems, section 20.4; by inversion.
   *
   * @param shape the exponent α of the tail; no unit
   */
  record BoundedPareto(double shape, long min, long max) implements Distribution {
    public BoundedPareto {
      require(isPositive(shape), "`shape` must be above 0");
      require(min > 0, "`min` must be above 0");
      require(min <= max, "`min` must not be above `max`");
    }

    @Override
    public long draw(RandomGenerator random) {
      double cut = 1 - StrictMath.pow((double) min / max, shape);
      double drawn = min * StrictMath.pow(1 - uniform(random) * cut, -1 / shape);
      return Math.max(min, Math.min(max, rounded(drawn)));
    }
  }

  /**
   * The normal distribution without its negative part: mean + sd · Z, drawn again while negative.
   * {@code mean} and {@code sd} are those of the whole distribution; what is cut off raises the
   * mean of the draws.
   */
  record TruncatedNormal(long mean, long sd) implements Distribution {
    public TruncatedNormal {
      // With a mean below 0 nearly every draw could be negative, and drawing again never end.
      require(mean >= 0, "`mean` must not be negative");
      require(sd >= 0, "`sd` must not be negative");
    }

    @Override
    public long draw(RandomGenerator random) {
      double drawn;
      do {
        drawn = mean + sd * standardNormal(random);
      } while (drawn < 0);
      return rounded(drawn);
    }
  }

  /**
   * The lognormal distribution: e^(μ + σZ) with σ² = ln(1 + sd²/mean²) and μ = ln(mean) − σ²/2, so
   * that {@code mean} and {@code sd} are those of the durations, not of their logarithms.
   */
  record Lognormal(long mean, long sd) implements Distribution {
    public Lognormal {
      require(mean > 0, "`mean` must be above 0");
      require(sd >= 0, "`sd` must not be negative");
    }

    @Override
    public long draw(RandomGenerator random) {
      double ratio = (double) sd / mean;
      double variance = StrictMath.log1p(ratio * ratio);
      double mu = StrictMath.log(mean) - variance / 2;
      return rounded(StrictMath.exp(mu + StrictMath.sqrt(variance) * standardNormal(random)));
    }
  }

  /**
   * One of several exponential distributions, chosen anew for each draw: more variable than any of
   * them alone. The i-th has probability weights[i] / sum of the weights.
   *
   * @param weights above 0; no unit
   * @param means as many as weights
   */
  record Hyperexponential(List<Double> weights, List<Long> means) implements Distribution {
    public Hyperexponential {
      weights = List.copyOf(weights);
      means = List.copyOf(means);
      require(!weights.isEmpty(), "`weights` must not be empty");
      require(weights.size() == means.size(), "`weights` and `means` must be equally many");
      require(weights.stream().allMatch(Distribution::isPositive), "`weights` must be above 0");
      require(means.stream().allMatch(mean -> mean > 0), "`means` must be above 0");
    }

    @Override
    public long draw(RandomGenerator random) {
      double total = 0;
      for (double weight : weights) {
        total += weight;
      }
      double left = uniform(random) * total;
      int chosen = 0;
      while (chosen < weights.size() - 1 && left >= weights.get(chosen)) {
        left -= weights.get(chosen++);
      }
      return rounded(exponential(means.get(chosen), random));
    }
  }

  /** One of the given durations, each equally likely: the ⌊U·n⌋-th, from 0. */
  record Empirical(List<Long> samples) implements Distribution {
    public Empirical {
      samples = List.copyOf(samples);
      require(!samples.isEmpty(), "at least one duration is needed");
      require(samples.stream().allMatch(s -> s >= 0), "durations must not be negative");
    }

    @Override
    public long draw(RandomGenerator random) {
      return samples.get((int) (uniform(random) * samples.size()));
    }
  }
}
