package org.schedlab.machine.replacement;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.schedlab.engine.RandomStream;

/**
 * Random: any page leaves, each with the same chance; one number is drawn for each page that
 * leaves. Needs no books about references, and no order of references is bad for it (Belady, "A
 * study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 1966).
 */
public final class RandomReplacement implements PageReplacement {
  private final RandomStream random;
  private int[] frames = new int[16];
  private int[] places = new int[16];
  private int size;

  /**
   * Makes the rule.
   *
   * @param random where it draws
   */
  public RandomReplacement(RandomStream random) {
    this.random = random;
  }

  @Override
  public void loaded(int frame, long page) {
    if (frame >= places.length) {
      places = Arrays.copyOf(places, Math.max(frame + 1, 2 * places.length));
    }
    if (size == frames.length) {
      frames = Arrays.copyOf(frames, 2 * size);
    }
    places[frame] = size;
    frames[size++] = frame;
  }

  @Override
  public void used(int frame) {
    // Chance does not look back.
  }

  @Override
  public void removed(int frame) {
    int moved = frames[--size];
    frames[places[frame]] = moved;
    places[moved] = places[frame];
  }

  @Override
  public int victim() {
    if (size == 0) {
      throw new NoSuchElementException("no page is in memory");
    }
    // The high half times the size: no division, and the same on every JDK.
    return frames[(int) ((random.nextLong() >>> 32) * size >>> 32)];
  }
}
