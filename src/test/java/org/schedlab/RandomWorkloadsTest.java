package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.cost.Profile;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.policy.Estimate;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.policy.PolicyParameters;
import org.schedlab.policy.QueueClass;
import org.schedlab.program.Operation;
import org.schedlab.testing.Invariants;
import org.schedlab.testing.Workload;
import org.schedlab.trace.TraceSink;

/** What must hold of every run, over random workloads, all policies, profiles and 1 to 4 CPUs. */
class RandomWorkloadsTest {
  private static final int RUNS = Integer.getInteger("random.runs", 200);
  private static final int MOST_THREADS = 200;
  private static final List<String> CLASSES = List.of("deadline", "fifo", "rr", "fair", "idle");

  @TestFactory
  Stream<DynamicTest> everyRunKeepsTheInvariants() {
    List<DynamicTest> tests = new ArrayList<>();
    for (PolicyDescriptor policy : Policies.real()) {
      for (Profile profile : Profile.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                policy.name() + " " + profile.key(), () -> checkAll(policy, profile)));
      }
    }
    return tests.stream();
  }

  private static void checkAll(PolicyDescriptor policy, Profile profile) {
    for (int run = 0; run < RUNS; run++) {
      long seed = 1000L * run + 7 * profile.ordinal() + policy.name().length();
      try {
        check(policy, profile, seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + " under " + policy.name() + ", " + profile.key() + ": " + e, e);
      }
    }
  }

  private static void assertSame(RunMetrics actual, RunMetrics expected) {
    assertThat(actual.tasks()).usingRecursiveComparison().isEqualTo(expected.tasks());
    assertThat(actual.switches()).usingRecursiveComparison().isEqualTo(expected.switches());
    assertThat(actual.ledger()).usingRecursiveComparison().isEqualTo(expected.ledger());
    assertThat(actual.timeline().bars()).isEqualTo(expected.timeline().bars());
  }

  private static void check(PolicyDescriptor policy, Profile profile, long seed) {
    Drawn drawn = new Drawn(policy, profile, seed);
    Invariants first = drawn.invariants();
    RunMetrics metrics = new RunMetrics(drawn.cpus, 100_000);
    Outcome outcome = drawn.workload.run(TraceSink.of(first, metrics));

    assertThat(outcome.end()).isIn(Outcome.End.COMPLETED, Outcome.End.UNTIL);
    for (int i = 0; i < drawn.demands.size(); i++) {
      if (drawn.demands.get(i) >= 0 && first.hasEnded(i)) {
        assertThat(first.ownWork(i)).as("own work of " + i).isEqualTo(drawn.demands.get(i));
      }
      if (outcome.end() == Outcome.End.COMPLETED) {
        assertThat(first.hasEnded(i)).isTrue();
      }
    }

    Invariants second = drawn.invariants();
    RunMetrics withoutCharts = RunMetrics.withoutCharts(drawn.cpus, 100_000);
    assertThat(drawn.workload.run(TraceSink.of(second, withoutCharts))).isEqualTo(outcome);
    if (seed % 4_000 < 1_000) {
      // It is told of hand-overs in one go.
      assertSame(withoutCharts, metrics);
    }
    assertThat(second.transcript()).isEqualTo(first.transcript());
    assertThat(drawn.workload.run(new TraceSink() {})).isEqualTo(outcome);
  }

  /** A workload drawn from a seed, with the CPU time that each thread will need. */
  private static final class Drawn {
    private final Random random;
    private final Workload workload;
    private final int cpus;
    private final Profile profile;
    private final List<List<Integer>> affinities = new ArrayList<>();

    /** By thread; -1 where another thread may end it before its time. */
    private final List<Long> demands = new ArrayList<>();

    private long demand;

    Drawn(PolicyDescriptor policy, Profile profile, long seed) {
      this.random = new Random(seed);
      this.profile = profile;
      this.cpus = 1 + random.nextInt(4);
      this.workload = Workload.under(policy.name()).costs(profile).cpus(cpus).seed(seed);
      drawParameters(policy);
      if (random.nextInt(3) == 0) {
        workload.perCpuQueues();
      }
      workload.device("disk", 1 + random.nextInt(2)).device("net", 3);
      boolean realTime = random.nextInt(3) == 0;
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        if (realTime && random.nextBoolean()) {
          drawPeriodic("T" + i);
        } else if (random.nextInt(5) == 0) {
          drawFamily("F" + i);
        } else {
          drawProcess("P" + i);
        }
      }
      if (realTime || random.nextInt(5) == 0) {
        workload.until(1 + random.nextInt(60));
      }
    }

    private void drawParameters(PolicyDescriptor policy) {
      switch (policy.name()) {
        case "round-robin" -> workload.with("quantum", 1 + random.nextInt(4));
        case "feedback" ->
            workload.with("queues", 1 + random.nextInt(4)).with("growth", 1 + random.nextInt(3));
        case "sjf" -> {
          if (random.nextBoolean()) {
            workload.with(
                "estimate", new Estimate(false, random.nextInt(1_000_000_001), 5 * Workload.MS));
          }
        }
        case "priority" -> {
          workload.with("preemptive", random.nextInt(3) > 0);
          if (random.nextBoolean()) {
            workload.with("quantum", 1 + random.nextInt(3));
          }
          if (random.nextBoolean()) {
            workload.with("aging", 1 + random.nextInt(6));
          }
          workload.with("preempted_to", random.nextBoolean() ? "head" : "tail");
        }
        case "mlfq" -> drawMlfq();
        case "multilevel-queue" -> drawClasses();
        case "lottery" ->
            workload
                .with("quantum", 1 + random.nextInt(4))
                .with("transfer", random.nextBoolean())
                .with("compensation", random.nextBoolean());
        case "stride" ->
            workload
                .with("quantum", 1 + random.nextInt(4))
                .with("start_at_stride", random.nextBoolean());
        case "random", "las", "llf" -> workload.with("quantum", 1 + random.nextInt(4));
        case "cfs" ->
            workload
                .with("latency", 1 + random.nextInt(24))
                .with("min_granularity", 1 + random.nextInt(3))
                .with("wakeup_granularity", 1 + random.nextInt(5));
        case "eevdf" -> workload.with("base_slice", 1 + random.nextInt(4));
        case "linux" ->
            workload
                .highFirst()
                .with("fair", random.nextBoolean() ? "eevdf" : "cfs")
                .with("rr_quantum", 1 + random.nextInt(5));
        default -> {}
      }
    }

    private void drawMlfq() {
      int queues = 1 + random.nextInt(4);
      workload.with("queues", queues);
      workload.with(
          "quantum", IntStream.range(0, queues).map(i -> 1 + random.nextInt(4)).boxed().toList());
      workload.with("allotment", 1 + random.nextInt(3));
      if (random.nextBoolean()) {
        workload.with("boost", 1 + random.nextInt(20));
      }
      workload.with("io_resets", random.nextBoolean()).with("io_to_front", random.nextBoolean());
    }

    private void drawClasses() {
      List<QueueClass> classes = new ArrayList<>();
      for (String name : CLASSES) {
        List<PolicyDescriptor> fitting =
            Policies.all().stream()
                .filter(p -> !QueueClass.NOT_IN_QUEUES.contains(p.name()))
                .toList();
        PolicyDescriptor policy = fitting.get(random.nextInt(fitting.size()));
        classes.add(
            new QueueClass(name, policy, new PolicyParameters(policy, Map.of(), Workload.MS)));
      }
      workload.with("classes", classes).with("preemptive", random.nextInt(4) > 0);
    }

    /** Draws what only some policies look at. */
    private Operation.Attributes drawShare(Operation.Attributes plain) {
      String name = CLASSES.get(random.nextInt(CLASSES.size()));
      boolean urgent = name.equals("fifo") || name.equals("rr");
      boolean reserves = name.equals("deadline") || random.nextInt(3) == 0;
      long period = reserves ? (2 + random.nextInt(15)) * Workload.MS : 0;
      long runtime = reserves ? 1 + random.nextInt((int) period) : 0;
      boolean linux = workload.isUnder("linux");
      long priority = name.equals("deadline") ? 100 : urgent ? 1 + random.nextInt(99) : 0;
      return new Operation.Attributes(
          linux ? priority : plain.priority(),
          random.nextInt(40) - 20,
          1 + random.nextInt(20),
          plain.deadline(),
          plain.affinity(),
          plain.workingSetBytes(),
          plain.stackBytes(),
          new Operation.Share(
              random.nextInt(3) == 0 ? 1 + random.nextInt(5_000_000) : 0,
              name,
              runtime,
              period,
              period));
    }

    private void drawPeriodic(String name) {
      int period = 2 + random.nextInt(20);
      double wcet = (1 + random.nextInt(period * 10)) / 20.0;
      workload.periodic(name, random.nextInt(4), period, wcet, 1 + random.nextInt(period));
      affinities.add(List.of());
      demands.add(-1L);
    }

    private void drawProcess(String name) {
      demand = 0;
      List<Integer> affinity = drawAffinity();
      Operation.Attributes attributes =
          drawShare(
              new Operation.Attributes(
                  random.nextInt(5),
                  0,
                  1,
                  random.nextInt(4) == 0 ? (1 + random.nextInt(50)) * Workload.MS : -1,
                  affinity,
                  random.nextInt(3) == 0 ? 1L << (10 + random.nextInt(12)) : 0,
                  8L << 20));
      Operation[] program = drawProgram(1 + random.nextInt(6), 2);
      workload.process(name, random.nextInt(30) / 2.0, attributes, program);
      affinities.add(affinity);
      demands.add(demand);
    }

    /** A process of several threads that share a variable; one of them may end them all. */
    private void drawFamily(String name) {
      int size = 2 + random.nextInt(3);
      boolean exits = random.nextInt(3) == 0;
      List<org.schedlab.scenario.Scenario.ThreadSpec> threads = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        demand = 0;
        List<Operation> program = new ArrayList<>(List.of(drawProgram(2, 1)));
        boolean mute = profile == Profile.TEXTBOOK;
        if (mute) {
          program.add(Workload.add("x", 1));
        }
        if (exits && i == size - 1) {
          program.add(Workload.exit(3));
        }
        threads.add(Workload.thread(name, "t" + i, program.toArray(Operation[]::new)));
        affinities.add(List.of());
        demands.add(exits ? -1L : demand);
      }
      workload.process(
          name, random.nextInt(10), List.of(Workload.variable("x", false, 0L)), threads);
    }

    private List<Integer> drawAffinity() {
      if (random.nextInt(4) > 0) {
        return List.of();
      }
      return random
          .ints(0, cpus)
          .distinct()
          .limit(1 + random.nextInt(cpus))
          .sorted()
          .boxed()
          .toList();
    }

    private Operation[] drawProgram(int length, int depth) {
      Operation[] program = new Operation[length];
      for (int i = 0; i < length; i++) {
        program[i] = drawOperation(depth);
      }
      return program;
    }

    private Operation drawOperation(int depth) {
      int kind = random.nextInt(depth > 0 ? 9 : 8);
      double time = random.nextInt(9) / 2.0;
      return switch (kind) {
        case 0, 1, 2 -> {
          demand += Math.round(time * Workload.MS);
          yield Workload.compute(time);
        }
        case 3 -> Workload.io(time);
        case 4 -> Workload.io("disk", time);
        case 5 -> Workload.io("net", time);
        case 6 -> Workload.sleep(time);
        case 7 -> Workload.yields();
        default -> {
          long before = demand;
          int times = random.nextInt(4);
          Operation[] body = drawProgram(1 + random.nextInt(3), depth - 1);
          demand = before + times * (demand - before);
          yield Workload.repeat(times, body);
        }
      };
    }

    Invariants invariants() {
      Invariants invariants =
          new Invariants(
              cpus,
              MOST_THREADS,
              (thread, cpu) ->
                  affinities.get(thread).isEmpty() || affinities.get(thread).contains(cpu));
      return workload.isUnder("linux") ? invariants.holdingBack() : invariants;
    }
  }
}
