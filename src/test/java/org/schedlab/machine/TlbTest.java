package org.schedlab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TlbTest {
  private static boolean holds(Tlb tlb, long page) {
    return tlb.lookup(page) != Tlb.MISS;
  }

  @Test
  void fullSetLosesItsLeastRecentlyUsedEntry() {
    Tlb tlb = new Tlb(8, 2, true);
    tlb.insert(0, 100);
    tlb.insert(4, 104);
    assertThat(tlb.entry(tlb.lookup(0))).isEqualTo(100);
    tlb.insert(8, 108);
    assertThat(holds(tlb, 0)).isTrue();
    assertThat(holds(tlb, 4)).isFalse();
    assertThat(holds(tlb, 8)).isTrue();
    assertThat(holds(tlb, 1)).isFalse();
  }

  @Test
  void tagsKeepAddressSpacesApartOverSwitches() {
    Tlb tlb = new Tlb(8, 4, true);
    tlb.insert(3, 100);
    tlb.activate(7);
    assertThat(holds(tlb, 3)).isFalse();
    tlb.insert(3, 200);
    tlb.activate(0);
    assertThat(tlb.entry(tlb.lookup(3))).isEqualTo(100);
    tlb.flush(0);
    assertThat(holds(tlb, 3)).isFalse();
    tlb.activate(7);
    assertThat(tlb.entry(tlb.lookup(3))).isEqualTo(200);
    tlb.invalidate(7, 3);
    assertThat(holds(tlb, 3)).isFalse();
  }

  @Test
  void withoutTagsASwitchLosesEverything() {
    Tlb tlb = new Tlb(8, 4, false);
    tlb.insert(3, 100);
    tlb.activate(0);
    assertThat(holds(tlb, 3)).isTrue();
    tlb.flush(5);
    assertThat(holds(tlb, 3)).isTrue();
    tlb.activate(5);
    tlb.activate(0);
    assertThat(holds(tlb, 3)).isFalse();
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new Tlb(0, 1, true)).hasMessageContaining("0 entries");
    assertThatThrownBy(() -> new Tlb(8, 3, true)).hasMessageContaining("sets of 3");
    assertThatThrownBy(() -> new Tlb(12, 2, true)).hasMessageContaining("are 6 sets");
    Tlb tlb = new Tlb(8, 2, true);
    assertThatThrownBy(() -> tlb.activate(1 << 16)).hasMessageContaining("0 to 65535");
    assertThatThrownBy(() -> tlb.insert(1L << 47, 1)).hasMessageContaining("47 bits");
  }

  /** Random operations against a list of sets, each a map in the order of use. */
  @Test
  void behavesAsSetsInTheOrderOfUse() {
    int[][] shapes = {{8, 2}, {8, 8}, {8, 1}, {64, 4}};
    for (int[] shape : shapes) {
      for (int seed = 0; seed < 50; seed++) {
        checkAgainstModel(shape[0], shape[1], seed % 2 == 0, new Random(seed));
      }
    }
  }

  /** The model: an entry's key is its address space and page. */
  private static final class Model {
    private final List<LinkedHashMap<List<Long>, Long>> sets = new ArrayList<>();
    private final int ways;

    Model(int capacity, int ways) {
      this.ways = ways;
      for (int i = 0; i < capacity / ways; i++) {
        sets.add(new LinkedHashMap<>(16, 0.75f, true));
      }
    }

    Map<List<Long>, Long> set(long page) {
      return sets.get((int) (page % sets.size()));
    }

    void insert(long asid, long page, long entry) {
      Map<List<Long>, Long> set = set(page);
      if (!set.containsKey(List.of(asid, page)) && set.size() == ways) {
        set.remove(set.keySet().iterator().next());
      }
      set.put(List.of(asid, page), entry);
    }
  }

  private static void checkAgainstModel(int capacity, int ways, boolean tagged, Random random) {
    Tlb tlb = new Tlb(capacity, ways, tagged);
    Model model = new Model(capacity, ways);
    long asid = 0;
    for (int i = 0; i < 1000; i++) {
      long page = random.nextInt(3 * capacity);
      int other = random.nextInt(3);
      switch (random.nextInt(20)) {
        case 0 -> {
          if (!tagged && other != asid) {
            model.sets.forEach(Map::clear);
          }
          asid = other;
          tlb.activate(other);
        }
        case 1 -> {
          model.set(page).remove(List.of((long) other, page));
          tlb.invalidate(other, page);
        }
        case 2 -> {
          if (random.nextInt(10) == 0) {
            model.sets.forEach(set -> set.keySet().removeIf(key -> key.get(0) == other));
            tlb.flush(other);
          }
        }
        case 3, 4, 5, 6, 7 -> {
          model.insert(asid, page, i);
          tlb.insert(page, i);
        }
        default -> {
          Long expected = model.set(page).get(List.of(asid, page));
          int place = tlb.lookup(page);
          assertThat(place == Tlb.MISS ? null : Long.valueOf(tlb.entry(place))).isEqualTo(expected);
        }
      }
    }
  }
}
