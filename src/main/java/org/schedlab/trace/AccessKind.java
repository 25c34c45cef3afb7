package org.schedlab.trace;

/** How an instruction touches a variable. */
public enum AccessKind {
  LOAD,
  STORE,
  /** A write of an atomic variable that does not read it. */
  ATOMIC_STORE,
  /** An indivisible read and write. */
  ATOMIC_UPDATE,
  /** An indivisible operation that only read, such as a failed compare-and-swap. */
  ATOMIC_LOAD
}
