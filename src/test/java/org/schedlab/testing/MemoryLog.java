package org.schedlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.trace.Fault;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * Writes down what happens to pages, by their numbers in their regions, and checks with bookkeeping
 * of its own that pages come and go in turn, that TLBs know no pages that have gone or must not be
 * written, and that at the end nothing is left.
 */
public final class MemoryLog implements TraceSink {
  private static final List<Long> LARGE_PAGES = List.of(512L, 1024L);
  private static final int FIRST_LARGE_FRAME = 1 << 30;

  private record Page(int process, long number) {}

  private record Region(String name, RegionKind kind, long first, long pages) {}

  private final int frames;
  private final Map<Integer, String> processes = new HashMap<>();
  private final Map<Integer, Map<Integer, Region>> regions = new HashMap<>();
  private final Map<Page, Integer> frameOf = new HashMap<>();
  private final Map<Integer, Integer> pagesIn = new HashMap<>();
  private final Map<String, Integer> references = new HashMap<>();
  private final Map<String, Map<PageFault, Integer>> faults = new HashMap<>();
  private final List<String> events = new ArrayList<>();
  private final Map<String, MemoryMap> maps = new HashMap<>();
  private final List<String> crashes = new ArrayList<>();
  private int pageableTaken;
  private int tlbHits;
  private int shootdowns;

  /**
   * @param frames pageable frames; 0 for no limit
   */
  public MemoryLog(int frames) {
    this.frames = frames;
  }

  /** What came of a scenario. */
  public record Result(Outcome outcome, RunMetrics metrics, MemoryLog log) {}

  /** Returns a log for a run of a scenario. */
  public static MemoryLog of(Scenario scenario) {
    int limit = scenario.machine().memory() == null ? 0 : scenario.machine().memory().frames();
    return new MemoryLog(limit == Scenario.MemorySpec.UNLIMITED_FRAMES ? 0 : limit);
  }

  /** Runs a scenario. */
  public static Result run(String yaml) throws Exception {
    Scenario scenario = ScenarioReader.read(yaml, "test.yaml", Overrides.NONE);
    MemoryLog log = of(scenario);
    RunMetrics metrics = new RunMetrics(scenario.machine().cpus(), 10_000);
    Outcome outcome = Simulation.run(scenario, TraceSink.of(metrics, log));
    log.checkEnd(outcome);
    return new Result(outcome, metrics, log);
  }

  /** Checks that nothing is left in memory when every thread has ended. */
  public void checkEnd(Outcome outcome) {
    if (outcome.end() == Outcome.End.COMPLETED) {
      assertThat(frameOf).as("pages left in memory").isEmpty();
      assertThat(pageableTaken).as("frames left").isZero();
    }
  }

  private String name(int process, long page) {
    for (Region region : regions.get(process).values()) {
      if (page >= region.first() && page < region.first() + region.pages()) {
        boolean down = region.kind() == RegionKind.STACK;
        long number = down ? region.first() + region.pages() - 1 - page : page - region.first();
        return processes.get(process) + " " + region.name() + " " + number;
      }
    }
    return processes.get(process) + " 0x" + Long.toHexString(page);
  }

  @Override
  public void processStarted(long time, int process, String name) {
    processes.put(process, name);
    regions.put(process, new HashMap<>());
  }

  @Override
  public void regionMapped(
      long time,
      int process,
      int region,
      RegionKind kind,
      String name,
      long firstPage,
      long pages) {
    regions.get(process).put(region, new Region(name, kind, firstPage, pages));
  }

  @Override
  public void referenced(
      long time, int thread, int process, long page, boolean write, boolean inTlb) {
    references.merge(processes.get(process), 1, Integer::sum);
    if (inTlb) {
      tlbHits++;
      checkTranslation(process, page, write);
    }
  }

  /** A TLB must not know pages that have left, nor let pages be written that others see. */
  private void checkTranslation(int process, long page, boolean write) {
    Integer frame = frameOf.get(new Page(process, page));
    for (long size : LARGE_PAGES) {
      Integer large = frameOf.get(new Page(process, page / size * size));
      frame = frame == null && large != null && large >= FIRST_LARGE_FRAME ? large : frame;
    }
    assertThat(frame).as("frame of page %d of %d, which a TLB knows", page, process).isNotNull();
    boolean shared =
        regions.get(process).values().stream()
            .anyMatch(
                r ->
                    r.kind() == RegionKind.SHARED
                        && r.first() <= page
                        && page < r.first() + r.pages());
    assertThat(!write || shared || pagesIn.get(frame) == 1)
        .as("page %d of %d is nobody else's when it is written", page, process)
        .isTrue();
  }

  @Override
  public void pageFaulted(long time, int thread, int process, long page, PageFault fault) {
    events.add(name(process, page) + ": " + fault.label());
    faults
        .computeIfAbsent(processes.get(process), key -> new HashMap<>())
        .merge(fault, 1, Integer::sum);
  }

  @Override
  public void pageLoaded(long time, int process, long page, long pages, int frame) {
    assertThat(frameOf.put(new Page(process, page), frame)).as("%s is there", page).isNull();
    boolean first = pagesIn.merge(frame, 1, Integer::sum) == 1;
    if (isPageable(frame) && first) {
      pageableTaken++;
      assertThat(frames == 0 || pageableTaken <= frames).as("frames in use").isTrue();
    }
  }

  @Override
  public void pageDropped(long time, int process, long page, long pages, int frame, PageDrop why) {
    assertThat(frameOf.remove(new Page(process, page))).as("frame of %s", page).isEqualTo(frame);
    if (pagesIn.merge(frame, -1, Integer::sum) == 0 && isPageable(frame)) {
      pageableTaken--;
    }
    if (why != PageDrop.FREED) {
      events.add(name(process, page) + ": " + why.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private boolean isPageable(int frame) {
    return frames > 0 && frame < frames;
  }

  @Override
  public void translationsShotDown(long time, int process, int cpu, int others) {
    shootdowns += others;
  }

  @Override
  public void memoryClosed(long time, int process, MemoryMap map) {
    maps.put(processes.get(process), map);
  }

  @Override
  public void faulted(long time, int thread, Fault fault, String detail, int line, int column) {
    crashes.add(fault.label() + ": " + detail);
  }

  /** Returns faults, evictions and copies in their order, such as {@code P heap 0: demand-zero}. */
  public List<String> events() {
    return events;
  }

  public int references(String process) {
    return references.getOrDefault(process, 0);
  }

  public int faults(String process, PageFault fault) {
    return faults.getOrDefault(process, Map.of()).getOrDefault(fault, 0);
  }

  /** Returns the faults of a process of all kinds. */
  public int faults(String process) {
    return faults.getOrDefault(process, Map.of()).values().stream().mapToInt(n -> n).sum();
  }

  public int tlbHits() {
    return tlbHits;
  }

  /** Returns how often a CPU was told to forget translations. */
  public int shootdowns() {
    return shootdowns;
  }

  /** Returns the memory of a process when it ended. */
  public MemoryMap map(String process) {
    return maps.get(process);
  }

  /** Returns what ended processes, with the reason. */
  public List<String> crashes() {
    return crashes;
  }
}
