package org.schedlab.machine;

import java.util.Arrays;

/**
 * The page table of an address space: a tree of tables, made where something is mapped and given
 * back where nothing is any more. Its size follows the mapped pages, not the address space; the
 * root is always there.
 *
 * <p>Entries are those of {@link PageEntry}. In an entry above the last level that is not {@link
 * PageEntry#LARGE}, the frame number is the number of the table below.
 */
public final class PageTable {
  private static final int ROOT = 0;
  private static final int NOWHERE = -1;
  private static final long TABLE_FLAGS =
      PageEntry.PRESENT | PageEntry.WRITABLE | PageEntry.USER | PageEntry.ACCESSED;

  private final PageGeometry geometry;
  private final long pages;
  private final int last;
  private final int[] shifts;
  private final int[] masks;

  private long[][] tables = new long[4][];
  private int[] used = new int[4];
  private int next;
  private int[] spare = new int[4];
  private int spares;
  private final int[] tablesAt;

  /** The tables passed by {@link #descend}, for the calls that change what it finds. */
  private final int[] path;

  /** Makes an empty table: a root without entries. */
  public PageTable(PageGeometry geometry) {
    this.geometry = geometry;
    this.pages = 1L << geometry.pageBits();
    this.last = geometry.levels() - 1;
    this.shifts = new int[last + 1];
    this.masks = new int[last + 1];
    for (int level = 0; level <= last; level++) {
      shifts[level] = geometry.shift(level);
      masks[level] = geometry.entries(level) - 1;
    }
    this.tablesAt = new int[last + 1];
    this.path = new int[last + 1];
    newTable(0);
  }

  /** Sees the entries on the way to a page. */
  public interface WalkListener {
    /**
     * An entry was read.
     *
     * @param level 0 for the root
     * @param index where in its table it stands
     * @param entry what it holds; 0 for nothing
     */
    void step(int level, int index, long entry);
  }

  /** Sees the entries that map pages. */
  public interface EntryVisitor {
    /**
     * An entry maps a page, or from this page on a large one.
     *
     * @param page its number
     * @param level the level at which the entry stands
     * @param entry what it holds
     */
    void visit(long page, int level, long entry);
  }

  public PageGeometry geometry() {
    return geometry;
  }

  /**
   * Maps a page, or notes something about it.
   *
   * @param entry not 0 and not large
   * @return the entry before, 0 for none
   * @throws IllegalStateException if the page is part of a large one
   */
  public long map(long page, long entry) {
    check(page);
    if (entry == 0 || PageEntry.has(entry, PageEntry.LARGE)) {
      throw new IllegalArgumentException("not the entry of a page: " + Long.toHexString(entry));
    }
    return put(page, last, entry);
  }

  /**
   * Maps a large page: all the pages that a table below {@code level} would map, to as many frames
   * in a row.
   *
   * @param page the first of them
   * @param level above the last level
   * @param entry with the first frame; it becomes large
   * @throws IllegalArgumentException if page or frame do not stand at a multiple of the size
   * @throws IllegalStateException if something of it is mapped in smaller or larger pages
   */
  public long mapLarge(long page, int level, long entry) {
    check(page);
    if (level < 0 || level >= last) {
      throw new IllegalArgumentException("no large pages at level " + level);
    }
    long within = (1L << shifts[level]) - 1;
    if ((page & within) != 0 || (PageEntry.frame(entry) & within) != 0) {
      throw new IllegalArgumentException("a large page starts at a multiple of its size");
    }
    return put(page, level, entry | PageEntry.LARGE);
  }

  /**
   * Takes a mapping away, with the tables that it leaves empty.
   *
   * @return the entry it had, 0 for none; of a large page, which goes as a whole, its own
   */
  public long unmap(long page) {
    check(page);
    int level = descend(page);
    if (level == NOWHERE) {
      return 0;
    }
    long entry = tables[path[level]][index(level, page)];
    while (true) {
      tables[path[level]][index(level, page)] = 0;
      if (--used[path[level]] > 0 || level == 0) {
        return entry;
      }
      dropTable(path[level], level);
      level--;
    }
  }

  /**
   * Returns the entry of a page, 0 for none. Within a large page it is the large entry with the
   * frame of this very page.
   */
  public long lookup(long page) {
    check(page);
    long[] table = tables[ROOT];
    for (int level = 0; level < last; level++) {
      long entry = table[(int) (page >>> shifts[level]) & masks[level]];
      if (entry == 0) {
        return 0;
      }
      if ((entry & PageEntry.LARGE) != 0) {
        return within(entry, level, page);
      }
      table = tables[PageEntry.frame(entry)];
    }
    return table[(int) page & masks[last]];
  }

  /**
   * Looks a page up as the hardware does, telling every step.
   *
   * @return what {@link #lookup} returns
   */
  public long walk(long page, WalkListener listener) {
    check(page);
    int table = ROOT;
    for (int level = 0; ; level++) {
      int index = index(level, page);
      long entry = tables[table][index];
      listener.step(level, index, entry);
      if (entry == 0 || level == last) {
        return entry;
      }
      if (PageEntry.has(entry, PageEntry.LARGE)) {
        return within(entry, level, page);
      }
      table = PageEntry.frame(entry);
    }
  }

  /**
   * Changes flags of the entry of a page; of a large page, for all of it.
   *
   * @return the new entry as {@link #lookup} returns it, 0 if there is none, which changes nothing
   */
  public long update(long page, long set, long clear) {
    check(page);
    int level = descend(page);
    if (level == NOWHERE) {
      return 0;
    }
    long[] table = tables[path[level]];
    int index = index(level, page);
    table[index] = table[index] & ~clear | set;
    return level == last ? table[index] : within(table[index], level, page);
  }

  /** Visits all entries that map pages, in the order of pages. */
  public void forEach(EntryVisitor visitor) {
    visit(ROOT, 0, 0, visitor);
  }

  /** Visits the entries that map pages from {@code from} up to, not including, {@code to}. */
  public void forEachIn(long from, long to, EntryVisitor visitor) {
    if (from < to) {
      check(from);
      check(to - 1);
      visitIn(ROOT, 0, 0, from, to, visitor);
    }
  }

  /**
   * Makes another, empty table map what this one maps, as fork does: what may be written and is no
   * shared memory becomes read-only and {@link PageEntry#COPY_ON_WRITE} in both. The caller drops
   * the old entries from TLBs.
   *
   * @param child the other table, of the same geometry
   * @param visitor sees each entry as it stands in both afterwards
   */
  public void forkInto(PageTable child, EntryVisitor visitor) {
    if (!child.geometry.equals(geometry) || child.used[ROOT] > 0) {
      throw new IllegalArgumentException("fork needs an empty table of the same geometry");
    }
    fork(child, ROOT, ROOT, 0, 0, visitor);
  }

  /** Returns how many tables there are, the root included. */
  public int tables() {
    return next - spares;
  }

  /** Returns how many tables a level has. */
  public int tables(int level) {
    return tablesAt[level];
  }

  /** Returns how many bytes the tables take in the simulated machine. */
  public long bytes() {
    long bytes = 0;
    for (int level = 0; level <= last; level++) {
      bytes += tablesAt[level] * geometry.tableBytes(level);
    }
    return bytes;
  }

  private long put(long page, int level, long entry) {
    int table = ROOT;
    for (int above = 0; above < level; above++) {
      int index = index(above, page);
      long way = tables[table][index];
      if (way == 0) {
        way = PageEntry.of(newTable(above + 1), TABLE_FLAGS);
        tables[table][index] = way;
        used[table]++;
      } else if (PageEntry.has(way, PageEntry.LARGE)) {
        throw new IllegalStateException("page " + page + " is part of a large page");
      }
      table = PageEntry.frame(way);
    }
    int index = index(level, page);
    long before = tables[table][index];
    if (level < last && before != 0 && !PageEntry.has(before, PageEntry.LARGE)) {
      throw new IllegalStateException("there are small pages where page " + page + " is to be");
    }
    tables[table][index] = entry;
    used[table] += before == 0 ? 1 : 0;
    return before;
  }

  /** Fills {@link #path} down to the entry that maps a page; returns its level, or NOWHERE. */
  private int descend(long page) {
    int table = ROOT;
    for (int level = 0; ; level++) {
      path[level] = table;
      long entry = tables[table][index(level, page)];
      if (entry == 0) {
        return NOWHERE;
      }
      if (level == last || PageEntry.has(entry, PageEntry.LARGE)) {
        return level;
      }
      table = PageEntry.frame(entry);
    }
  }

  private void visit(int table, int level, long first, EntryVisitor visitor) {
    long[] entries = tables[table];
    for (int index = 0; index < entries.length; index++) {
      long entry = entries[index];
      long page = first | (long) index << shifts[level];
      if (entry != 0 && maps(entry, level)) {
        visitor.visit(page, level, entry);
      } else if (entry != 0) {
        visit(PageEntry.frame(entry), level + 1, page, visitor);
      }
    }
  }

  private void visitIn(int table, int level, long first, long from, long to, EntryVisitor visitor) {
    long[] entries = tables[table];
    long span = 1L << shifts[level];
    int begin = (int) Math.max(0, (from - first) >> shifts[level]);
    for (int index = begin; index < entries.length; index++) {
      long entry = entries[index];
      long page = first | (long) index << shifts[level];
      if (page >= to) {
        return;
      }
      if (entry != 0 && maps(entry, level)) {
        if (page + span > from) {
          visitor.visit(page, level, entry);
        }
      } else if (entry != 0) {
        visitIn(PageEntry.frame(entry), level + 1, page, from, to, visitor);
      }
    }
  }

  private void fork(
      PageTable child, int from, int to, int level, long first, EntryVisitor visitor) {
    long[] mine = tables[from];
    long[] copy = child.tables[to];
    for (int index = 0; index < mine.length; index++) {
      if (mine[index] == 0) {
        continue;
      }
      long page = first | (long) index << shifts[level];
      child.used[to]++;
      if (maps(mine[index], level)) {
        mine[index] = afterFork(mine[index]);
        copy[index] = mine[index];
        visitor.visit(page, level, mine[index]);
      } else {
        int below = child.newTable(level + 1);
        copy[index] = PageEntry.withFrame(mine[index], below);
        fork(child, PageEntry.frame(mine[index]), below, level + 1, page, visitor);
      }
    }
  }

  private static long afterFork(long entry) {
    boolean copied =
        PageEntry.has(entry, PageEntry.PRESENT | PageEntry.WRITABLE)
            && !PageEntry.has(entry, PageEntry.SHARED);
    return copied ? entry & ~PageEntry.WRITABLE | PageEntry.COPY_ON_WRITE : entry;
  }

  /** Says whether an entry maps a page, rather than lead to a table. */
  private boolean maps(long entry, int level) {
    return level == last || PageEntry.has(entry, PageEntry.LARGE);
  }

  private long within(long entry, int level, long page) {
    long within = page & (1L << shifts[level]) - 1;
    return PageEntry.withFrame(entry, (int) (PageEntry.frame(entry) + within));
  }

  private int index(int level, long page) {
    return (int) (page >>> shifts[level]) & masks[level];
  }

  private int newTable(int level) {
    int table = spares > 0 ? spare[--spares] : next++;
    if (table == tables.length) {
      tables = Arrays.copyOf(tables, 2 * table);
      used = Arrays.copyOf(used, 2 * table);
    }
    tables[table] = new long[geometry.entries(level)];
    tablesAt[level]++;
    return table;
  }

  private void dropTable(int table, int level) {
    tables[table] = null;
    tablesAt[level]--;
    if (spares == spare.length) {
      spare = Arrays.copyOf(spare, 2 * spares);
    }
    spare[spares++] = table;
  }

  private void check(long page) {
    if (page < 0 || page >= pages) {
      throw new IllegalArgumentException("there is no page " + page + ", only " + pages);
    }
  }
}
