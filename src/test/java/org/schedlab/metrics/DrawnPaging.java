package org.schedlab.metrics;

import java.util.List;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * The reference string 7 0 1 2 0 3 0 4 under FIFO with three frames, worked by hand: a reference a
 * unit, the first to page 0 and the last are writes, and page 0 takes two units to come back from
 * swap space.
 *
 * <pre>
 *  time       0  1  2  3  4  5  6..8 9
 *  page       7  0  1  2  0  3  0    4
 *  frame 100  7  7  7  2  2  2  2    4
 *  frame 101     0  0  0  0  3  3    3
 *  frame 102        1  1  1  1  0    0
 *  fault      z  z  z  z     z  swap z
 *  leaves              7     0  1    2
 * </pre>
 *
 * Page 0 is written out, the others are clean. Code has two pages in the frames 0 and 1, the stack
 * one in frame 2. A TLB of two entries in LRU order hits page 0 at 4 only.
 */
public final class DrawnPaging {
  private static final long HEAP = 512;
  private static final long CODE = 16;
  private static final long STACK = 2048;

  private final TraceSink sink;
  private final long unit;

  private DrawnPaging(TraceSink sink, long unit) {
    this.sink = sink;
    this.unit = unit;
  }

  /** Tells a sink the run of process 0, {@code P1}, and its thread 0. */
  public static void tell(TraceSink sink, long unit) {
    new DrawnPaging(sink, unit).run();
  }

  private void run() {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
    int p1 = trace.arrives(0, "P1");
    sink.regionMapped(0, 0, 0, RegionKind.CODE, "code", CODE, 2);
    sink.regionMapped(0, 0, 1, RegionKind.HEAP, "heap", HEAP, 8);
    sink.regionMapped(0, 0, 2, RegionKind.STACK, "stack", STACK, 4);
    sink.pageLoaded(0, 0, CODE, 2, 0);
    sink.pageLoaded(0, 0, STACK + 3, 1, 2);
    trace.dispatch(0, p1, 0);
    zeroed(0, 7, 100);
    reference(0, 7, false, false);
    zeroed(1, 0, 101);
    reference(1, 0, true, false);
    zeroed(2, 1, 102);
    reference(2, 1, false, false);
    fault(3, 2, PageFault.DEMAND_ZERO);
    drop(3, 7, 100, PageDrop.EVICTED);
    sink.translationsShotDown(3 * unit, 0, 0, 1);
    load(3, 2, 100);
    reference(3, 2, false, false);
    reference(4, 0, false, true);
    fault(5, 3, PageFault.DEMAND_ZERO);
    drop(5, 0, 101, PageDrop.WRITTEN_OUT);
    load(5, 3, 101);
    reference(5, 3, false, false);
    trace.work(0, p1, 0, 6);
    swapIn(trace, p1);
    fault(9, 4, PageFault.DEMAND_ZERO);
    drop(9, 2, 100, PageDrop.EVICTED);
    load(9, 4, 100);
    reference(9, 4, true, false);
    trace.charge(0, p1, Account.TLB_MISS, 8, 9);
    trace.work(0, p1, 9, 10);
    close(trace, p1);
  }

  private void swapIn(HandDrawnTrace trace, int p1) {
    fault(6, 0, PageFault.SWAP_IN);
    drop(6, 1, 102, PageDrop.EVICTED);
    sink.blocked(6 * unit, p1, 0, BlockCause.PAGE_FAULT, 0);
    trace.wakes(8, p1);
    load(8, 0, 102);
    trace.dispatch(0, p1, 8);
    reference(8, 0, false, false);
  }

  private void close(HandDrawnTrace trace, int p1) {
    sink.stackClosed(10 * unit, p1, 16384, 4096, 128, 2);
    sink.memoryClosed(10 * unit, 0, map());
    drop(10, 4, 100, PageDrop.FREED);
    drop(10, 3, 101, PageDrop.FREED);
    drop(10, 0, 102, PageDrop.FREED);
    sink.pageDropped(10 * unit, 0, CODE, 2, 0, PageDrop.FREED);
    sink.pageDropped(10 * unit, 0, STACK + 3, 1, 2, PageDrop.FREED);
    trace.leave(0, p1, 10, Departure.EXIT);
    sink.processEnded(10 * unit, 0, 0);
    sink.reaped(10 * unit, 0, TraceSink.NONE);
    trace.ends(10);
  }

  /** The memory of P1 as it closes: six pages of 4 KiB and four page tables. */
  public static MemoryMap map() {
    return new MemoryMap(
        4096,
        List.of(
            region(RegionKind.CODE, "code", CODE, 2, 2, false, List.of()),
            region(
                RegionKind.DATA,
                "data",
                32,
                1,
                0,
                false,
                List.of(new MemoryMap.Cell("x", 0x20000, 5), new MemoryMap.Cell("a", 0x20008, -1))),
            region(RegionKind.HEAP, "heap", HEAP, 8, 3, false, List.of()),
            region(RegionKind.STACK, "stack", STACK, 4, 1, true, List.of())),
        List.of(1, 1, 1, 2),
        20480,
        24576,
        6,
        6,
        1);
  }

  private static MemoryMap.Region region(
      RegionKind kind,
      String name,
      long page,
      long pages,
      long resident,
      boolean guard,
      List<MemoryMap.Cell> cells) {
    return new MemoryMap.Region(kind, name, page * 4096, pages * 4096, resident, guard, cells);
  }

  private void zeroed(long time, long page, int frame) {
    fault(time, page, PageFault.DEMAND_ZERO);
    load(time, page, frame);
  }

  private void fault(long time, long page, PageFault kind) {
    sink.pageFaulted(time * unit, 0, 0, HEAP + page, kind);
  }

  private void load(long time, long page, int frame) {
    sink.pageLoaded(time * unit, 0, HEAP + page, 1, frame);
  }

  private void drop(long time, long page, int frame, PageDrop why) {
    sink.pageDropped(time * unit, 0, HEAP + page, 1, frame, why);
  }

  private void reference(long time, long page, boolean write, boolean inTlb) {
    sink.referenced(time * unit, 0, 0, HEAP + page, write, inTlb);
  }
}
