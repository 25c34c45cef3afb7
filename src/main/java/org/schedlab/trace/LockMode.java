package org.schedlab.trace;

/** How something is held. */
public enum LockMode {
  /** By one thread at a time. */
  EXCLUSIVE,
  /** By any number of readers. */
  SHARED,
  /** Not at all: it was only passed, or one was taken from a count. */
  PASSED
}
