package org.schedlab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.schedlab.engine.RandomStream;
import org.schedlab.engine.RandomStreams;
import org.schedlab.kernel.JobSource;
import org.schedlab.kernel.ProcessPlan;
import org.schedlab.kernel.ThreadPlan;
import org.schedlab.program.Compiler;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.Program;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.JobGroup;
import org.schedlab.scenario.JobGroup.Arrivals;
import org.schedlab.scenario.JobGroup.JobClass;

/**
 * The jobs of one group of a workload, drawn as they arrive. Times between arrivals, classes and
 * thinking are drawn from streams of the group, and what a job does from a stream of its own: under
 * another policy the same jobs come, and each does the same.
 */
final class GeneratedJobs implements JobSource {
  private static final long[] NO_MEMORY = {};

  private final JobGroup workload;

  /** What a job is, class by class. */
  private final List<ProcessPlan> plans = new ArrayList<>();

  private final List<Group> groups = new ArrayList<>();
  private final RandomStream gaps;
  private final RandomStream kinds;
  private final RandomStream[] thinking;
  private final double[] upTo;
  private long taken;

  // Of the process taken last.
  private ProcessPlan plan;
  private int group;
  private int customer;

  private long announced;

  /** Customers that think, by when they will submit. */
  private final PriorityQueue<Submission> submissions =
      new PriorityQueue<>(
          Comparator.comparingLong(Submission::time).thenComparingLong(Submission::order));

  private record Submission(long time, long order, int customer) {}

  /**
   * @param firstGroup the number of the first of its groups
   */
  GeneratedJobs(JobGroup workload, Compiler compiler, RandomStreams random, int firstGroup) {
    this.workload = workload;
    this.gaps = random.stream(workload.name(), "arrivals");
    this.kinds = random.stream(workload.name(), "classes");
    int customers =
        workload.arrivals() instanceof JobGroup.Customers closed ? closed.customers() : 0;
    this.thinking = new RandomStream[customers];
    for (int i = 0; i < customers; i++) {
      thinking[i] = random.stream(workload.name(), "customer " + i);
    }
    List<JobClass> classes = workload.classes();
    this.upTo = new double[classes.size()];
    double sum = 0;
    groups.add(new Group(firstGroup, workload.name(), -1, workload.warmup()));
    for (int i = 0; i < upTo.length; i++) {
      Program program = compiler.compile(classes.get(i).program());
      plans.add(plan(program, classes.get(i).attributes()));
      sum += classes.get(i).share();
      upTo[i] = sum;
      if (!classes.get(i).name().isEmpty()) {
        String label = workload.label(classes.get(i));
        groups.add(new Group(firstGroup + 1 + i, label, firstGroup, workload.warmup()));
      }
    }
  }

  private ProcessPlan plan(Program program, Operation.Attributes attributes) {
    ThreadPlan thread =
        new ThreadPlan(null, "", program, null, attributes, ThreadPlan.NOT_PERIODIC, 0);
    return new ProcessPlan(
        workload.name(),
        List.of(),
        NO_MEMORY,
        0,
        MemorySizes.DEFAULT,
        List.of(),
        Map.of(),
        List.of(thread));
  }

  @Override
  public List<Group> groups() {
    return groups;
  }

  @Override
  public List<Program> programs() {
    return plans.stream().map(plan -> plan.threads().get(0).program()).toList();
  }

  @Override
  public String name() {
    return workload.name();
  }

  @Override
  public List<Long> first() {
    Arrivals arrivals = workload.arrivals();
    List<Long> first = new ArrayList<>();
    if (arrivals instanceof JobGroup.Customers closed) {
      for (int customer = 0; customer < closed.customers(); customer++) {
        long time = afterEnd(customer, workload.start());
        if (time != NEVER) {
          first.add(time);
        }
      }
    } else if (arrivals instanceof JobGroup.At at) {
      first.add(announce(workload.start() + at.times().get(0)));
    } else {
      first.add(announce(workload.start()));
    }
    return first;
  }

  /** Counts an arrival to come. */
  private long announce(long time) {
    announced++;
    return time;
  }

  @Override
  public long afterArrival(long now) {
    Arrivals arrivals = workload.arrivals();
    if (announced >= workload.count() || arrivals instanceof JobGroup.Customers) {
      return NEVER;
    }
    if (arrivals instanceof JobGroup.At at) {
      boolean more = announced < at.times().size();
      return more ? announce(workload.start() + at.times().get((int) announced)) : NEVER;
    }
    TimeSource gap;
    if (arrivals instanceof JobGroup.Bursts bursts) {
      gap = announced % bursts.size() == 0 ? bursts.pause() : bursts.gap();
    } else {
      gap = ((JobGroup.Between) arrivals).gap();
    }
    return announce(later(now, gap.draw(gaps)));
  }

  @Override
  public long afterEnd(int customer, long now) {
    if (customer < 0 || announced >= workload.count()) {
      return NEVER;
    }
    TimeSource think = ((JobGroup.Customers) workload.arrivals()).think();
    long time = announce(later(now, think.draw(thinking[customer])));
    submissions.add(new Submission(time, announced, customer));
    return time;
  }

  private static long later(long now, long nanos) {
    return nanos > NEVER - 1 - now ? NEVER - 1 : now + nanos;
  }

  @Override
  public void take() {
    taken++;
    int kind = upTo.length == 1 ? 0 : kind();
    plan = plans.get(kind);
    group = groups.get(0).number() + (groups.size() == 1 ? 0 : 1 + kind);
    customer = submissions.isEmpty() ? -1 : submissions.remove().customer();
  }

  @Override
  public ProcessPlan plan() {
    return plan;
  }

  @Override
  public int group() {
    return group;
  }

  @Override
  public long number() {
    return taken - 1;
  }

  @Override
  public int customer() {
    return customer;
  }

  /** Draws a class: the i-th with the probability of its share. */
  private int kind() {
    double drawn = (kinds.nextLong() >>> 11) * 0x1.0p-53 * upTo[upTo.length - 1];
    int kind = 0;
    while (kind < upTo.length - 1 && drawn >= upTo[kind]) {
      kind++;
    }
    return kind;
  }
}
