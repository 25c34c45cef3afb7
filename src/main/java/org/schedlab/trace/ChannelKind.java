package org.schedlab.trace;

/** By what threads send each other bytes. */
public enum ChannelKind {
  PIPE("pipe"),
  MESSAGE_QUEUE("queue"),
  SOCKET_PAIR("socket pair"),
  UNIX_SOCKET("Unix socket"),
  TCP_SOCKET("TCP socket"),
  SHARED_MEMORY("shared memory");

  private final String label;

  ChannelKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
