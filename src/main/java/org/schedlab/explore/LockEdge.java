package org.schedlab.explore;

/** A thread holds one lock and wants another; locks by their numbers in the machine. */
public record LockEdge(int held, int wanted) {}
