package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.SyncKind;

/** What threads did with one lock, semaphore, condition variable, barrier or resource, in ns. */
public final class LockTimes {
  private final SyncKind kind;
  private final String name;
  private final int process;

  private long acquisitions;
  private long contended;
  private long holds;
  private long holdTotal;
  private long holdMax;
  private long waits;
  private long waitTotal;
  private long waitMax;
  private int queue;
  private int longestQueue;
  private long signals;
  private long lostSignals;
  private long timeouts;

  // Who holds it now: the thread (of a resource the process), how often it has locked it, and since
  // when.
  private int[] holders = new int[1];
  private long[] depths = new long[1];
  private long[] since = new long[1];
  private int held;

  LockTimes(SyncKind kind, String name, int process) {
    this.kind = kind;
    this.name = name;
    this.process = process;
  }

  void acquire(boolean waited) {
    acquisitions++;
    if (waited) {
      contended++;
    }
  }

  void hold(long time, int thread) {
    int at = place(thread);
    if (at == held) {
      if (held == holders.length) {
        holders = Arrays.copyOf(holders, held * 2);
        depths = Arrays.copyOf(depths, held * 2);
        since = Arrays.copyOf(since, held * 2);
      }
      holders[at] = thread;
      depths[at] = 0;
      since[at] = time;
      held++;
    }
    depths[at]++;
  }

  /** A process holds units of a resource from now on, or none any more. */
  void holdUnits(long time, int holder, boolean any) {
    boolean held = place(holder) < this.held;
    if (any && !held) {
      hold(time, holder);
    } else if (!any && held) {
      release(time, holder);
    }
  }

  /** One who gives up what it was never seen to take, as in a forked child, counts for nothing. */
  void release(long time, int thread) {
    int at = place(thread);
    if (at == held || --depths[at] > 0) {
      return;
    }
    endHold(time - since[at]);
    held--;
    holders[at] = holders[held];
    depths[at] = depths[held];
    since[at] = since[held];
  }

  /** Ends all that goes on. */
  void close(long time) {
    for (int i = 0; i < held; i++) {
      endHold(time - since[i]);
    }
    held = 0;
  }

  private void endHold(long length) {
    holds++;
    holdTotal += length;
    holdMax = Math.max(holdMax, length);
  }

  private int place(int thread) {
    int at = 0;
    while (at < held && holders[at] != thread) {
      at++;
    }
    return at;
  }

  void enqueue() {
    queue++;
    longestQueue = Math.max(longestQueue, queue);
  }

  void dequeue() {
    queue--;
  }

  void endWait(long length) {
    waits++;
    waitTotal += length;
    waitMax = Math.max(waitMax, length);
  }

  void signal(boolean lost) {
    signals++;
    if (lost) {
      lostSignals++;
    }
  }

  void timeOut() {
    timeouts++;
  }

  public SyncKind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  /** Returns kind and name, such as {@code mutex m}. */
  public String label() {
    return kind.label() + " " + name;
  }

  /** Returns the process whose threads alone use it, or NONE where all do. */
  public int process() {
    return process;
  }

  /**
   * Returns how often it was locked, taken or passed; a recursive lock counts each time. None of a
   * condition variable: what its waiters acquire is their mutex.
   */
  public long acquisitions() {
    return acquisitions;
  }

  /** Returns how many of the acquisitions had to wait for it. */
  public long contended() {
    return contended;
  }

  /** Returns how often a thread came to hold it that did not hold it before. */
  public long holds() {
    return holds;
  }

  /** Returns the sum of the times that threads held it; readers count each for themselves. */
  public long holdTotal() {
    return holdTotal;
  }

  public long holdMax() {
    return holdMax;
  }

  /** Returns how many waits for it ended well. */
  public long waits() {
    return waits;
  }

  /** Returns the sum of those waits' times. */
  public long waitTotal() {
    return waitTotal;
  }

  public long waitMax() {
    return waitMax;
  }

  /** Returns how many threads wait for it. */
  public int waiting() {
    return queue;
  }

  /** Returns how many threads waited for it at once, at most. */
  public int longestQueue() {
    return longestQueue;
  }

  public long signals() {
    return signals;
  }

  /** Returns how many signals woke nobody. */
  public long lostSignals() {
    return lostSignals;
  }

  /** Returns how many waits for it ended because their time was up. */
  public long timeouts() {
    return timeouts;
  }
}
