package org.schedlab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhysicalMemoryTest {
  private static List<String> mappings(PhysicalMemory memory, int frame) {
    List<String> found = new ArrayList<>();
    memory.forEachMapping(frame, (space, page) -> found.add(space + ":" + page));
    return found;
  }

  @Test
  void framesAreTakenInOrderAndTheLastFreedFirst() {
    PhysicalMemory memory = new PhysicalMemory(3);
    for (int frame = 0; frame < 3; frame++) {
      assertThat(memory.allocate()).isEqualTo(frame);
      memory.map(frame, 1, 100 + frame);
    }
    assertThat(memory.allocate()).isEqualTo(PhysicalMemory.NONE);
    assertThat(memory.free()).isZero();
    assertThat(memory.unmap(1, 101)).isEqualTo(1);
    assertThat(memory.unmap(1, 100)).isZero();
    assertThat(memory.free()).isEqualTo(2);
    assertThat(memory.taken()).isEqualTo(1);
    assertThat(List.of(memory.allocate(), memory.allocate())).containsExactly(0, 1);
  }

  @Test
  void sharedFrameIsFreeWhenItsLastMappingIsGone() {
    PhysicalMemory memory = new PhysicalMemory(4);
    int frame = memory.allocate();
    memory.map(frame, 1, 7);
    assertThat(memory.isShared(frame)).isFalse();
    memory.map(frame, 2, 7);
    memory.map(frame, 2, 9);
    assertThat(memory.isShared(frame)).isTrue();
    assertThat(mappings(memory, frame)).containsExactly("2:9", "2:7", "1:7");
    memory.unmap(2, 7);
    assertThat(mappings(memory, frame)).containsExactly("2:9", "1:7");
    memory.unmap(1, 7);
    memory.unmap(2, 9);
    assertThat(mappings(memory, frame)).isEmpty();
    assertThat(memory.free()).isEqualTo(4);
  }

  @Test
  void holdKeepsAFrameThatNothingMaps() {
    PhysicalMemory memory = new PhysicalMemory(1);
    int frame = memory.allocate();
    memory.hold(frame);
    memory.map(frame, 1, 7);
    memory.unmap(1, 7);
    assertThat(memory.free()).isZero();
    memory.release(frame);
    assertThat(memory.free()).isEqualTo(1);
    assertThat(memory.allocate()).isEqualTo(frame);
    memory.map(frame, 1, 7);
    assertThatThrownBy(() -> memory.release(frame)).hasMessageContaining("nobody holds");
  }

  @Test
  void everyMappingCanBeTakenAwayWhileItIsVisited() {
    PhysicalMemory memory = new PhysicalMemory(PhysicalMemory.UNLIMITED);
    int frame = memory.allocate();
    for (int space = 0; space < 100; space++) {
      memory.map(frame, space, 7);
    }
    memory.forEachMapping(frame, memory::unmap);
    assertThat(memory.taken()).isZero();
  }

  @Test
  void mistakesAreRefused() {
    PhysicalMemory memory = new PhysicalMemory(2);
    int frame = memory.allocate();
    memory.map(frame, 1, 7);
    assertThatThrownBy(() -> memory.map(frame, 1, 7)).hasMessageContaining("mapped already");
    assertThatThrownBy(() -> memory.unmap(1, 8)).hasMessageContaining("not mapped");
    assertThatThrownBy(() -> new PhysicalMemory(0)).hasMessageContaining("at least 1 frame");
  }

  /** Random mappings of a few spaces against a hash table. */
  @Test
  void countsAndListsAgreeWithAModel() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      PhysicalMemory memory = new PhysicalMemory(50);
      Map<String, Integer> model = new HashMap<>();
      for (int i = 0; i < 1000; i++) {
        int space = random.nextInt(4);
        long page = random.nextInt(40);
        String key = space + ":" + page;
        if (model.containsKey(key)) {
          assertThat(memory.unmap(space, page)).isEqualTo(model.remove(key));
        } else {
          List<Integer> taken = model.values().stream().sorted().distinct().toList();
          boolean share = !taken.isEmpty() && random.nextBoolean();
          int frame = share ? taken.get(random.nextInt(taken.size())) : memory.allocate();
          if (frame != PhysicalMemory.NONE) {
            memory.map(frame, space, page);
            model.put(key, frame);
          }
        }
        assertThat(memory.taken()).isEqualTo(model.values().stream().distinct().count());
      }
      for (int frame : model.values()) {
        List<String> expected =
            model.keySet().stream().filter(key -> model.get(key) == frame).toList();
        assertThat(mappings(memory, frame)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(memory.references(frame)).isEqualTo(expected.size());
      }
    }
  }
}
