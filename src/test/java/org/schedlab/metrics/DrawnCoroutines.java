package org.schedlab.metrics;

import org.schedlab.trace.Account;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/** Threads that run coroutines, drawn by hand. */
public final class DrawnCoroutines {
  private DrawnCoroutines() {}

  /**
   * Three coroutines of a thread on one CPU; b makes a call that blocks, and ends by an error that
   * nobody hears of. Before each turn stands the switch to it.
   *
   * <pre>
   *  other        ·······##
   *  server/loop  s###s##··###____##s#s#s##k___s#
   *  a            r###aaaaaaaaaaaaaaarrr##
   *  b            rrrrr##rr###bbbb#rrr#
   *  c            rrrrrrrrrrrrrrrrrr#aaaaaaaaar#
   *               0    5    10   15   20   25   30
   * </pre>
   */
  public static void blockingCall(TraceSink sink, long unit) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
    sink.carrierMade(0, 0, 0, "asyncio");
    for (int i = 0; i < 3; i++) {
      sink.coroutineMade(0, i, 0, "server/loop/" + "abc".charAt(i));
    }
    int loop = trace.created(0, trace.process(0, "server"), "server/loop");
    sink.madeReady(0, loop);
    trace.dispatch(0, loop, 0);
    trace.charge(0, loop, Account.COROUTINE_SWITCH, 0, 1);
    sink.coroutineResumed(unit, 0);
    trace.work(0, loop, 1, 3);
    trace.charge(0, loop, Account.MODE_SWITCH, 3, 4);
    sink.coroutineSuspended(4 * unit, 0, AwaitCause.DEVICE, null);

    trace.charge(0, loop, Account.COROUTINE_SWITCH, 4, 5);
    sink.coroutineResumed(5 * unit, 1);
    int other = trace.arrives(7, "other");
    trace.work(0, loop, 5, 7);
    trace.leave(0, loop, 7, Departure.PREEMPTED);
    trace.runs(other, 7, 9, Departure.EXIT);
    trace.switchesAndRuns(0, loop, 9, 1, Account.CONTEXT_SWITCH, 11, Departure.END);
    trace.charge(0, loop, Account.MODE_SWITCH, 11, 12);
    trace.blocks(0, loop, 12, BlockCause.IO, TraceSink.NONE);
    trace.wakes(16, loop);
    trace.dispatch(0, loop, 16);
    sink.coroutineSuspended(17 * unit, 1, null, null);
    sink.coroutineReady(17 * unit, 1, 0, 17 * unit);
    trace.work(0, loop, 16, 17);

    trace.charge(0, loop, Account.COROUTINE_SWITCH, 17, 18);
    sink.coroutineResumed(18 * unit, 2);
    trace.work(0, loop, 18, 19);
    sink.coroutineSuspended(19 * unit, 2, AwaitCause.TIMER, null);
    sink.coroutineReady(19 * unit, 0, 0, 19 * unit);

    trace.charge(0, loop, Account.COROUTINE_SWITCH, 19, 20);
    sink.coroutineResumed(20 * unit, 1);
    trace.work(0, loop, 20, 21);
    sink.assertionFailed(21 * unit, loop, "x == 1", 7, 3);
    sink.coroutineEnded(21 * unit, 1, "EIO");
    trace.charge(0, loop, Account.COROUTINE_SWITCH, 21, 22);
    sink.coroutineResumed(22 * unit, 0);
    trace.work(0, loop, 22, 24);
    sink.coroutineEnded(24 * unit, 0, null);
    trace.charge(0, loop, Account.MODE_SWITCH, 24, 25);
    trace.blocks(0, loop, 25, BlockCause.EVENTS, TraceSink.NONE);
    trace.wakes(28, loop);
    trace.dispatch(0, loop, 28);
    sink.coroutineReady(28 * unit, 2, 0, 28 * unit);
    trace.charge(0, loop, Account.COROUTINE_SWITCH, 28, 29);
    sink.coroutineResumed(29 * unit, 2);
    trace.work(0, loop, 29, 30);
    sink.coroutineEnded(30 * unit, 2, null);
    sink.errorNeverRetrieved(30 * unit, 1, "EIO");
    trace.leave(0, loop, 30, Departure.EXIT);
    trace.ends(30);
  }
}
