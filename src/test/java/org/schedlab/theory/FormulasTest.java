package org.schedlab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The formulas against values known otherwise. */
class FormulasTest {
  @Test
  void serviceTimesHaveMeanOneAndTheirVariance() {
    Service h = Service.HYPEREXPONENTIAL;
    assertThat(h.firstMomentUpTo(h.bound())).isCloseTo(1, within(1e-9));
    // C² = 4: E[S²] = 5.
    assertThat(h.secondMoment()).isCloseTo(5, within(1e-9));
    assertThat(h.secondMomentUpTo(h.bound())).isCloseTo(5, within(1e-9));
  }

  @Test
  void firstComeFirstServedOfExponentialTimesIsThatOfEveryBook() {
    assertThat(Formulas.fcfs(Service.EXPONENTIAL, 0.8)).isCloseTo(5, within(1e-12));
    assertThat(Formulas.fcfs(Service.DETERMINISTIC, 0.8)).isCloseTo(3, within(1e-12));
    assertThat(Formulas.erlang(1, 0.8)).isCloseTo(5, within(1e-12));
    // Two servers at 0.8: 1 / (1 − ρ²).
    assertThat(Formulas.erlang(2, 0.8)).isCloseTo(1 / (1 - 0.64), within(1e-12));
  }

  /**
   * Harchol-Balter, Performance Modeling and Design, ch. 33: for M/M/1 FB has the mean of PS, and
   * SRPT is below.
   */
  @Test
  void policiesAreInTheOrderThatIsProved() {
    for (double load : new double[] {0.5, 0.8}) {
      double ps = Formulas.ps(load);
      assertThat(Formulas.las(Service.EXPONENTIAL, load)).isCloseTo(ps, within(1e-4));
      assertThat(Formulas.srtf(Service.EXPONENTIAL, load)).isLessThan(ps);
      assertThat(Formulas.las(Service.HYPEREXPONENTIAL, load)).isLessThan(ps);
      assertThat(Formulas.srtf(Service.HYPEREXPONENTIAL, load))
          .isLessThan(Formulas.las(Service.HYPEREXPONENTIAL, load));
      assertThat(Formulas.las(Service.DETERMINISTIC, load)).isGreaterThan(ps);
      assertThat(Formulas.sjf(Service.EXPONENTIAL, load))
          .isLessThan(Formulas.fcfs(Service.EXPONENTIAL, load));
    }
  }

  /** Whatever the priorities, without preemption the load-weighted waiting is conserved. */
  @Test
  void prioritiesConserveWork() {
    double[] loads = {0.2, 0.35, 0.25};
    double weighted = 0;
    for (int i = 0; i < loads.length; i++) {
      weighted += loads[i] * (Formulas.nonPreemptive(Service.HYPEREXPONENTIAL, loads, i) - 1);
    }
    double waiting = Formulas.fcfs(Service.HYPEREXPONENTIAL, 0.8) - 1;
    assertThat(weighted).isCloseTo(0.8 * waiting, within(1e-9));
    // The most urgent class sees nobody else.
    assertThat(Formulas.preemptive(Service.EXPONENTIAL, loads, 0))
        .isCloseTo(1 / (1 - 0.2), within(1e-12));
  }
}
