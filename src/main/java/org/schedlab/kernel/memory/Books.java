package org.schedlab.kernel.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.schedlab.machine.replacement.PageReplacement;
import org.schedlab.machine.replacement.ReplacementRule;

/**
 * The books of page replacement: one for all frames, or one for the frames of each process. A frame
 * is in the book of the process that owns it: the one that brought its page in, or one that is left
 * when that has gone.
 */
final class Books {
  private static final int GLOBAL = 0;

  private final MemoryConfig config;
  private final IntFunction<long[]> references;
  private final boolean leavesEarly;
  private final Map<Integer, Book> books = new HashMap<>();
  private int[] owners = new int[64];
  private Book[] byFrame = new Book[64];

  /** The frames among which one rule chooses. */
  private static final class Book {
    final PageReplacement rule;
    int size;

    Book(PageReplacement rule) {
      this.rule = rule;
    }
  }

  /**
   * Opens the books.
   *
   * @param references the pages of all references that an address space will make, for the rule
   *     that must know them
   */
  Books(MemoryConfig config, IntFunction<long[]> references) {
    this.config = config;
    this.references = references;
    this.leavesEarly = config.replacement() == ReplacementRule.WORKING_SET;
  }

  private Book of(int space) {
    int key = config.local() ? space : GLOBAL;
    Book book = books.get(key);
    if (book == null) {
      book = new Book(config.replacement().create(settings(space)));
      books.put(key, book);
    }
    return book;
  }

  private ReplacementRule.Settings settings(int space) {
    ReplacementRule.Settings given = config.settings();
    boolean foretold = config.replacement() == ReplacementRule.OPT;
    return new ReplacementRule.Settings(
        given.random(),
        foretold ? references.apply(space) : new long[0],
        given.window(),
        given.counterBits(),
        given.agingInterval());
  }

  void loaded(int frame, int space, long page) {
    if (frame >= owners.length) {
      int length = Math.max(frame + 1, 2 * owners.length);
      owners = Arrays.copyOf(owners, length);
      byFrame = Arrays.copyOf(byFrame, length);
    }
    Book book = of(space);
    owners[frame] = space;
    byFrame[frame] = book;
    book.size++;
    book.rule.loaded(frame, page);
  }

  void used(int frame) {
    Book book = frame < byFrame.length ? byFrame[frame] : null;
    if (book != null) {
      book.rule.used(frame);
    }
  }

  boolean contains(int frame) {
    return frame < byFrame.length && byFrame[frame] != null;
  }

  void removed(int frame) {
    Book book = byFrame[frame];
    book.rule.removed(frame);
    book.size--;
    byFrame[frame] = null;
  }

  int owner(int frame) {
    return owners[frame];
  }

  /** Returns the frame that is to be freed for a process, or {@link Frames#NONE}. */
  int victim(int space) {
    Book book = of(space);
    return book.size == 0 ? Frames.NONE : book.rule.victim();
  }

  /** Returns a frame whose page the rule would not keep though nobody needs it, or NONE. */
  int surplus(int frame) {
    if (!leavesEarly || !contains(frame)) {
      return Frames.NONE;
    }
    return byFrame[frame].rule.surplus();
  }

  /** Forgets the book of a process that has ended. */
  void close(int space) {
    if (config.local()) {
      books.remove(space);
    }
  }
}
