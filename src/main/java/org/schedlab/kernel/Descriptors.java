package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * What a process has open: ends of the channels that the scenario declares, and connections by
 * their numbers, as file descriptors are numbered.
 */
final class Descriptors {
  /** The number of the first connection; 0, 1 and 2 are the standard streams. */
  private static final int FIRST = 3;

  private final Process process;
  private final List<Endpoint> declared = new ArrayList<>(0);

  /** By number less {@link #FIRST}; null where one has been closed. */
  private final List<Endpoint> connections = new ArrayList<>(0);

  Descriptors(Process process) {
    this.process = process;
  }

  boolean has(Endpoint end) {
    for (int i = 0; i < declared.size(); i++) {
      if (declared.get(i) == end) {
        return true;
      }
    }
    return false;
  }

  /** Opens an end, unless it is open already. */
  void open(Endpoint end) {
    if (!has(end)) {
      declared.add(end);
      end.open(process);
    }
  }

  /** Forgets an end that has been closed. */
  void forget(Endpoint end) {
    declared.remove(end);
    int at = connections.indexOf(end);
    if (at >= 0) {
      connections.set(at, null);
    }
  }

  /** Opens a connection; returns its number, the smallest that is free. */
  int connect(Endpoint end) {
    end.open(process);
    int free = connections.indexOf(null);
    if (free >= 0) {
      connections.set(free, end);
      return free + FIRST;
    }
    connections.add(end);
    return connections.size() - 1 + FIRST;
  }

  /** Returns the connection of a number, or null. */
  Endpoint connection(long number) {
    long at = number - FIRST;
    return at >= 0 && at < connections.size() ? connections.get((int) at) : null;
  }

  /** Has open what another process has open, under the same numbers. */
  void inherit(Descriptors parent) {
    parent.declared.forEach(this::open);
    for (Endpoint end : parent.connections) {
      connections.add(end);
      if (end != null) {
        end.open(process);
      }
    }
  }

  /** Returns all that is open. */
  List<Endpoint> all() {
    if (declared.isEmpty() && connections.isEmpty()) {
      return List.of();
    }
    List<Endpoint> all = new ArrayList<>(declared);
    connections.stream().filter(end -> end != null).forEach(all::add);
    return all;
  }
}
