package org.schedlab.kernel.memory;

/** Whoever remembers translations: the TLBs of all CPUs. */
public interface Translations {
  /** The entry of a page has changed. */
  void forget(int space, long page);

  /** Entries all over an address space have changed. */
  void forgetAll(int space);
}
