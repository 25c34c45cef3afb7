package org.schedlab.kernel.memory;

import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.replacement.ReplacementRule;

/**
 * How memory is managed.
 *
 * @param frames pageable frames; {@link #UNLIMITED} for no limit
 * @param local whether a process's faults take frames from itself only
 * @param share the pageable frames that a process may hold with local replacement and no number of
 *     its own
 * @param pageableAll whether code and stacks are pageable too
 * @param settings what the replacement rule is made from
 * @param codeBytes size of code where a process says nothing
 * @param swapPages how many pages fit in swap space
 */
public record MemoryConfig(
    PageGeometry geometry,
    int frames,
    ReplacementRule replacement,
    ReplacementRule.Settings settings,
    boolean local,
    int share,
    boolean pageableAll,
    long codeBytes,
    long swapPages) {
  /** As many frames as are asked for. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  boolean isLimited() {
    return frames != UNLIMITED;
  }
}
