package org.schedlab.program;

import java.util.random.RandomGenerator;

/**
 * References to the pages of a set, by a rule. U stands for a number drawn uniformly from [0, 1), n
 * for the number of pages, and pages are meant by their place in the set, from 0.
 *
 * <p>All arithmetic is IEEE 754 double and {@link StrictMath}, so every machine and JDK refers to
 * the same pages.
 */
public sealed interface PagePattern extends PageReferences {
  /** Returns the pages among which the pattern chooses. */
  PageSet pages();

  @Override
  default long lastPage() {
    return pages().last();
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static void requireCount(long count) {
    require(count >= 1, "there is at least one reference, not " + count);
  }

  /** One page after the other; after the last comes the first again. Draws nothing. */
  record Sequential(PageSet pages, long count) implements PagePattern {
    public Sequential {
      requireCount(count);
    }

    @Override
    public long page(long reference, RandomGenerator random) {
      long size = pages.size();
      // Dividing ints takes a third of the time, and nearly all references are that few.
      boolean few = reference <= Integer.MAX_VALUE && size <= Integer.MAX_VALUE;
      return pages.at(few ? (int) reference % (int) size : reference % size);
    }
  }

  /** Each page equally likely: the ⌊U · n⌋-th. Draws once. */
  record Uniform(PageSet pages, long count) implements PagePattern {
    public Uniform {
      requireCount(count);
    }

    @Override
    public long page(long reference, RandomGenerator random) {
      return pages.at(Draws.below(pages.size(), random));
    }
  }

  /**
   * The page of rank r, the first having rank 1, in proportion to r^−s: few pages get most of the
   * references (Zipf's law; Breslau et al., "Web caching and Zipf-like distributions", INFOCOM
   * 1999). Draws once, by inversion of the cumulative weights.
   */
  final class Zipf implements PagePattern {
    /** The most pages, each of which needs an entry in a table. */
    public static final long MOST_PAGES = 1_000_000;

    private final PageSet pages;
    private final long count;
    private final double exponent;

    /** By place: the weights up to and with it. */
    private final double[] cumulative;

    /**
     * Makes the pattern.
     *
     * @param pages at most {@link #MOST_PAGES}
     * @param count how many references
     * @param exponent s, at least 0; no unit. With 0 all pages are equally likely
     */
    public Zipf(PageSet pages, long count, double exponent) {
      requireCount(count);
      require(pages.size() <= MOST_PAGES, "zipf knows " + MOST_PAGES + " pages at most");
      require(exponent >= 0 && exponent <= Double.MAX_VALUE, "`exponent` must not be negative");
      this.pages = pages;
      this.count = count;
      this.exponent = exponent;
      this.cumulative = new double[(int) pages.size()];
      double sum = 0;
      for (int i = 0; i < cumulative.length; i++) {
        sum += StrictMath.pow(i + 1, -exponent);
        cumulative[i] = sum;
      }
    }

    @Override
    public PageSet pages() {
      return pages;
    }

    @Override
    public long count() {
      return count;
    }

    public double exponent() {
      return exponent;
    }

    @Override
    public long page(long reference, RandomGenerator random) {
      int last = cumulative.length - 1;
      double drawn = Draws.uniform(random) * cumulative[last];
      int low = 0;
      int high = last;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (cumulative[middle] > drawn) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return pages.at(low);
    }
  }

  /**
   * A working set with locality: with probability {@code locality} a reference goes to one of
   * {@code hot} consecutive pages, each equally likely, otherwise to any page, those included.
   * Every {@code phase} references the hot pages move on by {@code hot}, from the last page to the
   * first again (phases as in Denning, "Working sets past and present", IEEE TSE 1980). Draws
   * twice.
   *
   * @param hot 1 to the number of pages
   * @param locality 0 to 1; no unit
   * @param phase in references, at least 1
   */
  record WorkingSet(PageSet pages, long count, long hot, double locality, long phase)
      implements PagePattern {
    public WorkingSet {
      requireCount(count);
      require(hot >= 1 && hot <= pages.size(), "`hot` must be from 1 to " + pages.size());
      require(locality >= 0 && locality <= 1, "`locality` must be from 0 to 1");
      require(phase >= 1, "`phase` must be at least 1");
    }

    @Override
    public long page(long reference, RandomGenerator random) {
      long size = pages.size();
      if (Draws.uniform(random) >= locality) {
        return pages.at(Draws.below(size, random));
      }
      long first = reference / phase % size * hot % size;
      return pages.at((first + Draws.below(hot, random)) % size);
    }
  }
}
