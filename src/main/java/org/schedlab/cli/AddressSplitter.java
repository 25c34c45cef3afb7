package org.schedlab.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.schedlab.machine.PageGeometry;

/** Takes addresses of a machine apart into indices and offset; knows no tables. */
final class AddressSplitter implements Translator {
  private final String name;
  private final PageGeometry geometry;

  private AddressSplitter(String name, PageGeometry geometry) {
    this.name = name;
    this.geometry = geometry;
  }

  /**
   * Finds a machine by name, or makes one.
   *
   * @param text such as {@code x86-64}; or the bits of each index and of the offset, {@code 5,5,5}
   */
  static AddressSplitter of(String text) throws UsageException {
    PageGeometry preset = PageGeometry.presets().get(text);
    if (preset != null) {
      return new AddressSplitter(text, preset);
    }
    String allowed =
        "--geometry is "
            + String.join(", ", PageGeometry.presets().keySet())
            + ", or the bits of each index and of the offset, such as 5,5,5";
    try {
      List<Integer> bits =
          new ArrayList<>(Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList());
      int offset = bits.remove(bits.size() - 1);
      return new AddressSplitter(text, new PageGeometry(offset, bits, 1, false));
    } catch (NumberFormatException e) {
      throw new UsageException(allowed + "; not '" + text + "'");
    } catch (IllegalArgumentException e) {
      throw new UsageException("--geometry " + text + ": " + e.getMessage());
    }
  }

  @Override
  public String kind() {
    return "split";
  }

  @Override
  public PageGeometry geometry() {
    return geometry;
  }

  @Override
  public List<String> description() {
    List<String> entries = new ArrayList<>();
    for (int level = 0; level < geometry.levels(); level++) {
      entries.add(Integer.toString(geometry.entries(level)));
    }
    boolean alike = Collections.frequency(entries, entries.get(0)) == entries.size();
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: an address has %d bits, %s of index and %d of offset.",
            name,
            geometry.virtualBits(),
            geometry.levelBits().stream().map(String::valueOf).collect(Collectors.joining(" + ")),
            geometry.offsetBits()),
        String.format(
            Locale.ROOT,
            "A page has %d bytes, a table %s entries.",
            geometry.pageSize(),
            alike ? entries.get(0) : String.join(", ", entries)));
  }

  @Override
  public Translation translate(long address) throws UsageException {
    Translator.requireInside(address, geometry);
    return new Translation(
        address,
        geometry.page(address),
        geometry.offset(address),
        List.of(),
        Translation.Result.SPLIT,
        0,
        -1);
  }
}
