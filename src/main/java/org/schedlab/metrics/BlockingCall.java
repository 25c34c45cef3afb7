package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.trace.BlockCause;

/**
 * A coroutine made a call that put its whole thread to sleep, and with it all other coroutines of
 * the thread.
 *
 * @param coroutine who made it
 * @param cause what the thread slept for
 * @param object as the cause says
 * @param start when the thread fell asleep
 * @param length how long it slept, in nanoseconds
 * @param heldUp the ids of the first {@value #NAMED} coroutines of the thread that were ready, or
 *     became so
 * @param heldUpCount how many there were in all
 */
public record BlockingCall(
    int coroutine,
    BlockCause cause,
    int object,
    long start,
    long length,
    List<Integer> heldUp,
    int heldUpCount) {
  /** How many of those that it held up are kept. */
  public static final int NAMED = 20;

  /** Returns the same call, which has held up one coroutine more. */
  BlockingCall alsoHolding(int another) {
    List<Integer> all = new ArrayList<>(heldUp);
    if (all.size() < NAMED) {
      all.add(another);
    }
    return new BlockingCall(
        coroutine, cause, object, start, length, List.copyOf(all), heldUpCount + 1);
  }
}
