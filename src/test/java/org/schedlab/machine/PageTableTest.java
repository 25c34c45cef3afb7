package org.schedlab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.schedlab.machine.PageEntry.ACCESSED;
import static org.schedlab.machine.PageEntry.COPY_ON_WRITE;
import static org.schedlab.machine.PageEntry.DIRTY;
import static org.schedlab.machine.PageEntry.LARGE;
import static org.schedlab.machine.PageEntry.PRESENT;
import static org.schedlab.machine.PageEntry.SHARED;
import static org.schedlab.machine.PageEntry.USER;
import static org.schedlab.machine.PageEntry.WRITABLE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PageTableTest {
  private static final long DATA = PRESENT | WRITABLE | USER;

  @Test
  void walkTellsEveryLevelDownToThePage() {
    PageTable table = new PageTable(PageGeometry.X86_64);
    long page = PageGeometry.X86_64.page(0x7fff_1234_5678L);
    table.map(page, PageEntry.of(42, DATA));
    List<String> steps = new ArrayList<>();
    long entry =
        table.walk(
            page,
            (level, index, seen) ->
                steps.add(level + ":" + index + ":" + PageEntry.has(seen, PRESENT)));
    assertThat(steps).containsExactly("0:255:true", "1:508:true", "2:145:true", "3:325:true");
    assertThat(PageEntry.frame(entry)).isEqualTo(42);
    assertThat(entry).isEqualTo(table.lookup(page));
  }

  @Test
  void walkEndsWhereThereIsNoTable() {
    PageTable table = new PageTable(PageGeometry.X86_64);
    table.map(0, PageEntry.of(1, DATA));
    List<Integer> levels = new ArrayList<>();
    assertThat(table.walk(1L << 18, (level, index, entry) -> levels.add(level))).isZero();
    assertThat(levels).containsExactly(0, 1);
  }

  @Test
  void sparseMappingsTakeTablesForWhatIsMappedOnly() {
    PageTable table = new PageTable(PageGeometry.X86_64);
    assertThat(table.bytes()).isEqualTo(4096);
    long gibibyte = 1L << 18;
    for (int i = 0; i < 64; i++) {
      table.map(i * gibibyte, PageEntry.of(i, DATA));
    }
    assertThat(table.tables()).isEqualTo(1 + 1 + 64 + 64);
    assertThat(table.tables(3)).isEqualTo(64);
    assertThat(table.bytes()).isEqualTo(130 * 4096);
    for (int i = 0; i < 64; i++) {
      assertThat(PageEntry.frame(table.unmap(i * gibibyte))).isEqualTo(i);
    }
    assertThat(table.tables()).isEqualTo(1);
    assertThat(table.bytes()).isEqualTo(4096);
  }

  @Test
  void tablesOfSmallGeometriesHaveTheirOwnSizes() {
    PageTable table = new PageTable(PageGeometry.of(32, 1, 5, 5));
    table.map(0, PageEntry.of(1, DATA));
    table.map(1023, PageEntry.of(2, DATA));
    assertThat(table.bytes()).isEqualTo(3 * 32);
  }

  @Test
  void largePageStandsForAllPagesOfATable() {
    PageTable table = new PageTable(PageGeometry.X86_64);
    table.mapLarge(512, 2, PageEntry.of(1024, DATA));
    assertThat(PageEntry.frame(table.lookup(512 + 77))).isEqualTo(1024 + 77);
    assertThat(PageEntry.has(table.lookup(1023), LARGE | DATA)).isTrue();
    assertThat(table.lookup(511)).isZero();
    assertThat(table.lookup(1024)).isZero();
    assertThat(table.tables()).isEqualTo(3);
    assertThat(PageEntry.frame(table.update(600, DIRTY, 0))).isEqualTo(1024 + 88);
    assertThat(PageEntry.has(table.lookup(512), DIRTY)).isTrue();
    List<Integer> levels = new ArrayList<>();
    assertThat(PageEntry.frame(table.walk(513, (level, index, entry) -> levels.add(level))))
        .isEqualTo(1025);
    assertThat(levels).containsExactly(0, 1, 2);
    assertThatThrownBy(() -> table.map(600, PageEntry.of(1, DATA)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(PageEntry.frame(table.unmap(600))).isEqualTo(1024);
    assertThat(table.tables()).isEqualTo(1);
  }

  @Test
  void largePagesStandAtMultiplesOfTheirSizeAndWhereNoSmallOnesAre() {
    PageTable table = new PageTable(PageGeometry.X86_64);
    assertThatThrownBy(() -> table.mapLarge(1, 2, PageEntry.of(512, DATA)))
        .hasMessageContaining("multiple");
    assertThatThrownBy(() -> table.mapLarge(512, 2, PageEntry.of(1, DATA)))
        .hasMessageContaining("multiple");
    assertThatThrownBy(() -> table.mapLarge(512, 3, PageEntry.of(512, DATA)))
        .hasMessageContaining("level 3");
    table.map(513, PageEntry.of(1, DATA));
    assertThatThrownBy(() -> table.mapLarge(512, 2, PageEntry.of(512, DATA)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void entriesThatAreNotPresentKeepTheSystemsNotes() {
    PageTable table = new PageTable(PageGeometry.X86_32);
    long note = 0x7fL << 20;
    table.map(3, note);
    assertThat(table.lookup(3)).isEqualTo(note);
    assertThat(PageEntry.has(table.lookup(3), PRESENT)).isFalse();
  }

  @Test
  void pagesOutsideAndEmptyEntriesAreRefused() {
    PageTable table = new PageTable(PageGeometry.of(16, 1, 3));
    assertThatThrownBy(() -> table.lookup(8)).hasMessageContaining("no page 8");
    assertThatThrownBy(() -> table.map(-1, DATA)).hasMessageContaining("no page -1");
    assertThatThrownBy(() -> table.map(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table.map(1, LARGE)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forkSharesPagesAndMarksWhatMayBeWrittenForCopying() {
    PageTable parent = new PageTable(PageGeometry.X86_64);
    parent.map(1, PageEntry.of(10, DATA | DIRTY));
    parent.map(2, PageEntry.of(11, PRESENT | USER));
    parent.map(1L << 30, PageEntry.of(12, DATA | SHARED));
    parent.map(5, 0x9L << 30);
    parent.mapLarge(1024, 2, PageEntry.of(512, DATA));
    PageTable child = new PageTable(PageGeometry.X86_64);
    Map<Long, Long> seen = new TreeMap<>();
    parent.forkInto(child, (page, level, entry) -> seen.put(page, entry));
    assertThat(seen)
        .containsEntry(1L, PageEntry.of(10, PRESENT | USER | DIRTY | COPY_ON_WRITE))
        .containsEntry(2L, PageEntry.of(11, PRESENT | USER))
        .containsEntry(5L, 0x9L << 30)
        .containsEntry(1024L, PageEntry.of(512, PRESENT | USER | LARGE | COPY_ON_WRITE))
        .containsEntry(1L << 30, PageEntry.of(12, DATA | SHARED))
        .hasSize(5);
    seen.forEach(
        (page, entry) -> {
          assertThat(parent.lookup(page)).isEqualTo(entry);
          assertThat(child.lookup(page)).isEqualTo(entry);
        });
    assertThat(child.bytes()).isEqualTo(parent.bytes());
    // A copy of one page leaves the other process's entry alone.
    child.map(1, PageEntry.of(99, DATA));
    assertThat(PageEntry.frame(parent.lookup(1))).isEqualTo(10);
    assertThatThrownBy(() -> parent.forkInto(child, (page, level, entry) -> {}))
        .hasMessageContaining("empty table");
  }

  /** Thousands of random operations against a hash table, on several geometries. */
  @Test
  void behavesAsAMapFromPagesToEntries() {
    List<PageGeometry> geometries =
        List.of(
            PageGeometry.X86_64,
            PageGeometry.X86_32,
            PageGeometry.of(32, 1, 5, 5),
            PageGeometry.of(16, 1, 4));
    for (PageGeometry geometry : geometries) {
      for (int seed = 0; seed < 50; seed++) {
        checkAgainstModel(geometry, new Random(seed));
      }
    }
  }

  private static void checkAgainstModel(PageGeometry geometry, Random random) {
    PageTable table = new PageTable(geometry);
    Map<Long, Long> model = new HashMap<>();
    long pages = 1L << geometry.pageBits();
    long[] some = random.longs(20, 0, pages).toArray();
    for (int i = 0; i < 300; i++) {
      long page = some[random.nextInt(some.length)];
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long entry = PageEntry.of(random.nextInt(Integer.MAX_VALUE), PRESENT);
          Long before = model.put(page, entry);
          assertThat(table.map(page, entry)).isEqualTo(before == null ? 0 : before);
        }
        case 2 -> {
          Long before = model.remove(page);
          assertThat(table.unmap(page)).isEqualTo(before == null ? 0 : before);
        }
        default -> {
          Long after = model.computeIfPresent(page, (p, entry) -> entry & ~PRESENT | ACCESSED);
          assertThat(table.update(page, ACCESSED, PRESENT)).isEqualTo(after == null ? 0 : after);
        }
      }
    }
    for (long page : some) {
      assertThat(table.lookup(page)).isEqualTo(model.getOrDefault(page, 0L));
    }
    Map<Long, Long> visited = new TreeMap<>();
    List<Long> order = new ArrayList<>();
    table.forEach(
        (page, level, entry) -> {
          visited.put(page, entry);
          order.add(page);
        });
    assertThat(visited).isEqualTo(new TreeMap<>(model));
    assertThat(order).isSorted();
    model.keySet().forEach(table::unmap);
    assertThat(table.tables()).isEqualTo(1);
  }
}
