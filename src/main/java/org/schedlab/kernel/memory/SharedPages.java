package org.schedlab.kernel.memory;

import java.util.HashMap;
import java.util.Map;

/** The contents of a shared region: where each page is that any of its processes has used. */
public final class SharedPages {
  /** By index: the note or the bare frame entry that a process which has not mapped it finds. */
  private final Map<Long, Long> pages = new HashMap<>();

  private int users = 1;

  /** Returns where a page is: the entry of a frame, a note, or 0 if nobody has used it. */
  long get(long index) {
    return pages.getOrDefault(index, 0L);
  }

  void set(long index, long entry) {
    pages.put(index, entry);
  }

  void join() {
    users++;
  }

  /** Says that a process leaves; returns whether it was the last. */
  boolean leave() {
    return --users == 0;
  }

  Map<Long, Long> all() {
    return pages;
  }
}
