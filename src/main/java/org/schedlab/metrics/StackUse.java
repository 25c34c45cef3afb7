package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.TraceSink;

/** How much of their stacks the threads used: columns indexed by thread id. */
public final class StackUse implements TraceSink {
  private static final int RESERVED = 0;
  private static final int RESIDENT = 1;
  private static final int DEEPEST = 2;
  private static final int CALLS = 3;
  private static final int KNOWN = 4;
  private static final int SHIFT = 3;

  private long[] cells = new long[0];

  @Override
  public void stackClosed(
      long time, int thread, long reserved, long resident, long deepest, int calls) {
    int at = thread << SHIFT;
    if (at + KNOWN >= cells.length) {
      cells = Arrays.copyOf(cells, Math.max(at + (1 << SHIFT), cells.length * 2));
    }
    cells[at + RESERVED] = reserved;
    cells[at + RESIDENT] = resident;
    cells[at + DEEPEST] = deepest;
    cells[at + CALLS] = calls;
    cells[at + KNOWN] = 1;
  }

  /** Says whether the thread had a stack; the others have no numbers. */
  public boolean isKnown(int thread) {
    return cell(thread, KNOWN) != 0;
  }

  private long cell(int thread, int cell) {
    int at = (thread << SHIFT) + cell;
    return at < cells.length ? cells[at] : 0;
  }

  /** Returns the bytes of address space that the stack took. */
  public long reserved(int thread) {
    return cell(thread, RESERVED);
  }

  /** Returns the bytes of it that were in memory when it was closed. */
  public long resident(int thread) {
    return cell(thread, RESIDENT);
  }

  /** Returns the most bytes that the thread's calls took at once. */
  public long deepest(int thread) {
    return cell(thread, DEEPEST);
  }

  /** Returns the most calls that were under way at once. */
  public long calls(int thread) {
    return cell(thread, CALLS);
  }
}
