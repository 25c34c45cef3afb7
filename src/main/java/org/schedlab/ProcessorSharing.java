package org.schedlab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.schedlab.engine.RandomStream;
import org.schedlab.engine.RandomStreams;
import org.schedlab.kernel.JobSource;
import org.schedlab.kernel.ThreadPlan;
import org.schedlab.program.Compiler;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Location;
import org.schedlab.program.Opcode;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.JobGroup;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.ThreadSpec;

/**
 * Processor sharing, an ideal that no machine can do: all n ready threads run at once on m CPUs,
 * each at the rate min(1, m / n). It is computed here, outside the kernel, and exactly: times are
 * fractions until the end. Nothing costs anything.
 *
 * <p>Source: Kleinrock, "Time-shared systems: a theoretical treatment", JACM 14(2), 1967.
 */
public final class ProcessorSharing {
  /** Fractions grow with the jobs that share the CPUs. */
  private static final int MOST_JOBS = 100_000;

  /** So many instructions a thread may carry out without any time going by. */
  private static final int MOST_WITHOUT_TIME = 20_000_000;

  private final Scenario scenario;
  private final List<Job> jobs = new ArrayList<>();

  /** Those that share the CPUs, the one with the least service to come first. */
  private final PriorityQueue<Job> active =
      new PriorityQueue<>(
          Comparator.comparing((Job job) -> job.due).thenComparingInt(job -> job.order));

  /** Those that arrive or wake, the earliest first. */
  private final PriorityQueue<Job> toCome =
      new PriorityQueue<>(
          Comparator.comparing((Job job) -> job.due).thenComparingInt(job -> job.order));

  private final List<String> failedAsserts = new ArrayList<>();
  private Ratio now = Ratio.ZERO;

  /** How much service each thread has had that was active all the while. */
  private Ratio service = Ratio.ZERO;

  /**
   * A thread's result. Times are nanoseconds, rounded half-even; -1 for what has not come about.
   *
   * @param running the CPU time that it had
   * @param waiting what sharing cost it
   * @param counted false for the first jobs of a workload, which warm up
   */
  public record Task(
      String name,
      String process,
      long arrival,
      long start,
      long finish,
      long running,
      long blocked,
      long waiting,
      boolean counted) {}

  /**
   * What the ideal comes to.
   *
   * @param failedAsserts a line each
   */
  public record Result(
      long makespan, boolean completed, List<Task> tasks, List<String> failedAsserts) {}

  /** A thread. */
  private static final class Job {
    private final int order;
    private final String name;
    private final Location location;
    private final String process;
    private final boolean counted;
    private final Ratio arrival;
    private final Execution execution;
    private final RandomStream random;

    /** Of an active one, the service at which its burst is over; else when it comes. */
    private Ratio due;

    private boolean arrived;
    private Ratio start;
    private Ratio finish;
    private Ratio running = Ratio.ZERO;
    private Ratio blocked = Ratio.ZERO;
    private Ratio since;
    private Ratio burst;

    Job(
        int order,
        String process,
        String name,
        Location location,
        boolean counted,
        long arrival,
        Execution execution,
        RandomStream random) {
      this.order = order;
      this.process = process;
      this.name = name;
      this.location = location;
      this.counted = counted;
      this.arrival = Ratio.of(arrival);
      this.due = this.arrival;
      this.execution = execution;
      this.random = random;
    }
  }

  private ProcessorSharing(Scenario scenario) throws InvalidScenarioException {
    this.scenario = scenario;
    RandomStreams random = new RandomStreams(scenario.seed());
    for (ProcessSpec process : scenario.processes()) {
      long arrival = process.arrival().draw(random.stream(process.name(), "arrival"));
      Compiler compiler = new Compiler(new Names(scenario, process.variables(), process.objects()));
      for (ThreadSpec thread : process.threads()) {
        refuse(thread);
        add(
            process.name(),
            thread.taskName(),
            thread.location(),
            true,
            arrival,
            new Execution(compiler.compile(thread.program())),
            random);
      }
    }
    for (JobGroup group : scenario.workload()) {
      generate(group, random);
    }
  }

  private void add(
      String process,
      String name,
      Location location,
      boolean counted,
      long arrival,
      Execution execution,
      RandomStreams random) {
    RandomStream own = random.stream(name, "program");
    Job job = new Job(jobs.size(), process, name, location, counted, arrival, execution, own);
    jobs.add(job);
    toCome.add(job);
  }

  /** Draws the jobs of a group: the same ones as a run would get. */
  private void generate(JobGroup group, RandomStreams random) throws InvalidScenarioException {
    if (group.arrivals() instanceof JobGroup.Customers) {
      throw invalid("`ps` is an ideal, and knows no `customers`", group.location());
    }
    if (group.count() > MOST_JOBS) {
      throw invalid(
          "`ps` is computed in fractions, for up to "
              + MOST_JOBS
              + " jobs of a group; of more, `round-robin` with a tiny quantum comes close",
          group.location());
    }
    Compiler compiler = new Compiler(new Names(scenario, List.of(), List.of()));
    GeneratedJobs source = new GeneratedJobs(group, compiler, random, 0);
    for (long time = source.first().get(0); time != JobSource.NEVER; ) {
      source.take();
      ThreadPlan thread = source.plan().threads().get(0);
      Execution execution = new Execution(thread.program());
      boolean counted = source.number() >= group.warmup();
      String name = source.name() + "[" + source.number() + "]";
      add(name, name, group.location(), counted, time, execution, random);
      time = source.afterArrival(time);
    }
  }

  /**
   * Computes what processor sharing would do with a scenario.
   *
   * @throws InvalidScenarioException if its threads do what the ideal does not know
   */
  public static Result of(Scenario scenario) throws InvalidScenarioException {
    return new ProcessorSharing(scenario).run();
  }

  private void refuse(ThreadSpec thread) throws InvalidScenarioException {
    String what = null;
    if (thread.loop() != null) {
      what = "no coroutines";
    } else if (thread.periodic() != null) {
      what = "no periodic tasks";
    } else if (!thread.attributes().affinity().isEmpty()) {
      what = "no affinity";
    }
    if (what != null) {
      throw invalid("`ps` is an ideal, and knows " + what, thread.location());
    }
  }

  private InvalidScenarioException invalid(String message, Location at) {
    return new InvalidScenarioException(
        List.of(new Diagnostic(scenario.file(), at.line(), at.column(), message, "")));
  }

  private Result run() throws InvalidScenarioException {
    Ratio horizon = Ratio.of(scenario.until());
    Ratio last = Ratio.ZERO;
    while (!active.isEmpty() || !toCome.isEmpty()) {
      Ratio burstEnd = active.isEmpty() ? null : burstEnd();
      Ratio coming = toCome.isEmpty() ? null : toCome.peek().due;
      boolean ends = coming == null || burstEnd != null && burstEnd.compareTo(coming) <= 0;
      Ratio next = ends ? burstEnd : coming;
      if (next.compareTo(horizon) > 0) {
        break;
      }
      goTo(next);
      last = next;
      if (ends) {
        Job job = active.poll();
        job.running = job.running.plus(job.burst);
        proceed(job);
      } else {
        come(toCome.poll());
      }
    }
    boolean completed = active.isEmpty() && toCome.isEmpty();
    if (!completed) {
      goTo(horizon);
    }
    return result(completed ? last : horizon, completed);
  }

  /** Returns when the first burst ends if nobody comes. */
  private Ratio burstEnd() {
    return now.plus(active.peek().due.minus(service).times(active.size(), sharedCpus()));
  }

  private int sharedCpus() {
    return Math.min(active.size(), scenario.machine().cpus());
  }

  private void goTo(Ratio time) {
    if (!active.isEmpty()) {
      service = service.plus(time.minus(now).times(sharedCpus(), active.size()));
    }
    now = time;
  }

  private void come(Job job) throws InvalidScenarioException {
    if (job.arrived) {
      job.blocked = job.blocked.plus(now.minus(job.since));
    }
    job.arrived = true;
    proceed(job);
  }

  /** A thread goes on up to its next burst or sleep, or to its end. */
  private void proceed(Job job) throws InvalidScenarioException {
    for (int steps = 0; steps < MOST_WITHOUT_TIME; steps++) {
      Instruction next = job.execution.fetch(assertion -> failed(job, assertion));
      long length;
      switch (next.opcode) {
        case COMPUTE -> {
          if (job.start == null) {
            job.start = now;
          }
          length = next.time.draw(job.random);
          if (length > 0) {
            job.burst = Ratio.of(length);
            job.due = service.plus(job.burst);
            active.add(job);
            return;
          }
        }
        case IO, SLEEP -> {
          length = sleep(job, next);
          if (length > 0) {
            job.since = now;
            job.due = now.plus(Ratio.of(length));
            toCome.add(job);
            return;
          }
        }
        case END, EXIT -> {
          end(job);
          return;
        }
        case YIELD, PAUSE -> {}
        case CALL -> job.execution.call(next);
        default ->
            throw invalid(
                "`ps` is an ideal, and knows only `compute`, `io` without a device, `sleep`,"
                    + " `yield`, `exit`, calls and control flow",
                next.location);
      }
    }
    throw invalid("this thread goes on forever without any time going by", job.location);
  }

  private long sleep(Job job, Instruction instruction) throws InvalidScenarioException {
    boolean device = instruction.target >= 0 && instruction.opcode == Opcode.IO;
    if (device) {
      throw invalid(
          "`ps` is an ideal, and knows no devices that queue; write `io: D`", instruction.location);
    }
    long length = instruction.time.draw(job.random);
    return instruction.flag ? length - now.rounded() : length;
  }

  private void end(Job job) {
    if (job.start == null) {
      job.start = now;
    }
    job.finish = now;
  }

  private void failed(Job job, Instruction assertion) {
    Location at = assertion.location;
    failedAsserts.add(at.line() + ":" + at.column() + ": " + job.name + ": " + assertion.text);
  }

  private Result result(Ratio makespan, boolean completed) {
    List<Task> tasks = new ArrayList<>();
    for (Job job : jobs) {
      Ratio until = job.finish != null ? job.finish : makespan;
      if (!job.arrived) {
        continue;
      }
      if (active.contains(job)) {
        job.running = job.running.plus(job.burst.minus(job.due.minus(service)));
      } else if (job.finish == null) {
        job.blocked = job.blocked.plus(makespan.minus(job.since));
      }
      Ratio waiting = until.minus(job.arrival).minus(job.running).minus(job.blocked);
      tasks.add(
          new Task(
              job.name,
              job.process,
              job.arrival.rounded(),
              job.start == null ? -1 : job.start.rounded(),
              job.finish == null ? -1 : job.finish.rounded(),
              job.running.rounded(),
              job.blocked.rounded(),
              waiting.rounded(),
              job.counted));
    }
    return new Result(makespan.rounded(), completed, List.copyOf(tasks), failedAsserts);
  }
}
