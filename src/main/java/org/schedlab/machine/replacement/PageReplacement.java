package org.schedlab.machine.replacement;

/**
 * A rule of page replacement: chooses which of the pages in memory leaves when a frame is needed.
 *
 * <p>The caller tells about every reference exactly one of {@link #loaded} (a fault, now that the
 * page is in its frame) and {@link #used} (a hit), in the order of references. A page that leaves,
 * chosen or not (its process ended), is {@link #removed}; until then its frame is in the rule's
 * books. To keep a page in memory, remove it from the books. With local replacement each process
 * has its own books.
 */
public interface PageReplacement {
  /** No frame. */
  int NONE = -1;

  /**
   * A page was brought into a frame, by a reference to it.
   *
   * @param frame its number, from 0; not in the books before
   * @param page a number of the page, different for the pages of different address spaces
   */
  void loaded(int frame, long page);

  /** The page in a frame was referenced. */
  void used(int frame);

  /** The page in a frame is no longer there. */
  void removed(int frame);

  /**
   * Chooses the frame whose page is to leave; it stays in the books until {@link #removed}.
   *
   * @throws java.util.NoSuchElementException if no frame is in the books
   */
  int victim();

  /**
   * Returns a frame whose page the rule would not keep, though nobody needs the frame, or {@link
   * #NONE}. Asked after a reference until it returns none. Most rules keep all they can.
   */
  default int surplus() {
    return NONE;
  }

  /** A tick of the clock, for rules that look at the pages from time to time. */
  default void tick() {
    // Most rules see every reference.
  }
}
