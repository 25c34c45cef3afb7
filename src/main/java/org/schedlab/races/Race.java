package org.schedlab.races;

/**
 * Two accesses to one variable by different agents, at least one of them a write and one not
 * atomic, that nothing orders.
 *
 * @param cell which variable
 * @param first the one that came first this time
 */
public record Race(int cell, Access first, Access second) {}
