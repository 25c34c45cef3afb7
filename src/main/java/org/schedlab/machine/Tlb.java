package org.schedlab.machine;

import java.util.Arrays;

/**
 * A translation look-aside buffer: remembers entries of page tables. A page can stand in one set,
 * chosen by the low bits of its number; a full set loses its least recently used entry. With one
 * set the buffer is fully associative, with one way it is direct-mapped.
 *
 * <p>A tagged buffer keeps the entries of several address spaces apart by their ASID; one without
 * tags loses everything when the address space changes.
 *
 * <p>It holds pages of one size; a machine that keeps large pages has another buffer for them.
 */
public final class Tlb {
  /** What {@link #lookup} returns when the entry is not there. */
  public static final int MISS = -1;

  /** The largest ASID. */
  public static final int MAX_ASID = (1 << 16) - 1;

  private static final int PAGE_BITS = 47;
  private static final long EMPTY = -1;
  private static final int HINTS = 64;

  private final int ways;
  private final int setMask;
  private final boolean tagged;

  /** ASID and page; an entry's place in the arrays is set * ways + way. */
  private final long[] tags;

  private final long[] entries;
  private final long[] lastUses;

  /** Where pages were found last, by their low bits: usually they still are there. */
  private final int[] hints = new int[HINTS];

  private long uses;
  private int asid;
  private long asidTag;

  /**
   * Makes an empty buffer.
   *
   * @param capacity how many entries it holds
   * @param ways how many of them a set holds; capacity / ways is a power of two
   * @param tagged whether address spaces are kept apart by their ASID
   * @throws IllegalArgumentException if the sizes do not fit; the message says why
   */
  public Tlb(int capacity, int ways, boolean tagged) {
    if (ways < 1 || capacity < ways || capacity % ways != 0) {
      throw new IllegalArgumentException(
          "a TLB of " + capacity + " entries cannot have sets of " + ways);
    }
    int sets = capacity / ways;
    if (Integer.bitCount(sets) != 1) {
      throw new IllegalArgumentException(
          "the number of sets of a TLB is a power of two; "
              + (capacity + " entries in sets of " + ways + " are " + sets + " sets"));
    }
    this.ways = ways;
    this.setMask = sets - 1;
    this.tagged = tagged;
    this.tags = new long[capacity];
    this.entries = new long[capacity];
    this.lastUses = new long[capacity];
    flush();
  }

  /** Returns how many entries it holds. */
  public int capacity() {
    return tags.length;
  }

  /** Makes an address space current; without tags, a change loses all entries. */
  public void activate(int newAsid) {
    checkAsid(newAsid);
    if (newAsid != asid) {
      asid = newAsid;
      if (tagged) {
        asidTag = (long) newAsid << PAGE_BITS;
      } else {
        flush();
      }
    }
  }

  /**
   * Looks a page of the current address space up.
   *
   * @param page its number, of at most 47 bits
   * @return the place of its entry, or {@link #MISS}
   */
  public int lookup(long page) {
    long tag = asidTag | page;
    int hint = hints[(int) page & HINTS - 1];
    if (tags[hint] == tag) {
      lastUses[hint] = ++uses;
      return hint;
    }
    int first = ((int) page & setMask) * ways;
    for (int place = first; place < first + ways; place++) {
      if (tags[place] == tag) {
        lastUses[place] = ++uses;
        hints[(int) page & HINTS - 1] = place;
        return place;
      }
    }
    return MISS;
  }

  /** Returns the entry at a place that {@link #lookup} returned, valid until the next change. */
  public long entry(int place) {
    return entries[place];
  }

  /**
   * Remembers the entry of a page of the current address space, instead of an older one of that
   * page or else of the one in its set that was not used for longest.
   */
  public void insert(long page, long entry) {
    checkPage(page);
    long tag = asidTag | page;
    int first = ((int) page & setMask) * ways;
    int chosen = first;
    for (int place = first; place < first + ways; place++) {
      if (tags[place] == tag) {
        chosen = place;
        break;
      }
      if (lastUses[place] < lastUses[chosen]) {
        chosen = place;
      }
    }
    tags[chosen] = tag;
    entries[chosen] = entry;
    lastUses[chosen] = ++uses;
  }

  /** Forgets one page of an address space, as {@code invlpg} and its kin do. */
  public void invalidate(int ofAsid, long page) {
    checkAsid(ofAsid);
    checkPage(page);
    if (!tagged && ofAsid != asid) {
      return;
    }
    long tag = (tagged ? (long) ofAsid << PAGE_BITS : 0) | page;
    int first = ((int) page & setMask) * ways;
    for (int place = first; place < first + ways; place++) {
      if (tags[place] == tag) {
        clear(place);
      }
    }
  }

  /** Forgets all pages of an address space. */
  public void flush(int ofAsid) {
    checkAsid(ofAsid);
    if (!tagged && ofAsid != asid) {
      return;
    }
    long tag = tagged ? ofAsid : 0;
    for (int place = 0; place < tags.length; place++) {
      if (tags[place] >> PAGE_BITS == tag) {
        clear(place);
      }
    }
  }

  /** Forgets everything. */
  public void flush() {
    Arrays.fill(tags, EMPTY);
    Arrays.fill(lastUses, 0);
  }

  /** Empties a place, which is then filled before any entry of its set is lost. */
  private void clear(int place) {
    tags[place] = EMPTY;
    lastUses[place] = 0;
  }

  private static void checkPage(long page) {
    if (page >>> PAGE_BITS != 0) {
      throw new IllegalArgumentException("page numbers have at most 47 bits: " + page);
    }
  }

  private static void checkAsid(int asid) {
    if (asid < 0 || asid > MAX_ASID) {
      throw new IllegalArgumentException("an ASID is 0 to " + MAX_ASID + ", not " + asid);
    }
  }
}
