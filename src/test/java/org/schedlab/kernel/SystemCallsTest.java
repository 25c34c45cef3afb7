package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.schedlab.testing.Ran;

/** What counts as a system call, whether calls cost anything or not. */
class SystemCallsTest {
  private static Ran ran(String costs, String rest) throws Exception {
    return Ran.scenario("machine: {costs: " + costs + "}\nscheduler: {policy: fcfs}\n" + rest);
  }

  private static long calls(Ran ran, String thread) {
    return ran.tasks().systemCalls(ran.thread(thread));
  }

  @ParameterizedTest
  @ValueSource(strings = {"textbook", "linux-x86_64"})
  void aLockIsACallOnlyWhereSomebodySleepsOrIsWoken(String costs) throws Exception {
    Ran ran =
        ran(
            costs,
            """
            processes:
              - name: P
                mutexes: [m]
                threads:
                  - {name: alone, program: [{repeat: 5, do: [{lock: m}, {compute: 1}, {unlock: m}]}]}
                  - {name: holder, program: [sleep: 10, {lock: m}, sleep: 5, {unlock: m}]}
                  - {name: waiter, program: [sleep: 12, {lock: m}, {unlock: m}]}
            """);
    assertThat(calls(ran, "P/alone")).isZero();
    // Two sleeps, and an unlock that wakes; one sleep, and a lock that sleeps.
    assertThat(calls(ran, "P/holder")).isEqualTo(3);
    assertThat(calls(ran, "P/waiter")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"textbook", "linux-x86_64"})
  void aCallThatSleepsInBetweenIsOneCall(String costs) throws Exception {
    Ran ran =
        ran(
            costs,
            """
            pipes: [p]
            processes:
              - {name: reader, program: [{read: {pipe: p, bytes: 8}}, {read: {pipe: p, bytes: 8}}]}
              - {name: writer, program: [sleep: 5, {write: {pipe: p, bytes: 8}}, sleep: 5, {write: {pipe: p, bytes: 8}}]}
            """);
    assertThat(calls(ran, "reader")).isEqualTo(2);
    assertThat(calls(ran, "writer")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"textbook", "linux-x86_64"})
  void whatMakesAndWaitsForOthersIsACallAndComputingIsNone(String costs) throws Exception {
    Ran ran =
        ran(
            costs,
            """
            processes:
              - name: P
                variables: {x: 0}
                program:
                  - {thread: {name: t, count: 3, program: [{add: {x: 1}}, {compute: 1}]}}
                  - join: t
                  - {fork: {name: c, program: [compute: 1]}}
                  - wait: all
                  - yield
            """);
    assertThat(calls(ran, "P")).isEqualTo(5);
    assertThat(calls(ran, "P/t[0]")).isZero();
    assertThat(ran.tasks().systemCalls()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"textbook", "linux-x86_64"})
  void anEventLoopCallsForRequestsAndToSleep(String costs) throws Exception {
    Ran ran =
        ran(
            costs,
            """
            processes:
              - name: loop
                coroutines:
                  - {name: a, program: [compute: 1, await: {time: 4}, compute: 1]}
                  - {name: b, program: [yield, await: {time: 9}]}
            """);
    // It sleeps for the timer at 5 and for the one at 10 or so; timers are its own business.
    assertThat(calls(ran, "loop")).isEqualTo(2);
  }
}
