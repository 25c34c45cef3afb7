package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.metrics.CoroutineTimes.Activity;
import org.schedlab.trace.Account;

/** What a chart shows of coroutines: when they did what. Above the limit nothing is kept. */
public final class CoroutineStretches {
  /** What went on during a stretch. */
  public enum Kind {
    /** It has its turn, and its thread a CPU. */
    RUNNING,
    /** It waits for its turn; or for its thread to have a CPU. */
    READY,
    /** It has its turn, but its thread sleeps. */
    BLOCKED,
    AWAITING,
    /** Within a stretch of running, the CPU switches to the thread. */
    SWITCH,
    /** Within a stretch of running, the CPU is in the kernel. */
    KERNEL
  }

  private static final Kind[] KINDS = Kind.values();

  // Columns of a stretch.
  private static final int KIND = 0;
  private static final int COROUTINE = 1;
  private static final int FROM = 2;
  private static final int TO = 3;
  private static final int TEXT = 4;

  private final int limit;
  private final LongRows kept = new LongRows(5);
  private boolean omitted;
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> numberOf = new HashMap<>();

  /** By coroutine: what the stretch in progress is for, as a number in the list of texts. */
  private int[] waitsFor = new int[0];

  CoroutineStretches(int limit) {
    this.limit = limit;
    texts.add("");
  }

  private int number(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    Integer known = numberOf.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /** A coroutine begins to do something else; called before it is told so itself. */
  void enter(long time, CoroutineTimes coroutine, Activity next, String text) {
    if (omitted) {
      return;
    }
    int id = coroutine.id();
    if (id >= waitsFor.length) {
      waitsFor = Arrays.copyOf(waitsFor, Math.max(id + 1, waitsFor.length * 2));
    }
    if (coroutine.activity() != Activity.ENDED) {
      add(kind(coroutine.activity()), id, coroutine.since(), time, waitsFor[id]);
    }
    waitsFor[id] = number(text);
  }

  private static Kind kind(Activity activity) {
    return switch (activity) {
      case RUNNING -> Kind.RUNNING;
      case READY, PREEMPTED -> Kind.READY;
      case BLOCKED -> Kind.BLOCKED;
      case AWAITING -> Kind.AWAITING;
      case ENDED -> throw new IllegalArgumentException("it does nothing any more");
    };
  }

  /** Something is charged to the thread of the coroutine whose turn it is. */
  void charge(CoroutineTimes coroutine, Account account, long from, long to) {
    // A stall of the thread's own references is a part of its running, as for threads.
    if (account.isOverhead() && account != Account.TLB_MISS) {
      add(account.isSwitchCost() ? Kind.SWITCH : Kind.KERNEL, coroutine.id(), from, to, 0);
    }
  }

  private void add(Kind kind, int coroutine, long from, long to, int text) {
    if (omitted || from == to) {
      return;
    }
    if (kept.size() == limit) {
      omitted = true;
      kept.clear();
      return;
    }
    int row = kept.append();
    kept.set(row, KIND, kind.ordinal());
    kept.set(row, COROUTINE, coroutine);
    kept.set(row, FROM, from);
    kept.set(row, TO, to);
    kept.set(row, TEXT, text);
  }

  /** Says whether there were more stretches than are kept; then none is. */
  public boolean isOmitted() {
    return omitted;
  }

  /** Returns how many stretches are kept. */
  public int count() {
    return kept.size();
  }

  public Kind kind(int index) {
    return KINDS[(int) kept.get(index, KIND)];
  }

  /** Returns the coroutine's id. */
  public int coroutine(int index) {
    return (int) kept.get(index, COROUTINE);
  }

  public long from(int index) {
    return kept.get(index, FROM);
  }

  public long to(int index) {
    return kept.get(index, TO);
  }

  /** Returns what it awaits, or its thread sleeps for; empty for other kinds. */
  public String text(int index) {
    return texts.get((int) kept.get(index, TEXT));
  }
}
