package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * Every reference to memory, one after the other, as exercises draw them: hit or fault, who had to
 * leave, what is in memory then. The first {@value #LIMIT} are kept, the others counted.
 */
public final class ReferenceLog implements TraceSink {
  /** How many references are kept. */
  public static final int LIMIT = 100_000;

  /** How many pages in memory a reference shows, those in the first frames. */
  public static final int FRAMES = 10;

  private final boolean countsAll;
  private final List<Reference> kept = new ArrayList<>();
  private long count;

  private final Map<Integer, TreeMap<Long, Region>> regions = new HashMap<>();
  private final Map<Integer, PageFault> faultOfThread = new HashMap<>();
  private final TreeMap<Integer, List<Page>> frames = new TreeMap<>();
  private final Map<Integer, List<Page>> leftFrame = new HashMap<>();
  private final Map<Place, List<Page>> leftFor = new HashMap<>();

  /**
   * A page as people speak of it.
   *
   * @param name counted within its region: {@code heap 7}
   */
  public record Page(int process, String name) {}

  /**
   * One reference.
   *
   * @param fault null for a hit
   * @param victims the pages that left memory for this one; several where a frame was shared
   * @param inMemory the pages in memory afterwards, by frame, {@link #FRAMES} at most; without code
   *     and stacks where those are not pageable
   * @param more how many more frames hold pages
   */
  public record Reference(
      long time,
      int thread,
      Page page,
      boolean write,
      PageFault fault,
      List<Page> victims,
      List<Page> inMemory,
      int more) {}

  private record Region(RegionKind kind, String name, long first, long pages) {}

  private record Place(int process, long page) {}

  /**
   * @param codeAndStacks whether code and stacks are pageable too, and so among the pages in memory
   */
  public ReferenceLog(boolean codeAndStacks) {
    countsAll = codeAndStacks;
  }

  private boolean isFull() {
    return count >= LIMIT;
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
    TreeMap<Long, Region> of = regions.computeIfAbsent(process, id -> new TreeMap<>());
    if (pages > 0) {
      // What lay there before is gone; until now its pages may have had to be named.
      of.subMap(firstPage, firstPage + pages).clear();
      of.put(firstPage, new Region(kind, name, firstPage, pages));
    }
  }

  @Override
  public void pageFaulted(long time, int thread, int process, long page, PageFault fault) {
    if (!isFull()) {
      faultOfThread.put(thread, fault);
    }
  }

  @Override
  public void pageLoaded(long time, int process, long page, long pages, int frame) {
    if (isFull()) {
      return;
    }
    for (int i = 0; i < pages; i++) {
      load(process, page + i, frame + i);
    }
  }

  private void load(int process, long page, int frame) {
    Place place = new Place(process, page);
    List<Page> victims = leftFrame.remove(frame);
    if (victims == null) {
      leftFor.remove(place);
    } else {
      leftFor.put(place, victims);
    }
    if (isShown(process, page)) {
      frames.computeIfAbsent(frame, id -> new ArrayList<>(1)).add(name(process, page));
    }
  }

  @Override
  public void pageDropped(long time, int process, long page, long pages, int frame, PageDrop why) {
    if (isFull()) {
      return;
    }
    for (int i = 0; i < pages; i++) {
      Page dropped = name(process, page + i);
      List<Page> holders = frames.get(frame + i);
      if (holders != null && holders.remove(dropped) && holders.isEmpty()) {
        frames.remove(frame + i);
      }
      if (why.isEviction()) {
        leftFrame.computeIfAbsent(frame + i, id -> new ArrayList<>(1)).add(dropped);
      }
    }
  }

  @Override
  public void referenced(
      long time, int thread, int process, long page, boolean write, boolean inTlb) {
    if (isFull()) {
      count++;
      return;
    }
    count++;
    PageFault fault = faultOfThread.remove(thread);
    boolean broughtIn = fault != null && fault != PageFault.MAPPED_ELSEWHERE;
    List<Page> victims = broughtIn ? leftFor.remove(new Place(process, page)) : null;
    List<Page> inMemory = new ArrayList<>(FRAMES);
    frames.values().stream().limit(FRAMES).map(holders -> holders.get(0)).forEach(inMemory::add);
    kept.add(
        new Reference(
            time,
            thread,
            name(process, page),
            write,
            fault,
            victims == null ? List.of() : List.copyOf(victims),
            List.copyOf(inMemory),
            frames.size() - inMemory.size()));
  }

  private Region region(int process, long page) {
    TreeMap<Long, Region> of = regions.get(process);
    Map.Entry<Long, Region> below = of == null ? null : of.floorEntry(page);
    boolean within = below != null && page < below.getKey() + below.getValue().pages();
    return within ? below.getValue() : null;
  }

  private boolean isShown(int process, long page) {
    Region region = region(process, page);
    return countsAll
        || region == null
        || region.kind() != RegionKind.CODE && region.kind() != RegionKind.STACK;
  }

  private Page name(int process, long page) {
    Region region = region(process, page);
    String name = region == null ? "page " + page : region.name() + " " + (page - region.first());
    return new Page(process, name);
  }

  /** Returns the references that were kept, in order. */
  public List<Reference> references() {
    return Collections.unmodifiableList(kept);
  }

  /** Returns how many references there were in all. */
  public long count() {
    return count;
  }
}
