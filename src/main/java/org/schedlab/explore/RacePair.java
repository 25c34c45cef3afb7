package org.schedlab.explore;

import org.schedlab.program.Location;

/**
 * Two accesses to a variable that nothing orders in some schedule: the one of the thread with the
 * smaller number first.
 */
public record RacePair(
    int cell,
    int first,
    Location firstAt,
    boolean firstWrites,
    int second,
    Location secondAt,
    boolean secondWrites) {}
