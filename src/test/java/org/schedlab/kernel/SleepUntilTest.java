package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.testing.Ran;

/** Sleeping and awaiting until a moment. */
class SleepUntilTest {
  private static final long MS = 1_000_000;

  @Test
  void aThreadSleepsUntilTheMomentAndNotAtAllWhenItIsPast() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: fcfs}
            processes:
              - name: A
                arrival: 2
                program: [compute: 3, sleep: {until: 10}, compute: 1, sleep: {until: 11}, sleep: {until: 4}, compute: 2]
              - {name: B, arrival: 3, burst: 4}
            """);
    // A computes to 5, B to 9; A goes on at 10, and neither 11, which it is, nor 4 stops it.
    assertThat(ran.tasks().finish(ran.thread("A"))).isEqualTo(13 * MS);
    assertThat(ran.tasks().blocked(ran.thread("A"))).isEqualTo(5 * MS);
    assertThat(ran.tasks().finish(ran.thread("B"))).isEqualTo(9 * MS);
    assertThat(ran.tasks().systemCalls(ran.thread("A"))).isEqualTo(3);
  }

  @Test
  void aSleepUntilAMomentHasTheTimersSlackOnlyIfItSleeps() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: {profile: textbook, timer_slack: 50us}}
            processes: [{name: A, program: [sleep: {until: 1}, sleep: {until: 1}, compute: 1]}]
            """);
    assertThat(ran.metrics().makespan()).isEqualTo(2 * MS + 50_000);
  }

  @Test
  void aCoroutineAwaitsTheMomentWhileOthersRun() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            processes:
              - name: loop
                coroutines:
                  - {name: a, program: [compute: 1, {await: {until: 6, into: r}}, {assert: r == 1}, {await: {until: 2}}, compute: 1]}
                  - {name: b, program: [compute: 4]}
            """);
    ran.assertWell();
    CoroutineTimes a = ran.metrics().coroutines().of(0);
    assertThat(a.finish()).isEqualTo(7 * MS);
    assertThat(ran.metrics().coroutines().of(1).finish()).isEqualTo(5 * MS);
    assertThat(a.awaits()).isEqualTo(1);
  }
}
