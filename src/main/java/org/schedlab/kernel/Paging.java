package org.schedlab.kernel;

import org.schedlab.cost.CostModel;
import org.schedlab.kernel.memory.AddressSpace;
import org.schedlab.kernel.memory.Region;
import org.schedlab.kernel.memory.VirtualMemory;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.trace.Fault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * The memory of processes and threads: what they get when they begin, ask for meanwhile, and give
 * back when they end. How they use it is {@link References}' business, and what happens where a
 * page is not there that of {@link Traps}.
 */
final class Paging {
  private final Kernel kernel;
  private final Dispatcher dispatcher;
  private final Clock clock;
  private final TraceSink trace;
  private final VirtualMemory memory;
  private final Shootdowns shootdowns;
  private final References references;
  private final Traps traps;
  private final int offsetBits;

  Paging(
      Kernel kernel,
      Dispatcher dispatcher,
      Clock clock,
      TraceSink trace,
      Core[] cores,
      PagingConfig config,
      CostModel costs) {
    this.kernel = kernel;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.trace = trace;
    this.offsetBits = config.memory().geometry().offsetBits();
    this.shootdowns = new Shootdowns(dispatcher, clock, trace, cores, costs);
    this.memory =
        new VirtualMemory(
            config.memory(),
            config.transferNanos() == 0,
            clock::now,
            trace,
            shootdowns,
            this::foretold);
    this.references = new References(memory, offsetBits, clock, trace);
    this.traps = new Traps(kernel, dispatcher, shootdowns, memory, config, costs);
  }

  /** Returns the pages of all references that the only thread of a process will make. */
  private long[] foretold(int process) {
    return new ReferenceForecast(references).of(kernel.process(process).firstThread());
  }

  References references() {
    return references;
  }

  Traps traps() {
    return traps;
  }

  Shootdowns shootdowns() {
    return shootdowns;
  }

  // --- processes and threads

  /**
   * Gives a new thread its stack, and its process memory if it is the first.
   *
   * @return null, or what there is no room for
   */
  String settle(KernelThread thread) {
    Process process = thread.process;
    return process.space == null ? open(process, thread) : openStack(thread);
  }

  private String open(Process process, KernelThread thread) {
    process.space =
        memory.open(
            process.id,
            process.sizes.codeBytes(),
            (long) process.memory.length * Layout.CELL_BYTES,
            process.sizes.heapBytes(),
            process.sizes.frames());
    if (process.space == null) {
      return "the address space has no room for the code, data and heap of " + process.name();
    }
    for (Segment segment : process.segments()) {
      if (memory.openShared(process.space, segment.regionName(), segment.bytes(), segment.pages)
          == null) {
        return "the address space has no room for " + segment.label();
      }
    }
    boolean room =
        process.workingSetBytes == 0
            || openWorkingSet(process, References.WORKING_SET, process.workingSetBytes) != null;
    return room ? openStack(thread) : "the address space has no room for a working set";
  }

  /**
   * Gives a process new memory, as exec does.
   *
   * @return null, or what there is no room for
   */
  String replace(KernelThread thread) {
    describe(thread.process);
    for (KernelThread each : thread.process.threads()) {
      // The others are in kernel sections, and end with them.
      tellStack(each);
      traps.forget(each);
      each.memory.stack = null;
      each.memory.workingSet = null;
    }
    close(thread.process);
    thread.memory.deepest = 0;
    thread.memory.deepestCalls = 0;
    return settle(thread);
  }

  private Region openWorkingSet(Process process, String name, long bytes) {
    return memory.openMapping(process.space, RegionKind.WORKING_SET, name, bytes, false);
  }

  private String openStack(KernelThread thread) {
    Process process = thread.process;
    String of = thread.name.isEmpty() ? process.name() : thread.name;
    thread.memory.stack = memory.openStack(process.space, "stack of " + of, thread.stackLimit());
    if (thread.memory.stack == null) {
      return "the address space has no room for one more stack of "
          + thread.stackLimit()
          + " bytes";
    }
    if (thread.workingSetBytes() > 0) {
      thread.memory.workingSet =
          openWorkingSet(process, "working set of " + of, thread.workingSetBytes());
      return thread.memory.workingSet == null
          ? "the address space has no room for a working set"
          : null;
    }
    return null;
  }

  /** A thread has ended, or its process is about to: tells how its stack was used. */
  void tellStack(KernelThread thread) {
    if (thread.memory.stack != null) {
      trace.stackClosed(
          clock.now(),
          thread.id,
          thread.memory.stack.pages() << offsetBits,
          thread.process.space.residentPages(thread.memory.stack) << offsetBits,
          thread.memory.deepest,
          thread.memory.deepestCalls);
    }
  }

  /** A thread has ended and others of its process go on: gives its stack back. */
  void closeStack(KernelThread thread) {
    AddressSpace space = thread.process.space;
    if (thread.memory.workingSet != null) {
      memory.close(space, thread.memory.workingSet);
    }
    if (thread.memory.stack != null) {
      memory.close(space, thread.memory.stack);
    }
    // Nobody refers to the stack of a thread that has ended: no other CPU must know at once.
    shootdowns.tellNobody();
    traps.wakeFrameWaiters();
  }

  /** Tells how a process's memory is used, before its threads end. */
  void describe(Process process) {
    if (process.space != null) {
      memory.describe(process.space, process.cells(offsetBits));
    }
  }

  /** Gives a process's memory back. */
  void close(Process process) {
    if (process.space != null) {
      memory.close(process.space);
      process.space = null;
      traps.wakeFrameWaiters();
    }
  }

  /** Returns how many pages a fork of a process would make copy-on-write. */
  long pagesToCopy(Process process) {
    return memory.privatePages(process.space);
  }

  /** Gives a child copies of its parent's memory. */
  void fork(KernelThread caller, Process child) {
    shootdowns.begin(caller.core);
    child.space = memory.fork(caller.process.space, child.id);
  }

  /** Gives a child's thread the copies of the caller's stack and working set. */
  void inherit(KernelThread thread, KernelThread caller) {
    AddressSpace space = thread.process.space;
    thread.memory.stack = space.find(caller.memory.stack.first());
    if (caller.memory.workingSet != null) {
      thread.memory.workingSet = space.find(caller.memory.workingSet.first());
    }
    thread.memory.deepest = caller.memory.deepest;
    thread.memory.deepestCalls = caller.memory.deepestCalls;
  }

  // --- operations on regions

  void allocate(KernelThread thread, Instruction instruction) {
    AddressSpace space = thread.process.space;
    String name = instruction.text;
    boolean room;
    if (space.named(name) == space.heap()) {
      room = memory.resizeHeap(space, space.heap().bytes() + instruction.bytes);
    } else if (space.named(name) != null) {
      kernel.fault(
          thread,
          Fault.NO_ADDRESS_SPACE,
          "there is a region `" + name + "` already; free it first",
          instruction.location);
      return;
    } else {
      RegionKind kind = instruction.shared ? RegionKind.SHARED : RegionKind.MAPPING;
      room = memory.openMapping(space, kind, name, instruction.bytes, instruction.flag) != null;
    }
    if (!room) {
      kernel.fault(
          thread,
          Fault.NO_ADDRESS_SPACE,
          "no room for " + instruction.bytes + " bytes more in `" + name + "`",
          instruction.location);
    }
  }

  void free(Core core, KernelThread thread, Instruction instruction) {
    AddressSpace space = thread.process.space;
    Region region = space.named(instruction.text);
    boolean heap = region != null && region == space.heap();
    if (region == null || (heap && instruction.bytes > region.bytes())) {
      String why =
          heap
              ? "frees " + instruction.bytes + " bytes of a heap of " + region.bytes()
              : "frees `" + instruction.text + "`, which is not allocated";
      kernel.fault(thread, Fault.INVALID_FREE, why, instruction.location);
      return;
    }
    shootdowns.begin(core);
    if (heap) {
      memory.resizeHeap(space, instruction.bytes < 0 ? 0 : region.bytes() - instruction.bytes);
    } else {
      memory.close(space, region);
    }
    traps.wakeFrameWaiters();
    if (shootdowns.tellOthers(core, thread.process)) {
      dispatcher.enterKernel(core, Core.Then.RESUME);
    }
  }
}
