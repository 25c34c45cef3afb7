package org.schedlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.schedlab.cli.Translation.Place;
import org.schedlab.cli.Translation.Result;
import org.schedlab.cli.Translation.Step;
import org.schedlab.machine.PageGeometry;

/**
 * A page table of two levels that lies in a memory whose bytes are known: entries of one byte, a
 * valid bit on top and 7 bits of frame number below. Directory and tables fill a frame each.
 */
final class TwoLevelTranslator implements Translator {
  private static final int FRAME_BITS = 7;

  private final MemoryImage memory;
  private final int directory;
  private final PageGeometry geometry;

  /**
   * Makes a translator.
   *
   * @param directory the frame of the page directory: the page directory base register
   */
  TwoLevelTranslator(MemoryImage memory, long directory) throws UsageException {
    if (directory < 0 || directory >= memory.frameCount()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--pdbr is a frame of the memory, 0 to %d, not %s",
              memory.frameCount() - 1,
              Long.toUnsignedString(directory)));
    }
    this.memory = memory;
    this.directory = (int) directory;
    int bits = Integer.numberOfTrailingZeros(memory.frameBytes());
    this.geometry = PageGeometry.of(memory.frameBytes(), 1, bits, bits);
  }

  @Override
  public String kind() {
    return "two-level";
  }

  @Override
  public PageGeometry geometry() {
    return geometry;
  }

  @Override
  public List<String> description() {
    int bits = geometry.offsetBits();
    return List.of(
        String.format(
            Locale.ROOT,
            "Two-level page table in a memory of %d frames of %d bytes; the page directory is frame %d.",
            memory.frameCount(),
            memory.frameBytes(),
            directory),
        String.format(
            Locale.ROOT,
            "An address is a directory index of %d bits, a table index of %d and an offset of %d.",
            bits,
            bits,
            bits),
        "An entry is a byte: a valid bit and a frame number of 7 bits.");
  }

  @Override
  public Translation translate(long address) throws UsageException {
    Translator.requireInside(address, geometry);
    long page = geometry.page(address);
    int offset = (int) geometry.offset(address);
    List<Step> steps = new ArrayList<>();
    int frame = directory;
    for (int level = 0; level < geometry.levels(); level++) {
      Step step = read(level, frame, geometry.index(level, page));
      steps.add(step);
      if (!step.isValid()) {
        Result fault = level == 0 ? Result.DIRECTORY_FAULT : Result.TABLE_FAULT;
        return new Translation(address, page, offset, steps, fault, 0, -1);
      }
      frame = step.frame();
      if (frame >= memory.frameCount()) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "entry %d of the %s names frame %d, but the memory has frames 0 to %d",
                step.index(),
                step.table(),
                frame,
                memory.frameCount() - 1));
      }
    }
    long physical = frame * geometry.pageSize() + offset;
    int value = memory.byteAt(frame, offset);
    return new Translation(address, page, offset, steps, Result.OK, physical, value);
  }

  private Step read(int level, int frame, int index) {
    String name = Translator.tableNames(geometry).get(level);
    Place place = new Place(frame, frame * geometry.pageSize() + index);
    return new Step(name, index, place, memory.byteAt(frame, index), FRAME_BITS);
  }
}
