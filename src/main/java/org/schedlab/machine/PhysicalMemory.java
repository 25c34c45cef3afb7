package org.schedlab.machine;

import java.util.Arrays;

/**
 * Main memory: frames, each of the size of a page, with who uses them. A frame is taken by {@link
 * #allocate}, then mapped into address spaces or held for another reason; when the last mapping and
 * the last hold are gone it is free again. Of the frames that were free before, the one freed last
 * is taken first, then those never used, in the order of their numbers.
 */
public final class PhysicalMemory {
  /** The limit of a memory that never runs out. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** No frame. */
  public static final int NONE = -1;

  private final int limit;
  private final ReverseMap mappings = new ReverseMap();
  private int touched;
  private int[] freed = new int[8];
  private int freedCount;
  private int[] references = new int[8];

  /** Sees what a frame is mapped to. */
  public interface MappingVisitor {
    /**
     * A page of an address space is mapped to the frame.
     *
     * @param addressSpace whose page
     * @param page its number
     */
    void visit(int addressSpace, long page);
  }

  /**
   * Makes a memory of free frames.
   *
   * @param frames how many, at least 1; {@link #UNLIMITED} for as many as are asked for
   */
  public PhysicalMemory(int frames) {
    if (frames < 1) {
      throw new IllegalArgumentException("a memory has at least 1 frame, not " + frames);
    }
    this.limit = frames;
  }

  /** Returns how many frames there are. */
  public int frames() {
    return limit;
  }

  /** Returns how many frames are free. */
  public int free() {
    return limit - touched + freedCount;
  }

  /** Returns how many frames are taken. */
  public int taken() {
    return touched - freedCount;
  }

  /** Takes a free frame, as yet without mapping or hold; returns {@link #NONE} if there is none. */
  public int allocate() {
    if (freedCount > 0) {
      return freed[--freedCount];
    }
    if (touched == limit) {
      return NONE;
    }
    if (touched == references.length) {
      references = Arrays.copyOf(references, 2 * touched);
    }
    return touched++;
  }

  /**
   * Notes that a page of an address space is mapped to a frame.
   *
   * @throws IllegalStateException if that page is mapped already
   */
  public void map(int frame, int addressSpace, long page) {
    mappings.add(frame, addressSpace, page);
    references[frame]++;
  }

  /**
   * Notes that a page is mapped no more.
   *
   * @return the frame it was mapped to
   * @throws IllegalStateException if it was not mapped
   */
  public int unmap(int addressSpace, long page) {
    int frame = mappings.remove(addressSpace, page);
    drop(frame);
    return frame;
  }

  /** Keeps a frame from being free for another reason than a mapping, such as a transfer. */
  public void hold(int frame) {
    references[frame]++;
  }

  /** Ends one hold. */
  public void release(int frame) {
    if (references[frame] <= mappings.count(frame)) {
      throw new IllegalStateException("nobody holds frame " + frame);
    }
    drop(frame);
  }

  /** Returns how many mappings and holds a frame has. */
  public int references(int frame) {
    return references[frame];
  }

  /** Says whether more than one page is mapped to a frame, or a hold besides one. */
  public boolean isShared(int frame) {
    return references[frame] > 1;
  }

  /** Visits the mappings of a frame, the latest first. */
  public void forEachMapping(int frame, MappingVisitor visitor) {
    mappings.forEach(frame, visitor);
  }

  private void drop(int frame) {
    if (--references[frame] == 0) {
      if (freedCount == freed.length) {
        freed = Arrays.copyOf(freed, 2 * freedCount);
      }
      freed[freedCount++] = frame;
    }
  }
}
