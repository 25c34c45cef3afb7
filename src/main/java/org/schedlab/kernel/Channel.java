package org.schedlab.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.ipc.ByteStream;
import org.schedlab.kernel.ipc.MessageQueue;
import org.schedlab.kernel.sync.WaitList;
import org.schedlab.program.Operation.Port.End;
import org.schedlab.program.SharedObject;
import org.schedlab.trace.ChannelKind;

/** A pipe, message queue or socket, as the kernel keeps it. */
final class Channel extends KernelObject {
  final ChannelKind kind;

  /** Its ends: of a pipe to read and to write, of a pair a and b, of all else the only one. */
  final List<Endpoint> ends = new ArrayList<>(2);

  /** Bytes of each stream; messages of a queue. */
  final long capacity;

  /** Null unless it is a queue. */
  final MessageQueue<KernelThread> queue;

  /** Counts its messages. */
  long messages;

  // What it is listened at with.
  private int backlog = -1;
  final Deque<Endpoint> pending = new ArrayDeque<>(0);
  final WaitList<KernelThread> acceptors = new WaitList<>(null);
  final WaitList<KernelThread> connectors = new WaitList<>(null);
  final WaitList<KernelThread> watchers = new WaitList<>(null);

  Channel(int id, SharedObject declared, CostModel costs) {
    super(id, declared);
    if (declared instanceof SharedObject.Pipe pipe) {
      kind = ChannelKind.PIPE;
      capacity = given(pipe.capacity(), costs, Cost.PIPE_CAPACITY);
      queue = null;
      ByteStream<KernelThread> stream = new ByteStream<>(capacity, costs.get(Cost.PIPE_ATOMIC));
      ends.add(new Endpoint(this, "read", stream, null));
      ends.add(new Endpoint(this, "write", null, stream));
      Endpoint.connect(ends.get(0), ends.get(1));
    } else if (declared instanceof SharedObject.MessageQueue q) {
      kind = ChannelKind.MESSAGE_QUEUE;
      capacity = given(q.capacity(), costs, Cost.MQ_MESSAGES);
      queue =
          new MessageQueue<>(
              capacity,
              given(q.messageSize(), costs, Cost.MQ_MESSAGE_SIZE),
              SyncObject.ordered(q.order()));
      ends.add(new Endpoint(this, "", null, null));
    } else {
      SharedObject.Socket socket = (SharedObject.Socket) declared;
      kind =
          switch (socket.kind()) {
            case PAIR -> ChannelKind.SOCKET_PAIR;
            case UNIX -> ChannelKind.UNIX_SOCKET;
            case TCP -> ChannelKind.TCP_SOCKET;
          };
      capacity = socket.buffer();
      queue = null;
      if (kind == ChannelKind.SOCKET_PAIR) {
        ends.addAll(connected("a", "b"));
      } else {
        ends.add(new Endpoint(this, "", null, null));
      }
    }
  }

  private static long given(long value, CostModel costs, Cost otherwise) {
    return value == SharedObject.BY_PROFILE ? costs.get(otherwise) : value;
  }

  /** Makes two ends, of which each receives what is sent at the other. */
  List<Endpoint> connected(String one, String other) {
    ByteStream<KernelThread> there = new ByteStream<>(capacity, 0);
    ByteStream<KernelThread> back = new ByteStream<>(capacity, 0);
    Endpoint first = new Endpoint(this, one, back, there);
    Endpoint second = new Endpoint(this, other, there, back);
    Endpoint.connect(first, second);
    return List.of(first, second);
  }

  /**
   * Returns the end that an operation means.
   *
   * @param write whether it sends, where it does not name the end
   */
  Endpoint end(End named, boolean write) {
    if (ends.size() == 1) {
      return ends.get(0);
    }
    boolean second =
        switch (named) {
          case NONE -> write;
          case READ, A -> false;
          case WRITE, B -> true;
        };
    return ends.get(second ? 1 : 0);
  }

  /** Says whether somebody listens. */
  boolean isListening() {
    return backlog >= 0;
  }

  /** Says whether one more connection may wait to be accepted. */
  boolean admitsConnection() {
    return pending.size() < backlog || !acceptors.isEmpty();
  }

  void listen(int most) {
    backlog = most;
  }

  void stopListening() {
    backlog = -1;
  }

  @Override
  String label() {
    return kind.label() + " " + name();
  }
}
