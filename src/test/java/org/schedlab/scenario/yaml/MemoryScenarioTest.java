package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.PagePattern;
import org.schedlab.program.PageReferences;
import org.schedlab.program.PageSet;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.MemorySpec;
import org.schedlab.scenario.Scenario.SwapSpec;
import org.schedlab.scenario.Scenario.TlbSpec;

class MemoryScenarioTest {
  private static MemorySpec memory(String spec) {
    return Scenarios.valid("machine: {memory: {" + spec + "}}\nprocesses: [{name: P, burst: 1}]")
        .machine()
        .memory();
  }

  /** Returns what the operations of a process become. */
  private static List<Operation> program(String operations) {
    return Scenarios.valid("processes: [{name: P, program: [" + operations + "]}]")
        .processes()
        .get(0)
        .threads()
        .get(0)
        .program();
  }

  private static Operation.Touch touch(String fields) {
    return (Operation.Touch) program("touch: {" + fields + "}").get(0);
  }

  private static PageReferences pages(String fields) {
    return touch(fields).pages();
  }

  private static PageSet first(long pages) {
    return new PageSet.Range(0, pages, 1);
  }

  @Test
  void everythingThatCanBeSaidOfTheMachinesMemory() {
    Scenario scenario = Scenarios.valid(Scenarios.resource("memory.yaml"));
    assertThat(scenario.machine().memory())
        .isEqualTo(
            new MemorySpec(
                new PageGeometry(10, List.of(6, 6, 10), 4, false),
                64,
                ReplacementRule.AGING,
                true,
                true,
                10,
                4,
                5,
                20,
                new TlbSpec(128, 4),
                new SwapSpec(1536, "ssd", 100_000)));
    assertThat(scenario.processes().get(0).memory())
        .isEqualTo(new MemorySizes(2 << 20, 16 << 10, 8));
    assertThat(scenario.processes().get(1).memory()).isEqualTo(MemorySizes.DEFAULT);
  }

  @Test
  void nothingNeedsToBeSaid() {
    assertThat(memory("")).isEqualTo(MemorySpec.DEFAULT);
  }

  @Test
  void geometries() {
    assertThat(memory("geometry: 32-bit").geometry()).isEqualTo(PageGeometry.X86_32);
    assertThat(memory("page_size: 16KiB").geometry())
        .isEqualTo(new PageGeometry(14, List.of(9, 9, 9, 9), 8, true));
    assertThat(memory("page_size: 16, levels: [4]").geometry())
        .isEqualTo(new PageGeometry(4, List.of(4), 8, false));
    assertThat(memory("levels: 5").geometry())
        .isEqualTo(new PageGeometry(12, List.of(9, 9, 9, 9, 9), 8, false));
    assertThat(memory("geometry: 32-bit, page_size: 1KiB, levels: 3").geometry())
        .isEqualTo(new PageGeometry(10, List.of(8, 8, 8), 4, false));
  }

  @Test
  void everyRuleIsReadByItsName() {
    for (ReplacementRule rule : ReplacementRule.values()) {
      assertThat(memory("replacement: " + rule.key()).replacement()).isEqualTo(rule);
    }
    assertThat(memory("replacement: {policy: working-set, window: 4}").window()).isEqualTo(4);
    assertThat(memory("replacement: {policy: lru}")).isEqualTo(MemorySpec.DEFAULT);
  }

  @Test
  void waysOfTheTlb() {
    assertThat(memory("tlb: {entries: 48}").tlb()).isEqualTo(new TlbSpec(48, 48));
    assertThat(memory("tlb: {entries: 64}").tlb()).isEqualTo(new TlbSpec(64, 64));
    assertThat(memory("tlb: {entries: 1024}").tlb()).isEqualTo(new TlbSpec(1024, 8));
    assertThat(memory("tlb: {entries: 1536, ways: 12}").tlb()).isEqualTo(new TlbSpec(1536, 12));
    assertThat(memory("swap: {pages: 0}").swap()).isEqualTo(new SwapSpec(0, null, -1));
  }

  @Test
  void memoryIsSimulatedWhereSomethingSpeaksOfIt() {
    for (String speaks :
        List.of(
            "processes: [{name: P, burst: 1, memory: {}}]",
            "processes: [{name: P, program: [touch: {pages: 1}]}]",
            "processes: [{name: P, program: [alloc: 1]}]",
            "processes: [{name: P, program: [free: 1]}]",
            "processes: [{name: P, program: [fork: {}]}]",
            "processes: [{name: P, program: [exec: [compute: 1]]}]",
            "processes: [{name: P, program: [spawn: {name: c, burst: 1, memory: {}}]}]",
            "{processes: [{name: P, burst: 1}], programs: {unused: [fork: c]}}")) {
      assertThat(Scenarios.valid(speaks).machine().memory())
          .as(speaks)
          .isEqualTo(MemorySpec.DEFAULT);
    }
    String other =
        "processes: [{name: P, program: [spawn: {name: c, burst: 1}, wait: c, kill: P]}]";
    assertThat(Scenarios.valid(other).machine().memory()).isNull();
  }

  @Test
  void pagesAndPatterns() {
    assertThat(pages("pages: [7, 0, 1]"))
        .isEqualTo(new PagePattern.Sequential(new PageSet.Listed(List.of(7L, 0L, 1L)), 3));
    assertThat(pages("pages: 4, references: 9")).isEqualTo(new PagePattern.Sequential(first(4), 9));
    assertThat(pages("pages: {count: 3}, pattern: random"))
        .isEqualTo(new PagePattern.Uniform(first(3), 3));
    assertThat(pages("pages: {from: 2, count: 100, stride: 5}"))
        .isEqualTo(new PagePattern.Sequential(new PageSet.Range(2, 100, 5), 100));
    assertThat(pages("pages: 95, pattern: working-set"))
        .isEqualTo(new PagePattern.WorkingSet(first(95), 95, 9, 0.9, 95));
    assertThat(pages("pages: 9, pattern: working-set, hot: 2, locality: 1, phase: 4"))
        .isEqualTo(new PagePattern.WorkingSet(first(9), 9, 2, 1, 4));
    PagePattern.Zipf zipf = (PagePattern.Zipf) pages("pages: 8, pattern: zipf, exponent: 0.5");
    assertThat(zipf.pages()).isEqualTo(first(8));
    assertThat(zipf.exponent()).isEqualTo(0.5);
  }

  @Test
  void regionsAndWrites() {
    assertThat(touch("pages: 1").region()).isEqualTo("heap");
    assertThat(touch("pages: 1").write()).isFalse();
    assertThat(touch("region: data, pages: 1, write: true"))
        .matches(t -> t.region().equals("data") && t.write());
  }

  @Test
  void anAddressIsAPageAndAnOffset() {
    Operation.Touch one = touch("address: 0x1404, write: true");
    assertThat(one.region()).isNull();
    assertThat(one.pages()).isEqualTo(new PagePattern.Sequential(new PageSet.Range(1, 1, 1), 1));
    assertThat(one.offset()).isEqualTo(0x404);
    assertThat(one.write()).isTrue();
  }

  @Test
  void severalAddressesAreAsManyTouches() {
    List<Operation> touches = program("touch: {address: [4097, 0xffff800000000002]}, compute: 1");
    assertThat(touches).hasSize(3);
    assertThat(touches.subList(0, 2))
        .extracting(t -> ((Operation.Touch) t).pages().lastPage())
        .containsExactly(1L, 0x800000000L);
    assertThat(touches.subList(0, 2))
        .extracting(t -> ((Operation.Touch) t).offset())
        .containsExactly(1L, 2L);
  }

  @Test
  void allocAndFree() {
    List<Operation> program =
        program(
            "alloc: 4KiB, alloc: {size: 1}, alloc: {region: r, size: 8KiB, shared: true},"
                + "free: 1KiB, free: {region: r}, free: {region: heap}");
    assertThat(program.subList(0, 3))
        .extracting(o -> (Operation.Alloc) o)
        .extracting(a -> a.region() + " " + a.bytes() + " " + a.shared() + " " + a.large())
        .containsExactly("heap 4096 false false", "heap 1 false false", "r 8192 true false");
    assertThat(program.subList(3, 6))
        .extracting(o -> (Operation.Free) o)
        .extracting(f -> f.region() + " " + f.bytes())
        .containsExactly("heap 1024", "r -1", "heap -1");
  }

  @Test
  void aForkedChildKnowsTheRegionsOfItsParent() {
    assertThat(
            Scenarios.problems(
                """
                processes:
                  - name: P
                    program:
                      - alloc: {region: shm, size: 1}
                      - fork: {program: [touch: {region: shm, pages: 1}]}
                """))
        .isEmpty();
  }

  @Test
  void optIsForOneThreadThatRefers() {
    for (String processes :
        List.of(
            "[{name: A, program: [touch: {pages: 3}]}, {name: B, burst: 3}]",
            "[{name: A, program: [touch: {pages: 3}, call: q, spawn: {name: c, burst: 1}]}]",
            "[{name: A, program: [load: {r: x}, fork: {program: [assert: 1 == 1]}],"
                + " variables: {x: 1}}, {name: B, program: q}]")) {
      String text =
          "machine: {memory: {replacement: opt}}\nprograms: {q: [compute: 1]}\nprocesses: ";
      assertThat(Scenarios.problems(text + processes)).as(processes).isEmpty();
    }
    String local =
        """
        machine: {memory: {replacement: opt, scope: local}}
        processes:
          - {name: A, count: 2, program: [touch: {pages: 3}]}
          - {name: B, threads: [{name: a, program: [touch: {pages: 3}]}, {name: b, burst: 1}]}
        """;
    assertThat(Scenarios.problems(local)).isEmpty();
  }
}
