package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.engine.Phase;
import org.schedlab.engine.RandomStream;
import org.schedlab.program.Execution;
import org.schedlab.program.Location;
import org.schedlab.program.Program;
import org.schedlab.trace.TraceSink;

/**
 * The processes of a workload. Only the arrivals that are due next stand in the event queue, and a
 * process is made when it arrives.
 *
 * <p>Where there are to be too many to tell apart, the ids of those that have ended are given to
 * newcomers, so that whoever listens keeps as many columns as processes live at once. The id of a
 * thread that some CPU ran last is not: a switch from it is yet to be told.
 */
final class GeneratedProcesses {
  /** Of the order of simultaneous arrivals: the source, then the one that was announced first. */
  private static final int SEQUENCE_BITS = 40;

  private final Kernel kernel;
  private final Clock clock;
  private final TraceSink trace;
  private final Core[] cores;
  private final boolean folds;
  private final List<JobSource> sources = new ArrayList<>(0);
  private long announced;
  private int toCome;

  // A ring of ids to be used again: of a thread and, behind it, of its process.
  private int[] free = new int[32];
  private int firstFree;
  private int freeCount;

  /**
   * @param folds whether ids are used again
   */
  GeneratedProcesses(Kernel kernel, Clock clock, TraceSink trace, Core[] cores, boolean folds) {
    this.kernel = kernel;
    this.clock = clock;
    this.trace = trace;
    this.cores = cores;
    this.folds = folds;
  }

  void add(JobSource source) {
    sources.add(source);
  }

  boolean exist() {
    return !sources.isEmpty();
  }

  /** Returns the programs that will be run. */
  List<Program> programs() {
    return sources.stream().flatMap(source -> source.programs().stream()).toList();
  }

  /** Returns the name of the group that a process belongs to. */
  String nameOf(Process process) {
    return sources.get(process.source).name();
  }

  /** Announces the first arrivals. */
  void begin() {
    for (int i = 0; i < sources.size(); i++) {
      for (JobSource.Group group : sources.get(i).groups()) {
        trace.groupMade(group.number(), group.name(), group.parent(), group.uncounted());
      }
      for (long time : sources.get(i).first()) {
        announce(i, time);
      }
    }
  }

  /** Says whether processes are sure to arrive. */
  boolean areToCome() {
    return toCome > 0;
  }

  private void announce(int source, long time) {
    if (time != JobSource.NEVER) {
      toCome++;
      long key = (long) source << SEQUENCE_BITS | announced++;
      clock.queue.schedule(time, Phase.GENERATED_ARRIVAL, key, source);
    }
  }

  void arrive(int index) {
    toCome--;
    JobSource source = sources.get(index);
    JobSource.Job job = source.take();
    int thread = TraceSink.NONE;
    int process = TraceSink.NONE;
    if (folds && freeCount > 0) {
      passOverLast();
      if (!isLast(free[firstFree])) {
        thread = free[firstFree];
        process = free[firstFree + 1];
        advance();
      }
    }
    Process made = kernel.enter(job, process, folds ? source.name() : null);
    made.source = index;
    made.customer = job.customer();
    ThreadPlan plan = job.plan().threads().get(0);
    RandomStream random = kernel.randomOf(made, job);
    KernelThread born =
        kernel.spawnGenerated(made, plan, new Execution(plan.program()), random, thread);
    trace.generated(clock.now(), born.id, job.group(), job.number());
    kernel.begin(born, Location.NONE);
    announce(index, source.afterArrival(clock.now()));
  }

  /** A process has ended; the ids of a generated one are free, and its customer thinks. */
  void ended(Process process, int thread) {
    if (process.source < 0) {
      return;
    }
    announce(process.source, sources.get(process.source).afterEnd(process.customer, clock.now()));
    if (folds) {
      release(thread, process.id);
    }
  }

  private boolean isLast(int thread) {
    for (Core core : cores) {
      if (core.last != null && core.last.id == thread) {
        return true;
      }
    }
    return false;
  }

  /** Brings an id to the front that no CPU ran last, if there is one among the next few. */
  private void passOverLast() {
    for (int tries = Math.min(freeCount, cores.length); tries > 0; tries--) {
      int thread = free[firstFree];
      if (!isLast(thread)) {
        return;
      }
      int process = free[firstFree + 1];
      advance();
      release(thread, process);
    }
  }

  private void advance() {
    firstFree = (firstFree + 2) % free.length;
    freeCount--;
  }

  private void release(int thread, int process) {
    if (2 * freeCount == free.length) {
      int[] larger = new int[2 * free.length];
      int tail = free.length - firstFree;
      System.arraycopy(free, firstFree, larger, 0, tail);
      System.arraycopy(free, 0, larger, tail, firstFree);
      free = larger;
      firstFree = 0;
    }
    int at = (firstFree + 2 * freeCount) % free.length;
    free[at] = thread;
    free[at + 1] = process;
    freeCount++;
  }
}
