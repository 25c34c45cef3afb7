package org.schedlab.machine;

import java.util.Arrays;

/**
 * From frames to the pages that are mapped to them. A page is mapped to one frame at most, so the
 * page finds its mapping through a hash table; a frame lists its mappings. Both ways take constant
 * time, however many processes share a frame after forks.
 */
final class ReverseMap {
  private static final int NONE = -1;
  private static final int START = 16;

  /** Mappings, by number: what they are, their neighbours in the frame's list and the chain. */
  private int[] spaces = new int[START];

  private long[] pages = new long[START];
  private int[] frames = new int[START];
  private int[] nexts = new int[START];
  private int[] previous = new int[START];
  private int[] chains = new int[START];
  private int numbered;
  private int firstSpare = NONE;
  private int size;

  /** The first mapping of each chain of the hash table, whose length is a power of two. */
  private int[] buckets = filled(START);

  /** By frame: the first mapping of its list, and how many there are. */
  private int[] heads = filled(START);

  private int[] counts = new int[START];

  void add(int frame, int space, long page) {
    if (find(space, page) != NONE) {
      throw new IllegalStateException("page " + page + " of " + space + " is mapped already");
    }
    if (size == buckets.length) {
      rehash();
    }
    growTo(frame);
    int mapping = newMapping();
    spaces[mapping] = space;
    pages[mapping] = page;
    frames[mapping] = frame;
    int bucket = bucket(space, page);
    chains[mapping] = buckets[bucket];
    buckets[bucket] = mapping;
    nexts[mapping] = heads[frame];
    previous[mapping] = NONE;
    if (heads[frame] != NONE) {
      previous[heads[frame]] = mapping;
    }
    heads[frame] = mapping;
    counts[frame]++;
    size++;
  }

  /** Removes the mapping of a page; returns its frame. */
  int remove(int space, long page) {
    int mapping = find(space, page);
    if (mapping == NONE) {
      throw new IllegalStateException("page " + page + " of " + space + " is not mapped");
    }
    unchain(mapping);
    int frame = frames[mapping];
    if (previous[mapping] == NONE) {
      heads[frame] = nexts[mapping];
    } else {
      nexts[previous[mapping]] = nexts[mapping];
    }
    if (nexts[mapping] != NONE) {
      previous[nexts[mapping]] = previous[mapping];
    }
    counts[frame]--;
    size--;
    nexts[mapping] = firstSpare;
    firstSpare = mapping;
    return frame;
  }

  int count(int frame) {
    return frame < counts.length ? counts[frame] : 0;
  }

  void forEach(int frame, PhysicalMemory.MappingVisitor visitor) {
    int mapping = frame < heads.length ? heads[frame] : NONE;
    while (mapping != NONE) {
      // The visitor may remove the mapping it sees.
      int next = nexts[mapping];
      visitor.visit(spaces[mapping], pages[mapping]);
      mapping = next;
    }
  }

  private int find(int space, long page) {
    int mapping = buckets[bucket(space, page)];
    while (mapping != NONE && (pages[mapping] != page || spaces[mapping] != space)) {
      mapping = chains[mapping];
    }
    return mapping;
  }

  private void unchain(int mapping) {
    int bucket = bucket(spaces[mapping], pages[mapping]);
    if (buckets[bucket] == mapping) {
      buckets[bucket] = chains[mapping];
      return;
    }
    int before = buckets[bucket];
    while (chains[before] != mapping) {
      before = chains[before];
    }
    chains[before] = chains[mapping];
  }

  private void rehash() {
    buckets = filled(2 * buckets.length);
    for (int head : heads) {
      for (int mapping = head; mapping != NONE; mapping = nexts[mapping]) {
        int bucket = bucket(spaces[mapping], pages[mapping]);
        chains[mapping] = buckets[bucket];
        buckets[bucket] = mapping;
      }
    }
  }

  /** Fibonacci hashing: the high bits of a product with 2^64 divided by the golden ratio. */
  private int bucket(int space, long page) {
    long hash = (page + ((long) space << 36)) * 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 32) & buckets.length - 1;
  }

  private int newMapping() {
    if (firstSpare != NONE) {
      int mapping = firstSpare;
      firstSpare = nexts[mapping];
      return mapping;
    }
    if (numbered == pages.length) {
      int length = 2 * numbered;
      spaces = Arrays.copyOf(spaces, length);
      pages = Arrays.copyOf(pages, length);
      frames = Arrays.copyOf(frames, length);
      nexts = Arrays.copyOf(nexts, length);
      previous = Arrays.copyOf(previous, length);
      chains = Arrays.copyOf(chains, length);
    }
    return numbered++;
  }

  private void growTo(int frame) {
    int length = heads.length;
    if (frame >= length) {
      int longer = Math.max(frame + 1, 2 * length);
      heads = Arrays.copyOf(heads, longer);
      Arrays.fill(heads, length, longer, NONE);
      counts = Arrays.copyOf(counts, longer);
    }
  }

  private static int[] filled(int length) {
    int[] array = new int[length];
    Arrays.fill(array, NONE);
    return array;
  }
}
