package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.schedlab.kernel.ipc.ByteStream;

/**
 * An end of a channel that processes have open: where what they receive comes from, and where goes
 * what they send. When the last one closes it, the streams learn that nobody is left there.
 */
final class Endpoint {
  final Channel channel;

  /** What the scenario calls it: read, write, a, b; empty where a channel has only one. */
  final String name;

  /** Null where nothing can be received. */
  final ByteStream<KernelThread> in;

  /** Null where nothing can be sent. */
  final ByteStream<KernelThread> out;

  /** The end of what is sent here, and from which comes what is received; null if there is none. */
  private Endpoint peer;

  /** The processes that have it open; null stands for a connection that waits to be accepted. */
  private final List<Process> users = new ArrayList<>(1);

  Endpoint(
      Channel channel, String name, ByteStream<KernelThread> in, ByteStream<KernelThread> out) {
    this.channel = channel;
    this.name = name;
    this.in = in;
    this.out = out;
  }

  /** Says whether it is a message queue's. */
  boolean isQueue() {
    return channel.queue != null;
  }

  /** Returns how many processes have it open. */
  int users() {
    return users.size();
  }

  /** One more process has it open. */
  void open(Process process) {
    if (users.isEmpty()) {
      setClosed(false);
    }
    users.add(process);
  }

  /** A process has it open no more; returns whether it was the last. */
  boolean close(Process process) {
    users.remove(process);
    if (users.isEmpty()) {
      setClosed(true);
    }
    return users.isEmpty();
  }

  /** No process will ever have it open. */
  void neverOpens() {
    setClosed(true);
  }

  /** Takes note that two ends belong together. */
  static void connect(Endpoint one, Endpoint other) {
    one.peer = other;
    other.peer = one;
  }

  /** Says who has the other end open, as the end of a sentence; empty where there is none. */
  String usersOfPeer() {
    if (peer == null) {
      return "";
    }
    String end = peer.name.length() == 1 ? "end " + peer.name : peer.name + " end";
    if (peer.users.isEmpty()) {
      return ", whose " + end + " nobody has open";
    }
    String names =
        peer.users.stream()
            .map(process -> process == null ? "nobody yet" : process.name())
            .collect(Collectors.joining(", "));
    return ", whose " + end + " is open in " + names;
  }

  private void setClosed(boolean closed) {
    if (in != null) {
      in.setReadEndClosed(closed);
    }
    if (out != null) {
      out.setWriteEndClosed(closed);
    }
  }
}
