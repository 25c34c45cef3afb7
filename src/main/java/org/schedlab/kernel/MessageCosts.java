package org.schedlab.kernel;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.ipc.ByteStream;
import org.schedlab.kernel.ipc.Gate;
import org.schedlab.kernel.ipc.MessageQueue;
import org.schedlab.trace.Account;
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

  /** Adds the kernel's part of a call, as things stand, to the core's next section. */
  void addKernelPart(Core core, Call call) {
    long message = 0;
    long copied = 0;
    long woken = 0;
    if (call.moves() && call.end != null && (call.end.isQueue() || call.stream() != null)) {
      ChannelKind kind = call.end.channel.kind;
      long bytes = Math.max(0, call.end.isQueue() ? bytesOfQueue(call) : bytesOfStream(call));
      message = call.resumed ? 0 : message(kind, call.sends());
      copied = copy(kind, bytes);
      if (wakesSomebody(call, bytes)) {
        woken = wake;
        message += call.sends() ? delivery[kind.ordinal()] : 0;
      }
    }
    long entry = call.resumed ? 0 : systemCall;
    core.addPart(Account.MODE_SWITCH, entry);
    core.addPart(Account.MESSAGE, message);
    core.addPart(Account.COPY, copied);
    core.addPart(Account.WAKE_UP, woken);
    call.nanos = entry + message + copied + woken;
    call.copyNanos = copied;
  }

  private static long bytesOfStream(Call call) {
    ByteStream<KernelThread> stream = call.stream();
    return call.sends()
        ? stream.room(call.total - call.moved, call.total)
        : Math.min(stream.bytes(), call.total);
  }

  private static long bytesOfQueue(Call call) {
    MessageQueue<KernelThread> queue = call.end.channel.queue;
    if (call.sends()) {
      // It is copied before the sender sleeps.
      return call.total > queue.messageSize() ? 0 : call.total;
    }
    MessageQueue.Message next = call.handed != null ? call.handed : queue.peek();
    return next == null ? 0 : next.bytes();
  }

  private static boolean wakesSomebody(Call call, long bytes) {
    if (call.end.isQueue()) {
      MessageQueue<KernelThread> queue = call.end.channel.queue;
      return call.sends()
          ? !queue.receivers.isEmpty()
          : call.handed == null && !queue.senders.isEmpty();
    }
    ByteStream<KernelThread> stream = call.stream();
    Gate<KernelThread> others = call.sends() ? stream.readers : stream.writers;
    return bytes > 0 && others.next() != null;
  }

  /** Returns what a call takes besides the mode switch and copying. */
  private long message(ChannelKind kind, boolean sends) {
    long both = pair[kind.ordinal()];
    return sends ? both - both / 2 : both / 2;
  }

  /** Returns what copying so many bytes in or out takes. */
  private long copy(ChannelKind kind, long bytes) {
    long rate = perKib[kind.ordinal()];
    return bytes / BYTES_TWICE * rate
        + (bytes % BYTES_TWICE * rate + BYTES_TWICE / 2) / BYTES_TWICE;
  }
}
