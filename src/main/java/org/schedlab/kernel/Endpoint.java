package org.schedlab.kernel;

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

  private int users;

  Endpoint(
      Channel channel, String name, ByteStream<KernelThread> in, ByteStream<KernelThread> out) {
    this.channel = channel;
    this.name = name;
    this.in = in;
    this.out = out;
  }

  /** Returns how many processes have it open. */
  int users() {
    return users;
  }

  /** One more process has it open. */
  void open() {
    if (users++ == 0) {
      setClosed(false);
    }
  }

  /** A process has it open no more; returns whether it was the last. */
  boolean close() {
    users--;
    if (users == 0) {
      setClosed(true);
    }
    return users == 0;
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
