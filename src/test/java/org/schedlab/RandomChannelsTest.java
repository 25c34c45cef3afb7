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
import org.schedlab.metrics.RunMetrics;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.ChannelBooks;
import org.schedlab.testing.Invariants;
import org.schedlab.trace.TraceSink;

/**
 * What must hold of every run in which processes talk, over random programs under all policies, in
 * which everything goes wrong that can: time-outs, closed ends, processes killed, stopped and
 * continued. No byte is lost or out of order, no wake-up is lost, and the books balance.
 */
class RandomChannelsTest {
  private static final int RUNS = Integer.getInteger("random.runs", 100);

  @TestFactory
  Stream<DynamicTest> everyRunKeepsTheRulesOfChannels() {
    return Policies.real().stream()
        .map(policy -> DynamicTest.dynamicTest(policy.name(), () -> checkAll(policy)));
  }

  private static void checkAll(PolicyDescriptor policy) throws Exception {
    for (long seed = 0; seed < RUNS; seed++) {
      Drawn drawn = new Drawn(policy, seed);
      try {
        assertThat(check(drawn)).isEqualTo(check(drawn));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e + "\n" + drawn.yaml, e);
      }
    }
  }

  /** Runs a scenario; returns every fact as text. */
  private static String check(Drawn drawn) throws Exception {
    Scenario scenario = ScenarioReader.read(drawn.yaml.toString(), "test.yaml", Overrides.NONE);
    Invariants invariants = new Invariants(drawn.cpus, 100, (thread, cpu) -> true);
    ChannelBooks books = new ChannelBooks(drawn.habits);
    RunMetrics metrics = new RunMetrics(drawn.cpus, 1_000);
    Outcome outcome = Simulation.run(scenario, TraceSink.of(invariants, books, metrics));
    assertThat(outcome.end()).isNotEqualTo(Outcome.End.UNTIL);
    books.checkEnd();
    return invariants.transcript() + books.transcript() + outcome;
  }

  /** A scenario drawn from a seed. */
  private static final class Drawn {
    private final Random random;
    private final StringBuilder yaml = new StringBuilder();
    private final int cpus;
    private final int processes;
    private final List<String> pipes = new ArrayList<>();
    private final List<String> queues = new ArrayList<>();
    private final List<String> sockets = new ArrayList<>();
    private final List<ChannelBooks.Habits> habits = new ArrayList<>();

    Drawn(PolicyDescriptor policy, long seed) {
      random = new Random(seed);
      cpus = 1 + random.nextInt(3);
      processes = 2 + random.nextInt(6);
      String profile = random.nextBoolean() ? "textbook" : "linux-x86_64";
      // Every run ends by itself long before.
      yaml.append("time_unit: us\nuntil: 1000000\ndeadlock: expected\nmachine: {cpus: ")
          .append(cpus);
      yaml.append(", costs: {profile: ").append(profile).append("}}\n");
      yaml.append("scheduler: {policy: ").append(policy.name());
      boolean takesTurns = policy.name().equals("round-robin");
      yaml.append(takesTurns ? ", quantum: " + (1 + random.nextInt(5)) : "").append("}\n");
      declare("pipes", "p", 1 + random.nextInt(3) / 2, pipes);
      declare("queues", "q", random.nextInt(3), queues);
      declare("sockets", "s", random.nextInt(2), sockets);
      yaml.append("processes:\n");
      for (int i = 0; i < processes; i++) {
        habits.add(drawHabits());
        yaml.append("  - {name: P").append(i).append(", priority: ").append(random.nextInt(4));
        yaml.append(", arrival: ").append(random.nextInt(3) == 0 ? random.nextInt(20) : 0);
        yaml.append(", program: [").append(program(i)).append("]}\n");
      }
    }

    private void declare(String kind, String letter, int count, List<String> names) {
      List<String> declared = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        names.add(letter + i);
        declared.add(
            letter
                + i
                + switch (kind) {
                  case "pipes" -> ": {capacity: " + oneOf(1, 7, 7, 100, 4096, 6000) + "}";
                  case "queues" -> ": {capacity: " + (1 + random.nextInt(3)) + "}";
                  default -> ": {buffer: " + oneOf(5, 64) + "}";
                });
      }
      yaml.append(kind).append(": {").append(String.join(", ", declared)).append("}\n");
    }

    private long oneOf(long... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private ChannelBooks.Habits drawHabits() {
      Map<String, Long> writes = new HashMap<>();
      pipes.forEach(pipe -> writes.put(pipe, oneOf(1, 2, 3, 4, 7, 40, 101, 4096, 5000)));
      sockets.forEach(socket -> writes.put(socket, oneOf(1, 4, 20, 200)));
      List<String> all = new ArrayList<>(pipes);
      all.addAll(queues);
      all.addAll(sockets);
      List<String> reading = all.stream().filter(port -> random.nextInt(3) == 0).toList();
      List<String> writing = all.stream().filter(port -> random.nextInt(5) == 0).toList();
      boolean none = reading.isEmpty() && writing.isEmpty();
      return new ChannelBooks.Habits(writes, none ? List.of(pipes.get(0)) : reading, writing);
    }

    private String program(int process) {
      List<String> operations = new ArrayList<>();
      int count = 1 + random.nextInt(10);
      for (int i = 0; i < count; i++) {
        operations.add(operation(process));
      }
      return String.join(", ", operations);
    }

    private String operation(int process) {
      int draw = random.nextInt(100);
      if (draw < 15) {
        return "{compute: " + random.nextInt(8) + "}";
      } else if (draw < 22) {
        return "{sleep: " + random.nextInt(10) + "}";
      } else if (draw < 26) {
        return "yield";
      } else if (draw < 42) {
        String pipe = oneOf(pipes);
        long bytes = habits.get(process).writes().get(pipe);
        String error = random.nextBoolean() ? ", error: e" : "";
        return "{write: {pipe: " + pipe + ", bytes: " + bytes + error + mode(bytes) + "}}";
      } else if (draw < 60) {
        long bytes = oneOf(1, 5, 50, 4096, 9000);
        return "{read: {pipe: " + oneOf(pipes) + ", bytes: " + bytes + mode(1) + "}}";
      } else if (draw < 64) {
        return "{close: {pipe: " + oneOf(pipes) + ", end: " + (draw < 62 ? "read" : "write") + "}}";
      } else if (draw < 70) {
        return poll(process);
      } else if (draw < 78) {
        String signal = List.of("kill", "stop", "stop", "cont", "cont").get(random.nextInt(5));
        return "{kill: {process: P" + random.nextInt(processes) + ", signal: " + signal + "}}";
      } else if (draw < 90) {
        return queues.isEmpty() ? "yield" : onQueue(oneOf(queues), draw < 84);
      }
      return sockets.isEmpty() ? "{compute: 1}" : onSocket(oneOf(sockets), process, draw);
    }

    private String oneOf(List<String> names) {
      return names.get(random.nextInt(names.size()));
    }

    /** A write in parts that must not block would be a message of another length. */
    private String mode(long bytes) {
      return switch (random.nextInt(6)) {
        case 0 -> bytes > 1000 ? "" : ", count: n, nonblocking: true";
        case 1 -> ", count: n, timeout: " + random.nextInt(20);
        default -> "";
      };
    }

    private String poll(int process) {
      ChannelBooks.Habits habit = habits.get(process);
      List<String> keys = new ArrayList<>();
      if (!habit.reading().isEmpty()) {
        keys.add("read: " + ports(habit.reading(), process));
      }
      if (!habit.writing().isEmpty()) {
        keys.add("write: " + ports(habit.writing(), process));
      }
      if (random.nextBoolean()) {
        keys.add("into: r, timeout: " + random.nextInt(15));
      }
      return "{poll: {" + String.join(", ", keys) + "}}";
    }

    private static String ports(List<String> names, int process) {
      return names.stream()
          .map(name -> name.startsWith("s") ? "{" + end(name, process) + "}" : name)
          .toList()
          .toString();
    }

    private static String end(String socket, int process) {
      return "socket: " + socket + ", end: " + (process % 2 == 0 ? "a" : "b");
    }

    private String onQueue(String queue, boolean sends) {
      if (!sends) {
        return "{receive: {queue: " + queue + mode(1) + "}}";
      }
      int bytes = random.nextInt(20);
      String what = queue + ", bytes: " + bytes + ", priority: " + bytes % 4;
      return "{send: {queue: " + what + mode(1) + "}}";
    }

    private String onSocket(String socket, int process, int draw) {
      String end = end(socket, process);
      if (draw == 90) {
        return "{close: {" + end + "}}";
      } else if (draw < 95) {
        return "{receive: {" + end + ", bytes: " + oneOf(1, 30, 300) + mode(1) + "}}";
      }
      long bytes = habits.get(process).writes().get(socket);
      return "{send: {" + end + ", bytes: " + bytes + ", error: e" + mode(bytes) + "}}";
    }
  }
}
