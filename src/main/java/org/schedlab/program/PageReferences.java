package org.schedlab.program;

import java.util.random.RandomGenerator;

/**
 * The pages that a {@code touch} refers to, one after the other, by their numbers within a region.
 * Immutable; random patterns draw from the thread's stream, once or twice for each reference.
 */
public interface PageReferences {
  /** Returns how many references there are, at least 0. */
  long count();

  /**
   * Returns the page of one reference. References are asked for in order, each once.
   *
   * @param reference counts from 0
   */
  long page(long reference, RandomGenerator random);

  /** Returns the largest page number there is, or -1 where there is none. */
  long lastPage();
}
