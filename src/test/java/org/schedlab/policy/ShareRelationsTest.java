package org.schedlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.schedlab.testing.Workload.compute;
import static org.schedlab.testing.Workload.io;
import static org.schedlab.testing.Workload.repeat;
import static org.schedlab.testing.Workload.share;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.Timeline;
import org.schedlab.reference.ReferenceCases;
import org.schedlab.testing.Workload;

/** How well proportional shares are kept, as the literature has it. */
class ShareRelationsTest {
  private static Map<String, Object> reference(String id) {
    return ReferenceCases.of("textbook").stream()
        .filter(c -> c.get("id").equals(id))
        .findFirst()
        .map(c -> ReferenceCases.map(c.get("expected")))
        .orElseThrow();
  }

  @Test
  void weightsAreThoseOfLinux() {
    List<?> weights = (List<?>) reference("linux-nice-weights").get("weights");
    for (int nice = -20; nice < 20; nice++) {
      assertThat(NiceWeights.of(nice)).isEqualTo(((Number) weights.get(nice + 20)).longValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cfs", "eevdf"})
  void eachNiceLevelIsWorthAboutAQuarterMore(String policy) {
    RunMetrics metrics = new RunMetrics(1, 10);
    Workload workload = Workload.under(policy).until(10_000_000);
    for (int nice = -20; nice < 20; nice++) {
      workload.process("N" + nice, 0, share(nice, 1), compute(100_000_000));
    }
    workload.run(metrics);
    double sum = 0;
    for (int i = 0; i + 1 < 40; i++) {
      double ratio = (double) metrics.tasks().running(i) / metrics.tasks().running(i + 1);
      double weights = (double) NiceWeights.of(i - 20) / NiceWeights.of(i - 19);
      assertThat(ratio).isCloseTo(weights, offset(0.01));
      sum += ratio;
    }
    double mean = ReferenceCases.number(reference("linux-nice-weights").get("mean_step_ratio"));
    assertThat(sum / 39).isCloseTo(mean, offset(0.001));
  }

  /** Whole quanta that each has had, after each quantum. */
  private static List<int[]> counts(Workload workload, int threads) {
    RunMetrics metrics = new RunMetrics(1, 1_000_000);
    workload.run(metrics);
    List<int[]> counts = new ArrayList<>();
    int[] so = new int[threads];
    for (Timeline.Bar bar : metrics.timeline().bars()) {
      for (long at = bar.start(); at < bar.end(); at += Workload.MS) {
        so[bar.thread()]++;
        counts.add(so.clone());
      }
    }
    return counts;
  }

  private static Workload hogs(String policy, int... tickets) {
    Workload workload = Workload.under(policy);
    for (int i = 0; i < tickets.length; i++) {
      workload.process("T" + i, 0, share(0, tickets[i]), compute(1_000_000));
    }
    return workload;
  }

  private static double pairError(List<int[]> counts, int... tickets) {
    double worst = 0;
    for (int[] count : counts) {
      for (int i = 0; i < tickets.length; i++) {
        for (int j = i + 1; j < tickets.length; j++) {
          double ideal = (count[i] + count[j]) * (double) tickets[i] / (tickets[i] + tickets[j]);
          worst = Math.max(worst, Math.abs(count[i] - ideal));
        }
      }
    }
    return worst;
  }

  private static double absoluteError(List<int[]> counts, int... tickets) {
    double total = Arrays.stream(tickets).sum();
    double worst = 0;
    for (int quanta = 1; quanta <= counts.size(); quanta++) {
      for (int i = 0; i < tickets.length; i++) {
        double ideal = quanta * tickets[i] / total;
        worst = Math.max(worst, Math.abs(counts.get(quanta - 1)[i] - ideal));
      }
    }
    return worst;
  }

  @Test
  void strideErrsByLessThanAQuantumBetweenAnyPair() {
    int[][] sets = {{3, 2, 1}, {7, 3}, {1, 1, 1, 1}, {97, 89, 13, 5, 2}, {100, 1, 1, 1}};
    for (int[] tickets : sets) {
      for (boolean start : new boolean[] {false, true}) {
        Workload workload = hogs("stride", tickets).with("start_at_stride", start).until(2000);
        assertThat(pairError(counts(workload, tickets.length), tickets))
            .as(Arrays.toString(tickets))
            .isLessThan(1);
      }
    }
  }

  @Test
  void strideErrsByAsMuchAsWaldspurgerSays() {
    Map<String, Object> expected = reference("stride-error-bounds");
    int[] few = {3, 2, 1};
    Workload three = hogs("stride", few).with("start_at_stride", true).until(60);
    Map<String, Object> bounds = ReferenceCases.map(expected.get("3:2:1"));
    assertThat(pairError(counts(three, 3), few)).isEqualTo(bounds.get("pair"));
    assertThat(absoluteError(counts(three, 3), few)).isEqualTo(bounds.get("abs"));

    int[] many = new int[101];
    Arrays.fill(many, 1);
    many[0] = 100;
    Workload hundred = hogs("stride", many).with("start_at_stride", true).until(400);
    bounds = ReferenceCases.map(expected.get("100:1x100"));
    assertThat(pairError(counts(hundred, 101), many))
        .isCloseTo(ReferenceCases.number(bounds.get("pair")), offset(1e-9));
    assertThat(absoluteError(counts(hundred, 101), many))
        .isCloseTo(ReferenceCases.number(bounds.get("abs")), offset(1e-9));
  }

  @Test
  void strideGivesThreeTwoOneTheirSharesInWaldspurgersOrder() {
    Map<String, Object> expected = reference("waldspurger-stride-321");
    int[] tickets = {3, 2, 1};
    List<int[]> counts = counts(hogs("stride", tickets).with("start_at_stride", true).until(12), 3);
    StringBuilder order = new StringBuilder();
    int[] before = new int[3];
    for (int[] count : counts) {
      for (int i = 0; i < 3; i++) {
        order.append(count[i] > before[i] ? "ABC".charAt(i) : "");
      }
      before = count;
    }
    assertThat(order).hasToString((String) expected.get("order_12"));
    assertThat(counts.get(11)).containsExactly(6, 4, 2);
  }

  @Test
  void passesDoNotDriftOverAMillionQuanta() {
    int[] tickets = {3, 7, 11};
    RunMetrics metrics = new RunMetrics(1, 10);
    hogs("stride", tickets).until(21 * 40_000).run(metrics);
    for (int i = 0; i < 3; i++) {
      assertThat(metrics.tasks().running(i)).isEqualTo(tickets[i] * 40_000L * Workload.MS);
    }
  }

  /** The standard deviation of a thread's wins over many seeds. */
  private static double deviation(int quanta, int mine, int others) {
    double squares = 0;
    int seeds = 400;
    double p = (double) mine / (mine + others);
    for (int seed = 0; seed < seeds; seed++) {
      RunMetrics metrics = new RunMetrics(1, 10);
      hogs("lottery", mine, others).seed(seed).until(quanta).run(metrics);
      double wins = (double) metrics.tasks().running(0) / Workload.MS;
      squares += (wins - quanta * p) * (wins - quanta * p);
    }
    return Math.sqrt(squares / seeds);
  }

  @Test
  void lotteryErrsWithTheRootOfTheNumberOfDraws() {
    Map<String, Object> cv = ReferenceCases.map(reference("lottery-binomial").get("cv"));
    for (int n : new int[] {10, 100, 1000}) {
      for (int mine : new int[] {3, 1}) {
        double p = mine / 4.0;
        double expected = ReferenceCases.number(cv.get("p=" + p + ",n=" + n)) * n * p;
        // A standard deviation from 400 samples is off by 3.5 % as a rule; five times that is rare.
        assertThat(deviation(n, mine, 4 - mine) / expected).isCloseTo(1, offset(0.175));
      }
    }
  }

  @Test
  void lagUnderEevdfStaysWithinASlice() {
    int[] nices = {0, -5, 3, 10, -10};
    Workload workload = Workload.under("eevdf").with("base_slice", 4).until(4000);
    double weights = 0;
    for (int nice : nices) {
      workload.process("N" + nice, 0, share(nice, 1), compute(1_000_000));
      weights += NiceWeights.of(nice);
    }
    RunMetrics metrics = new RunMetrics(1, 1_000_000);
    workload.run(metrics);
    long[] had = new long[nices.length];
    for (Timeline.Bar bar : metrics.timeline().bars()) {
      had[bar.thread()] += bar.end() - bar.start();
      for (int i = 0; i < nices.length; i++) {
        double ideal = bar.end() * NiceWeights.of(nices[i]) / weights;
        assertThat(Math.abs(had[i] - ideal)).isLessThanOrEqualTo(4.0 * Workload.MS + 1000);
      }
    }
  }

  @Test
  void lagsOfThreeEqualThreadsAreThoseOfTheExample() {
    Map<String, Object> expected = reference("eevdf-lag-lwn");
    Workload workload = Workload.under("eevdf").with("base_slice", 30).until(90);
    for (String name : List.of("A", "B", "C")) {
      workload.process(name, 0, 1000);
    }
    RunMetrics metrics = new RunMetrics(1, 100);
    workload.run(metrics);
    List<Timeline.Bar> bars = metrics.timeline().bars();
    assertThat(bars).extracting(Timeline.Bar::thread).containsExactly(0, 1, 2);
    assertThat(lags(bars.subList(0, 1))).isEqualTo(expected.get("lag_after_A"));
    assertThat(lags(bars.subList(0, 2))).isEqualTo(expected.get("lag_after_B"));
  }

  private static List<Integer> lags(List<Timeline.Bar> bars) {
    long[] had = new long[3];
    bars.forEach(bar -> had[bar.thread()] += bar.end() - bar.start());
    long share = Arrays.stream(had).sum() / 3;
    return Arrays.stream(had).mapToObj(h -> (int) ((share - h) / Workload.MS)).toList();
  }

  @Test
  void sleeperThatWantsHalfOfTheCpuGetsAThirdBesideAHog() {
    // It computes for as long as it sleeps. While it competes it has half of the CPU, so its bursts
    // take twice their length: c of every 3c.
    RunMetrics metrics = new RunMetrics(1, 10);
    Workload.under("eevdf")
        .with("base_slice", 1)
        .until(300_000)
        .process("parent", 0, 1_000_000)
        .process("child", 0, repeat(1_000_000, compute(50), io(50)))
        .run(metrics);
    double child = metrics.tasks().running(1) / (300_000.0 * Workload.MS);
    assertThat(child).isCloseTo(1 / 3.0, offset(0.005));
  }

  @Test
  void compensationGivesASleeperItsShare() {
    // It uses a fifth of each quantum; with as many tickets as the hog, half of the CPU is its due.
    double without = sleepersShare(false);
    double with = sleepersShare(true);
    assertThat(without).isCloseTo(1 / 6.0, offset(0.02));
    assertThat(with).isCloseTo(0.5, offset(0.02));
  }

  private static double sleepersShare(boolean compensation) {
    RunMetrics metrics = new RunMetrics(1, 10);
    Workload.under("lottery")
        .with("quantum", 5)
        .with("compensation", compensation)
        .until(200_000)
        .process("sleeper", 0, share(0, 10), repeat(1_000_000, compute(1), Workload.yields()))
        .process("hog", 0, share(0, 10), compute(1_000_000))
        .run(metrics);
    return metrics.tasks().running(0) / (200_000.0 * Workload.MS);
  }
}
