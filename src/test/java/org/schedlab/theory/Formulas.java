package org.schedlab.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * Mean response times (from arrival to end) of queues with Poisson arrivals, one CPU unless said
 * otherwise, service times with mean 1. Written from the literature, not from the simulator.
 */
final class Formulas {
  private static final int STEPS = 400_000;

  private Formulas() {}

  /** First come, first served: Pollaczek 1930, Khinchine 1932. */
  static double fcfs(Service service, double load) {
    return 1 + load * service.secondMoment() / (2 * (1 - load));
  }

  /** Shortest job first without preemption: Phipps 1956. */
  static double sjf(Service service, double load) {
    if (service.isDeterministic()) {
      return fcfs(service, load);
    }
    double residual = load * service.secondMoment() / 2;
    return 1 + mean(service, x -> residual / Math.pow(1 - load * service.firstMomentUpTo(x), 2));
  }

  /** Shortest remaining time first: Schrage and Miller 1966. */
  static double srtf(Service service, double load) {
    if (service.isDeterministic()) {
      // Whoever runs has less left than who comes.
      return fcfs(service, load);
    }
    double bound = service.bound();
    double h = bound / STEPS;
    double served = 0;
    double mean = 0;
    for (int i = 0; i < STEPS; i++) {
      double x = (i + 0.5) * h;
      double below = load * service.firstMomentUpTo(x);
      served += h / 2 / (1 - below);
      double waiting =
          load
              * (service.secondMomentUpTo(x) + x * x * service.tail(x))
              / (2 * Math.pow(1 - below, 2));
      mean += service.density(x) * (waiting + served) * h;
      served += h / 2 / (1 - below);
    }
    return mean;
  }

  /** Least attained service (foreground-background): Kleinrock, Queueing Systems 2, 4.6. */
  static double las(Service service, double load) {
    if (service.isDeterministic()) {
      return load / (2 * Math.pow(1 - load, 2)) + 1 / (1 - load);
    }
    return mean(
        service,
        x -> {
          double tail = service.tail(x);
          double below = load * (service.firstMomentUpTo(x) + x * tail);
          double second = service.secondMomentUpTo(x) + x * x * tail;
          return load * second / (2 * Math.pow(1 - below, 2)) + x / (1 - below);
        });
  }

  /** Processor sharing, whatever the service times: Kleinrock 1967. */
  static double ps(double load) {
    return 1 / (1 - load);
  }

  /**
   * Priorities without preemption: Cobham 1954.
   *
   * @param loads of the classes, the most urgent first; their services are alike
   */
  static double nonPreemptive(Service service, double[] loads, int of) {
    double all = 0;
    for (double load : loads) {
      all += load;
    }
    double above = sum(loads, of);
    double residual = all * service.secondMoment() / 2;
    return 1 + residual / ((1 - above) * (1 - above - loads[of]));
  }

  /** Priorities with preemption, resumed: White and Christie 1958. */
  static double preemptive(Service service, double[] loads, int of) {
    double above = sum(loads, of);
    double upTo = above + loads[of];
    double residual = upTo * service.secondMoment() / 2;
    return 1 / (1 - above) + residual / ((1 - above) * (1 - upTo));
  }

  private static double sum(double[] loads, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += loads[i];
    }
    return sum;
  }

  /** First come, first served by c CPUs, exponential service times: Erlang 1917. */
  static double erlang(int cpus, double load) {
    double offered = cpus * load;
    double term = 1;
    double sum = 0;
    for (int i = 0; i < cpus; i++) {
      sum += term;
      term *= offered / (i + 1);
    }
    double waits = term / (1 - load) / (sum + term / (1 - load));
    return 1 + waits / (cpus * (1 - load));
  }

  private static double mean(Service service, DoubleUnaryOperator of) {
    double h = service.bound() / STEPS;
    double mean = 0;
    for (int i = 0; i < STEPS; i++) {
      double x = (i + 0.5) * h;
      mean += service.density(x) * of.applyAsDouble(x) * h;
    }
    return mean;
  }
}
