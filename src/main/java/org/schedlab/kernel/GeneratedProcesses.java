package org.schedlab.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.schedlab.engine.Phase;
import org.schedlab.program.Location;
import org.schedlab.program.Program;
import org.schedlab.trace.TraceSink;

/**
 * The processes of a workload. Only the arrivals that are due next stand in the event queue, and a
 * process is made when it arrives.
 *
 * <p>Where there are to be too many to tell apart, the ids of those that have ended are given to
 * newcomers, so that whoever listens keeps as many columns as processes live at once. The id of a
 * thread that some CPU ran last is not: a switch from it is yet to be told. Where nobody can have
 * kept it in mind, the thread itself serves again, and its process: making them anew was more than
 * half of the time of a job.
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

  /** Ended threads of processes that have ended with them, which serve again or whose ids do. */
  private final ArrayDeque<KernelThread> free = new ArrayDeque<>();

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
    source.take();
    KernelThread last = takeFree();
    Process made =
        kernel.enter(source, last == null ? null : last.process, folds ? source.name() : null);
    made.source = index;
    made.customer = source.customer();
    KernelThread born = kernel.spawn(made, source, last);
    trace.generated(clock.now(), born.id, source.group(), source.number());
    kernel.begin(born, Location.NONE);
    announce(index, source.afterArrival(clock.now()));
  }

  /** A process has ended with its last thread: it may serve again, and its customer thinks. */
  void ended(Process process, KernelThread thread) {
    if (process.source < 0) {
      return;
    }
    announce(process.source, sources.get(process.source).afterEnd(process.customer, clock.now()));
    if (folds) {
      free.addLast(thread);
    }
  }

  /** Takes one out that no CPU ran last, if there is one among the first few; or returns null. */
  private KernelThread takeFree() {
    for (int tries = Math.min(free.size(), cores.length + 1); tries > 0; tries--) {
      KernelThread thread = free.pollFirst();
      if (!isLast(thread)) {
        return thread;
      }
      free.addLast(thread);
    }
    return null;
  }

  private boolean isLast(KernelThread thread) {
    for (Core core : cores) {
      if (core.last == thread) {
        return true;
      }
    }
    return false;
  }
}
