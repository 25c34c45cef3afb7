package org.schedlab.program;

/**
 * What a process says of its memory.
 *
 * @param codeBytes size of code and libraries, always resident unless everything is pageable; -1
 *     for what the costs say
 * @param heapBytes size of the heap at the start
 * @param frames how many pageable frames the process may hold; 0 for no limit of its own
 */
public record MemorySizes(long codeBytes, long heapBytes, int frames) {
  public static final MemorySizes DEFAULT = new MemorySizes(-1, 0, 0);
}
