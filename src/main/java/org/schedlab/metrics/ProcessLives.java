package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.TraceSink;

/**
 * Where processes come from, how they end and who learns of it: columns indexed by process id, for
 * there may be a million.
 */
public final class ProcessLives implements TraceSink {
  /** Stands for a time that has not come. */
  public static final long NEVER = -1;

  /** How a process came to be. */
  public enum Origin {
    ARRIVED("arrived"),
    SPAWNED("spawned"),
    FORKED("forked");

    private final String label;

    Origin(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  private int count;
  private String[] names = new String[16];
  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private long[] reaped = new long[16];
  private long[] orphaned = new long[16];
  private int[] codes = new int[16];
  private int[] reapers = new int[16];
  private int[] parents = new int[16];
  private int[] executions = new int[16];
  private Origin[] origins = new Origin[16];
  private long children;
  private long forks;
  private long allExecutions;

  @Override
  public void processStarted(long time, int process, String name) {
    if (process >= names.length) {
      grow(Math.max(process + 1, names.length * 2));
    }
    count = Math.max(count, process + 1);
    names[process] = name;
    starts[process] = time;
    ends[process] = NEVER;
    reaped[process] = NEVER;
    orphaned[process] = NEVER;
    parents[process] = NONE;
    reapers[process] = NONE;
    origins[process] = Origin.ARRIVED;
  }

  private void grow(int capacity) {
    names = Arrays.copyOf(names, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    reaped = Arrays.copyOf(reaped, capacity);
    orphaned = Arrays.copyOf(orphaned, capacity);
    codes = Arrays.copyOf(codes, capacity);
    reapers = Arrays.copyOf(reapers, capacity);
    parents = Arrays.copyOf(parents, capacity);
    executions = Arrays.copyOf(executions, capacity);
    origins = Arrays.copyOf(origins, capacity);
  }

  @Override
  public void childStarted(long time, int process, int parent, boolean fork) {
    children++;
    forks += fork ? 1 : 0;
    origins[process] = fork ? Origin.FORKED : Origin.SPAWNED;
    parents[process] = parent;
  }

  @Override
  public void executed(long time, int process) {
    allExecutions++;
    executions[process]++;
  }

  @Override
  public void processEnded(long time, int process, int code) {
    ends[process] = time;
    codes[process] = code;
  }

  @Override
  public void orphaned(long time, int process) {
    orphaned[process] = time;
  }

  @Override
  public void reaped(long time, int process, int parent) {
    reaped[process] = time;
    reapers[process] = parent;
  }

  /** Returns how many processes there were; their ids are below. */
  public int count() {
    return count;
  }

  /** Returns how many processes other ones made. */
  public long children() {
    return children;
  }

  /** Returns how many of those are copies of their parents. */
  public long forks() {
    return forks;
  }

  /** Returns how often a process began another program. */
  public long executions() {
    return allExecutions;
  }

  /** Returns a process's name, or null for an id that never came to be. */
  public String name(int process) {
    return process < names.length ? names[process] : null;
  }

  public long start(int process) {
    return starts[process];
  }

  public Origin origin(int process) {
    return origins[process];
  }

  /** Returns who made it, or {@link #NONE}. */
  public int parent(int process) {
    return parents[process];
  }

  /** Returns how often the process began another program. */
  public long executions(int process) {
    return executions[process];
  }

  /** Returns when its last thread ended, or {@link #NEVER}. */
  public long end(int process) {
    return ends[process];
  }

  /** Returns its exit code; meaningless before its {@link #end}. */
  public int exitCode(int process) {
    return codes[process];
  }

  /** Returns when its parent ended before it, or {@link #NEVER}. */
  public long orphaned(int process) {
    return orphaned[process];
  }

  /** Returns when it was forgotten: until then it was a zombie. {@link #NEVER} if nobody waited. */
  public long reaped(int process) {
    return reaped[process];
  }

  /** Returns who waited for it; {@link #NONE} for init, meaningless before it was reaped. */
  public int reaper(int process) {
    return reapers[process];
  }
}
