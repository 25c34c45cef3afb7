package org.schedlab.testing;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * Draws a run as text, a row for each thread and a column for each millisecond: █ own work, ▒
 * overhead, · ready, z blocked.
 */
public final class Chart implements TraceSink {
  private static final long COLUMN = Workload.MS;

  private final List<String> names = new ArrayList<>();
  private final List<StringBuilder> rows = new ArrayList<>();
  private final List<Long> since = new ArrayList<>();
  private final List<Character> marks = new ArrayList<>();

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    while (names.size() <= thread) {
      names.add("");
      rows.add(new StringBuilder());
      since.add(0L);
      marks.add(' ');
    }
    names.set(thread, name);
  }

  @Override
  public void madeReady(long time, int thread) {
    state(time, thread, '·');
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    state(time, thread, '·');
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    state(time, thread, 'z');
  }

  @Override
  public void suspended(long time, int thread) {
    state(time, thread, 'z');
  }

  @Override
  public void woken(long time, int thread, int waker) {
    state(time, thread, '·');
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    state(time, thread, '█');
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    state(time, thread, ' ');
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    if (thread != NONE) {
      fill(thread, from, to, account == Account.OWN_WORK ? '█' : '▒');
    }
  }

  @Override
  public void finished(long time) {
    for (int i = 0; i < rows.size(); i++) {
      state(time, i, ' ');
    }
  }

  private void state(long time, int thread, char mark) {
    char before = marks.get(thread);
    if (before != '█') {
      fill(thread, since.get(thread), time, before);
    }
    since.set(thread, time);
    marks.set(thread, mark);
  }

  private void fill(int thread, long from, long to, char mark) {
    StringBuilder row = rows.get(thread);
    for (long column = from / COLUMN; column * COLUMN < to; column++) {
      while (row.length() <= column) {
        row.append(' ');
      }
      row.setCharAt((int) column, mark);
    }
  }

  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      all.append((names.get(i) + " " + rows.get(i)).stripTrailing()).append('\n');
    }
    return all.toString();
  }
}
