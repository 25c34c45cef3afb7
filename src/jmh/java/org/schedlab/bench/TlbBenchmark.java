package org.schedlab.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.schedlab.engine.RandomStream;
import org.schedlab.machine.PageEntry;
import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.PageTable;
import org.schedlab.machine.Tlb;

/**
 * Address translations a second, at random over as many pages as the TLB holds: hits of the TLB,
 * and walks of a page table with four levels.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class TlbBenchmark {
  private static final int LOOKUPS = 1 << 16;

  /** Entries and ways: a first level, a second level, and a small fully associative one. */
  @Param({"64x4", "2048x8", "16x16"})
  public String shape;

  private final long[] pages = new long[LOOKUPS];
  private Tlb tlb;
  private PageTable table;

  @Setup
  public void fill() {
    int entries = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
    int ways = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
    tlb = new Tlb(entries, ways, true);
    table = new PageTable(PageGeometry.X86_64);
    for (int page = 0; page < entries; page++) {
      tlb.insert(page, PageEntry.of(page, PageEntry.PRESENT));
      table.map(page, PageEntry.of(page, PageEntry.PRESENT));
    }
    RandomStream random = new RandomStream(1);
    for (int i = 0; i < LOOKUPS; i++) {
      pages[i] = (random.nextLong() >>> 32) * entries >>> 32;
    }
  }

  @Benchmark
  @OperationsPerInvocation(LOOKUPS)
  public long hits() {
    long sum = 0;
    for (long page : pages) {
      int place = tlb.lookup(page);
      if (place == Tlb.MISS) {
        throw new IllegalStateException("a miss");
      }
      sum += tlb.entry(place);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(LOOKUPS)
  public long pageTableLookups() {
    long sum = 0;
    for (long page : pages) {
      sum += table.lookup(page);
    }
    return sum;
  }
}
