package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Invariants;
import org.schedlab.testing.MemoryLog;

/**
 * What must hold of every run with memory: over random programs that touch, allocate, free, fork,
 * execute, kill and wait, on 1 to 4 CPUs, with few frames and all sorts of replacement and costs.
 */
class RandomPagingTest {
  private static final int RUNS = Integer.getInteger("random.runs", 700);
  private static final int MOST_THREADS = 2000;
  private static final String OWN_COSTS =
      "{profile: textbook, instruction: 1us, minor_fault: 2us, copy_on_write_fault: 3us, ipi: 1us,"
          + " interrupt: 1us, fork: 2us, tlb_miss: 4us, tlb_l1_entries: 8, tlb_l2_entries: 16,"
          + " asid_slots: 2}";

  @Test
  void everyRunKeepsTheInvariantsAndLeavesNothingBehind() throws Exception {
    for (long seed = 0; seed < RUNS; seed++) {
      String yaml = new Drawn(seed).yaml();
      try {
        check(yaml);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e + "\n" + yaml, e);
      }
    }
  }

  private static void check(String yaml) throws Exception {
    Scenario scenario = ScenarioReader.read(yaml, "test.yaml", Overrides.NONE);
    Invariants invariants =
        new Invariants(scenario.machine().cpus(), MOST_THREADS, (thread, cpu) -> true);
    Outcome outcome = Simulation.run(scenario, invariants);
    assertThat(MemoryLog.run(yaml).outcome()).isEqualTo(outcome);
    assertThat(outcome.end()).isIn(Outcome.End.COMPLETED, Outcome.End.UNTIL);
  }

  /** A scenario drawn from a seed. */
  private static final class Drawn {
    private final Random random;
    private final List<String> regions = new ArrayList<>();

    Drawn(long seed) {
      this.random = new Random(seed);
    }

    private String one(String... of) {
      return of[random.nextInt(of.length)];
    }

    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    String yaml() {
      StringBuilder text = new StringBuilder("time_unit: us\nlimits: {events: 2000000}\n");
      if (chance(25)) {
        text.append("until: ").append(5 + random.nextInt(400)).append('\n');
      }
      text.append("machine: {cpus: ").append(1 + random.nextInt(4)).append(", costs: ");
      text.append(one("textbook", "linux-x86_64", OWN_COSTS, "cortex-m4"));
      text.append(", memory: {").append(memory()).append("}}\n");
      text.append("scheduler: {policy: ");
      text.append(one("fcfs", "srtf", "priority", "feedback", "round-robin, quantum: 2"));
      text.append(chance(30) ? ", run_queues: per-cpu}\n" : "}\n");
      text.append(
          "programs: {leaf: [add: {x: 1}, touch: {pages: [1, 2], write: true}, compute: 2]}\n");
      text.append("processes:\n");
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        text.append(process(i));
      }
      return text.toString();
    }

    private String memory() {
      String frames = chance(85) ? "frames: " + one("1", "2", "3", "5", "8", "20") + ", " : "";
      String tlb = chance(50) ? ", tlb: " + one("{entries: 2}", "{entries: 4, ways: 2}") : "";
      String pages = chance(40) ? ", pages: " + (1 + random.nextInt(12)) : "";
      return frames
          + "replacement: "
          + one("fifo", "lru", "clock", "mru", "lfu", "random", "aging", "working-set")
          + (chance(40) ? ", scope: local" : "")
          + (chance(30) ? ", pageable: all" : "")
          + (chance(30) ? ", geometry: 32-bit" : "")
          + tlb
          + ", swap: {time: "
          + one("0", "1", "5", "20")
          + pages
          + "}";
    }

    private String process(int number) {
      String head =
          "  - {name: P"
              + number
              + ", arrival: "
              + one("0", "0", "3", "11")
              + ", variables: {x: 0}, stack: 64KiB, memory: {code: 8KiB}"
              + (chance(25) ? ", working_set: " + one("4KiB", "12KiB", "40KiB") : "");
      if (chance(50)) {
        return head + ", program: " + program(2, 2 + random.nextInt(8), true) + "}\n";
      }
      List<String> threads = new ArrayList<>();
      int count = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        String set = chance(15) ? ", working_set: 8KiB" : "";
        threads.add("{name: m" + i + set + ", program: " + program(i == 0 ? 1 : 0, 6, false) + "}");
      }
      return head + ", threads: [" + String.join(", ", threads) + "]}\n";
    }

    private String program(int depth, int most, boolean alone) {
      List<String> known = List.copyOf(regions);
      List<String> operations = new ArrayList<>();
      int count = 1 + random.nextInt(most);
      for (int i = 0; i < count; i++) {
        String operation = operation(depth, alone);
        operations.add(operation.contains(":") ? "{" + operation + "}" : operation);
      }
      regions.clear();
      regions.addAll(known);
      return "[" + String.join(", ", operations) + "]";
    }

    private String operation(int depth, boolean alone) {
      int kind = random.nextInt(depth > 0 ? 100 : 80);
      if (kind < 42) {
        return touch();
      } else if (kind < 55) {
        return "compute: " + one("0", "0.5", "1", "5");
      } else if (kind < 60) {
        return one("io: 3", "sleep: 4", "yield", "compute: 1");
      } else if (kind < 65) {
        return one("alloc: 8KiB", "alloc: 8KiB", "free: 4KiB");
      } else if (kind < 73 && alone) {
        return region();
      } else if (kind < 76) {
        return one("add: {x: 1}", "call: {program: leaf, frame: 6000}");
      } else if (kind < 78) {
        return one("kill: P0", "exit: 3", "exec: {program: leaf, variables: {x: 0}}");
      } else if (kind < 80) {
        return "thread: {name: t, program: [" + "{" + touch() + "}, compute: 1]}";
      } else if (kind < 90) {
        return "fork: {name: f" + depth + ", program: " + program(depth - 1, 4, alone) + "}";
      } else if (kind < 94) {
        return "spawn: {name: s, variables: {x: 0}, memory: {code: 4KiB}, program: [call: leaf]}";
      }
      return one("fork: g", "wait: any", "wait: all");
    }

    private String region() {
      String name = one("own", "common", "large", "both");
      if (regions.remove(name)) {
        return "free: {region: " + name + "}";
      }
      regions.add(name);
      boolean large = name.equals("large") || name.equals("both");
      boolean shared = name.equals("common") || name.equals("both");
      return "alloc: {region: "
          + name
          + (large ? ", size: 8MiB, large: true" : ", size: 12KiB")
          + (shared ? ", shared: true}" : "}");
    }

    private String touch() {
      List<String> all = new ArrayList<>(regions);
      all.addAll(List.of("heap", "heap", "heap", "stack", "data"));
      String region = all.get(random.nextInt(all.size()));
      int pages =
          switch (region) {
            case "data" -> 1;
            case "large", "both" -> 1200;
            case "heap" -> 6;
            default -> 3;
          };
      List<String> touched = new ArrayList<>();
      int count = 1 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        touched.add(String.valueOf(random.nextInt(pages)));
      }
      return "touch: {region: " + region + ", pages: " + touched + ", write: " + chance(60) + "}";
    }
  }
}
