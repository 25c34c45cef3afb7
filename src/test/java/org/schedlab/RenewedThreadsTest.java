package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.schedlab.cost.CostModel;
import org.schedlab.cost.Profile;
import org.schedlab.engine.RandomStreams;
import org.schedlab.kernel.Kernel;
import org.schedlab.kernel.KernelConfig;
import org.schedlab.kernel.PagingConfig;
import org.schedlab.kernel.ProcessPlan;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;
import org.schedlab.kernel.ThreadPlan;
import org.schedlab.machine.Device;
import org.schedlab.machine.Mmu;
import org.schedlab.machine.PageGeometry;
import org.schedlab.program.Compiler;
import org.schedlab.program.MemorySizes;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.trace.TraceSink;

/**
 * A thread and a process that have ended serve again for another job: they must then be as new ones
 * are, field by field.
 */
class RenewedThreadsTest {
  /** What tells one thread from another, and when it came. */
  private static final Set<String> OWN =
      Set.of("id", "order", "slot", "readySince", "release", "serial", "number", "state", "name");

  private static final String JOBS =
      """
      machine: {devices: {disk: {servers: 1}}}
      workload:
        - name: j
          count: 200
          arrivals: {exponential: {mean: 9}}
          program: PROGRAM
      processes:
        - name: K
          program:
            - repeat: 150
              do: [{sleep: 4.3}, {kill: {process: j, signal: stop}}, {sleep: 3},
                   {kill: {process: j, signal: term}}, {sleep: 1}, {kill: {process: j, signal: cont}},
                   {sleep: 3.2}, {kill: {process: j, signal: kill}}]
      """;

  /** First come, first served, which looks at those who come and leaves marks on all. */
  private static final class Looker implements SchedulingPolicy {
    private final ArrayDeque<Task> ready = new ArrayDeque<>();
    private final Map<Task, Boolean> seen = new IdentityHashMap<>();
    private Map<String, Object> fresh;
    private int renewed;

    @Override
    public void enqueue(Task task, Reason reason) {
      ready.addLast(task);
      if (reason == Reason.ARRIVAL && task.name().startsWith("j")) {
        Map<String, Object> looks = new TreeMap<>();
        describe("thread", task, looks);
        if (seen.put(task, true) == null) {
          fresh = looks;
        } else {
          renewed++;
          assertThat(looks).isEqualTo(fresh);
        }
      }
      assertThat(task.burst()).isNotNegative();
      task.setPolicyWord(17);
      task.setPolicyState("mark");
    }

    @Override
    public void dequeue(Task task) {
      ready.remove(task);
    }

    @Override
    public Task pickNext(int cpu) {
      return ready.pollFirst();
    }

    @Override
    public Task pickTail(int cpu) {
      return ready.pollLast();
    }

    @Override
    public Task peek(int cpu) {
      return ready.peekFirst();
    }

    @Override
    public int size() {
      return ready.size();
    }

    @Override
    public long timeSlice(Task task) {
      return 1_000_000;
    }
  }

  /** Notes what a thread's fields hold, and those of what is its own. */
  private static void describe(String path, Object object, Map<String, Object> looks) {
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !OWN.contains(field.getName())) {
          field.setAccessible(true);
          try {
            note(path + "." + field.getName(), field, field.get(object), looks);
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
  }

  private static void note(String path, Field field, Object value, Map<String, Object> looks) {
    String type = field.getType().getSimpleName();
    if (value != null && Set.of("Process", "Execution", "JoinGroup").contains(type)) {
      describe(path, value, looks);
    } else if (value == null || field.getType().isPrimitive() || value instanceof Enum) {
      looks.put(path, value);
    } else if (value instanceof Collection<?> elements) {
      looks.put(path, elements.size());
    } else if (value.getClass().isArray() && type.startsWith("JoinGroup")) {
      looks.put(path, Array.getLength(value));
    } else if (value instanceof String) {
      looks.put(path, value);
    }
  }

  private static Looker run(String program) throws Exception {
    Scenario scenario =
        ScenarioReader.read(JOBS.replace("PROGRAM", program), "jobs.yaml", Overrides.NONE);
    Looker policy = new Looker();
    CostModel costs = CostModel.of(Profile.TEXTBOOK);
    KernelConfig config =
        new KernelConfig(
            1,
            costs,
            List.of(new Device(0, "disk", 1)),
            false,
            false,
            context -> policy,
            0,
            Long.MAX_VALUE,
            1_000,
            new PagingConfig(Mmu.Shape.of(costs, PageGeometry.X86_64), null, -1, 0),
            List.of(),
            false,
            null,
            Set.of(),
            true,
            KernelConfig.BY_OWN_NAME,
            null);
    Kernel kernel = new Kernel(config, new TraceSink() {});
    Compiler compiler = new Compiler(new Names(scenario, List.of(), List.of()));
    Scenario.ThreadSpec killer = scenario.processes().get(0).threads().get(0);
    ThreadPlan plan =
        new ThreadPlan(
            "K",
            "",
            compiler.compile(killer.program()),
            null,
            killer.attributes(),
            ThreadPlan.NOT_PERIODIC,
            0);
    kernel.plan(
        new ProcessPlan(
            "K",
            List.of(),
            new long[0],
            0,
            MemorySizes.DEFAULT,
            List.of(),
            Map.of(),
            List.of(plan)));
    kernel.plan(new GeneratedJobs(scenario.workload().get(0), compiler, new RandomStreams(0), 0));
    assertThat(kernel.run(Long.MAX_VALUE)).isEqualTo(Kernel.End.ALL_ENDED);
    return policy;
  }

  @Test
  void threadsThatServeAgainAreAsNew() throws Exception {
    Looker policy =
        run(
            "[{set: {r: 1}}, {repeat: 2, do: [{compute: 1.5}, {io: 2}, yield]},"
                + " {sleep: 1}, {set: {r: 1 / (r - 1)}}]");
    assertThat(policy.renewed).isGreaterThan(100);
  }

  @Test
  void threadsThatOthersMayHaveInMindServeOnce() throws Exception {
    Looker policy = run("[{compute: 1}, {thread: {name: t, program: [{compute: 1}]}}]");
    assertThat(policy.renewed).isZero();
  }
}
