package org.schedlab.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.testing.Compared;
import org.schedlab.testing.Ran;
import org.schedlab.trace.Account;

/**
 * What must hold of random work under all models: it is the same work, it comes to its end, and one
 * task alone, which nobody can disturb, takes the same time.
 */
class RandomModelsTest {
  private static final int RUNS = Integer.getInteger("random.runs", 100);

  /** Random tasks of computations, requests, sleeps, locks and messages. */
  private static final class Drawn {
    private final Random random;
    private final int tasks;
    private final boolean coroutines;

    Drawn(long seed, int mostTasks) {
      random = new Random(seed);
      tasks = 1 + random.nextInt(mostTasks);
      coroutines = random.nextBoolean();
    }

    private int upTo(int most) {
      return 1 + random.nextInt(most);
    }

    private String operation(int depth) {
      return switch (random.nextInt(depth > 0 ? 7 : 6)) {
        case 0 -> "{compute: {uniform: {min: 1, max: 9}}}";
        case 1 -> "{compute: " + upTo(5) + "}";
        case 2 -> request();
        case 3 -> coroutines ? "{await: {time: " + upTo(5) + "}}" : "{sleep: " + upTo(5) + "}";
        case 4 ->
            coroutines
                ? "{await: {lock: m}}, {load: {r: x}}, {compute: 1}, {store: {x: r + 1}}, {unlock: m}"
                : "{lock: m}, {load: {r: x}}, {compute: 1}, {store: {x: r + 1}}, {unlock: m}";
        case 5 ->
            coroutines
                ? "{put: {channel: q, value: 7}}, {get: {channel: q}}"
                : "{send: {queue: q, bytes: 8, value: 7}}, {receive: {queue: q}}";
        default -> "{repeat: " + upTo(3) + ", do: [" + program(depth - 1) + "]}";
      };
    }

    private String request() {
      String device = random.nextBoolean() ? "disk" : "net";
      String time = "{device: " + device + ", time: " + upTo(6) + "}";
      return coroutines ? "{await: " + time + "}" : "{io: " + time + "}";
    }

    private String program(int depth) {
      List<String> operations = new ArrayList<>();
      for (int i = upTo(4); i > 0; i--) {
        operations.add(operation(depth));
      }
      return String.join(", ", operations);
    }

    String yaml(int cpus) {
      StringBuilder yaml = new StringBuilder();
      yaml.append("seed: ").append(random.nextInt(1000)).append('\n');
      yaml.append("machine: {cpus: ").append(cpus);
      yaml.append(", devices: {disk: {servers: 1}, net: {servers: 8}}}\n");
      yaml.append("scheduler: {policy: round-robin, quantum: ").append(upTo(6)).append("}\n");
      yaml.append("processes:\n  - name: s\n    arrival: ").append(random.nextInt(20));
      yaml.append("\n    variables: {x: 0}\n");
      // No more tasks than the queue holds put before they get, so that nobody waits forever.
      yaml.append(
          coroutines
              ? "    async_mutexes: [m]\n    channels: {q: {capacity: 10}}\n    coroutines:\n"
              : "    mutexes: [m]\n    queues: {q: {capacity: 10}}\n    threads:\n");
      for (int i = 0; i < tasks; i++) {
        yaml.append("      - {name: t").append(i);
        yaml.append(", program: [").append(program(2)).append("]}\n");
      }
      return yaml.toString();
    }
  }

  private interface Check {
    void check(Compared compared);
  }

  private static void forAll(int mostTasks, int cpus, Check check) throws Exception {
    for (long seed = 0; seed < RUNS; seed++) {
      String yaml = new Drawn(seed, mostTasks).yaml(cpus);
      try {
        check.check(Compared.scenario(yaml));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e + "\n" + yaml, e);
      }
    }
  }

  @Test
  void oneTaskTakesTheSameTimeByEveryModel() throws Exception {
    forAll(
        1,
        1,
        compared -> {
          long expected = compared.makespan(ExecutionModel.THREAD);
          assertThat(expected).isPositive();
          ExecutionModel.ALL.forEach(
              model -> assertThat(compared.makespan(model)).as("%s", model).isEqualTo(expected));
        });
  }

  @Test
  void severalTasksDoTheSameWorkByEveryModelAndAllEnd() throws Exception {
    forAll(
        8,
        2,
        compared -> {
          long work = compared.of(ExecutionModel.THREAD).charged(Account.OWN_WORK);
          for (ExecutionModel model : ExecutionModel.ALL) {
            Ran ran = compared.of(model);
            ran.assertWell();
            assertThat(ran.charged(Account.OWN_WORK)).as("%s", model).isEqualTo(work);
            TaskTimes times = ran.tasks();
            for (int thread = 0; thread < times.count(); thread++) {
              assertThat(times.hasEnded(thread)).isTrue();
            }
            assertThat(ran.metrics().coroutines().all())
                .allMatch(one -> one.end() == CoroutineTimes.End.RETURNED);
          }
        });
  }

  @Test
  void thePeakOfMemoryIsNeverBelowWhatIsThereAtTheEnd() throws Exception {
    forAll(
        8,
        1,
        compared -> {
          for (ExecutionModel model : ExecutionModel.ALL) {
            assertThat(compared.memory(model).mostResident()).isPositive();
            assertThat(compared.memory(model).mostReserved())
                .isGreaterThanOrEqualTo(compared.memory(model).mostResident());
          }
        });
  }
}
