package org.schedlab.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws workloads that put a policy through all that can happen to it: several CPUs, a queue for
 * each or one for all, affinity, locks that lend priorities, devices, processes that make others,
 * end with threads still ready, and kill each other, periodic tasks, switches that take time.
 */
public final class RandomScenarios {
  private static final int MOST_CPUS = 4;
  private static final int MOST_PROCESSES = 7;

  private final Random random;
  private final int cpus;
  private int names;

  private RandomScenarios(long seed, long number) {
    // Neighbouring seeds of Random begin alike; the multiplier (of Knuth's MMIX) scatters them.
    this.random = new Random((seed * 1_000_003 + number) * 6364136223846793005L);
    this.cpus = 1 + random.nextInt(MOST_CPUS);
  }

  /** Returns a workload: always the same for the same seed and number. */
  public static Draft draw(long seed, long number) {
    return new RandomScenarios(seed, number).draft(seed, number);
  }

  private Draft draft(long seed, long number) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", "check-policy-failure");
    root.put("seed", seed * 1_000 + number);
    boolean realTime = random.nextInt(4) == 0;
    if (realTime || random.nextInt(8) == 0) {
      root.put("until", 5L + random.nextInt(60));
    }
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("cpus", (long) cpus);
    if (random.nextInt(3) == 0) {
      machine.put("costs", "linux-x86_64");
    }
    machine.put("devices", map("disk", map("servers", 1L + random.nextInt(2))));
    root.put("machine", machine);
    if (random.nextInt(3) == 0) {
      root.put("scheduler", map("run_queues", "per-cpu"));
    }
    List<Object> processes = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_PROCESSES);
    for (int i = 0; i < count; i++) {
      processes.add(realTime && random.nextBoolean() ? periodic("T" + i) : process("P" + i));
    }
    root.put("processes", processes);
    return new Draft(root);
  }

  private static Map<String, Object> map(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  private Map<String, Object> periodic(String name) {
    Map<String, Object> task = map("name", name);
    long period = 2L + random.nextInt(12);
    task.put("period", period);
    task.put("wcet", 1L + random.nextInt((int) period));
    attributes(task);
    return task;
  }

  private void attributes(Map<String, Object> task) {
    if (random.nextInt(3) == 0) {
      task.put("priority", (long) random.nextInt(5));
    }
    if (random.nextInt(4) == 0) {
      task.put("nice", random.nextInt(40) - 20L);
      task.put("tickets", 1L + random.nextInt(10));
    }
    if (random.nextInt(4) == 0) {
      List<Object> allowed = new ArrayList<>();
      allowed.add((long) random.nextInt(cpus));
      long other = random.nextInt(cpus);
      if (random.nextBoolean() && !allowed.contains(other)) {
        allowed.add(other);
      }
      task.put("affinity", allowed);
    }
  }

  private Map<String, Object> process(String name) {
    Map<String, Object> process = map("name", name);
    if (random.nextBoolean()) {
      process.put("arrival", (long) random.nextInt(12));
    }
    if (random.nextInt(3) > 0) {
      attributes(process);
      process.put("program", program(false));
      return process;
    }
    boolean lends = random.nextBoolean();
    process.put("mutexes", map("m", lends ? map("protocol", "inheritance") : map("kind", "plain")));
    List<Object> threads = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Map<String, Object> thread = map("name", "t" + i);
      attributes(thread);
      thread.put("program", program(true));
      threads.add(thread);
    }
    process.put("threads", threads);
    return process;
  }

  private List<Object> program(boolean hasMutex) {
    List<Object> program = new ArrayList<>();
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      operation(program, hasMutex, true);
    }
    if (hasMutex && random.nextInt(5) == 0) {
      program.add(map("exit", 0L));
    }
    return program;
  }

  private long time() {
    return random.nextInt(6);
  }

  private void operation(List<Object> to, boolean hasMutex, boolean outermost) {
    switch (random.nextInt(outermost ? 12 : 7)) {
      case 0, 1, 2 -> to.add(map("compute", 1 + time()));
      case 3 -> to.add(map("io", time()));
      case 4 -> {
        Map<String, Object> request = map("device", "disk");
        request.put("time", time());
        to.add(map("io", request));
      }
      case 5 -> to.add(map("sleep", time()));
      case 6 -> to.add("yield");
      case 7 -> {
        Map<String, Object> loop = map("repeat", 1L + random.nextInt(4));
        List<Object> body = new ArrayList<>(List.of(map("compute", 1L)));
        operation(body, false, false);
        loop.put("do", body);
        to.add(loop);
      }
      case 8, 9 -> {
        if (hasMutex) {
          to.add(map("lock", "m"));
          operation(to, false, false);
          to.add(map("unlock", "m"));
        } else {
          to.add(map("compute", 1 + time()));
        }
      }
      default -> birth(to);
    }
  }

  /** Some children end by themselves, some are killed by their parent, which may be waiting. */
  private void birth(List<Object> to) {
    String name = "C" + names++;
    Map<String, Object> child = map("name", name);
    if (random.nextInt(4) == 0) {
      child.put("program", new ArrayList<>(List.of(map("compute", 1 + time()))));
      to.add(map("fork", child));
    } else {
      child.put("burst", 1 + time());
      attributes(child);
      to.add(map("spawn", child));
    }
    if (random.nextInt(3) == 0) {
      to.add(map("compute", 1L));
      to.add(map("kill", name));
    }
    if (random.nextBoolean()) {
      to.add(map("wait", "any"));
    }
  }
}
