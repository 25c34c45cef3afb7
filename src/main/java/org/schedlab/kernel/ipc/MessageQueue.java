package org.schedlab.kernel.ipc;

import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.schedlab.kernel.sync.WaitList;

/**
 * A message queue (mq_overview(7)): messages of limited length, of which there are only so many at
 * a time. The highest priority comes first, then the one that was sent first. Whoever waits is
 * served at once: a message goes to the first waiting receiver, and the first waiting sender's
 * message takes the place that becomes free, so nobody comes between.
 *
 * @param <T> who waits to send and to receive
 */
public final class MessageQueue<T> {
  /**
   * A message.
   *
   * @param number counts the messages of the queue
   * @param priority the larger the earlier
   * @param value what it carries
   * @param sentAt when its sender made the call
   */
  public record Message(long number, long bytes, long priority, long value, long sentAt)
      implements Comparable<Message> {
    @Override
    public int compareTo(Message other) {
      int byPriority = Long.compare(other.priority, priority);
      return byPriority != 0 ? byPriority : Long.compare(number, other.number);
    }
  }

  public final WaitList<T> senders;
  public final WaitList<T> receivers;
  public final WaitList<T> readWatchers = new WaitList<>(null);
  public final WaitList<T> writeWatchers = new WaitList<>(null);
  private final PriorityQueue<Message> messages = new PriorityQueue<>();
  private final long capacity;
  private final long messageSize;

  /**
   * Makes an empty queue.
   *
   * @param urgency of who waits; null to serve in order of waiting
   */
  public MessageQueue(long capacity, long messageSize, ToLongFunction<T> urgency) {
    this.capacity = capacity;
    this.messageSize = messageSize;
    this.senders = new WaitList<>(urgency);
    this.receivers = new WaitList<>(urgency);
  }

  /** Returns the length of its longest message. */
  public long messageSize() {
    return messageSize;
  }

  public boolean isFull() {
    return messages.size() >= capacity;
  }

  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Puts a message in; there is room. */
  public void put(Message message) {
    messages.add(message);
  }

  /** Returns the message that is received next, or null. */
  public Message peek() {
    return messages.peek();
  }

  /** Takes that message out. */
  public Message take() {
    return messages.poll();
  }
}
