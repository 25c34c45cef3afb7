package org.schedlab.kernel;

import java.util.List;
import org.schedlab.program.Program;

/**
 * Where generated processes come from: one group of a workload. The kernel asks it in the order of
 * simulated time, so it may draw random numbers as it goes. Times are nanoseconds.
 */
public interface JobSource {
  /** Stands for an arrival that will not come. */
  long NEVER = Long.MAX_VALUE;

  /** A group in which jobs are counted, by the name that results give it. */
  record Group(int number, String name, int parent, long uncounted) {}

  /** Returns the groups that its jobs are counted in, those with parts before their parts. */
  List<Group> groups();

  /** Returns the programs that its processes run. */
  List<Program> programs();

  /** Returns the name under which jobs are told of that are not told apart. */
  String name();

  /** Returns the arrivals that are known when the run begins, in the order of time. */
  List<Long> first();

  /**
   * A process arrives, one for each arrival that was announced: {@link #plan}, {@link #group},
   * {@link #number} and {@link #customer} then tell of it. One object for each of millions of jobs
   * took a fourteenth of their time.
   */
  void take();

  /**
   * Returns what arrives: with one thread, which has no name of its own. The process is called as
   * the plan is, and behind that its number in brackets.
   */
  ProcessPlan plan();

  /** Returns the group in which it is counted; see {@code TraceSink.groupMade}. */
  int group();

  /** Returns how many processes of this source came before. */
  long number();

  /** Returns who submits it, or -1. */
  int customer();

  /** Returns when one more arrives because one has arrived just now, or {@link #NEVER}. */
  long afterArrival(long now);

  /** Returns when one more arrives because a customer's process has ended, or {@link #NEVER}. */
  long afterEnd(int customer, long now);
}
