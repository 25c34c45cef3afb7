package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Invariants;
import org.schedlab.testing.MemoryLog;
import org.schedlab.trace.TraceSink;

/**
 * What must hold of every run with simulated memory, over random scenarios of processes that touch,
 * allocate, free, fork, spawn, exec, wait, kill and crash: threads and CPUs keep their invariants,
 * pages come and go in turn within the limit of frames, nothing is left at the end, every reference
 * that was asked for is made once, and the same seed gives the same facts.
 */
class RandomMemoryTest {
  private static final int RUNS = Integer.getInteger("random.runs", 200);
  private static final int MOST_THREADS = 2_000;

  @TestFactory
  Stream<DynamicTest> everyRunKeepsItsBooks() {
    return Stream.of(ReplacementRule.values())
        .filter(rule -> rule != ReplacementRule.OPT)
        .map(rule -> DynamicTest.dynamicTest(rule.key(), () -> checkAll(rule)));
  }

  private static void checkAll(ReplacementRule rule) {
    for (int run = 0; run < RUNS; run++) {
      long seed = 100L * run + rule.ordinal();
      Drawn drawn = new Drawn(rule, seed);
      try {
        check(drawn);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ":\n" + drawn.yaml + "\n" + e, e);
      }
    }
  }

  private static void check(Drawn drawn) throws Exception {
    Scenario scenario = ScenarioReader.read(drawn.yaml.toString(), "random.yaml", Overrides.NONE);
    Invariants first = new Invariants(drawn.cpus, MOST_THREADS, (thread, cpu) -> true);
    MemoryLog log = MemoryLog.of(scenario);
    RunMetrics metrics = new RunMetrics(drawn.cpus, 1_000);
    Outcome outcome = Simulation.run(scenario, TraceSink.of(first, log, metrics));
    log.checkEnd(outcome);
    if (!drawn.violent && outcome.end() == Outcome.End.COMPLETED) {
      drawn.references.forEach(
          (process, count) ->
              assertThat(log.references(process))
                  .as("references of " + process)
                  .isEqualTo(count.intValue()));
    }
    Invariants second = new Invariants(drawn.cpus, MOST_THREADS, (thread, cpu) -> true);
    MemoryLog again = MemoryLog.of(scenario);
    assertThat(Simulation.run(scenario, TraceSink.of(second, again))).isEqualTo(outcome);
    assertThat(second.transcript()).isEqualTo(first.transcript());
    assertThat(again.events()).isEqualTo(log.events());
    assertThat(Simulation.run(scenario, new TraceSink() {})).isEqualTo(outcome);
  }

  /** A scenario drawn from a seed. */
  private static final class Drawn {
    private final Random random;
    private final StringBuilder yaml = new StringBuilder();
    private final int cpus;

    /** Whether processes may end before their time, or refer to working sets. */
    private boolean violent;

    private final Map<String, Long> references = new HashMap<>();
    private int made;

    Drawn(ReplacementRule rule, long seed) {
      random = new Random(seed);
      cpus = 1 + random.nextInt(3);
      List<String> profiles = List.of("textbook", "linux-x86_64", "pentium-1996", "cortex-m4");
      yaml.append("seed: ").append(seed).append("\ntime_unit: us\n");
      yaml.append("machine:\n  cpus: ").append(cpus);
      yaml.append("\n  costs: {profile: ").append(pick(profiles)).append("}");
      yaml.append("\n  devices: {disk: {servers: 1}}");
      yaml.append("\n  memory: {replacement: ").append(rule.key());
      if (random.nextInt(5) > 0) {
        yaml.append(", frames: ").append(1 + random.nextInt(12));
      }
      yaml.append(pick(List.of("", ", scope: local", ", pageable: all")));
      yaml.append(pick(List.of("", ", tlb: {entries: 4, ways: 2}", ", page_size: 64")));
      String swap = pick(List.of("", "time: 20", "time: 7, device: disk", "time: 3, pages: 6"));
      yaml.append(", swap: {").append(swap).append("}");
      violent = swap.contains("pages");
      yaml.append("}\nscheduler: {policy: ");
      yaml.append(pick(List.of("round-robin, quantum: 3", "fcfs", "srtf", "priority, quantum: 2")));
      yaml.append(pick(List.of("", ", run_queues: per-cpu"))).append("}\n");
      if (random.nextInt(4) == 0) {
        yaml.append("until: ").append(1 + random.nextInt(400)).append('\n');
      }
      yaml.append("processes:\n");
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        process("P" + i);
      }
    }

    private String pick(List<String> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    private void process(String name) {
      yaml.append("  - name: ").append(name);
      yaml.append("\n    arrival: ").append(random.nextInt(20));
      yaml.append("\n    variables: {x: 0, a: [1, 2, 3, 4, 5, 6, 7, 8, 9]}");
      if (random.nextInt(4) == 0) {
        violent = true;
        yaml.append("\n    working_set: ").append(1 + random.nextInt(20)).append("KiB");
      }
      yaml.append("\n    threads:\n");
      int threads = 1 + random.nextInt(3);
      for (int i = 0; i < threads; i++) {
        yaml.append("      - {name: t").append(i).append(", stack: 64KiB, program: [");
        yaml.append(program(name, 2 + random.nextInt(6), 0)).append("]}\n");
      }
    }

    private String program(String process, int length, int depth) {
      List<String> operations = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        operations.add("{" + operation(process, depth) + "}");
      }
      return String.join(", ", operations);
    }

    private String operation(String process, int depth) {
      switch (random.nextInt(depth < 2 ? 13 : 8)) {
        case 0:
          return "compute: " + random.nextInt(9);
        case 1:
          return pick(List.of("io: 4", "io: {device: disk, time: 5}", "sleep: 3"));
        case 2:
          refer(process, 1);
          return "load: {r: \"a[" + random.nextInt(9) + "]\"}";
        case 3:
          refer(process, 2);
          return "add: {x: 1}";
        case 4, 5:
          return touch(process);
        case 6:
          return "touch: {region: stack, pages: [0, " + tell(process, 2, random.nextInt(8)) + "]}";
        case 7:
          return "alloc: " + (1 + random.nextInt(3000));
        case 8:
          return fork(depth);
        case 9:
          return spawn(depth);
        case 10:
          return "wait: " + pick(List.of("all", "any"));
        case 11:
          return violence();
        default:
          int turns = 1 + random.nextInt(3);
          Map<String, Long> before = new HashMap<>(references);
          String body = program(process, 2, 2);
          references.replaceAll(
              (name, count) -> {
                long old = before.getOrDefault(name, 0L);
                return old + turns * (count - old);
              });
          return "repeat: " + turns + ", do: [" + body + "]";
      }
    }

    private void refer(String process, long count) {
      references.merge(process, count, Long::sum);
    }

    private int tell(String process, long count, int page) {
      refer(process, count);
      return page;
    }

    private String touch(String process) {
      int pages = 1 + random.nextInt(8);
      int count = 1 + random.nextInt(20);
      refer(process, count);
      return "touch: {pages: "
          + pages
          + ", references: "
          + count
          + ", pattern: "
          + pick(List.of("sequential", "random", "zipf", "working-set"))
          + ", write: "
          + random.nextBoolean()
          + "}";
    }

    private String fork(int depth) {
      String name = "c" + made++;
      return "fork: {name: " + name + ", program: [" + program(name, 2, depth + 1) + "]}";
    }

    private String spawn(int depth) {
      String name = "s" + made++;
      return "spawn: {name: "
          + name
          + ", variables: {x: 0, a: [1, 2, 3, 4, 5, 6, 7, 8, 9]}, stack: 64KiB, program: ["
          + program(name, 2, depth + 1)
          + "]}";
    }

    private String violence() {
      if (random.nextInt(3) > 0) {
        return "compute: 1";
      }
      violent = true;
      return pick(
          List.of(
              "touch: {address: 0}",
              "kill: P0",
              "exit: 3",
              "free: 2000",
              "fork: {name: f}",
              "exec: {program: [{touch: {pages: 3, write: true}}, {compute: 2}]}"));
    }
  }
}
