package org.schedlab.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.schedlab.machine.PageGeometry;

/** A way to take virtual addresses apart and to look them up. */
interface Translator {
  /** Returns its name in JSON. */
  String kind();

  /** Returns how addresses split. */
  PageGeometry geometry();

  /** Returns what tables and addresses look like, in a few sentences of a line each. */
  List<String> description();

  /**
   * Translates an address.
   *
   * @throws UsageException if the address is outside of the address space
   */
  Translation translate(long address) throws UsageException;

  /** Returns what tables are called, the root first. */
  static List<String> tableNames(PageGeometry geometry) {
    return switch (geometry.levels()) {
      case 1 -> List.of("page table");
      case 2 -> List.of("page directory", "page table");
      case 3 -> List.of("level 3 table", "page directory", "page table");
      case 4 -> List.of("PML4", "page-directory-pointer table", "page directory", "page table");
      default ->
          IntStream.range(0, geometry.levels())
              .mapToObj(level -> "level " + (geometry.levels() - level) + " table")
              .toList();
    };
  }

  /** Checks that an address belongs to an address space. */
  static void requireInside(long address, PageGeometry geometry) throws UsageException {
    if (geometry.contains(address)) {
      return;
    }
    int bits = geometry.virtualBits();
    if (geometry.signExtended()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "address 0x%x is not canonical: bits 63 to %d must be copies of bit %d",
              address,
              bits,
              bits - 1));
    }
    throw outside(address, (1L << bits) - 1);
  }

  /** Returns the error of an address beyond the last one. */
  static UsageException outside(long address, long last) {
    return new UsageException(
        String.format(
            Locale.ROOT,
            "address %s (0x%x) is outside of the address space, which ends at %d (0x%x)",
            Long.toUnsignedString(address),
            address,
            last,
            last));
  }
}
