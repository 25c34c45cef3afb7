package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.memory.AddressSpace;
import org.schedlab.kernel.memory.PageFaultHandler;
import org.schedlab.kernel.memory.Region;
import org.schedlab.kernel.memory.Transfer;
import org.schedlab.kernel.memory.VirtualMemory;
import org.schedlab.program.Location;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Fault;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * Puts page faults on the clock. A reference that the MMU cannot translate traps; the trap is
 * served like a system call: the kernel's part passes first, and at its end the page is brought in.
 * Where that takes a device, the thread sleeps. Where it may not be, its process ends; and where
 * there is no memory left, the process with the most does.
 */
final class Traps {
  private final Kernel kernel;
  private final Dispatcher dispatcher;
  private final Shootdowns shootdowns;
  private final VirtualMemory memory;
  private final PageFaultHandler faults;
  private final int offsetBits;
  private final int swapDevice;
  private final long transfer;
  private final long minorFault;
  private final long copyFault;
  private final long largeFault;

  private final List<KernelThread> frameWaiters = new ArrayList<>();
  private final Map<Transfer, List<KernelThread>> transferWaiters = new HashMap<>();

  Traps(
      Kernel kernel,
      Dispatcher dispatcher,
      Shootdowns shootdowns,
      VirtualMemory memory,
      PagingConfig config,
      CostModel costs) {
    this.kernel = kernel;
    this.dispatcher = dispatcher;
    this.shootdowns = shootdowns;
    this.memory = memory;
    this.faults = memory.faults();
    this.offsetBits = config.memory().geometry().offsetBits();
    this.swapDevice = config.swapDevice();
    this.transfer = config.transferNanos();
    this.minorFault = costs.get(Cost.MINOR_FAULT);
    this.copyFault = costs.get(Cost.COPY_ON_WRITE_FAULT);
    this.largeFault = costs.get(Cost.HUGE_PAGE_FAULT);
  }

  /** Adds what the kernel takes for the trap, before it is served, to the core's next section. */
  void addCost(Core core, KernelThread thread) {
    if (thread.memory.trapPage != References.NOWHERE) {
      core.addPart(Account.TLB_MISS, core.cpu.mmu().stall());
    }
    AddressSpace space = thread.process.space;
    Region region = regionOf(thread);
    if (problem(thread, region) != null) {
      return;
    }
    PageFault fault = faults.faultOf(space, thread.memory.trapPage, thread.memory.trapWrite);
    if (fault == null) {
      return;
    }
    boolean large = region.isLarge();
    core.addPart(
        Account.PAGE_FAULT,
        switch (fault) {
          case COPY_ON_WRITE -> large ? largeFault : copyFault;
          case DEMAND_ZERO -> large ? largeFault : minorFault;
          default -> minorFault;
        });
  }

  private Region regionOf(KernelThread thread) {
    return thread.memory.trapPage == References.NOWHERE
        ? null
        : thread.process.space.find(thread.memory.trapPage);
  }

  private static Fault problem(KernelThread thread, Region region) {
    if (region == null) {
      return Fault.SEGMENTATION;
    }
    if (region.isGuard(thread.memory.trapPage)) {
      return Fault.STACK_OVERFLOW;
    }
    boolean forbidden = thread.memory.trapWrite && region.kind() == RegionKind.CODE;
    return forbidden ? Fault.PROTECTION : null;
  }

  /** Serves the trap of a thread, which the kernel's part of it has led up to. */
  void serve(Core core, KernelThread thread) {
    if (thread.trap == KernelThread.Trap.TRANSFER) {
      sleepForTransfer(core, thread);
      return;
    }
    Location at = thread.instruction.location;
    thread.trap = null;
    Region region = regionOf(thread);
    Fault problem = problem(thread, region);
    if (problem != null) {
      kernel.fault(thread, problem, complaint(thread, region), at);
      return;
    }
    shootdowns.begin(core);
    AddressSpace space = thread.process.space;
    PageFaultHandler.Progress progress =
        faults.serve(thread.id, space, thread.memory.trapPage, thread.memory.trapWrite);
    switch (progress) {
      case DONE -> thread.memory.served = true;
      case TRANSFER -> {
        thread.memory.transfer = faults.started();
        thread.trap = KernelThread.Trap.TRANSFER;
      }
      case AWAIT_TRANSFER -> {
        shootdowns.tellNobody();
        awaitTransfer(core, thread, faults.transferOf(space, thread.memory.trapPage));
        return;
      }
      case AWAIT_FRAME -> {
        shootdowns.tellNobody();
        awaitFrame(core, thread);
        return;
      }
      case OUT_OF_MEMORY -> {
        shootdowns.tellNobody();
        killLargest(thread, at);
        return;
      }
    }
    if (shootdowns.tellOthers(core, thread.process)) {
      boolean sleeps = thread.trap == KernelThread.Trap.TRANSFER;
      dispatcher.enterKernel(core, sleeps ? Core.Then.SYSTEM_CALL : Core.Then.RESUME);
    } else if (thread.trap == KernelThread.Trap.TRANSFER) {
      sleepForTransfer(core, thread);
    }
  }

  private void awaitFrame(Core core, KernelThread thread) {
    frameWaiters.add(thread);
    sleep(core, thread, BlockCause.FRAME, TraceSink.NONE);
  }

  /** The thread sleeps before its instruction has begun. */
  private void sleep(Core core, KernelThread thread, BlockCause cause, int object) {
    thread.trap = KernelThread.Trap.REFERENCE;
    kernel.block(core, cause, object);
    thread.trap = null;
  }

  private String complaint(KernelThread thread, Region region) {
    String verb = thread.memory.trapWrite ? "writes " : "reads ";
    if (thread.memory.trapPage == References.NOWHERE) {
      return verb + beyond(thread);
    }
    String address = "address 0x" + Long.toHexString(thread.memory.trapPage << offsetBits);
    if (region == null) {
      return verb + address + ", where nothing is mapped";
    }
    if (region.isGuard(thread.memory.trapPage)) {
      return verb
          + address
          + ", the guard page below the "
          + (region.pages() << offsetBits)
          + " bytes of the "
          + region.name();
    }
    return verb + address + " in the " + region.name() + ", which is read-only";
  }

  private static String beyond(KernelThread thread) {
    String name = thread.instruction.text;
    Region named = thread.process.space.named(name);
    return named == null
        ? "the region `" + name + "`, which is not allocated"
        : "beyond the " + named.pages() + " pages of `" + name + "`";
  }

  private void killLargest(KernelThread thread, Location at) {
    Process victim = kernel.process(memory.largest());
    if (victim.hasEnded()) {
      // It is being ended already; its memory comes back when its last thread leaves the kernel.
      awaitFrame(thread.core, thread);
      return;
    }
    String why =
        "memory and swap space are full, and "
            + victim.name()
            + " has the most pages, "
            + memory.pagesOf(victim.id);
    KernelThread named = victim.firstThread();
    kernel.fault(victim, named == null ? thread : named, Fault.OUT_OF_MEMORY, why, at);
    if (thread.state == KernelThread.State.RUNNING && !thread.doomed) {
      // Tries again, now that there is room.
      thread.trap = KernelThread.Trap.REFERENCE;
      serve(thread.core, thread);
    }
  }

  private void sleepForTransfer(Core core, KernelThread thread) {
    Location at = thread.instruction.location;
    long length = transfer * thread.memory.transfer.pages();
    sleep(core, thread, BlockCause.PAGE_FAULT, swapDevice);
    kernel.request(thread, swapDevice, length, at);
  }

  private void awaitTransfer(Core core, KernelThread thread, Transfer awaited) {
    thread.memory.awaited = awaited;
    transferWaiters.computeIfAbsent(awaited, key -> new ArrayList<>()).add(thread);
    sleep(core, thread, BlockCause.PAGE_FAULT, swapDevice);
  }

  /**
   * The device has served a thread: its page is there. The thread itself is woken by the caller.
   */
  void transferred(KernelThread thread) {
    Transfer done = thread.memory.transfer;
    thread.memory.transfer = null;
    // A page that was freed on its way must be looked for again.
    thread.memory.served = !done.isCancelled();
    faults.finish(done);
  }

  /** Wakes those for whom a transfer that is over or abandoned, or a free frame, makes room. */
  void wakeWaiters(Transfer done) {
    List<KernelThread> waiters = transferWaiters.remove(done);
    if (waiters != null) {
      for (KernelThread waiter : waiters) {
        waiter.memory.awaited = null;
        kernel.wake(waiter, waiter.lastCpu, TraceSink.NONE, SchedulingPolicy.Reason.WAKE);
      }
    }
    wakeFrameWaiters();
  }

  void wakeFrameWaiters() {
    if (frameWaiters.isEmpty()) {
      return;
    }
    List<KernelThread> waiters = List.copyOf(frameWaiters);
    frameWaiters.clear();
    for (KernelThread waiter : waiters) {
      kernel.wake(waiter, waiter.lastCpu, TraceSink.NONE, SchedulingPolicy.Reason.WAKE);
    }
  }

  /** A thread ends: it waits for no page any more. */
  void forget(KernelThread thread) {
    thread.trap = null;
    frameWaiters.remove(thread);
    if (thread.memory.awaited != null) {
      transferWaiters.get(thread.memory.awaited).remove(thread);
      thread.memory.awaited = null;
    }
    if (thread.memory.transfer != null) {
      Transfer given = thread.memory.transfer;
      thread.memory.transfer = null;
      faults.abandon(given);
      wakeWaiters(given);
    }
  }
}
