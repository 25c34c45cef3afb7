package org.schedlab.metrics;

import org.schedlab.trace.AccessKind;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.TraceSink;

/** What threads sent each other by one channel, and what that took; in nanoseconds and bytes. */
public final class ChannelTimes {
  /** What a thread may sleep for at a channel. */
  public enum Wait {
    /** Room to send. */
    FULL,
    /** Something to receive. */
    EMPTY
  }

  private static final int WAITS = Wait.values().length;

  private final ChannelKind kind;
  private final String name;
  private final int process;
  private final long capacity;
  private final ChannelLevel level;
  private final Latencies latencies = new Latencies();

  private long messages;
  private long bytes;
  private long receivedBytes;
  private long copies;
  private long copyTime;
  private long kernelTime;
  private long systemCalls;
  private long switches;
  private final long[] waits = new long[WAITS];
  private final long[] waitTime = new long[WAITS];
  private long firstUse = TraceSink.NONE;
  private long lastReceipt = TraceSink.NONE;
  private final long[] accesses = new long[AccessKind.values().length];

  ChannelTimes(long madeAt, ChannelKind kind, String name, int process, long capacity) {
    this.kind = kind;
    this.name = name;
    this.process = process;
    this.capacity = capacity;
    this.level = new ChannelLevel(madeAt);
  }

  void call(boolean resumed, long nanos, long copyNanos) {
    if (!resumed) {
      systemCalls++;
    }
    kernelTime += nanos;
    copyTime += copyNanos;
  }

  void send(long time, long sent, boolean last) {
    use(time);
    bytes += sent;
    if (last) {
      messages++;
    }
    if (sent > 0) {
      copies++;
    }
    level.change(time, countsMessages() ? (last ? 1 : 0) : sent);
  }

  void receive(long time, long received) {
    if (received > 0) {
      lastReceipt = time;
      receivedBytes += received;
      copies++;
    }
    if (!countsMessages()) {
      level.change(time, -received);
    }
  }

  void deliver(long time, long sentAt) {
    lastReceipt = time;
    latencies.add(time - sentAt);
    if (countsMessages()) {
      level.change(time, -1);
    }
  }

  void access(long time, AccessKind how) {
    use(time);
    lastReceipt = time;
    accesses[how.ordinal()]++;
  }

  private void use(long time) {
    if (firstUse == TraceSink.NONE) {
      firstUse = time;
    }
  }

  /** Nobody will receive what was on its way. */
  void discard(long time, long bytes) {
    level.change(time, -bytes);
  }

  void endWait(Wait wait, long length) {
    waits[wait.ordinal()]++;
    waitTime[wait.ordinal()] += length;
  }

  void causeSwitch() {
    switches++;
  }

  void finish(long time) {
    level.finish(time);
  }

  public ChannelKind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  /** Returns kind and name, such as {@code pipe p}. */
  public String label() {
    return kind.label() + " " + name;
  }

  /** Returns the process that has it with its forked children alone, or NONE where all have it. */
  public int process() {
    return process;
  }

  /** Returns messages of a queue, else bytes. */
  public long capacity() {
    return capacity;
  }

  public boolean isSharedMemory() {
    return kind == ChannelKind.SHARED_MEMORY;
  }

  /** Says whether capacity and level are messages; else they are bytes. */
  public boolean countsMessages() {
    return kind == ChannelKind.MESSAGE_QUEUE;
  }

  /** Says whether anything was ever sent by it, or touched in it. */
  public boolean isUsed() {
    return firstUse != TraceSink.NONE;
  }

  /** Returns how many messages were sent in full. */
  public long messages() {
    return messages;
  }

  /** Returns how many bytes were sent; of shared memory, touched: 8 for each access. */
  public long bytes() {
    return isSharedMemory() ? accesses() * Long.BYTES : bytes;
  }

  /** Returns how many bytes were received; of shared memory, touched. */
  public long receivedBytes() {
    return isSharedMemory() ? bytes() : receivedBytes;
  }

  /** Returns how often bytes were copied into it or out of it. */
  public long copies() {
    return copies;
  }

  public long copyTime() {
    return copyTime;
  }

  /** Returns what the kernel took for its system calls, copying included. */
  public long kernelTime() {
    return kernelTime;
  }

  /** Returns how many system calls there were; one that slept and was resumed is one. */
  public long systemCalls() {
    return systemCalls;
  }

  /** Returns how often a CPU went to another thread because one slept here. */
  public long switches() {
    return switches;
  }

  /** Returns how often a thread slept for it. */
  public long waits(Wait wait) {
    return waits[wait.ordinal()];
  }

  /** Returns how long they slept in all. */
  public long waitTime(Wait wait) {
    return waitTime[wait.ordinal()];
  }

  /** Returns how full it was. */
  public ChannelLevel level() {
    return level;
  }

  /**
   * Returns how long messages took from their senders' calls until their last bytes were received.
   */
  public Latencies latencies() {
    return latencies;
  }

  /** Returns how long it was in use: from what was sent first to what was received last. */
  public long timeInUse() {
    return firstUse == TraceSink.NONE ? 0 : Math.max(0, lastReceipt - firstUse);
  }

  public long loads() {
    return accesses[AccessKind.LOAD.ordinal()];
  }

  public long stores() {
    return accesses[AccessKind.STORE.ordinal()];
  }

  /** Returns how many indivisible operations there were, with those that only read. */
  public long atomics() {
    return accesses[AccessKind.ATOMIC_UPDATE.ordinal()]
        + accesses[AccessKind.ATOMIC_STORE.ordinal()]
        + accesses[AccessKind.ATOMIC_LOAD.ordinal()];
  }

  /** Returns how often shared memory was touched. */
  public long accesses() {
    return loads() + stores() + atomics();
  }
}
