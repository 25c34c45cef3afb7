package org.schedlab.metrics;

import org.schedlab.trace.AccessKind;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.Departure;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/** Threads that send each other bytes, drawn by hand. */
public final class DrawnChannels {
  private DrawnChannels() {}

  /**
   * Two messages of 60 bytes through a pipe of 100, the second in two parts; then its end.
   *
   * <pre>
   *  reader ██eeee···███e·███
   *  writer ··██████f···██
   *  in it  000006660042200222000    tens of bytes, 0 from 15 on
   * </pre>
   */
  public static void pipe(TraceSink sink, long unit) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
    sink.channelMade(0, 0, ChannelKind.PIPE, "p", TraceSink.NONE, 100);
    int reader = trace.arrives(0, "reader");
    int writer = trace.arrives(0, "writer");
    trace.dispatch(0, reader, 0);
    trace.work(0, reader, 0, 1);
    trace.charge(0, reader, Account.MESSAGE, 1, 2);
    sink.channelCalled(2 * unit, reader, 0, false, unit, 0);
    trace.blocks(0, reader, 2, BlockCause.EMPTY, 0);

    trace.dispatch(0, writer, 2);
    trace.work(0, writer, 2, 3);
    trace.charge(0, writer, Account.MESSAGE, 3, 4);
    trace.charge(0, writer, Account.COPY, 4, 5);
    sink.channelCalled(5 * unit, writer, 0, false, 2 * unit, unit);
    sink.sent(5 * unit, writer, 0, 0, 60, true);
    sink.woken(5 * unit, reader, writer);
    trace.work(0, writer, 5, 6);
    trace.charge(0, writer, Account.MESSAGE, 6, 8);
    sink.sent(8 * unit, writer, 0, 1, 40, false);
    sink.channelCalled(8 * unit, writer, 0, false, 2 * unit, unit);
    trace.blocks(0, writer, 8, BlockCause.FULL, 0);

    trace.dispatch(0, reader, 8);
    trace.charge(0, reader, Account.COPY, 8, 9);
    sink.channelCalled(9 * unit, reader, 0, true, unit, unit);
    sink.received(9 * unit, reader, 0, 60);
    sink.delivered(9 * unit, reader, 0, 0, 5 * unit);
    sink.woken(9 * unit, writer, reader);
    trace.work(0, reader, 9, 10);
    trace.charge(0, reader, Account.COPY, 10, 11);
    sink.channelCalled(11 * unit, reader, 0, false, unit, unit);
    sink.received(11 * unit, reader, 0, 40);
    trace.charge(0, reader, Account.MESSAGE, 11, 12);
    sink.channelCalled(12 * unit, reader, 0, false, unit, 0);
    trace.blocks(0, reader, 12, BlockCause.EMPTY, 0);

    trace.dispatch(0, writer, 12);
    trace.charge(0, writer, Account.COPY, 12, 13);
    sink.channelCalled(13 * unit, writer, 0, true, unit, unit);
    sink.sent(13 * unit, writer, 0, 1, 20, true);
    sink.woken(13 * unit, reader, writer);
    trace.work(0, writer, 13, 14);
    sink.endClosed(14 * unit, 0, 1, "write", 0);
    trace.leave(0, writer, 14, Departure.EXIT);

    trace.dispatch(0, reader, 14);
    trace.charge(0, reader, Account.COPY, 14, 15);
    sink.channelCalled(15 * unit, reader, 0, true, unit, unit);
    sink.received(15 * unit, reader, 0, 20);
    sink.delivered(15 * unit, reader, 0, 1, 8 * unit);
    trace.work(0, reader, 15, 16);
    trace.charge(0, reader, Account.MESSAGE, 16, 17);
    sink.channelCalled(17 * unit, reader, 0, false, unit, 0);
    sink.received(17 * unit, reader, 0, 0);
    trace.leave(0, reader, 17, Departure.EXIT);
    trace.ends(20);
  }

  /**
   * A queue, a segment and a socket among mutexes, whose ids are between theirs; b stops a.
   *
   * <pre>
   *  a ████████ssss██
   *  b █aaaa█████████    accepts what a connects
   * </pre>
   */
  public static void mechanisms(TraceSink sink, long unit) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 2, unit);
    sink.syncObjectMade(0, 0, SyncKind.MUTEX, "m", TraceSink.NONE);
    sink.channelMade(0, 1, ChannelKind.MESSAGE_QUEUE, "q", TraceSink.NONE, 2);
    sink.channelMade(0, 2, ChannelKind.SHARED_MEMORY, "board", TraceSink.NONE, 4096);
    sink.channelMade(0, 3, ChannelKind.TCP_SOCKET, "web", TraceSink.NONE, 4096);
    sink.syncObjectMade(0, 4, SyncKind.MUTEX, "n", TraceSink.NONE);
    int a = trace.arrives(0, "a");
    int b = trace.arrives(0, "b");
    trace.dispatch(0, a, 0);
    trace.dispatch(1, b, 0);
    trace.work(1, b, 0, 1);
    trace.blocks(1, b, 1, BlockCause.ACCEPT, 3);
    sink.sent(2 * unit, a, 1, 0, 8, true);
    sink.channelCalled(2 * unit, a, 1, false, unit / 2, unit / 4);
    sink.sent(4 * unit, a, 1, 1, 8, true);
    sink.channelCalled(4 * unit, a, 1, false, unit / 2, unit / 4);
    sink.channelCalled(5 * unit, a, 3, false, unit / 2, 0);
    sink.woken(5 * unit, b, a);
    trace.dispatch(1, b, 5);
    receives(sink, 6 * unit, b, 0, 2 * unit, unit);
    sink.sharedAccessed(6 * unit, a, AccessKind.STORE, 2, 0, 1, 5);
    receives(sink, 7 * unit, b, 1, 4 * unit, unit);
    trace.work(0, a, 0, 8);
    trace.leave(0, a, 8, Departure.PREEMPTED);
    sink.signalSent(8 * unit, b, 0, "SIGSTOP");
    sink.stopped(8 * unit, 0);
    sink.suspended(8 * unit, a);
    sink.sharedAccessed(8 * unit, b, AccessKind.LOAD, 2, 0, 1, 6);
    sink.sharedAccessed(9 * unit, b, AccessKind.ATOMIC_UPDATE, 2, 0, 2, 7);
    sink.sharedAccessed(10 * unit, b, AccessKind.ATOMIC_LOAD, 2, 0, 2, 8);
    sink.signalSent(12 * unit, b, 0, "SIGCONT");
    sink.continued(12 * unit, 0);
    sink.woken(12 * unit, a, b);
    trace.dispatch(0, a, 12);
    sink.operationFailed(13 * unit, a, 1, "EMSGSIZE", "sends 9000 bytes at once", 9, 3);
    trace.work(0, a, 12, 14);
    trace.leave(0, a, 14, Departure.EXIT);
    trace.work(1, b, 5, 14);
    trace.leave(1, b, 14, Departure.EXIT);
    trace.ends(14);
  }

  private static void receives(
      TraceSink sink, long time, int thread, long message, long sentAt, long unit) {
    sink.channelCalled(time, thread, 1, false, unit / 2, unit / 4);
    sink.received(time, thread, 1, 8);
    sink.delivered(time, thread, 1, message, sentAt);
  }
}
