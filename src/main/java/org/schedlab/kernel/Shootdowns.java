package org.schedlab.kernel;

import java.util.Arrays;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.memory.Translations;
import org.schedlab.trace.Account;
import org.schedlab.trace.TraceSink;

/**
 * Has TLBs forget what is true no more. A CPU that runs the process at that moment is interrupted,
 * and the one that changed the page table waits for its answer; any other forgets at no cost, for
 * it will look when it next begins with the process.
 */
final class Shootdowns implements Translations {
  private final Dispatcher dispatcher;
  private final Clock clock;
  private final TraceSink trace;
  private final Core[] cores;
  private final long roundTrip;

  /**
   * The CPU that now changes page tables, null where nobody must be told; and whom it must tell.
   */
  private Core changing;

  private final boolean[] told;
  private int toTell;

  Shootdowns(Dispatcher dispatcher, Clock clock, TraceSink trace, Core[] cores, CostModel costs) {
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.trace = trace;
    this.cores = cores;
    this.told = new boolean[cores.length];
    this.roundTrip = costs.get(Cost.IPI);
  }

  /** A CPU begins to change page tables. */
  void begin(Core core) {
    changing = core;
  }

  @Override
  public void forget(int space, long page) {
    for (Core core : cores) {
      core.cpu.forget(space, page);
    }
    noteRunning(space);
  }

  @Override
  public void forgetAll(int space) {
    for (Core core : cores) {
      core.cpu.forget(space);
    }
    noteRunning(space);
  }

  /** CPUs that run a process must be told at once; others learn it when they next begin with it. */
  private void noteRunning(int space) {
    if (changing == null) {
      return;
    }
    for (Core core : cores) {
      boolean runs = core.current != null && core.current.process.id == space;
      if (runs && core != changing && !told[core.id] && cores.length > 1) {
        told[core.id] = true;
        toTell++;
      }
    }
  }

  /**
   * Has the CPUs that run a process whose pages have gone forget them.
   *
   * @return whether the CPU that changed the page table must wait, for a section that was added
   */
  boolean tellOthers(Core core, Process process) {
    changing = null;
    if (toTell == 0) {
      return false;
    }
    trace.translationsShotDown(clock.now(), process.id, core.id, toTell);
    sendInterrupts();
    core.addPart(Account.TLB_SHOOTDOWN, roundTrip);
    return core.sectionLength() > 0;
  }

  private void sendInterrupts() {
    toTell = 0;
    for (int cpu = 0; cpu < told.length; cpu++) {
      if (told[cpu]) {
        told[cpu] = false;
        dispatcher.deviceInterrupt(cpu);
      }
    }
  }

  /** What CPUs had to be told does not matter to them. */
  void tellNobody() {
    changing = null;
    toTell = 0;
    Arrays.fill(told, false);
  }
}
