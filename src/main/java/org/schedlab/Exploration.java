package org.schedlab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.schedlab.cost.Cost;
import org.schedlab.explore.Explorer;
import org.schedlab.explore.Judge;
import org.schedlab.explore.Machine;
import org.schedlab.explore.State;
import org.schedlab.explore.UnexplorableException;
import org.schedlab.explore.Walk;
import org.schedlab.program.Compiler;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Location;
import org.schedlab.program.Opcode;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.JobGroup;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.ThreadSpec;

/**
 * All schedules of one scenario: what its threads come to whatever the order of their steps.
 * Arrivals, durations, CPUs and the policy mean nothing here: every thread may go on at any time.
 */
public final class Exploration {
  private final Scenario scenario;
  private final List<Diagnostic> problems = new ArrayList<>();
  private int threads;

  private Exploration(Scenario scenario) {
    this.scenario = scenario;
  }

  /**
   * Explores a scenario.
   *
   * @throws InvalidScenarioException if it has what cannot be explored
   */
  public static Explorer of(Scenario scenario, Explorer.Questions questions)
      throws InvalidScenarioException {
    return follow(scenario, (machine, judge) -> Explorer.explore(machine, judge, questions));
  }

  /** Does something with a machine and its judge. */
  public interface Search<T> {
    T run(Machine machine, Judge judge);
  }

  /**
   * Builds the machine that a scenario describes, and lets something be done with it.
   *
   * @throws InvalidScenarioException if the scenario has what cannot be explored
   */
  public static <T> T follow(Scenario scenario, Search<T> search) throws InvalidScenarioException {
    Exploration exploration = new Exploration(scenario);
    try {
      Machine machine = exploration.machine();
      return search.run(machine, exploration.judge(machine));
    } catch (UnexplorableException e) {
      exploration.problem(e.location(), e.getMessage());
      throw new InvalidScenarioException(exploration.problems);
    }
  }

  /**
   * Follows the schedule that a scenario gives.
   *
   * @throws InvalidScenarioException if a step cannot be made, or the scenario has what cannot be
   *     followed step by step
   */
  public static Walk walk(Scenario scenario) throws InvalidScenarioException {
    List<Scenario.Schedule.Turn> turns = scenario.schedule().turns();
    List<String> tasks = turns.stream().map(Scenario.Schedule.Turn::task).toList();
    Walk walk = follow(scenario, (machine, judge) -> Walk.of(machine, tasks));
    Walk.Misstep misstep = walk.misstep();
    if (misstep != null) {
      int last = Math.min(misstep.turn(), turns.size() - 1);
      Location at = last < 0 ? Location.NONE : turns.get(last).location();
      throw new InvalidScenarioException(
          List.of(new Diagnostic(scenario.file(), at.line(), at.column(), misstep.problem(), "")));
    }
    return walk;
  }

  private void problem(Location at, String message) {
    problems.add(new Diagnostic(scenario.file(), at.line(), at.column(), message, ""));
  }

  // --- the machine

  private Machine machine() throws InvalidScenarioException {
    Machine.Builder builder = new Machine.Builder(scenario.objects(), capacities());
    new FinalState(scenario).watched().forEach(builder::watch);
    for (ProcessSpec process : scenario.processes()) {
      add(process, builder);
    }
    for (JobGroup group : scenario.workload()) {
      problem(group.location(), "explore generates no workload; write its processes one by one");
    }
    scenario.objects().forEach(this::check);
    scenario.processes().forEach(process -> process.objects().forEach(this::check));
    Machine machine = builder.build();
    machine.forEachInstruction(this::check);
    if (!problems.isEmpty()) {
      throw new InvalidScenarioException(problems);
    }
    return machine;
  }

  private void add(ProcessSpec process, Machine.Builder builder) {
    int number = builder.process(process.name(), process.variables(), process.objects());
    Compiler compiler = new Compiler(new Names(scenario, process.variables(), process.objects()));
    for (ThreadSpec thread : process.threads()) {
      threads++;
      if (threads == Machine.MOST_THREADS + 1) {
        problem(thread.location(), "explore follows up to " + Machine.MOST_THREADS + " threads");
      }
      if (threads > Machine.MOST_THREADS) {
        continue;
      }
      if (thread.periodic() != null) {
        problem(thread.location(), "explore does not follow periodic threads");
      } else if (thread.loop() != null) {
        problem(thread.location(), "explore does not follow coroutines; write them as threads");
      } else {
        builder.thread(
            number,
            thread.taskName(),
            thread.name(),
            compiler.compile(thread.program()),
            thread.attributes().stackBytes());
      }
    }
  }

  private Function<SharedObject, long[]> capacities() {
    return object -> {
      if (object instanceof SharedObject.Pipe pipe) {
        return new long[] {given(pipe.capacity(), Cost.PIPE_CAPACITY)};
      }
      SharedObject.MessageQueue queue = (SharedObject.MessageQueue) object;
      return new long[] {
        given(queue.capacity(), Cost.MQ_MESSAGES), given(queue.messageSize(), Cost.MQ_MESSAGE_SIZE)
      };
    };
  }

  private long given(long limit, Cost otherwise) {
    return limit == SharedObject.BY_PROFILE ? scenario.machine().costs().get(otherwise) : limit;
  }

  private void check(SharedObject object) {
    if (object instanceof SharedObject.Condition condition && condition.spurious() != null) {
      problem(condition.location(), "explore knows no time, so no wake-ups for no reason");
    }
  }

  /** Notes what cannot be explored. */
  private void check(Instruction instruction) {
    String problem =
        switch (instruction.opcode) {
          case EXEC -> "explore does not follow `exec`; spawn a process that runs the program";
          case KILL -> "explore does not follow signals; let the other process end by itself";
          case SPAWN -> {
            instruction.process.objects().forEach(this::check);
            yield instruction.process.threads().stream().anyMatch(thread -> thread.loop() != null)
                ? "explore does not follow coroutines; write them as threads"
                : null;
          }
          case TOUCH, ALLOC, FREE -> "explore does not follow memory pages; leave them out";
          case CLOSE, LISTEN, ACCEPT, CONNECT, POLL ->
              "explore follows pipes and queues that stay open: read, write, send, receive";
          case FUTEX_WAIT, FUTEX_WAKE ->
              "explore does not follow futexes; use a mutex or a condition variable";
          case ACQUIRE, RELEASE -> "explore does not follow resources; use a semaphore or a mutex";
          case START_THREAD ->
              instruction.seed.loop() != null
                  ? "explore does not follow coroutines; write them as threads"
                  : null;
          case LOCK, SEM_WAIT, COND_WAIT, BARRIER_WAIT, RW_LOCK, SEND, RECEIVE ->
              timed(instruction);
          default -> null;
        };
    if (problem != null) {
      problem(instruction.location, problem);
    }
  }

  private static String timed(Instruction instruction) {
    if (instruction.time != null) {
      return "explore knows no time, so no timeout; wait without one, or only try";
    }
    boolean barrier = instruction.opcode == Opcode.BARRIER_WAIT;
    boolean connection = instruction.message != null && instruction.message.connection() >= 0;
    if (barrier && instruction.shared) {
      return "explore does not follow attempts at a barrier";
    }
    return connection ? "explore does not follow sockets; use a queue or a pipe" : null;
  }

  // --- what is seen in the end

  private Judge judge(Machine machine) {
    FinalState finalState = new FinalState(scenario);
    List<String> names = new ArrayList<>(variableNames(machine));
    scenario.observe().forEach(seen -> names.add(seen.task() + "." + seen.register()));
    return new Judge() {
      @Override
      public List<String> names() {
        return names;
      }

      @Override
      public long[] values(State state) {
        long[] values = new long[names.size()];
        int cells = machine.cellCount();
        for (int cell = 0; cell < cells; cell++) {
          values[cell] = state.memory(cell);
        }
        List<Long> observed = finalState.observed(lookup(machine, state));
        for (int i = 0; i < observed.size(); i++) {
          values[cells + i] = observed.get(i);
        }
        return values;
      }

      @Override
      public boolean holds(State state) {
        return scenario.finalCheck() == null
            || finalState.evaluate(scenario.finalCheck().condition(), lookup(machine, state)) != 0;
      }
    };
  }

  /** Returns the names of all cells, with the process in front where several have one. */
  private static List<String> variableNames(Machine machine) {
    Map<String, Integer> owners = new HashMap<>();
    for (Machine.Block block : machine.blocks()) {
      for (Variable variable : block.variables()) {
        owners.merge(variable.name(), 1, Integer::sum);
      }
    }
    List<String> names = new ArrayList<>();
    for (Machine.Block block : machine.blocks()) {
      for (Variable variable : block.variables()) {
        String prefix = owners.get(variable.name()) > 1 ? block.owner() + "." : "";
        for (int i = 0; i < variable.initial().size(); i++) {
          names.add(prefix + machine.cellName(names.size()));
        }
      }
    }
    return names;
  }

  private static FinalState.Values lookup(Machine machine, State state) {
    return new FinalState.Values() {
      @Override
      public Execution execution(String taskName) {
        for (int slot = 0; slot < machine.threadCount(); slot++) {
          if (machine.threadName(slot).equals(taskName)) {
            return state.execution(slot);
          }
        }
        return null;
      }

      @Override
      public long cell(String name, long index) {
        for (boolean segment : new boolean[] {false, true}) {
          for (Machine.Block block : machine.blocks()) {
            int at =
                block.segment() == segment
                    ? FinalState.place(block.owner(), block.variables(), name, index)
                    : FinalState.UNKNOWN;
            if (at != FinalState.UNKNOWN) {
              return at < 0 ? 0 : state.memory(block.base() + at);
            }
          }
        }
        return 0;
      }
    };
  }
}
