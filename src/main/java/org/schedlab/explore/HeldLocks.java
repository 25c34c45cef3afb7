package org.schedlab.explore;

import java.util.List;

/** The locks that were held at the two accesses of a pair, when it was first seen; their names. */
public record HeldLocks(List<String> first, List<String> second) {}
