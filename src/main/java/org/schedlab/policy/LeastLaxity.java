package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * Least laxity first: the thread runs that has the least time to spare, which is its deadline less
 * the time and less what is left of its burst. Laxities are compared when a thread becomes ready
 * and every quantum: of two threads with the same laxity each would lose it while the other runs,
 * and compared all the time they would switch all the time. Ties: the earlier deadline, then the
 * order of the file. A thread without a deadline runs when no other is ready.
 *
 * <p>Source: Mok, "Fundamental design problems of distributed systems for the hard-real-time
 * environment", MIT/LCS/TR-297, 1983; Dertouzos and Mok, IEEE Transactions on Software Engineering
 * 15(12), 1989.
 */
final class LeastLaxity extends HeapPolicy {
  private final Clock clock;
  private final long quantum;
  private long entries;

  LeastLaxity(Context context, long quantum) {
    this.clock = context.clock();
    this.quantum = quantum;
  }

  /** Laxity plus the time, which does not change while a thread waits. */
  private static long latestStart(Task task) {
    long deadline = task.absoluteDeadline();
    return deadline == Long.MAX_VALUE ? deadline : deadline - task.remainingBurst();
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    long start = latestStart(task);
    if (start == Long.MAX_VALUE) {
      ready.add(task, start, entries++, 0);
    } else {
      ready.add(task, start, task.absoluteDeadline(), task.order());
    }
  }

  @Override
  public long timeSlice(Task task) {
    return task.absoluteDeadline() == Long.MAX_VALUE ? NO_LIMIT : quantum;
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return latestStart(ready) < latestStart(running);
  }

  @Override
  public String keyName() {
    return "laxity";
  }

  @Override
  public Key key(Task task) {
    long start = latestStart(task);
    return start == Long.MAX_VALUE ? Key.none() : Key.time(start - clock.now());
  }

  @Override
  public String reason(Task picked) {
    return "has the least laxity";
  }
}
