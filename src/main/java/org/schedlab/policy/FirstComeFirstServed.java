package org.schedlab.policy;

/**
 * First come, first served: the head of the queue runs until it blocks or ends.
 *
 * <p>Source: Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., section 5.3.1.
 */
final class FirstComeFirstServed extends FifoPolicy {}
