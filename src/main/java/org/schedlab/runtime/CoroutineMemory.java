package org.schedlab.runtime;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.program.RuntimeKind;

/**
 * How much memory a coroutine keeps while it lives.
 *
 * <ul>
 *   <li>Stackless ones ({@code asyncio}, {@code cpp20}, {@code rust}) keep an object of the heap,
 *       and one for each call that is under way: the frame of what they call and await.
 *   <li>A {@code fiber} has a stack of fixed size: all of it is reserved, and of that so many pages
 *       are resident as its calls have reached.
 *   <li>A {@code goroutine} begins with a small stack that is copied to one of twice the size when
 *       it is full.
 *   <li>Of a {@code virtual-thread} the heap keeps as much of the stack as its calls take.
 * </ul>
 *
 * @param growth how it grows with its calls
 * @param base bytes that it keeps before it has called anything
 * @param stack bytes of a stack of fixed size; of a growing one the first; else 0
 */
record CoroutineMemory(Growth growth, long base, long stack) {
  /** Linux's pages on x86-64. */
  private static final long PAGE = 4096;

  private enum Growth {
    /** By what its calls take. */
    FRAMES,
    /** By pages, within a stack that is reserved. */
    PAGES,
    /** By doubling its stack. */
    DOUBLING
  }

  static CoroutineMemory of(RuntimeKind kind, CostModel costs) {
    return switch (kind) {
      case ASYNCIO -> frames(costs.get(Cost.ASYNCIO_TASK_MEMORY));
      case CPP20 -> frames(costs.get(Cost.CPP_COROUTINE_MEMORY));
      case RUST -> frames(costs.get(Cost.RUST_FUTURE_MEMORY));
      case VIRTUAL_THREAD -> frames(costs.get(Cost.VIRTUAL_THREAD_RESIDENT));
      case FIBER ->
          new CoroutineMemory(
              Growth.PAGES, costs.get(Cost.FIBER_MEMORY), costs.get(Cost.FIBER_STACK));
      case GOROUTINE ->
          new CoroutineMemory(
              Growth.DOUBLING, costs.get(Cost.GOROUTINE_MEMORY), costs.get(Cost.GOROUTINE_STACK));
    };
  }

  private static CoroutineMemory frames(long base) {
    return new CoroutineMemory(Growth.FRAMES, base, 0);
  }

  /**
   * Returns the bytes of address space that are reserved for a coroutine.
   *
   * @param calls the most bytes that its calls took at once
   */
  long reserved(long calls) {
    return growth == Growth.PAGES ? Math.max(stack, resident(calls)) : resident(calls);
  }

  /** Returns the bytes that are in memory; they are not given back before the coroutine ends. */
  long resident(long calls) {
    return switch (growth) {
      case FRAMES -> base + calls;
      case PAGES -> base + Math.max(0, pages(calls) - 1) * PAGE;
      case DOUBLING -> base + grown(calls) - stack;
    };
  }

  private static long pages(long bytes) {
    return (bytes + PAGE - 1) / PAGE;
  }

  private long grown(long calls) {
    if (stack == 0) {
      // Nothing is known of its stack.
      return calls;
    }
    long size = stack;
    while (size < calls) {
      size *= 2;
    }
    return size;
  }

  /** Says whether its calls have no more room. */
  boolean isFull(long calls) {
    return growth == Growth.PAGES && stack > 0 && calls > stack;
  }
}
