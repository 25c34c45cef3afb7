package org.schedlab.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.schedlab.scenario.ExecutionModel.COROUTINE;
import static org.schedlab.scenario.ExecutionModel.PROCESS;
import static org.schedlab.scenario.ExecutionModel.THREAD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.testing.Compared;

/**
 * Relations between processes, threads and event loops that measurements of Linux show, and that
 * comparisons must show too. Measured for an echo server of k connections, in ns of CPU for a
 * request: with an event loop 8600, 3970, 3370 and 4000 for k = 1, 10, 100 and 1000; with a thread
 * for each connection 8800, 9040, 9670 and 12900; with a process for each 8400 to 9200, 9950, 11400
 * and 18100.
 */
class ModelRelationsTest {
  private static Compared server(int connections, int requests) throws Exception {
    return Compared.scenario(
        """
        time_unit: us
        machine: {costs: {profile: linux-x86_64, timer_hz: 0}, devices: {net: {servers: 1000}}}
        scheduler: {policy: round-robin, quantum: 4ms}
        processes:
          - name: server
            threads:
              - name: connection
                count: %d
                program: [{repeat: %d, do: [{io: {device: net, time: 20}}, {compute: 2}]}]
        models: {runtime: cpp20}
        """
            .formatted(connections, requests));
  }

  private static double perRequest(Compared compared, ExecutionModel model, int requests) {
    compared.of(model).assertWell();
    return (double) compared.cpuTime(model) / requests;
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000})
  void withManyConnectionsTheLoopNeedsLessThanThreadsAndThoseLessThanProcesses(int connections)
      throws Exception {
    int each = 20;
    Compared server = server(connections, each);
    double loop = perRequest(server, COROUTINE, connections * each);
    double threads = perRequest(server, THREAD, connections * each);
    double processes = perRequest(server, PROCESS, connections * each);
    assertThat(loop).isLessThan(0.85 * threads);
    assertThat(threads).isLessThan(0.95 * processes);
  }

  @Test
  void withOneConnectionAllAreAboutEqual() throws Exception {
    int requests = 2000;
    Compared server = server(1, requests);
    double loop = perRequest(server, COROUTINE, requests);
    double threads = perRequest(server, THREAD, requests);
    double processes = perRequest(server, PROCESS, requests);
    assertThat(loop).isBetween(0.9 * threads, 1.1 * threads);
    assertThat(processes).isBetween(0.9 * threads, 1.1 * threads);
  }

  private static Compared computations(int cpus) throws Exception {
    return Compared.scenario(
        """
        machine: {cpus: %d, costs: linux-x86_64}
        scheduler: {policy: round-robin, quantum: 4}
        processes: [{name: sums, threads: [{name: task, count: 4, burst: 100}]}]
        """
            .formatted(cpus));
  }

  @Test
  void onOneCpuComputationTakesAllModelsTheSameTimeButForSwitching() throws Exception {
    Compared sums = computations(1);
    for (ExecutionModel model : ExecutionModel.ALL) {
      long overhead = sums.of(model).metrics().ledger().overhead(0);
      assertThat(sums.makespan(model)).isEqualTo(400_000_000L + overhead);
      assertThat(overhead).isLessThan(2_000_000L);
    }
  }

  @Test
  void onTwoCpusAnEventLoopTakesTwiceTheTimeOfThreads() throws Exception {
    Compared sums = computations(2);
    double factor = (double) sums.makespan(COROUTINE) / sums.makespan(THREAD);
    assertThat(factor).isBetween(1.95, 2.05);
    double processes = (double) sums.makespan(COROUTINE) / sums.makespan(PROCESS);
    assertThat(processes).isBetween(1.95, 2.05);
  }

  @Test
  void memoryOfAProcessIsMoreThanOfAThreadAndThatMoreThanOfACoroutine() throws Exception {
    Compared few = server(10, 2);
    Compared many = server(110, 2);
    long process = perTask(few, many, PROCESS);
    long thread = perTask(few, many, THREAD);
    long coroutine = perTask(few, many, COROUTINE);
    assertThat(process).isGreaterThan(2 * thread);
    // A kernel stack, what the kernel knows of a thread, and the first page of its own stack.
    assertThat(thread).isBetween(20_000L, 40_000L);
    assertThat(coroutine).isLessThan(thread / 4);
  }

  private static long perTask(Compared few, Compared many, ExecutionModel model) {
    return (many.memory(model).mostResident() - few.memory(model).mostResident()) / 100;
  }
}
