package org.schedlab.machine;

import java.util.ArrayDeque;

/** A device: serves a number of requests at a time, the others in order of arrival. */
public final class Device {
  private final int id;
  private final String name;
  private final int servers;
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();
  private int busy;

  /**
   * A request in the queue.
   *
   * @param slot the slot of the thread that made it
   * @param nanos how long serving it takes
   */
  public record Request(int slot, long nanos) {}

  public Device(int id, String name, int servers) {
    this.id = id;
    this.name = name;
    this.servers = servers;
  }

  public int id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** Takes a request; returns whether a server begins with it at once, else it queues. */
  public boolean submit(int slot, long nanos) {
    if (busy < servers) {
      busy++;
      return true;
    }
    waiting.addLast(new Request(slot, nanos));
    return false;
  }

  /** A server has finished; returns the request that it begins with now, or null. */
  public Request complete() {
    Request next = waiting.pollFirst();
    if (next == null) {
      busy--;
    }
    return next;
  }

  /** Takes a request out of the queue, because its thread has ended. */
  public void withdraw(int slot) {
    waiting.removeIf(request -> request.slot() == slot);
  }
}
