package org.schedlab.program;

import java.util.List;

/** The pages among which a {@code touch} chooses, in an order of their own. Immutable. */
public sealed interface PageSet {
  /** The most pages of a set: 8 TiB in pages of 4 KiB. */
  long MOST = 1L << 31;

  /** Returns how many there are, 1 to {@link #MOST}. */
  long size();

  /**
   * Returns the number of one page.
   *
   * @param index 0 to size - 1
   */
  long at(long index);

  /** Returns the largest page number. */
  long last();

  /** Pages as a scenario lists them; one may stand there several times. */
  record Listed(List<Long> pages) implements PageSet {
    public Listed {
      pages = List.copyOf(pages);
      if (pages.isEmpty()) {
        throw new IllegalArgumentException("at least one page is needed");
      }
      if (pages.stream().anyMatch(page -> page < 0)) {
        throw new IllegalArgumentException("page numbers count from 0");
      }
    }

    @Override
    public long size() {
      return pages.size();
    }

    @Override
    public long at(long index) {
      return pages.get((int) index);
    }

    @Override
    public long last() {
      return pages.stream().mapToLong(Long::longValue).max().orElseThrow();
    }
  }

  /**
   * Every {@code stride}-th page: from, from + stride, from + 2 · stride, …
   *
   * @param from the first page, at least 0
   * @param size how many, 1 to {@link #MOST}
   * @param stride at least 1
   */
  record Range(long from, long size, long stride) implements PageSet {
    public Range {
      if (from < 0 || stride < 1 || size < 1 || size > MOST) {
        throw new IllegalArgumentException(
            "no range of pages: " + size + " from " + from + " in strides of " + stride);
      }
      Math.addExact(from, Math.multiplyExact(size - 1, stride));
    }

    @Override
    public long at(long index) {
      return from + index * stride;
    }

    @Override
    public long last() {
      return at(size - 1);
    }
  }
}
