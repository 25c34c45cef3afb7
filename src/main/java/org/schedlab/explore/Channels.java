package org.schedlab.explore;

/**
 * How messages pass through a pipe or a queue.
 *
 * @param capacity how many it holds: messages of a queue, messages of equal length or else bytes of
 *     a pipe
 * @param messageSize bytes of a message that says no length; 0 for a pipe
 * @param queue whether it is a message queue
 * @param whole whether the k-th message received is the k-th one sent, so that senders and
 *     receivers do not disturb each other; not so where priorities, lengths of pieces or attempts
 *     make the order matter
 */
record Channels(long capacity, long messageSize, boolean queue, boolean whole) {}
