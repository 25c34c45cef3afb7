package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.Departure;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

class ChannelMetricsTest {
  private interface Trace {
    void tell(TraceSink sink, long unit);
  }

  private static RunMetrics of(int cpus, Trace trace) {
    RunMetrics metrics = new RunMetrics(cpus, 1_000, null, new Wakeups(), null, true);
    trace.tell(metrics, 4);
    return metrics;
  }

  private static ChannelTimes pipe() {
    return of(1, DrawnChannels::pipe).channels().of(0);
  }

  @Test
  void messagesAndWhatTheyTookAreCounted() {
    ChannelTimes pipe = pipe();
    assertThat(pipe.label()).isEqualTo("pipe p");
    assertThat(new long[] {pipe.messages(), pipe.bytes(), pipe.receivedBytes()})
        .containsExactly(2, 120, 120);
    // Three parts enter and three leave; what finds the end of the file copies nothing.
    assertThat(pipe.copies()).isEqualTo(6);
    assertThat(pipe.systemCalls()).isEqualTo(6);
    assertThat(new long[] {pipe.kernelTime(), pipe.copyTime()}).containsExactly(11 * 4, 6 * 4);
  }

  @Test
  void sleepsAndTheSwitchesTheyCauseBelongToTheChannel() {
    ChannelTimes pipe = pipe();
    assertThat(pipe.waits(ChannelTimes.Wait.EMPTY)).isEqualTo(2);
    assertThat(pipe.waitTime(ChannelTimes.Wait.EMPTY)).isEqualTo((3 + 1) * 4);
    assertThat(pipe.waits(ChannelTimes.Wait.FULL)).isEqualTo(1);
    assertThat(pipe.waitTime(ChannelTimes.Wait.FULL)).isEqualTo(4);
    // The fourth switch is because the writer ended.
    assertThat(pipe.switches()).isEqualTo(3);
  }

  @Test
  void sleepThatNeverEndsCountsUpToTheEndOfTheRun() {
    RunMetrics metrics =
        of(
            1,
            (sink, unit) -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
              sink.channelMade(0, 0, ChannelKind.PIPE, "p", TraceSink.NONE, 100);
              int a = trace.arrives(0, "A");
              trace.dispatch(0, a, 0);
              trace.work(0, a, 0, 2);
              trace.blocks(0, a, 2, BlockCause.EMPTY, 0);
              trace.ends(7);
            });
    ChannelTimes pipe = metrics.channels().of(0);
    assertThat(pipe.waitTime(ChannelTimes.Wait.EMPTY)).isEqualTo(5 * 4);
    assertThat(pipe.switches()).isZero();
  }

  @Test
  void sameThreadAgainIsNoSwitchOfTheChannel() {
    RunMetrics metrics =
        of(
            1,
            (sink, unit) -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
              sink.channelMade(0, 0, ChannelKind.PIPE, "p", TraceSink.NONE, 100);
              int a = trace.arrives(0, "A");
              int b = trace.created(0, trace.process(0, "B"), "B");
              trace.dispatch(0, a, 0);
              trace.blocks(0, a, 0, BlockCause.EMPTY, 0);
              trace.wakes(3, a);
              trace.dispatch(0, a, 3);
              trace.work(0, a, 3, 4);
              sink.madeReady(4 * unit, b);
              trace.leave(0, a, 4, Departure.PREEMPTED);
              trace.runs(b, 4, 5, Departure.EXIT);
              trace.runs(a, 5, 6, Departure.EXIT);
              trace.ends(6);
            });
    assertThat(metrics.channels().of(0).switches()).isZero();
  }

  @Test
  void levelIsWeightedByTime() {
    ChannelLevel level = pipe().level();
    // 60 for 3, 100 for 1, 40 for 2 and 20 for 2 units of 20.
    assertThat(level.area()).isEqualTo(BigInteger.valueOf((180 + 100 + 80 + 40) * 4));
    assertThat(level.nanos()).isEqualTo(20 * 4);
    assertThat(level.max()).isEqualTo(100);
    assertThat(level.binWidth()).isEqualTo(1);
    assertThat(level.most(19)).isZero();
    assertThat(level.most(20)).isEqualTo(60);
    assertThat(level.most(31)).isEqualTo(60);
    assertThat(level.most(32)).isEqualTo(100);
    assertThat(level.most(79)).isZero();
  }

  @Test
  void levelOfAQueueIsInMessages() {
    ChannelTimes queue = of(2, DrawnChannels::mechanisms).channels().of(1);
    assertThat(queue.countsMessages()).isTrue();
    assertThat(queue.level().max()).isEqualTo(2);
    assertThat(queue.level().area()).isEqualTo(BigInteger.valueOf((2 + 4 + 1) * 4));
  }

  @Test
  void binsBecomeWiderAndKeepTheMost() {
    ChannelLevel level = new ChannelLevel(0);
    level.change(10, 5);
    level.change(11, 3);
    level.change(12, -8);
    level.change(4_000, 2);
    level.finish(5_000);
    assertThat(level.binWidth()).isEqualTo(8);
    assertThat(level.most(0)).isZero();
    assertThat(level.most(1)).isEqualTo(8);
    assertThat(level.most(2)).isZero();
    assertThat(level.most(499)).isZero();
    assertThat(level.most(500)).isEqualTo(2);
    assertThat(level.most(624)).isEqualTo(2);
    assertThat(level.area()).isEqualTo(BigInteger.valueOf(5 + 8 + 2 * 1_000));
  }

  @Test
  void whatNobodyCanReadAnyMoreIsLost() {
    RunMetrics metrics =
        of(
            1,
            (sink, unit) -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
              int a = trace.arrives(0, "A");
              sink.channelMade(0, 0, ChannelKind.PIPE, "p", 0, 100);
              sink.channelMade(0, 1, ChannelKind.SOCKET_PAIR, "s", 0, 100);
              trace.dispatch(0, a, 0);
              sink.sent(unit, a, 0, 0, 10, true);
              sink.sent(unit, a, 1, 0, 10, true);
              sink.discarded(3 * unit, 1, 10);
              sink.discarded(4 * unit, 0, 4);
              trace.work(0, a, 0, 9);
              trace.leave(0, a, 9, Departure.EXIT);
              trace.ends(9);
            });
    assertThat(metrics.channels().of(0).level().area())
        .isEqualTo(BigInteger.valueOf((30 + 5 * 6) * 4));
    assertThat(metrics.channels().of(1).level().area()).isEqualTo(BigInteger.valueOf(20 * 4));
  }

  @Test
  void latencyIsFromTheSendersCallToTheLastByteReceived() {
    Latencies latencies = pipe().latencies();
    assertThat(latencies.count()).isEqualTo(2);
    assertThat(latencies.sum()).isEqualTo(BigInteger.valueOf((4 + 7) * 4));
    assertThat(latencies.quantile(50)).isEqualTo(4 * 4);
    assertThat(latencies.quantile(95)).isEqualTo(7 * 4);
    assertThat(latencies.max()).isEqualTo(7 * 4);
    // From the first send to the last receipt, not to the end of the file.
    assertThat(pipe().timeInUse()).isEqualTo(10 * 4);
  }

  @Test
  void sharedMemoryIsCountedByAccess() {
    ChannelUse channels = of(2, DrawnChannels::mechanisms).channels();
    ChannelTimes board = channels.of(2);
    assertThat(new long[] {board.loads(), board.stores(), board.atomics(), board.bytes()})
        .containsExactly(1, 1, 2, 32);
    assertThat(board.copies()).isZero();
    assertThat(board.timeInUse()).isEqualTo(4 * 4);
    assertThat(channels.of(3).isUsed()).isFalse();
  }

  @Test
  void channelsAndLocksShareTheirIds() {
    RunMetrics metrics = of(2, DrawnChannels::mechanisms);
    assertThat(metrics.channels().all())
        .extracting(ChannelTimes::name)
        .containsExactly("q", "board", "web");
    assertThat(metrics.locks().all()).extracting(LockTimes::name).containsExactly("m", "n");
    assertThat(metrics.locks().count()).isEqualTo(2);
    assertThat(metrics.locks().isKnown(1)).isFalse();
    assertThat(metrics.channels().isKnown(4)).isFalse();
    assertThat(metrics.channels().isKnown(TraceSink.NONE)).isFalse();
  }

  @Test
  void stoppedThreadIsBlockedUntilItIsContinued() {
    RunMetrics metrics = of(2, DrawnChannels::mechanisms);
    TaskTimes tasks = metrics.tasks();
    assertThat(tasks.turnaround(0)).isEqualTo(14 * 4);
    assertThat(new long[] {tasks.running(0), tasks.waiting(0), tasks.blocked(0)})
        .containsExactly(10 * 4, 0, 4 * 4);
    Stretches stretches = metrics.stretches();
    boolean found = false;
    for (int i = 0; i < stretches.count(); i++) {
      boolean stopped =
          stretches.kind(i) == Stretches.Kind.BLOCKED && stretches.cause(i) == BlockCause.STOPPED;
      if (stopped) {
        found = true;
        assertThat(new long[] {stretches.from(i), stretches.to(i)}).containsExactly(32, 48);
        assertThat(stretches.object(i)).isEqualTo(TraceSink.NONE);
      }
    }
    assertThat(found).isTrue();
    long blocked = 0;
    for (int bin = 0; bin < Occupancy.BINS; bin++) {
      blocked += metrics.occupancy().ofThread(0, bin, Occupancy.Share.BLOCKED);
    }
    assertThat(blocked).isEqualTo(4 * 4);
  }

  @Test
  void wakeUpsTellWhoWokeWhomFromWhat() {
    Wakeups wakeups = of(2, DrawnChannels::mechanisms).wakeups().orElseThrow();
    assertThat(wakeups.kept()).isEqualTo(2);
    assertThat(new long[] {wakeups.time(0), wakeups.waker(0), wakeups.woken(0)})
        .containsExactly(5 * 4, 0, 1);
    assertThat(wakeups.cause(0)).isEqualTo(BlockCause.ACCEPT);
    assertThat(wakeups.object(0)).isEqualTo(3);
    assertThat(wakeups.cause(1)).isEqualTo(BlockCause.STOPPED);
    assertThat(new RunMetrics(1, 10).wakeups()).isEmpty();
  }

  @Test
  void signalsAreKept() {
    assertThat(of(2, DrawnChannels::mechanisms).signals().signals())
        .containsExactly(
            new SentSignals.SentSignal(8 * 4, 1, 0, "SIGSTOP"),
            new SentSignals.SentSignal(12 * 4, 1, 0, "SIGCONT"));
  }

  @Test
  void endOfAStreamIsAMomentButAnEmptyMessageIsNot() {
    RunMetrics metrics = of(1, DrawnChannels::pipe);
    Moments moments = metrics.moments();
    long ends = 0;
    for (int i = 0; i < moments.count(); i++) {
      if (moments.kind(i) == Moments.Kind.END_OF_FILE) {
        ends++;
        assertThat(moments.time(i)).isEqualTo(17 * 4);
      }
    }
    assertThat(ends).isEqualTo(1);
    Moments ofQueue = new Moments(10);
    ofQueue.channelMade(0, 1, ChannelKind.MESSAGE_QUEUE, "q", TraceSink.NONE, 1);
    ofQueue.received(1, 0, 1, 0);
    assertThat(ofQueue.count()).isZero();
  }

  @Test
  void resourceIsHeldAsLongAsItsProcessHasUnitsOfIt() {
    RunMetrics metrics =
        of(
            1,
            (sink, unit) -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
              int a = trace.arrives(0, "A");
              sink.syncObjectMade(0, 0, SyncKind.RESOURCE, "tape", TraceSink.NONE);
              trace.dispatch(0, a, 0);
              sink.unitsHeld(unit, a, 0, 1);
              sink.unitsHeld(2 * unit, a, 0, 3);
              sink.unitsHeld(4 * unit, a, 0, 1);
              sink.unitsHeld(5 * unit, a, 0, 0);
              trace.work(0, a, 0, 6);
              trace.blocks(0, a, 6, BlockCause.RESOURCE, 0);
              trace.ends(7);
            });
    LockTimes tape = metrics.locks().of(0);
    assertThat(new long[] {tape.holds(), tape.holdTotal()}).containsExactly(1, 4 * 4);
    assertThat(tape.waiting()).isEqualTo(1);
  }
}
