package org.schedlab.report;

import java.util.Arrays;
import java.util.Optional;
import org.schedlab.cost.Cost;
import org.schedlab.cost.Profile;
import org.schedlab.metrics.MemoryUse;
import org.schedlab.scenario.Scenario;

/** What a process did to memory, in numbers that a scenario may state. */
enum MemoryField {
  ACCESSES("accesses") {
    @Override
    long of(Scenario scenario, MemoryUse memory, int process) {
      return memory.accesses(process);
    }
  },
  MINOR_FAULTS("faults.minor") {
    @Override
    long of(Scenario scenario, MemoryUse memory, int process) {
      return memory.minorFaults(process);
    }
  },
  MAJOR_FAULTS("faults.major") {
    @Override
    long of(Scenario scenario, MemoryUse memory, int process) {
      return memory.majorFaults(process);
    }
  },
  TLB_HITS("tlb.hits") {
    @Override
    long of(Scenario scenario, MemoryUse memory, int process) {
      return hasTlb(scenario) ? memory.tlbHits(process) : 0;
    }
  },
  TLB_MISSES("tlb.misses") {
    @Override
    long of(Scenario scenario, MemoryUse memory, int process) {
      return hasTlb(scenario) ? memory.accesses(process) - memory.tlbHits(process) : 0;
    }
  },
  EVICTIONS("evictions") {
    @Override
    long of(Scenario scenario, MemoryUse memory, int process) {
      return memory.evictions(process);
    }
  },
  WRITTEN_OUT("written_out") {
    @Override
    long of(Scenario scenario, MemoryUse memory, int process) {
      return memory.writtenOut(process);
    }
  };

  private final String key;

  MemoryField(String key) {
    this.key = key;
  }

  abstract long of(Scenario scenario, MemoryUse memory, int process);

  /** Returns the key in {@code expect}; result.json has a map within a map for the dot. */
  String key() {
    return key;
  }

  static Optional<MemoryField> of(String key) {
    return Arrays.stream(values()).filter(field -> field.key.equals(key)).findFirst();
  }

  /** Says whether the machine has a TLB; on one without, no reference hits or misses it. */
  static boolean hasTlb(Scenario scenario) {
    Scenario.MemorySpec memory = scenario.machine().memory();
    long entries = scenario.machine().costs().get(Cost.TLB_L1_ENTRIES);
    return memory != null && (memory.tlb() != null || entries != Profile.UNLIMITED);
  }
}
