package org.schedlab.plugin;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a process that runs policies was last doing, in a file that its parent maps too: it outlives
 * whatever becomes of the process. Numbers may be of different calls where several runs go on side
 * by side; they are for messages and for noticing that nothing moves.
 */
public final class FlightRecorder {
  private static final int BYTES = 64;
  private static final int DONE = 0;
  private static final int CALLS = 8;
  private static final int CALLBACK = 16;
  private static final int TIME = 24;
  private static final int POLICY = 32;
  private static final int WORKLOAD = 40;

  private final MappedByteBuffer buffer;

  /**
   * @param file made longer where it is too short
   */
  public FlightRecorder(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
    }
  }

  /** A policy is called. */
  void entered(int policy, Callback callback, long time) {
    buffer.putLong(TIME, time);
    buffer.putLong(POLICY, policy);
    buffer.putLong(CALLBACK, callback.ordinal() + 1L);
    buffer.putLong(CALLS, buffer.getLong(CALLS) + 1);
  }

  /** The call is over. */
  void left() {
    buffer.putLong(CALLBACK, 0);
  }

  /** The process ends as it should, or has said why not. */
  public void done() {
    buffer.putLong(DONE, 1);
  }

  /** The process is ended because of a policy that cannot be stopped, and has said so. */
  public void stopped() {
    buffer.putLong(DONE, 2);
  }

  public boolean isStopped() {
    return buffer.getLong(DONE) == 2;
  }

  /** Notes which workload of a conformance check is run. */
  public void workload(long number) {
    buffer.putLong(WORKLOAD, number);
  }

  public boolean isDone() {
    return buffer.getLong(DONE) != 0;
  }

  /** Returns how many calls there were: where it stands still, nothing moves. */
  public long calls() {
    return buffer.getLong(CALLS);
  }

  /** Returns what is being called, or null. */
  public Callback callback() {
    long number = buffer.getLong(CALLBACK);
    return number == 0 ? null : Callback.values()[(int) number - 1];
  }

  /** Returns the simulated time of the last call. */
  public long time() {
    return buffer.getLong(TIME);
  }

  /** Returns the number of the policy called last, in the order of loading. */
  public int policy() {
    return (int) buffer.getLong(POLICY);
  }

  /** Returns the workload of a conformance check that was noted last. */
  public long workload() {
    return buffer.getLong(WORKLOAD);
  }
}
