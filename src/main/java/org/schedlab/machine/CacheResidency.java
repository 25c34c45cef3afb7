package org.schedlab.machine;

import java.util.Arrays;

/**
 * How much of each working set is still in a CPU's cache. The set that is used becomes the most
 * recent; the bytes it brings in push out those of the sets used longest ago. So a ring of N equal
 * sets misses nothing while they fit together, and beyond that a growing share, up to all of each:
 * the shape that McVoy and Staelin measured (lmbench, USENIX 1996, figure 1).
 */
final class CacheResidency {
  private final long capacity;
  private int[] owners = new int[8];
  private long[] resident = new long[8];
  private int count;
  private long used;

  /**
   * Makes an empty cache.
   *
   * @param capacity its size in bytes
   */
  CacheResidency(long capacity) {
    this.capacity = capacity;
  }

  /**
   * Brings a working set in.
   *
   * @param owner who owns it
   * @param bytes its size
   * @return how many of its bytes, as far as they fit in the cache, were not there
   */
  long use(int owner, long bytes) {
    int at = 0;
    while (at < count && owners[at] != owner) {
      at++;
    }
    long wanted = Math.min(bytes, capacity);
    long present = at < count ? resident[at] : 0;
    long missing = Math.max(0, wanted - present);
    moveToEnd(at, owner, Math.max(wanted, present));
    used += missing;
    evict();
    return missing;
  }

  /** Keeps the least recently used set at 0. */
  private void moveToEnd(int from, int owner, long bytes) {
    if (from == count) {
      if (count == owners.length) {
        owners = Arrays.copyOf(owners, 2 * count);
        resident = Arrays.copyOf(resident, 2 * count);
      }
      count++;
    } else {
      System.arraycopy(owners, from + 1, owners, from, count - from - 1);
      System.arraycopy(resident, from + 1, resident, from, count - from - 1);
    }
    owners[count - 1] = owner;
    resident[count - 1] = bytes;
  }

  private void evict() {
    int gone = 0;
    while (used > capacity) {
      long taken = Math.min(resident[gone], used - capacity);
      resident[gone] -= taken;
      used -= taken;
      if (resident[gone] == 0) {
        gone++;
      }
    }
    if (gone > 0) {
      System.arraycopy(owners, gone, owners, 0, count - gone);
      System.arraycopy(resident, gone, resident, 0, count - gone);
      count -= gone;
    }
  }
}
