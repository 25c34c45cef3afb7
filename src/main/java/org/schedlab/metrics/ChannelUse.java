package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.schedlab.trace.AccessKind;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * What threads sent each other by each channel. A sleep at a channel that goes on when the run ends
 * counts up to there.
 */
public final class ChannelUse implements TraceSink {
  /** By id; null where the id is not a channel's. */
  private ChannelTimes[] channels = new ChannelTimes[4];

  private final List<ChannelTimes> all = new ArrayList<>();

  // By thread: the channel at which it sleeps, or NONE, since when and what for.
  private int[] sleepsAt = new int[0];
  private long[] sleepsSince = new long[0];
  private boolean[] sleepsFull = new boolean[0];

  /** By CPU: the channel for which the thread left that ran there last, or NONE. */
  private final int[] leftFor;

  public ChannelUse(int cpus) {
    leftFor = new int[cpus];
    Arrays.fill(leftFor, NONE);
  }

  @Override
  public void channelMade(
      long time, int channel, ChannelKind kind, String name, int process, long capacity) {
    if (channel >= channels.length) {
      channels = Arrays.copyOf(channels, Math.max(channel + 1, channels.length * 2));
    }
    channels[channel] = new ChannelTimes(time, kind, name, process, capacity);
    all.add(channels[channel]);
  }

  @Override
  public void channelCalled(
      long time, int thread, int channel, boolean resumed, long nanos, long copyNanos) {
    channels[channel].call(resumed, nanos, copyNanos);
  }

  @Override
  public void sent(long time, int thread, int channel, long message, long bytes, boolean last) {
    channels[channel].send(time, bytes, last);
  }

  @Override
  public void received(long time, int thread, int channel, long bytes) {
    channels[channel].receive(time, bytes);
  }

  @Override
  public void delivered(long time, int thread, int channel, long message, long sentAt) {
    channels[channel].deliver(time, sentAt);
  }

  @Override
  public void discarded(long time, int channel, long bytes) {
    channels[channel].discard(time, bytes);
  }

  @Override
  public void sharedAccessed(
      long time, int thread, AccessKind kind, int segment, int cell, long value, int line) {
    channels[segment].access(time, kind);
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    leftFor[cpu] = isChannel(cause) ? object : NONE;
    if (cause != BlockCause.FULL && cause != BlockCause.EMPTY) {
      return;
    }
    if (thread >= sleepsAt.length) {
      sleepsAt = LockUse.grown(sleepsAt, thread);
      sleepsSince = Arrays.copyOf(sleepsSince, sleepsAt.length);
      sleepsFull = Arrays.copyOf(sleepsFull, sleepsAt.length);
    }
    sleepsAt[thread] = object;
    sleepsSince[thread] = time;
    sleepsFull[thread] = cause == BlockCause.FULL;
  }

  /** Says whether the object of a blocked thread is a channel. */
  static boolean isChannel(BlockCause cause) {
    return switch (cause) {
      case EMPTY, FULL, ACCEPT, CONNECT, FUTEX -> true;
      default -> false;
    };
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    leftFor[cpu] = NONE;
  }

  @Override
  public void woken(long time, int thread, int waker) {
    endSleep(time, thread);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    endSleep(time, thread);
    if (cpu != NONE) {
      leftFor[cpu] = NONE;
    }
  }

  private void endSleep(long time, int thread) {
    if (thread >= sleepsAt.length || sleepsAt[thread] == NONE) {
      return;
    }
    ChannelTimes.Wait what = sleepsFull[thread] ? ChannelTimes.Wait.FULL : ChannelTimes.Wait.EMPTY;
    channels[sleepsAt[thread]].endWait(what, time - sleepsSince[thread]);
    sleepsAt[thread] = NONE;
  }

  @Override
  public void switched(long time, int cpu, int from, int to, boolean voluntary) {
    if (leftFor[cpu] != NONE) {
      channels[leftFor[cpu]].causeSwitch();
      leftFor[cpu] = NONE;
    }
  }

  @Override
  public void finished(long time) {
    for (int thread = 0; thread < sleepsAt.length; thread++) {
      endSleep(time, thread);
    }
    all.forEach(channel -> channel.finish(time));
  }

  /** Returns the channels in the order in which they were made. */
  public List<ChannelTimes> all() {
    return Collections.unmodifiableList(all);
  }

  /** Says whether an id is a channel's. */
  public boolean isKnown(int channel) {
    return channel >= 0 && channel < channels.length && channels[channel] != null;
  }

  public ChannelTimes of(int channel) {
    return channels[channel];
  }
}
