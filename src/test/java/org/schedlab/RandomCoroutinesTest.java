package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Invariants;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.TraceSink;

/**
 * What must hold of every run with coroutines, over random programs under all policies: one runs at
 * a time in each thread, those that are ready in the order in which they became so, also where a
 * thread takes some from another, every value that is put is got once and in order, no update under
 * an asynchronous mutex is lost, and all end.
 */
class RandomCoroutinesTest {
  private static final int RUNS = Integer.getInteger("random.runs", 100);

  @TestFactory
  Stream<DynamicTest> everyRunKeepsTheRulesOfEventLoops() {
    return Policies.real().stream()
        // These look ahead, and nobody knows what an event loop will do.
        .filter(policy -> !List.of("srtf", "hrrn", "llf").contains(policy.name()))
        .map(policy -> DynamicTest.dynamicTest(policy.name(), () -> checkAll(policy)));
  }

  private static void checkAll(PolicyDescriptor policy) throws Exception {
    for (long seed = 0; seed < RUNS; seed++) {
      String yaml = new Drawn(policy, seed).yaml();
      try {
        check(yaml);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e + "\n" + yaml, e);
      }
    }
  }

  private static void check(String yaml) throws Exception {
    Scenario scenario = ScenarioReader.read(yaml, "test.yaml", Overrides.NONE);
    int cpus = scenario.machine().cpus();
    Invariants invariants = new Invariants(cpus, 100, (thread, cpu) -> true);
    // Its books are checked at the end of the run.
    RunMetrics metrics = new RunMetrics(cpus, 100);
    Outcome outcome = Simulation.run(scenario, TraceSink.of(invariants, new Rules(), metrics));
    assertThat(metrics.coroutines().all()).isNotEmpty().allMatch(CoroutineTimes::hasEnded);
    assertThat(outcome.stuck()).isEmpty();
    assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(outcome.finalCheckHeld()).isTrue();
    assertThat(Simulation.run(scenario, new TraceSink() {})).isEqualTo(outcome);
  }

  /** Follows every event loop. */
  private static final class Rules implements TraceSink {
    private final Map<Integer, Integer> threads = new HashMap<>();
    private final Map<Integer, Deque<Integer>> ready = new HashMap<>();
    private final Map<Integer, Integer> running = new HashMap<>();

    @Override
    public void coroutineMade(long time, int coroutine, int thread, String name) {
      threads.put(coroutine, thread);
      ready.computeIfAbsent(thread, key -> new ArrayDeque<>()).add(coroutine);
    }

    @Override
    public void coroutineReady(long time, int coroutine, int thread, long since) {
      threads.put(coroutine, thread);
      ready.computeIfAbsent(thread, key -> new ArrayDeque<>()).add(coroutine);
    }

    @Override
    public void coroutineStolen(long time, int coroutine, int thread) {
      // From the head, or behind the one to which the other thread is switching.
      Deque<Integer> queue = ready.get(threads.get(coroutine));
      assertThat(queue.stream().limit(2)).contains(coroutine);
      queue.removeFirstOccurrence(coroutine);
      threads.put(coroutine, thread);
      ready.computeIfAbsent(thread, key -> new ArrayDeque<>()).add(coroutine);
    }

    @Override
    public void coroutineResumed(long time, int coroutine) {
      int thread = threads.get(coroutine);
      assertThat(running).doesNotContainKey(thread);
      assertThat(ready.get(thread).poll()).isEqualTo(coroutine);
      running.put(thread, coroutine);
    }

    @Override
    public void coroutineSuspended(long time, int coroutine, AwaitCause cause, String what) {
      assertThat(running.remove(threads.get(coroutine))).isEqualTo(coroutine);
    }

    @Override
    public void coroutineEnded(long time, int coroutine, String error) {
      assertThat(running.remove(threads.get(coroutine))).isEqualTo(coroutine);
    }

    @Override
    public void assertionFailed(long time, int thread, String text, int line, int column) {
      throw new AssertionError(text);
    }
  }

  /** A scenario drawn from a seed. */
  private static final class Drawn {
    private final Random random;
    private final StringBuilder yaml = new StringBuilder();
    private int made;
    private final List<String> finals = new ArrayList<>();
    private int updates;

    Drawn(PolicyDescriptor policy, long seed) {
      random = new Random(seed);
      boolean linux = random.nextBoolean();
      yaml.append("time_unit: us\nmachine: {cpus: ").append(1 + random.nextInt(3));
      yaml.append(", costs: ").append(linux ? "linux-x86_64" : "textbook");
      yaml.append(", devices: {net: {servers: ").append(1 + random.nextInt(3)).append("}}}\n");
      yaml.append("scheduler: {policy: ").append(policy.name());
      yaml.append(policy.name().equals("round-robin") ? ", quantum: 3" : "");
      boolean foresees = policy.name().equals("sjf");
      yaml.append(foresees ? ", estimate: {exponential: {alpha: 0.5, initial: 3}}" : "");
      yaml.append("}\nprocesses:\n");
      int processes = 1 + random.nextInt(3);
      for (int i = 0; i < processes; i++) {
        process(i);
      }
    }

    String yaml() {
      return yaml + "final: " + String.join(" && ", finals) + "\n";
    }

    private void process(int number) {
      String[] runtimes = {"asyncio", "cpp20", "rust", "fiber", "goroutine", "virtual-thread"};
      int values = 1 + random.nextInt(6);
      int pairs = random.nextInt(3);
      yaml.append("  - name: P").append(number).append("\n    arrival: ").append(random.nextInt(9));
      yaml.append("\n    variables: {x").append(number).append(": 0}\n");
      yaml.append("    async_mutexes: [m]\n    async_semaphores: {s: 1}\n    channels: {none: {}");
      for (int pair = 0; pair < pairs; pair++) {
        yaml.append(", c").append(pair).append(": {capacity: ").append(1 + random.nextInt(3));
        yaml.append("}");
      }
      yaml.append("}\n    threads:\n    - name: loop\n      runtime: ");
      yaml.append(runtimes[random.nextInt(runtimes.length)]);
      yaml.append("\n      carriers: ").append(1 + random.nextInt(4));
      yaml.append("\n      coroutines:\n");
      for (int pair = 0; pair < pairs; pair++) {
        yaml.append(
            "      - {name: put%d, program: [{repeat: %d, do: [{set: {i: i + 1}}, %s{put: {channel: c%d, value: i}}]}]}\n"
                .formatted(pair, values, step(), pair));
        yaml.append(
            "      - {name: get%d, program: [{repeat: %d, do: [{set: {i: i + 1}}, {get: {channel: c%d, into: v}}, {assert: v == i}, %s]}]}\n"
                .formatted(pair, values, pair, step())
                .replace(", ]", "]"));
      }
      int others = 1 + random.nextInt(4);
      updates = 0;
      for (int i = 0; i < others; i++) {
        yaml.append("      - {name: w").append(i).append(", program: [").append(work(number, 0));
        yaml.append("{compute: 0}]}\n");
      }
      finals.add("x" + number + " == " + updates);
    }

    private String step() {
      return switch (random.nextInt(5)) {
        case 0 -> "yield, ";
        case 1 -> "{await: {time: " + random.nextInt(5) + "}}, ";
        case 2 -> "{await: {device: net, time: " + random.nextInt(5) + "}}, ";
        case 3 -> "{compute: " + random.nextInt(4) + "}, ";
        default -> "";
      };
    }

    private String work(int process, int depth) {
      List<String> operations = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        String x = "x" + process;
        operations.add(
            switch (random.nextInt(depth > 1 ? 7 : 11)) {
              case 0, 1 -> step();
              case 2 -> {
                updates++;
                yield "{await: {lock: m}}, {load: {r: %s}}, %s{store: {%s: r + 1}}, {unlock: m}, "
                    .formatted(x, step(), x);
              }
              case 3 -> "{await: {semaphore: s}}, " + step() + "{sem_post: s}, ";
              case 4 -> "{await: {time: 30, timeout: 2, error: e}}, {assert: e == ETIMEDOUT}, ";
              case 5 -> "{io: " + random.nextInt(4) + "}, ";
              case 6 -> step() + step();
              case 7 -> {
                String name = "a" + made++;
                yield "{async: {name: %s, program: [%s{compute: 0}]}}, %s{await: %s}, "
                    .formatted(name, work(process, depth + 1), step(), name);
              }
              case 8 -> {
                // Whatever it is at when it is cancelled, it leaves nothing locked behind.
                String name = "v" + made++;
                yield ("{async: {name: %s, program: [%s{await: {lock: m, error: e}}, {if: e == 0, then:"
                        + " [{unlock: m}]}, %s{await: {semaphore: s, error: e}}, {if: e == 0, then:"
                        + " [{sem_post: s}]}, {await: {time: 40}}]}}, %s{cancel: %s},"
                        + " {await: {task: %s, error: e}}, {assert: e == 0 || e == ECANCELED}, ")
                    .formatted(name, step(), step(), step(), name, name);
              }
              case 9 -> {
                String quick = "q" + made++;
                String slow = "q" + made++;
                yield ("{race: {of: [{name: %s, program: [%s{compute: 0}]}, {name: %s, program:"
                        + " [{await: {time: 60}}]}], timeout: %d, error: e}}, {assert: e == 0 || e =="
                        + " ETIMEDOUT}, ")
                    .formatted(quick, step(), slow, 1 + random.nextInt(4));
              }
              default -> {
                String one = "g" + made++;
                String two = "g" + made++;
                yield "{gather: [{name: %s, program: [%s{compute: 0}]}, {name: %s, program: [%s{compute: 1}]}]}, "
                    .formatted(one, work(process, depth + 1), two, work(process, depth + 1));
              }
            });
      }
      return String.join("", operations);
    }
  }
}
