package org.schedlab.kernel;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.trace.ChannelKind;

/**
 * What sending and receiving take in the kernel. The figures for a message contain the two system
 * calls that it takes, as they were measured, and are for sending and receiving together: half for
 * each. Who wakes a sleeper takes what handing a lock over takes.
 */
final class MessageCosts {
  /** A rate per KiB is for going in and coming out. */
  private static final long BYTES_TWICE = 2 * 1024;

  private final long systemCall;
  private final long wake;
  private final long[] pair = new long[ChannelKind.values().length];
  private final long[] perKib = new long[ChannelKind.values().length];
  private final long[] delivery = new long[ChannelKind.values().length];

  MessageCosts(CostModel costs, long wake) {
    this.systemCall = costs.systemCall();
    this.wake = wake;
    set(ChannelKind.PIPE, costs, Cost.PIPE_MESSAGE, Cost.PIPE_KIB);
    set(ChannelKind.MESSAGE_QUEUE, costs, Cost.MQ_MESSAGE, Cost.MQ_KIB);
    set(ChannelKind.SOCKET_PAIR, costs, Cost.UNIX_MESSAGE, Cost.UNIX_KIB);
    set(ChannelKind.UNIX_SOCKET, costs, Cost.UNIX_MESSAGE, Cost.UNIX_KIB);
    set(ChannelKind.TCP_SOCKET, costs, Cost.TCP_MESSAGE, Cost.TCP_KIB);
    delivery[ChannelKind.SOCKET_PAIR.ordinal()] = costs.get(Cost.UNIX_WAKE);
    delivery[ChannelKind.UNIX_SOCKET.ordinal()] = costs.get(Cost.UNIX_WAKE);
    delivery[ChannelKind.TCP_SOCKET.ordinal()] = costs.get(Cost.TCP_WAKE);
  }

  private void set(ChannelKind kind, CostModel costs, Cost message, Cost kib) {
    pair[kind.ordinal()] = Math.max(0, costs.get(message) - 2 * systemCall);
    perKib[kind.ordinal()] = costs.get(kib);
  }

  long systemCall() {
    return systemCall;
  }

  /** Returns what a call takes besides the mode switch and copying. */
  long message(ChannelKind kind, boolean sends) {
    long both = pair[kind.ordinal()];
    return sends ? both - both / 2 : both / 2;
  }

  /** Returns what copying so many bytes in or out takes. */
  long copy(ChannelKind kind, long bytes) {
    long rate = perKib[kind.ordinal()];
    return bytes / BYTES_TWICE * rate
        + (bytes % BYTES_TWICE * rate + BYTES_TWICE / 2) / BYTES_TWICE;
  }

  /** Returns what waking somebody takes. */
  long wake() {
    return wake;
  }

  /** Returns what reaching a sleeping receiver takes besides. */
  long delivery(ChannelKind kind) {
    return delivery[kind.ordinal()];
  }
}
