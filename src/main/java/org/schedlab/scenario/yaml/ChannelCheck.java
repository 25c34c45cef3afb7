package org.schedlab.scenario.yaml;

import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Polled;
import org.schedlab.program.Operation.Port;
import org.schedlab.program.Operation.Port.End;
import org.schedlab.program.SharedObject;
import org.schedlab.program.SharedObject.Socket;
import org.schedlab.program.SharedObject.SocketKind;

/**
 * Checks that operations name pipes, message queues and sockets that their process sees, and ends
 * that these have.
 */
final class ChannelCheck {
  private final ObjectNames names;
  private final NamePlaces places;

  ChannelCheck(ObjectNames names, NamePlaces places) {
    this.names = names;
    this.places = places;
  }

  /** Checks an operation, without the operations inside it. */
  void check(Operation operation) {
    Location at = operation.location();
    if (operation instanceof Operation.Send send) {
      boolean stream = places.kindOf(send.port()) == ObjectKind.PIPE;
      moves(send.port(), stream ? "write" : "send");
    } else if (operation instanceof Operation.Receive receive) {
      boolean stream = places.kindOf(receive.port()) == ObjectKind.PIPE;
      moves(receive.port(), stream ? "read" : "receive");
    } else if (operation instanceof Operation.Close close) {
      closes(close.port());
    } else if (operation instanceof Operation.Listen listen) {
      address(listen.socket(), "listen", at);
    } else if (operation instanceof Operation.Accept accept) {
      address(accept.socket(), "accept", at);
    } else if (operation instanceof Operation.Connect connect) {
      address(connect.socket(), "connect", at);
    } else if (operation instanceof Operation.Poll poll) {
      poll.ports().forEach(this::polled);
    }
  }

  /** Returns the socket pair or other object that a port names, or null after reporting. */
  private SharedObject find(Port port, String word) {
    return port.object() == null
        ? null
        : names.find(port.object(), word, places.of(port), places.kindOf(port));
  }

  private void moves(Port port, String word) {
    if (find(port, word) instanceof Socket socket) {
      if (socket.kind() == SocketKind.PAIR) {
        needEnd(port);
      } else {
        names.report(
            places.of(port),
            address(socket)
                + ": what `accept` and `connect` put into a register is sent and received over,"
                + " `"
                + word
                + ": {connection: REGISTER}`");
      }
    }
  }

  private void closes(Port port) {
    if (find(port, "close") instanceof Socket socket) {
      if (socket.kind() == SocketKind.PAIR) {
        needEnd(port);
      } else if (port.end() != End.NONE) {
        names.report(
            places.of(port),
            address(socket) + " and has no ends: `close: {socket: " + socket.name() + "}`");
      }
    }
  }

  private void polled(Polled polled) {
    Port port = polled.port();
    if (port.object() == null) {
      return;
    }
    Location at = places.of(port);
    ObjectKind named = places.kindOf(port);
    SharedObject object =
        named != null
            ? names.find(port.object(), "poll", at, named)
            : names.find(
                port.object(), "poll", at, ObjectKind.PIPE, ObjectKind.QUEUE, ObjectKind.SOCKET);
    if (!(object instanceof Socket socket)) {
      return;
    }
    if (socket.kind() == SocketKind.PAIR) {
      needEnd(port);
    } else if (port.end() != End.NONE) {
      names.report(at, address(socket) + " and has no ends; its name alone stands in `read`");
    } else if (polled.write()) {
      names.report(
          at, address(socket) + ": `read` waits for a connection to accept, and nothing writes");
    }
  }

  private void needEnd(Port port) {
    if (port.end() == End.NONE) {
      String name = port.object();
      names.report(
          places.of(port),
          "`"
              + name
              + "` is a socket pair; say which end: {socket: "
              + name
              + ", end: a} or {socket: "
              + name
              + ", end: b}");
    }
  }

  private static String address(Socket socket) {
    return "`" + socket.name() + "` is an address to listen at";
  }

  private void address(String name, String word, Location at) {
    if (names.find(name, word, at, ObjectKind.SOCKET) instanceof Socket socket
        && socket.kind() == SocketKind.PAIR) {
      names.report(
          at,
          "`"
              + name
              + "` is a socket pair, whose ends are connected from the beginning; `"
              + word
              + "` is for a socket of another type, {"
              + name
              + ": {type: unix}}");
    }
  }
}
