package org.schedlab.races;

/**
 * An access to a variable.
 *
 * @param agent who made it
 * @param write whether it changed the variable
 * @param atomic whether it was indivisible
 * @param place where it stands in the scenario, as the caller counts places
 * @param locks the set of locks that the agent held
 */
public record Access(int agent, boolean write, boolean atomic, int place, long time, int locks) {}
