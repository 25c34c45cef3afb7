package org.schedlab.kernel;

import org.schedlab.engine.RandomStream;
import org.schedlab.kernel.memory.AddressSpace;
import org.schedlab.kernel.memory.PageFaultHandler;
import org.schedlab.kernel.memory.Region;
import org.schedlab.kernel.memory.VirtualMemory;
import org.schedlab.machine.Mmu;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.program.Opcode;
import org.schedlab.trace.TraceSink;

/**
 * Which pages an instruction refers to, and the references themselves, through the MMU of the CPU:
 * a load or store to the page of its variable, a call to all pages of its frame, a touch to one
 * page after the other, and a computation to its working sets when its thread has got the CPU.
 */
final class References {
  /** The region of the working set that the threads of a process share. */
  static final String WORKING_SET = "working set";

  /** What a touch calls the stack of the thread itself. */
  private static final String STACK = "stack";

  /** The number of a page that stands for one that no region has. */
  static final long NOWHERE = Long.MAX_VALUE;

  private final VirtualMemory memory;
  private final PageFaultHandler faults;
  private final Clock clock;
  private final TraceSink trace;
  private final int offsetBits;

  References(VirtualMemory memory, int offsetBits, Clock clock, TraceSink trace) {
    this.memory = memory;
    this.faults = memory.faults();
    this.offsetBits = offsetBits;
    this.clock = clock;
    this.trace = trace;
  }

  /**
   * Makes the references that an instruction needs before it goes ahead.
   *
   * @return false if one trapped: then {@link Traps#addCost} says what the kernel takes first
   */
  boolean make(Core core, KernelThread thread) {
    Instruction instruction = thread.instruction;
    switch (instruction.opcode) {
      case COMPUTE -> {
        return referToWorkingSets(core, thread);
      }
      case CALL -> {
        return referToFrame(core, thread, instruction.frameBytes);
      }
      case TOUCH -> {
        return referToTouched(core, thread, instruction);
      }
      default -> {
        if (thread.memory.referred > 0) {
          return true;
        }
        int cell = thread.execution.cell(instruction);
        if (cell < 0 || thread.execution.dividedByZero()) {
          return true;
        }
        long page = pageOfCell(thread, instruction.cell, cell);
        boolean write = instruction.opcode != Opcode.LOAD;
        if (!refer(core, thread, page, write)) {
          return false;
        }
        thread.memory.referred = 1;
        return true;
      }
    }
  }

  private boolean referToWorkingSets(Core core, KernelThread thread) {
    if (thread.memory.setsReferred) {
      return true;
    }
    Region common = thread.process.space.named(WORKING_SET);
    long commonPages = common == null ? 0 : common.pages();
    long own = thread.memory.workingSet == null ? 0 : thread.memory.workingSet.pages();
    while (thread.memory.setReferred < commonPages + own) {
      long at = thread.memory.setReferred;
      long page =
          at < commonPages ? common.page(at) : thread.memory.workingSet.page(at - commonPages);
      if (!refer(core, thread, page, true)) {
        return false;
      }
      thread.memory.setReferred++;
    }
    thread.memory.setsReferred = true;
    thread.memory.attainedBySets = thread.attained();
    return true;
  }

  long pageOfCell(KernelThread thread, Instruction.Cell variable, int cell) {
    AddressSpace space = thread.process.space;
    Region region =
        variable.segment() == Instruction.Cell.OWN
            ? space.data()
            : space.named(((Segment) thread.process.object(variable.segment())).regionName());
    return space.pageOf(region, (long) cell * Layout.CELL_BYTES);
  }

  /** All pages of the new frame are used. */
  private boolean referToFrame(Core core, KernelThread thread, long frameBytes) {
    long depth = thread.execution.stackBytes();
    long first = firstPageOfFrame(depth);
    long last = lastPageOfFrame(thread, depth, frameBytes);
    while (first + thread.memory.referred <= last) {
      if (!refer(core, thread, thread.memory.stack.page(first + thread.memory.referred), true)) {
        return false;
      }
      thread.memory.referred++;
    }
    return true;
  }

  long firstPageOfFrame(long depth) {
    return depth >> offsetBits;
  }

  /** Returns the last page of a frame on a stack of a depth; one before where there is none. */
  long lastPageOfFrame(KernelThread thread, long depth, long frameBytes) {
    boolean overflows = depth + frameBytes > thread.stackLimit();
    if (frameBytes == 0 || overflows) {
      return firstPageOfFrame(depth) - 1;
    }
    return Math.min(depth + frameBytes - 1 >> offsetBits, thread.memory.stack.pages() - 1);
  }

  /** Says whether replacement may take a page out of memory; the heap may still have to grow. */
  boolean isPageable(KernelThread thread, long page) {
    AddressSpace space = thread.process.space;
    Region region = space.find(page);
    return region == null ? page >= space.heap().first() : faults.isPageable(region);
  }

  private boolean referToTouched(Core core, KernelThread thread, Instruction touch) {
    if (thread.memory.referred > thread.memory.touched || touch.pages.count() == 0) {
      return true;
    }
    if (thread.memory.touchPage < 0) {
      thread.memory.touchPage = touchPage(thread, touch);
    }
    if (!refer(core, thread, thread.memory.touchPage, touch.flag)) {
      return false;
    }
    thread.memory.touchPage = -1;
    thread.memory.referred++;
    return true;
  }

  /** Returns the next page of a touch; the heap grows where it is touched. */
  private long touchPage(KernelThread thread, Instruction touch) {
    AddressSpace space = thread.process.space;
    if (touch.text == null) {
      return touch.pages.page(thread.memory.touched, thread.random);
    }
    if (thread.memory.touchRegion == null) {
      // Should it be freed meanwhile, its pages trap.
      thread.memory.touchRegion = regionOf(thread, touch);
    }
    Region region = thread.memory.touchRegion;
    if (region == null) {
      return NOWHERE;
    }
    long number = touch.pages.page(thread.memory.touched, thread.random);
    if (region == thread.memory.stack) {
      noteDepth(thread, number + 1 << offsetBits);
      // Beyond the stack stands its guard page, however far beyond.
      return region.page(Math.min(number, region.pages()));
    }
    if (number >= region.pages() && region == space.heap()) {
      memory.resizeHeap(space, number + 1 << offsetBits);
    }
    if (number >= region.pages()) {
      return NOWHERE;
    }
    return region.page(number);
  }

  private static Region regionOf(KernelThread thread, Instruction touch) {
    return touch.text.equals(STACK) ? thread.memory.stack : thread.process.space.named(touch.text);
  }

  /**
   * Returns the page of one reference of a touch.
   *
   * @throws RunStopped if its region is not allocated
   */
  long pageOf(KernelThread thread, Instruction touch, long reference, RandomStream random) {
    long number = touch.pages.page(reference, random);
    if (touch.text == null) {
      return number;
    }
    Region region = regionOf(thread, touch);
    if (region == null) {
      throw new RunStopped(
          "`opt` cannot foresee the pages of `"
              + touch.text
              + "`, which is allocated on the way; use the heap, or another replacement",
          touch.location);
    }
    return region.page(number);
  }

  private void noteDepth(KernelThread thread, long bytes) {
    thread.memory.deepest = Math.max(thread.memory.deepest, Math.min(bytes, thread.stackLimit()));
  }

  private boolean refer(Core core, KernelThread thread, long page, boolean write) {
    AddressSpace space = thread.process.space;
    Mmu mmu = core.cpu.mmu();
    if (thread.memory.served && thread.memory.trapPage == page) {
      // The fault was the reference; the CPU remembers the translation if the page still is there.
      thread.memory.served = false;
      mmu.translate(space.table(), page, write);
      trace.referenced(clock.now(), thread.id, space.id(), page, write, false);
      return true;
    }
    long entry = page == NOWHERE ? 0 : mmu.translate(space.table(), page, write);
    if (entry == 0) {
      thread.trap = KernelThread.Trap.REFERENCE;
      thread.memory.trapPage = page;
      thread.memory.trapWrite = write;
      return false;
    }
    core.addStall(mmu.stall());
    faults.used(entry);
    trace.referenced(clock.now(), thread.id, space.id(), page, write, mmu.hasTlb() && mmu.hit());
    return true;
  }

  /** A call has been entered. */
  void noteCall(KernelThread thread) {
    noteDepth(thread, thread.execution.stackBytes());
    thread.memory.deepestCalls = Math.max(thread.memory.deepestCalls, thread.execution.depth());
  }
}
