package org.schedlab.kernel;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.memory.Region;
import org.schedlab.machine.Cpu;
import org.schedlab.machine.Mmu;
import org.schedlab.trace.Account;

/**
 * What it costs a CPU to begin with a thread, put together from its parts. A switch between threads
 * of one process saves and restores registers; one to another process changes the page tables too,
 * and dearly once their translations are lost; a thread that slept comes by the wake-up path; and
 * what others pushed out of the cache is fetched again.
 */
final class SwitchPath {
  /** From so many runnable threads on a switch costs {@link Cost#EXTRA_TASKS} more. */
  private static final int CROWD = 4;

  // Where the pages of working sets lie in an address space that is not simulated: each set has
  // 2^20 pages for itself, and neighbours begin in different sets of the TLB.
  private static final int SET_BITS = 20;
  private static final long MOST_SETS = (1L << 26) - 1;
  private static final long SPREAD = 37;
  private static final long PAGE = 4096;

  private final long save;
  private final long crowded;
  private final long blockWake;
  private final long remoteWake;
  private final long systemCall;
  private final long addressSpaceCached;
  private final long addressSpaceMissed;
  private final long migration;
  private final long line;
  private final long lineBytes;
  private final long refillMax;
  private final boolean walks;
  private final boolean free;

  /**
   * @param paged whether address translation must know which process a CPU runs
   * @param walks whether translations take time that must be looked up
   */
  SwitchPath(CostModel costs, boolean paged, boolean walks) {
    save = costs.get(Cost.CONTEXT_SWITCH) + costs.get(Cost.THREAD_SWITCH);
    crowded = costs.get(Cost.EXTRA_TASKS);
    blockWake = costs.get(Cost.BLOCK_WAKE);
    remoteWake = costs.get(Cost.REMOTE_WAKE);
    systemCall = costs.systemCall();
    addressSpaceCached = costs.get(Cost.ADDRESS_SPACE_SWITCH);
    addressSpaceMissed = costs.get(Cost.ASID_MISS);
    migration = costs.get(Cost.MIGRATION);
    line = costs.get(Cost.CACHE_REFILL_LINE);
    lineBytes = costs.get(Cost.CACHE_LINE);
    refillMax = costs.get(Cost.INDIRECT_MAX);
    this.walks = walks;
    free =
        !paged
            && save == 0
            && crowded == 0
            && blockWake == 0
            && remoteWake == 0
            && addressSpaceCached == 0
            && addressSpaceMissed == 0
            && migration == 0
            && !walks
            && line == 0;
  }

  /**
   * Adds to the core's section what it costs to begin with a thread.
   *
   * @param switched whether the core ran another thread before
   * @param runnable how many threads are ready or running
   */
  void addTo(Core core, KernelThread thread, boolean switched, int runnable) {
    if (free) {
      return;
    }
    if (switched) {
      core.addPart(Account.CONTEXT_SWITCH, save + (runnable >= CROWD ? crowded : 0));
    }
    if (thread.woken) {
      core.addPart(Account.BLOCK_WAKE, wakeCost(core, thread));
    }
    addAddressSpace(core, thread, switched);
    boolean ranBefore = thread.lastCpu >= 0;
    if (ranBefore && thread.lastCpu != core.id) {
      core.addPart(Account.MIGRATION, migration);
    }
    if (thread.process.workingSetBytes > 0 || thread.workingSetBytes() > 0) {
      if (walks) {
        addTranslations(core, thread, ranBefore);
      }
      if (line > 0) {
        addRefill(core, thread, ranBefore);
      }
    }
  }

  /** The system call that put the thread to sleep was paid then; the figure includes it. */
  private long wakeCost(Core core, KernelThread thread) {
    boolean remote = thread.wakerCpu >= 0 && thread.wakerCpu != core.id;
    return (remote ? remoteWake : blockWake) - (thread.systemCallPaid ? systemCall : 0);
  }

  private void addAddressSpace(Core core, KernelThread thread, boolean switched) {
    Cpu.Activation activation = core.cpu.activate(thread.process.serial);
    if (!switched) {
      return;
    }
    switch (activation) {
      case UNCHANGED -> {}
      case CACHED -> core.addPart(Account.ADDRESS_SPACE, addressSpaceCached);
      case MISSED -> core.addPart(Account.TLB_REFILL, addressSpaceMissed);
    }
  }

  /** The translations of the working sets that others have pushed out of the TLB. */
  private static void addTranslations(Core core, KernelThread thread, boolean ranBefore) {
    Process process = thread.process;
    Mmu mmu = core.cpu.mmu();
    long missed = 0;
    if (process.workingSetBytes > 0) {
      Region set = process.space == null ? null : process.space.named(References.WORKING_SET);
      missed += useAll(mmu, process, set, 2L * process.id, process.workingSetBytes);
    }
    if (thread.workingSetBytes() > 0) {
      Region set = thread.memory == null ? null : thread.memory.workingSet;
      missed += useAll(mmu, process, set, 2L * thread.id + 1, thread.workingSetBytes());
    }
    if (ranBefore && missed > 0) {
      core.addPart(Account.TLB_REFILL, missed * mmu.walkTime());
    }
  }

  /**
   * Uses the pages of a working set.
   *
   * @param set null where memory is not simulated: then {@code number} says where the set lies
   */
  private static long useAll(Mmu mmu, Process process, Region set, long number, long bytes) {
    if (set != null) {
      return mmu.useAll(process.space.table(), set.first(), set.pages());
    }
    long page = (number & MOST_SETS) << SET_BITS | number * SPREAD & (1L << SET_BITS) - 1;
    return mmu.useAll(null, page, (bytes + PAGE - 1) / PAGE);
  }

  /** What a thread brings in when it first runs is its own business; what it lost since is not. */
  private void addRefill(Core core, KernelThread thread, boolean ranBefore) {
    long missing = 0;
    // The sets of processes and of threads are told apart by the sign of their owner.
    if (thread.process.workingSetBytes > 0) {
      missing += core.cpu.useWorkingSet(-1 - thread.process.serial, thread.process.workingSetBytes);
    }
    if (thread.workingSetBytes() > 0) {
      missing += core.cpu.useWorkingSet(thread.order(), thread.workingSetBytes());
    }
    if (ranBefore && missing > 0) {
      long lines = (missing + lineBytes - 1) / lineBytes;
      core.addPart(Account.CACHE_REFILL, Math.min(refillMax, lines * line));
    }
  }
}
