package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Invariants;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/**
 * What must hold of every run with locks, over random programs under all policies: no mutex is held
 * twice and no writer beside a reader, nobody gives back what he does not hold, no update under a
 * lock is lost, and where all lock in one order, no wake-up is lost either: everybody ends.
 */
class RandomLocksTest {
  private static final int RUNS = Integer.getInteger("random.runs", 100);
  private static final List<String> LOCKS =
      List.of("plain", "inheriting", "recursive", "spinning", "shared", "counting");

  @TestFactory
  Stream<DynamicTest> everyRunKeepsTheRulesOfLocks() {
    return Policies.real().stream()
        .map(policy -> DynamicTest.dynamicTest(policy.name(), () -> checkAll(policy)));
  }

  @TestFactory
  Stream<DynamicTest> everyBoundedBufferIsFilledAndEmptied() {
    return Policies.real().stream()
        .map(
            policy ->
                DynamicTest.dynamicTest(
                    policy.name(), () -> checkAll(seed -> new Drawn(policy, seed).buffer())));
  }

  private static void checkAll(PolicyDescriptor policy) throws Exception {
    checkAll(seed -> new Drawn(policy, seed).locks());
  }

  private static void checkAll(LongFunction<Drawn> draw) throws Exception {
    for (long seed = 0; seed < RUNS; seed++) {
      Drawn drawn = draw.apply(seed);
      try {
        check(drawn);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e + "\n" + drawn.yaml, e);
      }
    }
  }

  private static void check(Drawn drawn) throws Exception {
    Scenario scenario = ScenarioReader.read(drawn.yaml.toString(), "test.yaml", Overrides.NONE);
    Invariants invariants = new Invariants(drawn.cpus, 100, (thread, cpu) -> true);
    Outcome outcome = Simulation.run(scenario, TraceSink.of(invariants, new Rules()));
    assertThat(outcome.stuck()).isEmpty();
    assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(outcome.finalCheckHeld()).isTrue();
    assertThat(Simulation.run(scenario, new TraceSink() {})).isEqualTo(outcome);
  }

  /** Keeps books of who holds what. */
  private static final class Rules implements TraceSink {
    private final Map<Integer, SyncKind> kinds = new HashMap<>();
    private final Map<Integer, List<Integer>> holders = new HashMap<>();
    private final Map<Integer, LockMode> modes = new HashMap<>();

    @Override
    public void syncObjectMade(long time, int object, SyncKind kind, String name, int process) {
      kinds.put(object, kind);
      holders.put(object, new ArrayList<>());
    }

    @Override
    public void acquired(
        long time, int thread, int object, LockMode mode, Acquisition how, int line) {
      List<Integer> now = holders.get(object);
      if (mode == LockMode.PASSED) {
        return;
      }
      if (mode == LockMode.EXCLUSIVE) {
        assertThat(now).as("holders of %d", object).allMatch(holder -> holder == thread);
      } else {
        assertThat(now.isEmpty() || modes.get(object) == LockMode.SHARED).isTrue();
      }
      now.add(thread);
      modes.put(object, mode);
    }

    @Override
    public void released(long time, int thread, int object) {
      if (kinds.get(object) != SyncKind.SEMAPHORE) {
        assertThat(holders.get(object).remove((Integer) thread)).isTrue();
      }
    }

    @Override
    public void assertionFailed(long time, int thread, String text, int line, int column) {
      throw new AssertionError(text);
    }

    @Override
    public void deadlocked(long time, Deadlock deadlock) {
      throw new AssertionError("no deadlock is possible here: " + deadlock);
    }
  }

  /** A scenario drawn from a seed; every thread takes its locks in one order. */
  private static final class Drawn {
    private final Random random;
    private final StringBuilder yaml = new StringBuilder();
    private final int cpus;
    private final boolean takesTurns;
    private final Map<Integer, Long> counts = new HashMap<>();

    Drawn(PolicyDescriptor policy, long seed) {
      random = new Random(seed);
      cpus = 1 + random.nextInt(3);
      String profile = random.nextBoolean() ? "textbook, instruction: 1us" : "linux-x86_64";
      yaml.append("time_unit: us\nmachine: {cpus: ").append(cpus);
      yaml.append(", costs: {profile: ").append(profile).append("}}\n");
      yaml.append("scheduler: {policy: ").append(policy.name());
      // Who waits by using the CPU must lose it some time, or the holder never runs.
      takesTurns = policy.name().equals("round-robin");
      yaml.append(takesTurns ? ", quantum: " + (1 + random.nextInt(5)) : "").append("}\n");
    }

    /** A monitor with two conditions, and barriers before and behind: nobody is forgotten. */
    Drawn buffer() {
      int producers = 1 + random.nextInt(3);
      int consumers = 1 + random.nextInt(3);
      int rounds = 1 + random.nextInt(3);
      int capacity = 1 + random.nextInt(3);
      String wakes = random.nextBoolean() ? "cond_signal" : "cond_broadcast";
      String timeout = random.nextInt(3) == 0 ? ", timeout: " + (300 + random.nextInt(500)) : "";
      yaml.append("processes:\n  - name: P\n    mutexes: [m]\n    variables: {n: 0, got: 0}\n");
      yaml.append("    conditions: {filled: {}, emptied: {");
      yaml.append(random.nextInt(3) == 0 ? "spurious: " + (300 + random.nextInt(500)) : "");
      yaml.append("}}\n    barriers: {b: ").append(producers + consumers).append("}\n");
      yaml.append("    threads:\n");
      for (int i = 0; i < producers + consumers; i++) {
        boolean produces = i < producers;
        String waits =
            "{while: %s, do: [{cond_wait: {condition: %s, mutex: m%s}}, {load: {r: n}}]}"
                .formatted(
                    produces ? "r == " + capacity : "r == 0",
                    produces ? "emptied" : "filled",
                    timeout);
        yaml.append("      - {name: t").append(i).append(", priority: ").append(random.nextInt(9));
        yaml.append(", program: [{barrier_wait: b}, {repeat: ");
        yaml.append(rounds * (produces ? consumers : producers)).append(", do: [{compute: ");
        yaml.append(random.nextInt(4)).append("}, {lock: m}, {load: {r: n}}, ").append(waits);
        yaml.append(", {add: {n: ").append(produces ? "1" : "-1").append("}}, ");
        yaml.append(produces ? "" : "{add: {got: 1}}, ");
        yaml.append("{assert: n >= 0 && n <= ").append(capacity).append("}, {").append(wakes);
        yaml.append(": ").append(produces ? "filled" : "emptied");
        yaml.append("}, {unlock: m}]}, {barrier_wait: b}]}\n");
      }
      yaml.append("final: n == 0 && got == ").append(rounds * producers * consumers).append("\n");
      return this;
    }

    /** Threads that hold several locks at a time. */
    Drawn locks() {
      yaml.append("processes:\n  - name: P\n    variables: {c: [0, 0, 0, 0, 0, 0]}\n");
      yaml.append("    mutexes: {plain: {}, inheriting: {protocol: inheritance}, ");
      yaml.append("recursive: {kind: recursive}, spinning: {kind: ");
      yaml.append(takesTurns ? "spin" : "plain").append("}}\n");
      yaml.append("    rwlocks: {shared: {prefer: writers}}\n    semaphores: {counting: 1}\n");
      yaml.append("    threads:\n");
      int threads = 2 + random.nextInt(5);
      for (int i = 0; i < threads; i++) {
        yaml.append("      - {name: t").append(i).append(", priority: ").append(random.nextInt(9));
        yaml.append(", program: [").append(program()).append("]}\n");
      }
      List<String> finals = new ArrayList<>();
      counts.forEach((lock, count) -> finals.add("c[" + lock + "] == " + count));
      yaml.append("final: ").append(finals.isEmpty() ? "1" : String.join(" && ", finals));
      yaml.append("\n");
      return this;
    }

    private String program() {
      List<String> operations = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        TreeSet<Integer> locks = new TreeSet<>();
        for (int k = 0; k < 1 + random.nextInt(3); k++) {
          locks.add(random.nextInt(LOCKS.size()));
        }
        int turns = 1 + random.nextInt(4);
        operations.add("{repeat: " + turns + ", do: [" + section(locks, turns) + "]}");
        operations.add(
            random.nextBoolean() ? "{compute: " + random.nextInt(4) + "}" : "{sleep: 2}");
      }
      return String.join(", ", operations);
    }

    private String section(TreeSet<Integer> locks, int turns) {
      List<String> operations = new ArrayList<>();
      locks.forEach(lock -> operations.add(lockOf(lock)));
      for (int lock : locks) {
        counts.merge(lock, (long) turns, Long::sum);
        operations.add("{add: {\"c[" + lock + "]\": 1}}");
      }
      operations.add("{compute: " + random.nextInt(3) + "}");
      if (random.nextInt(4) == 0) {
        operations.add("{io: 1}");
      }
      locks.descendingSet().forEach(lock -> operations.add(unlockOf(lock)));
      return String.join(", ", operations);
    }

    private static String lockOf(int lock) {
      String name = LOCKS.get(lock);
      return switch (name) {
        case "shared" -> "{write_lock: shared}";
        case "counting" -> "{sem_wait: counting}";
        case "recursive" -> "{lock: recursive}, {lock: recursive}";
        default -> "{lock: " + name + "}";
      };
    }

    private static String unlockOf(int lock) {
      String name = LOCKS.get(lock);
      return switch (name) {
        case "shared" -> "{rw_unlock: shared}";
        case "counting" -> "{sem_post: counting}";
        case "recursive" -> "{unlock: recursive}, {unlock: recursive}";
        default -> "{unlock: " + name + "}";
      };
    }
  }
}
