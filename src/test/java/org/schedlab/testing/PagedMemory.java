package org.schedlab.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.machine.PhysicalMemory;
import org.schedlab.machine.replacement.PageReplacement;

/** One process's pages in a memory of a few frames: what an exercise does with a table by hand. */
public final class PagedMemory {
  private final PhysicalMemory memory;
  private final PageReplacement rule;
  private final Map<Long, Integer> frames = new HashMap<>();
  private final Map<Integer, Long> pages = new HashMap<>();
  private final List<Long> byLoad = new ArrayList<>();
  private final List<Long> byUse = new ArrayList<>();
  private final StringBuilder hits = new StringBuilder();
  private final List<Long> victims = new ArrayList<>();
  private int faults;

  public PagedMemory(int frameCount, PageReplacement rule) {
    this.memory = new PhysicalMemory(frameCount);
    this.rule = rule;
  }

  /** Makes all references of a string; returns the memory. */
  public static PagedMemory after(int frameCount, PageReplacement rule, long... references) {
    PagedMemory memory = new PagedMemory(frameCount, rule);
    for (long page : references) {
      memory.reference(page);
    }
    return memory;
  }

  public void reference(long page) {
    Integer frame = frames.get(page);
    Long victim = null;
    if (frame != null) {
      hits.append('H');
      rule.used(frame);
    } else {
      hits.append('M');
      faults++;
      if (memory.free() == 0) {
        victim = pages.get(rule.victim());
        evict(victim);
      }
      load(page);
    }
    byUse.remove(page);
    byUse.add(page);
    victims.add(victim);
    for (int gone = rule.surplus(); gone != PageReplacement.NONE; gone = rule.surplus()) {
      evict(pages.get(gone));
    }
  }

  private void load(long page) {
    int frame = memory.allocate();
    memory.map(frame, 0, page);
    frames.put(page, frame);
    pages.put(frame, page);
    byLoad.add(page);
    rule.loaded(frame, page);
  }

  /** Takes a page out of memory, chosen by the rule or not. */
  public void evict(long page) {
    int frame = memory.unmap(0, page);
    rule.removed(frame);
    frames.remove(page);
    pages.remove(frame);
    byLoad.remove(page);
    byUse.remove(page);
  }

  /** Returns a letter for each reference: H for a hit, M for a miss. */
  public String hits() {
    return hits.toString();
  }

  /** Returns for each reference the page that left for it, null for none. */
  public List<Long> victims() {
    return victims;
  }

  public int faults() {
    return faults;
  }

  /** Returns the pages in memory, the one loaded first at the head. */
  public List<Long> byLoad() {
    return List.copyOf(byLoad);
  }

  /** Returns the pages in memory, the one not used for longest at the head. */
  public List<Long> byUse() {
    return List.copyOf(byUse);
  }
}
