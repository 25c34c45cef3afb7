package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.TraceSink;

/** Where processes come from, how they end and who learns of it. */
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

  // Columns of a process, whose id is its row.
  private static final int START = 0;
  private static final int ORIGIN = 1;
  private static final int PARENT = 2;
  private static final int EXECUTED = 3;
  private static final int END = 4;
  private static final int CODE = 5;
  private static final int ORPHANED = 6;
  private static final int REAPED = 7;
  private static final int REAPER = 8;
  private static final int COLUMNS = 9;

  private static final Origin[] ORIGINS = Origin.values();

  private final LongRows rows = new LongRows(COLUMNS);
  private String[] names = new String[16];
  private long children;
  private long forks;
  private long executions;

  @Override
  public void processStarted(long time, int process, String name) {
    if (process >= names.length) {
      names = Arrays.copyOf(names, Math.max(process + 1, names.length * 2));
    }
    names[process] = name;
    reach(process);
    rows.set(process, START, time);
  }

  private void reach(int process) {
    while (rows.size() <= process) {
      int row = rows.append();
      for (int column : new int[] {START, PARENT, END, ORPHANED, REAPED, REAPER}) {
        rows.set(row, column, NEVER);
      }
    }
  }

  @Override
  public void childStarted(long time, int process, int parent, boolean fork) {
    children++;
    forks += fork ? 1 : 0;
    rows.set(process, ORIGIN, (fork ? Origin.FORKED : Origin.SPAWNED).ordinal());
    rows.set(process, PARENT, parent);
  }

  @Override
  public void executed(long time, int process) {
    executions++;
    rows.set(process, EXECUTED, rows.get(process, EXECUTED) + 1);
  }

  @Override
  public void processEnded(long time, int process, int code) {
    reach(process);
    rows.set(process, END, time);
    rows.set(process, CODE, code);
  }

  @Override
  public void orphaned(long time, int process) {
    rows.set(process, ORPHANED, time);
  }

  @Override
  public void reaped(long time, int process, int parent) {
    reach(process);
    rows.set(process, REAPED, time);
    rows.set(process, REAPER, parent);
  }

  /** Returns how many processes there were; their ids are below. */
  public int count() {
    return rows.size();
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
    return executions;
  }

  /** Returns a process's name, or null for an id that never came to be. */
  public String name(int process) {
    return process < names.length ? names[process] : null;
  }

  public long start(int process) {
    return rows.get(process, START);
  }

  public Origin origin(int process) {
    return ORIGINS[(int) rows.get(process, ORIGIN)];
  }

  /** Returns who made it, or {@link #NONE}. */
  public int parent(int process) {
    return (int) rows.get(process, PARENT);
  }

  /** Returns how often the process began another program. */
  public long executions(int process) {
    return rows.get(process, EXECUTED);
  }

  /** Returns when its last thread ended, or {@link #NEVER}. */
  public long end(int process) {
    return rows.get(process, END);
  }

  /** Returns its exit code; meaningless before its {@link #end}. */
  public int exitCode(int process) {
    return (int) rows.get(process, CODE);
  }

  /** Returns when its parent ended before it, or {@link #NEVER}. */
  public long orphaned(int process) {
    return rows.get(process, ORPHANED);
  }

  /** Returns when it was forgotten: until then it was a zombie. {@link #NEVER} if nobody waited. */
  public long reaped(int process) {
    return rows.get(process, REAPED);
  }

  /** Returns who waited for it; {@link #NONE} for init, meaningless before it was reaped. */
  public int reaper(int process) {
    return (int) rows.get(process, REAPER);
  }
}
