package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/**
 * Locks that threads take in orders that do not go together: a deadlock that may come about another
 * time, though it did not in this run. Each time a thread gets a lock while it holds another, that
 * is a step from the one to the other. Steps that lead around a circle are an inversion, if threads
 * could stand at all of them at once: each step is another thread's, no lock that is held at one is
 * held at another (a gate lock; two readers do not keep each other out), and each thread keeps the
 * one before it out (Havelund, "Using Runtime Analysis to Guide Model Checking of Java Programs",
 * SPIN 2000: the Goodlock algorithm; with any number of locks by Agarwal, Bensalem, Farchi,
 * Havelund and others).
 *
 * <p>A semaphore that all of them have taken may keep one of them out, as the waiter does who lets
 * four of five philosophers sit down; then nothing is told. That does not hold for a semaphore that
 * others post than take it, for it guards nothing.
 *
 * <p>Work and memory are bounded: of one pair of locks few steps are kept that differ, and the
 * search ends after so many steps of its own. Then inversions may be missed; none is told that is
 * not one.
 */
public final class LockOrder implements TraceSink {
  /** How many inversions are kept. */
  public static final int LIMIT = 100;

  /** Circles of more locks are not looked for. */
  private static final int LONGEST = 6;

  /** Of one pair of locks, how many different sets of held locks are kept. */
  private static final int MOST_WAYS = 16;

  /** How many threads that take one way are kept: a circle needs another one for each step. */
  private static final int MOST_THREADS = LONGEST;

  private static final long MOST_LOOKS = 2_000_000;

  /**
   * A thread got a lock while it held another.
   *
   * @param heldLine where it had got the one that it held
   * @param line where it got the other
   */
  public record Step(int thread, int held, int heldLine, int acquired, int line, long time) {}

  /** Steps of which each begins with the lock that the one before it ends with. */
  public record Inversion(List<Step> steps) {}

  /** A lock that a thread holds, or a semaphore that it has taken. */
  private static final class Held {
    final int object;
    final LockMode mode;
    final int line;
    long depth = 1;

    Held(int object, LockMode mode, int line) {
      this.object = object;
      this.mode = mode;
      this.line = line;
    }
  }

  /** A step with all that the thread held, the lock that it steps from at {@code from}. */
  private record Way(Step step, LockMode mode, List<Held> held, int from) {
    boolean isLike(List<Held> others, int otherFrom, LockMode otherMode) {
      if (mode != otherMode || held.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < others.size(); i++) {
        Held one = held.get(i);
        Held other = others.get(i);
        if (one.object != other.object || one.mode != other.mode) {
          return false;
        }
      }
      return from == otherFrom;
    }

    boolean holds(int object) {
      return held.stream().anyMatch(one -> one.object == object);
    }

    /** Says whether two threads can stand at these steps at once. */
    boolean goesWith(Way other) {
      if (step.thread() == other.step.thread()) {
        return false;
      }
      for (Held one : held) {
        for (Held two : other.held) {
          if (one.object == two.object && excludes(one.mode, two.mode)) {
            return false;
          }
        }
      }
      return true;
    }

    /** Says whether whoever stands at the next step keeps the thread of this one out. */
    boolean waitsFor(Way next) {
      return step.acquired() == next.step.held() && excludes(mode, next.held.get(next.from).mode);
    }
  }

  /** Whether of two holders of one lock each keeps the other out. */
  private static boolean excludes(LockMode one, LockMode two) {
    return one == LockMode.EXCLUSIVE || two == LockMode.EXCLUSIVE;
  }

  /** By thread, in the order in which it got them; null where it never held any. */
  private final List<List<Held>> held = new ArrayList<>();

  /** By the lock held and the lock acquired. */
  private final Map<Long, List<Way>> pairs = new HashMap<>();

  /** By the lock held. */
  private final Map<Integer, List<List<Way>>> from = new HashMap<>();

  private final List<Inversion> inversions = new ArrayList<>();
  private final Set<Set<Integer>> told = new HashSet<>();
  private final BitSet semaphores = new BitSet();

  /** The semaphores that were posted by who had not taken them. */
  private final BitSet signals = new BitSet();

  private long looks;

  @Override
  public void syncObjectMade(long time, int object, SyncKind kind, String name, int process) {
    semaphores.set(object, kind == SyncKind.SEMAPHORE);
  }

  @Override
  public void acquired(
      long time, int thread, int object, LockMode mode, Acquisition how, int line) {
    if (mode == LockMode.PASSED && !semaphores.get(object)) {
      return;
    }
    while (thread >= held.size()) {
      held.add(null);
    }
    if (held.get(thread) == null) {
      held.set(thread, new ArrayList<>(2));
    }
    List<Held> all = held.get(thread);
    for (Held one : all) {
      if (one.object == object) {
        one.depth++;
        return;
      }
    }
    // A forked child holds what its parent held, without having taken it; who only tries never
    // waits.
    boolean steps = line > 0 && how != Acquisition.TRIED && mode != LockMode.PASSED;
    for (int i = 0; steps && i < all.size(); i++) {
      Held one = all.get(i);
      if (one.mode != LockMode.PASSED) {
        step(new Step(thread, one.object, one.line, object, line, time), mode, all, i);
      }
    }
    all.add(new Held(object, mode, line));
  }

  @Override
  public void released(long time, int thread, int object) {
    List<Held> all = thread < held.size() ? held.get(thread) : null;
    for (int i = 0; all != null && i < all.size(); i++) {
      if (all.get(i).object == object) {
        if (--all.get(i).depth == 0) {
          all.remove(i);
        }
        return;
      }
    }
    signals.set(object, semaphores.get(object));
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    if (thread < held.size()) {
      held.set(thread, null);
    }
  }

  private void step(Step step, LockMode mode, List<Held> all, int at) {
    long key = (long) step.held() << Integer.SIZE | step.acquired();
    List<Way> ways = pairs.get(key);
    if (ways == null) {
      ways = new ArrayList<>(2);
      pairs.put(key, ways);
      from.computeIfAbsent(step.held(), lock -> new ArrayList<>(2)).add(ways);
    }
    int alike = 0;
    for (Way way : ways) {
      if (way.isLike(all, at, mode)) {
        alike++;
        if (way.step.thread() == step.thread()) {
          return;
        }
      }
    }
    if (alike >= MOST_THREADS || ways.size() >= MOST_WAYS * MOST_THREADS) {
      return;
    }
    Way way = new Way(step, mode, List.copyOf(all), at);
    ways.add(way);
    List<Way> path = new ArrayList<>();
    path.add(way);
    search(path);
  }

  /** Looks for ways on from the end of a path back to its beginning. */
  private void search(List<Way> path) {
    Way first = path.get(0);
    Way last = path.get(path.size() - 1);
    for (List<Way> ways : from.getOrDefault(last.step.acquired(), List.of())) {
      for (Way next : ways) {
        if (isOmitted() || looks++ > MOST_LOOKS) {
          return;
        }
        if (!last.waitsFor(next) || !path.stream().allMatch(next::goesWith)) {
          continue;
        }
        path.add(next);
        if (next.waitsFor(first)) {
          tell(path);
        } else if (path.size() < LONGEST && isNew(path)) {
          search(path);
        }
        path.remove(path.size() - 1);
      }
    }
  }

  /** Says whether the last step leads to a lock that is on no step before it. */
  private static boolean isNew(List<Way> path) {
    int reached = path.get(path.size() - 1).step.acquired();
    return path.stream().noneMatch(way -> way.step.held() == reached);
  }

  /** Says whether all have taken a semaphore that they give back themselves. */
  private boolean haveSemaphore(List<Way> path) {
    return path.get(0).held.stream()
        .filter(one -> one.mode == LockMode.PASSED && !signals.get(one.object))
        .anyMatch(one -> path.stream().allMatch(way -> way.holds(one.object)));
  }

  private void tell(List<Way> path) {
    if (haveSemaphore(path)) {
      return;
    }
    List<Step> steps = new ArrayList<>();
    Set<Integer> locks = new HashSet<>();
    for (Way way : path) {
      steps.add(way.step);
      locks.add(way.step.held());
    }
    if (told.add(locks)) {
      // The search began with the step that closes the circle; it is told last.
      Collections.rotate(steps, -1);
      inversions.add(new Inversion(List.copyOf(steps)));
    }
  }

  /** Returns the inversions, each once, in the order in which their circles closed. */
  public List<Inversion> inversions() {
    return Collections.unmodifiableList(inversions);
  }

  /** Says whether the search ended before everything was looked at. */
  public boolean isOmitted() {
    return inversions.size() >= LIMIT || looks > MOST_LOOKS;
  }
}
