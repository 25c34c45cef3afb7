package org.schedlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.schedlab.machine.PageEntry;
import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.PageTable;

/** A linear page table: an entry for each page of the address space, with a valid bit on top. */
final class LinearTranslator implements Translator {
  private static final int LARGEST_FRAME = (1 << 30) - 1;
  private static final int MOST_ENTRIES = 1 << 20;
  private static final String INVALID = "-";

  private final PageGeometry geometry;
  private final PageTable table;
  private final int pages;
  private final int frameBits;

  private LinearTranslator(PageGeometry geometry, int[] frames, int frameBits) {
    this.geometry = geometry;
    this.table = new PageTable(geometry);
    this.pages = frames.length;
    this.frameBits = frameBits;
    for (int page = 0; page < frames.length; page++) {
      if (frames[page] >= 0) {
        table.map(page, PageEntry.of(frames[page], PageEntry.PRESENT));
      }
    }
  }

  /**
   * Reads a table.
   *
   * @param pageSize in bytes
   * @param entries frame numbers and {@code -} for invalid entries, with commas between
   * @param physical the bytes of physical memory, 0 for as many as the frames need
   */
  static LinearTranslator of(long pageSize, String entries, long physical) throws UsageException {
    String[] words = entries.split(",", -1);
    if (words.length > MOST_ENTRIES) {
      throw new UsageException("--table has at most 2^20 entries, not " + words.length);
    }
    int[] frames = new int[words.length];
    int largest = 0;
    for (int page = 0; page < words.length; page++) {
      frames[page] = frame(words[page].strip());
      largest = Math.max(largest, frames[page]);
    }
    int indexBits = Math.max(1, bits(words.length - 1));
    PageGeometry geometry;
    try {
      geometry = PageGeometry.of(pageSize, 4, indexBits);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--page-size: " + e.getMessage());
    }
    if (physical == 0) {
      return new LinearTranslator(geometry, frames, Math.max(1, bits(largest)));
    }
    long frameCount = physical / pageSize;
    if (frameCount == 0) {
      throw new UsageException("--physical is smaller than a page");
    }
    if (largest >= frameCount) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--table names frame %d, but --physical has frames 0 to %d",
              largest,
              frameCount - 1));
    }
    if (frameCount - 1 > LARGEST_FRAME) {
      throw new UsageException("--physical has at most 2^30 frames, not " + frameCount);
    }
    return new LinearTranslator(geometry, frames, Math.max(1, bits((int) frameCount - 1)));
  }

  private static int bits(int largest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
  }

  private static int frame(String word) throws UsageException {
    if (word.equals(INVALID)) {
      return -1;
    }
    long frame;
    try {
      frame = Numbers.parse(word);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--table: "
              + (word.isEmpty() ? "an entry is missing" : e.getMessage())
              + "; entries are frame numbers, or - for invalid, as in 12,-,-,6");
    }
    if (frame < 0 || frame > LARGEST_FRAME) {
      throw new UsageException("--table: frame " + word + " is too large; the largest is 2^30 - 1");
    }
    return (int) frame;
  }

  @Override
  public String kind() {
    return "linear";
  }

  @Override
  public PageGeometry geometry() {
    return geometry;
  }

  @Override
  public List<String> description() {
    return List.of(
        String.format(
            Locale.ROOT, "Linear page table: %d pages of %d bytes.", pages, geometry.pageSize()),
        String.format(
            Locale.ROOT,
            "An address is a page number of %d bits and an offset of %d bits.",
            geometry.pageBits(),
            geometry.offsetBits()),
        String.format(
            Locale.ROOT, "An entry is a valid bit and a frame number of %d bits.", frameBits));
  }

  @Override
  public Translation translate(long address) throws UsageException {
    Translator.requireInside(address, geometry);
    long page = geometry.page(address);
    long offset = geometry.offset(address);
    if (page >= pages) {
      throw Translator.outside(address, pages * geometry.pageSize() - 1);
    }
    List<Translation.Step> steps = new ArrayList<>();
    String name = Translator.tableNames(geometry).get(0);
    long found =
        table.walk(
            page,
            (level, index, entry) ->
                steps.add(
                    new Translation.Step(
                        name, index, Translation.Place.UNKNOWN, shown(entry), frameBits)));
    if (found == 0) {
      return new Translation(address, page, offset, steps, Translation.Result.INVALID, 0, -1);
    }
    long physical = PageEntry.frame(found) * geometry.pageSize() + offset;
    return new Translation(address, page, offset, steps, Translation.Result.OK, physical, -1);
  }

  /** Returns an entry as exercises draw it. */
  private int shown(long entry) {
    return entry == 0 ? 0 : 1 << frameBits | PageEntry.frame(entry);
  }
}
