package org.schedlab.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.schedlab.scenario.ExecutionModel.COROUTINE;
import static org.schedlab.scenario.ExecutionModel.PROCESS;
import static org.schedlab.scenario.ExecutionModel.THREAD;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Compared;
import org.schedlab.testing.Ran;
import org.schedlab.trace.Account;

/** What a scenario's work becomes under each model, and that it is the same work. */
class ModelsTest {
  private static final long MS = 1_000_000;

  /** Two connections and a later one, as threads. */
  private static final String THREADS =
      """
      machine: {devices: {net: {servers: 10}}}
      scheduler: {policy: fcfs}
      processes:
        - name: server
          threads:
            - {name: a, count: 2, program: [{io: {device: net, time: 5}}, {compute: 2}]}
        - {name: late, arrival: 20, burst: 3}
      """;

  private static Operation[] mainOf(Compared compared, ExecutionModel model) {
    Scenario.ThreadSpec main =
        compared.translated(model).scenario().processes().get(0).threads().get(0);
    List<Operation> program =
        main.loop() == null ? main.program() : main.loop().coroutines().get(0).program();
    return program.toArray(Operation[]::new);
  }

  @Test
  void aMainTaskMakesAllOthersWhenTheyArriveAndWaitsForThem() throws Exception {
    Compared compared = Compared.scenario(THREADS);
    assertThat(mainOf(compared, PROCESS))
        .hasExactlyElementsOfTypes(
            Operation.Fork.class,
            Operation.Fork.class,
            Operation.Sleep.class,
            Operation.Fork.class,
            Operation.WaitFor.class);
    assertThat(mainOf(compared, THREAD))
        .hasExactlyElementsOfTypes(
            Operation.StartThread.class,
            Operation.StartThread.class,
            Operation.Sleep.class,
            Operation.StartThread.class,
            Operation.Join.class,
            Operation.Join.class);
    assertThat(mainOf(compared, COROUTINE))
        .hasExactlyElementsOfTypes(
            Operation.Async.class,
            Operation.Async.class,
            Operation.Await.class,
            Operation.Async.class,
            Operation.Await.class);
    assertThat(compared.translated(THREAD).arrivals())
        .containsExactly(entry("a[0]", 0L), entry("a[1]", 0L), entry("late", 20 * MS));
  }

  /**
   * The requests are served side by side until 5, then a[0] computes up to 7 and a[1] up to 9; the
   * late one, made at 20, up to 23.
   */
  @Test
  void underTextbookAllModelsEndWhenTheHandSays() throws Exception {
    Compared compared = Compared.scenario(THREADS);
    for (ExecutionModel model : List.of(PROCESS, THREAD)) {
      TaskTimes times = compared.of(model).tasks();
      String before = model == PROCESS ? "" : "test/";
      assertThat(times.finish(compared.of(model).thread(before + "a[0]"))).isEqualTo(7 * MS);
      assertThat(times.finish(compared.of(model).thread(before + "a[1]"))).isEqualTo(9 * MS);
      assertThat(times.finish(compared.of(model).thread(before + "late"))).isEqualTo(23 * MS);
    }
    assertThat(compared.of(COROUTINE).metrics().coroutines().all())
        .extracting(CoroutineTimes::shortName, coroutine -> coroutine.finish() / MS)
        .contains(tuple("a[0]", 7L), tuple("a[1]", 9L), tuple("late", 23L));
    ExecutionModel.ALL.forEach(model -> assertThat(compared.makespan(model)).isEqualTo(23 * MS));
  }

  /** Two forks, a wait, and for each task a request; the same with threads and their two joins. */
  @Test
  void systemCallsAreCountedAlsoWhereTheyCostNothing() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            processes: [{name: s, threads: [{name: a, count: 2, program: [{io: 5}, {compute: 2}]}]}]
            """);
    assertThat(compared.of(PROCESS).tasks().systemCalls()).isEqualTo(5);
    assertThat(compared.of(THREAD).tasks().systemCalls()).isEqualTo(5);
    // Two requests; the loop sleeps until 5, and finds both answers there.
    assertThat(compared.of(COROUTINE).tasks().systemCalls()).isEqualTo(3);
  }

  @Test
  void creatingIsPaidByTheModelsPrice() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            machine: {costs: {profile: textbook, fork: 60us, thread_create: 15us, asyncio_create: 1us}}
            processes: [{name: s, threads: [{name: a, count: 10, burst: 1}]}]
            """);
    assertThat(compared.of(PROCESS).charged(Account.CREATION)).isEqualTo(600_000);
    assertThat(compared.of(THREAD).charged(Account.CREATION)).isEqualTo(150_000);
    assertThat(compared.of(COROUTINE).charged(Account.CREATION)).isEqualTo(10_000);
  }

  /** Every task adds 1 ten times under a lock that it holds while it waits. */
  private static final String COUNTER =
      """
      processes:
        - name: s
          variables: {x: 0}
          mutexes: [m]
          threads:
            - name: a
              count: 4
              program: [{repeat: 10, do: [{lock: m}, {load: {r: x}}, {io: 1}, {store: {x: r + 1}}, {unlock: m}]}]
      final: x == 40
      """;

  @Test
  void locksAndVariablesMeanTheSameInAllModels() throws Exception {
    Compared compared = Compared.scenario(COUNTER);
    for (ExecutionModel model : ExecutionModel.ALL) {
      compared.of(model).assertWell();
      assertThat(compared.of(model).outcome().finalCheckHeld()).as("%s", model).isTrue();
      assertThat(compared.makespan(model)).isEqualTo(40 * MS);
    }
    assertThat(compared.translated(PROCESS).scenario().objects())
        .hasAtLeastOneElementOfType(SharedObject.Segment.class)
        .hasAtLeastOneElementOfType(SharedObject.Mutex.class);
    assertThat(compared.translated(COROUTINE).scenario().processes().get(0).objects())
        .hasOnlyElementsOfType(SharedObject.AsyncMutex.class);
  }

  @Test
  void variablesOfOneNameInTwoProcessesStayTwo() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            processes:
              - {name: P, variables: {x: 1}, program: [{add: {x: 1}}, {assert: x == 2}]}
              - {name: Q, variables: {x: 10}, program: [{add: {x: 1}}, {assert: x == 11}]}
            final: P.x == 2 && Q.x == 11
            """);
    ExecutionModel.ALL.forEach(model -> compared.of(model).assertWell());
    ExecutionModel.ALL.forEach(
        model -> assertThat(compared.of(model).outcome().finalCheckHeld()).isTrue());
  }

  @Test
  void sharedMemoryIsCommonInAllModels() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            shared_memory: {board: {size: 4KiB, variables: {x: 1}}}
            processes:
              - {name: P, variables: {y: 5}, program: [{add: {x: 1}}, {add: {y: 1}}]}
              - {name: Q, program: [{fetch_add: {variable: x, add: 10}}]}
            final: board.x == 12 && P.y == 6 && y == 6
            """);
    ExecutionModel.ALL.forEach(
        model ->
            assertThat(compared.of(model).outcome().finalCheckHeld()).as("%s", model).isTrue());
  }

  @Test
  void queuesKeepOrderAndLimitsInAllModels() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            queues: {q: {capacity: 2}}
            processes:
              - name: P
                program: [{repeat: 6, do: [{io: 1}, {set: {i: i + 1}}, {send: {queue: q, bytes: 8, value: i}}]}]
              - name: C
                program: [{repeat: 6, do: [{receive: {queue: q, into: v}}, {set: {n: n + 1}}, {assert: v == n}, {io: 3}]}]
            final: C.n == 6
            """);
    for (ExecutionModel model : ExecutionModel.ALL) {
      compared.of(model).assertWell();
      assertThat(compared.of(model).outcome().finalCheckHeld()).isTrue();
      // The first comes at 1, and from then on the consumer is never without.
      assertThat(compared.makespan(model)).isEqualTo(19 * MS);
    }
    assertThat(compared.of(COROUTINE).metrics().channels().all()).isEmpty();
    assertThat(compared.of(THREAD).metrics().channels().all()).isEmpty();
    assertThat(compared.of(PROCESS).metrics().channels().all()).hasSize(1);
  }

  @Test
  void channelsOfCoroutinesBecomeQueues() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            processes:
              - name: copy
                channels: {pieces: {capacity: 2}}
                coroutines:
                  - {name: r, program: [{repeat: 6, do: [{await: {time: 1}}, {set: {i: i + 1}}, {put: {channel: pieces, value: i}}]}]}
                  - {name: w, program: [{repeat: 6, do: [{get: {channel: pieces, into: v}}, {set: {n: n + 1}}, {assert: v == n}, {await: {time: 3}}]}]}
            final: copy/r.i == 6 && copy/w.v == 6
            """);
    for (ExecutionModel model : ExecutionModel.ALL) {
      compared.of(model).assertWell();
      assertThat(compared.of(model).outcome().finalCheckHeld()).isTrue();
      assertThat(compared.makespan(model)).isEqualTo(19 * MS);
    }
  }

  @Test
  void everyLoopsCoroutinesAreTasksAndItsCarriersAreNone() throws Exception {
    // The loops are written alike, by an alias.
    Compared compared =
        Compared.scenario(
            """
            processes:
              - name: P
                threads:
                  - {name: one, carriers: 2, coroutines: &work [{name: c, burst: 3}]}
                  - {name: two, carriers: 2, coroutines: *work}
            """);
    for (ExecutionModel model : ExecutionModel.ALL) {
      compared.of(model).assertWell();
      assertThat(compared.makespan(model)).isEqualTo(6 * MS);
    }
  }

  @Test
  void tasksThatProgramsMakeAreMadeInAllModels() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            scheduler: {policy: fcfs}
            processes:
              - name: s
                threads:
                  - name: boss
                    count: 2
                    program: [{thread: {name: helper, count: 2, program: [io: 4, compute: 1]}}, {join: helper}, {compute: 1}]
            """);
    // The helpers' requests end at 4; four helpers and two bosses compute one after the other.
    ExecutionModel.ALL.forEach(model -> compared.of(model).assertWell());
    ExecutionModel.ALL.forEach(model -> assertThat(compared.makespan(model)).isEqualTo(10 * MS));
    assertThat(compared.of(THREAD).thread("s/boss.1.helper[0]")).isPositive();
  }

  @Test
  void aProgramMayMakeProcessesThatRunItself() throws Exception {
    String tree =
        """
        shared_memory: {tree: {size: 4KiB, variables: {left: {value: 3, atomic: true}}}}
        programs:
          grow: [{fetch_add: {variable: left, add: -1, into: n}}, {compute: 1}, {if: n > 0, then: [{spawn: {name: child, program: grow}}, {wait: child}]}]
        processes: [{name: root, program: grow}]
        """;
    Compared compared = Compared.scenario(tree + "models: [process]");
    compared.of(PROCESS).assertWell();
    assertThat(compared.makespan(PROCESS)).isEqualTo(4 * MS);
    assertThat(refused(tree))
        .containsExactly(
            "3: a program that makes tasks to run itself has no counterpart among threads and"
                + " coroutines; its tasks would all have one name; write a program for each level;"
                + " `models: [process]` compares without");
  }

  @Test
  void tasksDrawTheSameNumbersInAllModels() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            seed: 5
            processes: [{name: s, threads: [{name: a, count: 5, program: [{repeat: 9, do: [{compute: {exponential: {mean: 3}}}]}]}]}]
            """);
    long work = compared.of(THREAD).charged(Account.OWN_WORK);
    assertThat(compared.of(PROCESS).charged(Account.OWN_WORK)).isEqualTo(work);
    assertThat(compared.of(COROUTINE).charged(Account.OWN_WORK)).isEqualTo(work);
    int process = compared.of(PROCESS).thread("a[3]");
    int thread = compared.of(THREAD).thread("s/a[3]");
    assertThat(compared.of(PROCESS).tasks().running(process))
        .isEqualTo(compared.of(THREAD).tasks().running(thread));
  }

  @Test
  void firstTaskOfTheBrokenRunEndsItsProcess() throws Exception {
    Compared compared = Compared.scenario(THREADS);
    for (ExecutionModel model : ExecutionModel.ALL) {
      Ran broken = Ran.of(compared.translated(model).broken());
      assertThat(broken.metrics().findings().faultCount()).as("%s", model).isEqualTo(1);
    }
  }

  private static List<String> refused(String yaml) throws InvalidScenarioException {
    Scenario scenario = ScenarioReader.read(yaml, "test.yaml", Overrides.NONE);
    Comparison comparison =
        scenario.comparison() == null ? Comparison.OF_ALL : scenario.comparison();
    InvalidScenarioException problem =
        catchThrowableOfType(InvalidScenarioException.class, () -> Models.of(scenario, comparison));
    return problem.diagnostics().stream().map(ModelsTest::shown).toList();
  }

  private static String shown(Diagnostic diagnostic) {
    return diagnostic.line() + ": " + diagnostic.message();
  }

  @Test
  void whatAModelLacksIsRefusedWithTheWayOut() throws Exception {
    assertThat(
            refused(
                """
                processes:
                  - name: s
                    barriers: {b: 2}
                    threads:
                      - {name: a, count: 2, program: [{barrier_wait: b}]}
                      - {name: c, program: [{alloc: 4KiB}]}
                """))
        .containsExactly(
            "5: `barrier_wait` has no counterpart among coroutines; wait for each other at a"
                + " `semaphore` or a `queue`",
            "6: `alloc` has no counterpart among processes, threads and coroutines; a heap is one"
                + " process's; use `variables` with `load` and `store`");
    assertThat(
            refused(
                """
                processes:
                  - name: s
                    conditions: [c]
                    mutexes: [m]
                    threads:
                      - {name: a, program: [{lock: m}, {cond_wait: {condition: c, mutex: m}}, {unlock: m}]}
                      - {name: b, program: [{cond_signal: c}]}
                """))
        .hasSize(2)
        .first()
        .asString()
        .endsWith("; `models: [process, thread]` compares without");
  }

  @Test
  void whatCanBeDoneByTheModelsAskedForIsNotRefused() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            processes:
              - name: s
                barriers: {b: 2}
                threads: [{name: a, count: 2, program: [{compute: 1}, {barrier_wait: b}, {compute: 1}]}]
            models: [process, thread]
            """);
    assertThat(compared.makespan(PROCESS)).isEqualTo(4 * MS);
    assertThat(compared.makespan(THREAD)).isEqualTo(4 * MS);
  }

  @Test
  void periodicWorkAndOtherAttributesThanTheRestAreRefused() throws Exception {
    assertThat(
            refused(
                """
                until: 100
                processes: [{name: T, period: 10, wcet: 3}]
                """))
        .containsExactly(
            "2: periodic work, which never ends, has no counterpart among processes, threads and"
                + " coroutines; write a program that ends, with `repeat` and `sleep`");
    assertThat(
            refused(
                """
                scheduler: {policy: priority}
                processes: [{name: P, burst: 1, priority: 1}, {name: Q, burst: 1, priority: 2}]
                """))
        .singleElement()
        .asString()
        .contains("a task that is scheduled other than the rest", "among coroutines");
  }

  @Test
  void attributesOfTasksAreThoseOfTheirProcessesAndThreads() throws Exception {
    Compared compared =
        Compared.scenario(
            """
            scheduler: {policy: priority}
            processes: [{name: P, burst: 5, priority: 2}, {name: Q, burst: 5, priority: 1}]
            models: [process, thread]
            """);
    assertThat(compared.of(PROCESS).tasks().finish(compared.of(PROCESS).thread("Q")))
        .isEqualTo(5 * MS);
    assertThat(compared.of(THREAD).tasks().finish(compared.of(THREAD).thread("test/Q")))
        .isEqualTo(5 * MS);
  }
}
