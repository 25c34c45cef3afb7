package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * The jobs of a workload, folded group by group as they end: what is kept does not grow with their
 * number. It reads a job's times from {@link TaskTimes}, which must have been told before.
 */
public final class WorkloadTimes implements TraceSink {
  private final TaskTimes tasks;
  private final List<GroupTimes> groups = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();

  /** All counted jobs, where there are several groups; else the only group has them. */
  private GroupTimes all;

  private final BitSet jobs = new BitSet();
  private long arrived;

  // By thread: its group, or NONE; since when it is ready; how long it was so at most in one go.
  private int[] groupOf = new int[0];
  private long[] readySince = new long[0];
  private long[] longest = new long[0];

  WorkloadTimes(TaskTimes tasks) {
    this.tasks = tasks;
  }

  @Override
  public void groupMade(int group, String name, int parent, long uncounted) {
    groups.add(new GroupTimes(name, uncounted));
    parents.add(parent);
    if (parent == NONE && groups.size() > 1) {
      all = new GroupTimes("all", 0);
    }
  }

  @Override
  public void generated(long time, int thread, int group, long number) {
    if (thread >= groupOf.length) {
      int length = groupOf.length;
      groupOf = Arrays.copyOf(groupOf, Math.max(thread + 1, 2 * length));
      Arrays.fill(groupOf, length, groupOf.length, NONE);
      readySince = Arrays.copyOf(readySince, groupOf.length);
      longest = Arrays.copyOf(longest, groupOf.length);
    }
    longest[thread] = 0;
    jobs.set(thread);
    arrived++;
    if (groups.get(group).counts(number)) {
      groupOf[thread] = group;
      for (int of = group; of != NONE; of = parents.get(of)) {
        groups.get(of).arrive(time);
      }
      if (all != null) {
        all.arrive(time);
      }
    } else {
      groupOf[thread] = NONE;
    }
  }

  private boolean isCounted(int thread) {
    return thread < groupOf.length && groupOf[thread] != NONE;
  }

  /** Says whether a thread is one that the workload made, or the last of several. */
  public boolean isJob(int thread) {
    return jobs.get(thread);
  }

  /** Returns how many jobs have arrived, counted or not. */
  public long arrived() {
    return arrived;
  }

  @Override
  public void madeReady(long time, int thread) {
    beginWait(time, thread);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    beginWait(time, thread);
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    beginWait(time, thread);
  }

  private void beginWait(long time, int thread) {
    if (thread < readySince.length) {
      readySince[thread] = time;
    }
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    if (thread < readySince.length) {
      longest[thread] = Math.max(longest[thread], time - readySince[thread]);
    }
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    if (isCounted(thread)) {
      for (int of = groupOf[thread]; of != NONE; of = parents.get(of)) {
        groups.get(of).add(tasks, thread, longest[thread]);
      }
      if (all != null) {
        all.add(tasks, thread, longest[thread]);
      }
      groupOf[thread] = NONE;
    }
  }

  /** Returns the counted jobs of all groups together; only where there is a group. */
  public GroupTimes all() {
    return all == null ? groups.get(0) : all;
  }

  /** Returns the groups, those with classes before their classes. */
  public List<GroupTimes> groups() {
    return Collections.unmodifiableList(groups);
  }
}
