package org.schedlab.program;

import java.util.List;

/**
 * A variable of a process.
 *
 * @param initial its first values: one, or as many as the array has cells
 */
public record Variable(
    String name, List<Long> initial, boolean array, boolean atomic, Location location) {}
