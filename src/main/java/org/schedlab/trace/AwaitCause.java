package org.schedlab.trace;

/** What a suspended coroutine awaits. */
public enum AwaitCause {
  /** A device; the object is its id, or -1 for a private one. */
  DEVICE("device"),
  /** A time to go by; no object. */
  TIMER("timer"),
  /** Another coroutine; the object is its id. */
  TASK("coroutine"),
  /** Several coroutines; no object. */
  GROUP("group"),
  /** Room in a channel; no object, as for all that follow. */
  FULL("full channel"),
  /** A value in a channel. */
  EMPTY("empty channel"),
  MUTEX("mutex"),
  SEMAPHORE("semaphore");

  private final String label;

  AwaitCause(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
