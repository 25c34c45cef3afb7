package org.schedlab.theory;

/**
 * A distribution of service times with mean 1: a mixture of exponential distributions, or always 1.
 * What formulas need of it up to a bound x is known in closed form.
 */
record Service(String name, String yaml, double[] weights, double[] means) {
  /** C² = 4 with balanced means: both phases bring the same work. */
  private static final double LIGHT = (1 + Math.sqrt(3.0 / 5)) / 2;

  static final Service EXPONENTIAL =
      new Service("exponential", "{exponential: {mean: 1}}", new double[] {1}, new double[] {1});

  static final Service DETERMINISTIC =
      new Service("deterministic", "1", new double[] {}, new double[] {});

  static final Service HYPEREXPONENTIAL =
      new Service(
          "hyperexponential",
          "{hyperexponential: {weights: [%.15f, %.15f], means: [%.9f, %.9f]}}"
              .formatted(LIGHT, 1 - LIGHT, 1 / (2 * LIGHT), 1 / (2 * (1 - LIGHT))),
          new double[] {LIGHT, 1 - LIGHT},
          new double[] {1 / (2 * LIGHT), 1 / (2 * (1 - LIGHT))});

  boolean isDeterministic() {
    return weights.length == 0;
  }

  /** Returns E[S²]. */
  double secondMoment() {
    double moment = isDeterministic() ? 1 : 0;
    for (int i = 0; i < weights.length; i++) {
      moment += weights[i] * 2 * means[i] * means[i];
    }
    return moment;
  }

  double density(double x) {
    double density = 0;
    for (int i = 0; i < weights.length; i++) {
      density += weights[i] / means[i] * Math.exp(-x / means[i]);
    }
    return density;
  }

  /** Returns P(S > x). */
  double tail(double x) {
    double tail = 0;
    for (int i = 0; i < weights.length; i++) {
      tail += weights[i] * Math.exp(-x / means[i]);
    }
    return tail;
  }

  /** Returns the integral of t f(t) from 0 to x. */
  double firstMomentUpTo(double x) {
    double moment = 0;
    for (int i = 0; i < weights.length; i++) {
      double m = means[i];
      moment += weights[i] * (m - (x + m) * Math.exp(-x / m));
    }
    return moment;
  }

  /** Returns the integral of t² f(t) from 0 to x. */
  double secondMomentUpTo(double x) {
    double moment = 0;
    for (int i = 0; i < weights.length; i++) {
      double m = means[i];
      moment += weights[i] * (2 * m * m - (x * x + 2 * m * x + 2 * m * m) * Math.exp(-x / m));
    }
    return moment;
  }

  /** Returns a bound that practically no service time exceeds. */
  double bound() {
    double longest = 0;
    for (double mean : means) {
      longest = Math.max(longest, mean);
    }
    return 45 * longest;
  }
}
