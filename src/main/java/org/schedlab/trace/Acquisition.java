package org.schedlab.trace;

/** How a thread came by what it acquired. */
public enum Acquisition {
  /** Nobody stood in its way; it would have waited. */
  AT_ONCE,
  /** It had to wait. */
  WAITED,
  /** Nobody stood in its way; it would have given up. */
  TRIED
}
