package org.schedlab.kernel.ipc;

import java.util.Arrays;

/**
 * Bytes on their way in one direction, as a pipe holds them (pipe(7)): at most so many, in the
 * order in which they were written. It knows whose bytes they are only as numbers of messages, of
 * which each is one write.
 *
 * @param <T> who waits to read and to write
 */
public final class ByteStream<T> {
  /** Hears of each message whose last byte has been taken. */
  @FunctionalInterface
  public interface Receipt {
    void delivered(long message, long sentAt);
  }

  public final Gate<T> readers = new Gate<>();
  public final Gate<T> writers = new Gate<>();
  private final long capacity;
  private final long atomic;

  // The pieces that it holds, in a ring; a message is more than one where it came in parts.
  private long[] message = new long[4];
  private long[] length = new long[4];
  private long[] value = new long[4];
  private long[] sentAt = new long[4];
  private boolean[] last = new boolean[4];
  private int head;
  private int pieces;
  private long bytes;

  private boolean readEndClosed;
  private boolean writeEndClosed;

  /**
   * Makes an empty stream.
   *
   * @param capacity the most bytes that it holds
   * @param atomic the longest write that goes in as a whole or not at all
   */
  public ByteStream(long capacity, long atomic) {
    this.capacity = capacity;
    this.atomic = Math.min(atomic, capacity);
  }

  /** Returns how many bytes it holds. */
  public long bytes() {
    return bytes;
  }

  /**
   * Returns how many bytes of a write would go in now.
   *
   * @param left what is left of it
   * @param total its length
   */
  public long room(long left, long total) {
    long room = capacity - bytes;
    if (total <= atomic) {
      return room >= total ? left : 0;
    }
    return Math.min(left, room);
  }

  /**
   * Puts bytes of a write in, of which there is room.
   *
   * @param carried what each of them carries
   * @param began when its writer made the call
   * @param ends whether these are its last
   */
  public void put(long written, long count, long carried, long began, boolean ends) {
    int tail = (head + pieces - 1) & (message.length - 1);
    if (pieces > 0 && message[tail] == written) {
      length[tail] += count;
      last[tail] = ends;
    } else {
      if (pieces == message.length) {
        grow();
      }
      tail = (head + pieces++) & (message.length - 1);
      message[tail] = written;
      length[tail] = count;
      value[tail] = carried;
      sentAt[tail] = began;
      last[tail] = ends;
    }
    bytes += count;
  }

  private void grow() {
    message = unrolled(message);
    length = unrolled(length);
    value = unrolled(value);
    sentAt = unrolled(sentAt);
    boolean[] ends = new boolean[2 * last.length];
    for (int i = 0; i < pieces; i++) {
      ends[i] = last[(head + i) & (last.length - 1)];
    }
    last = ends;
    head = 0;
  }

  private long[] unrolled(long[] ring) {
    long[] larger = Arrays.copyOf(ring, 2 * ring.length);
    for (int i = 0; i < pieces; i++) {
      larger[i] = ring[(head + i) & (ring.length - 1)];
    }
    return larger;
  }

  /** Returns what the first byte carries; the stream is not empty. */
  public long firstValue() {
    return value[head];
  }

  /** Takes up to {@code most} bytes out; returns how many. */
  public long take(long most, Receipt receipt) {
    long taken = Math.min(most, bytes);
    long left = taken;
    while (left > 0) {
      long part = Math.min(left, length[head]);
      left -= part;
      length[head] -= part;
      if (length[head] == 0) {
        int done = head;
        head = (head + 1) & (message.length - 1);
        pieces--;
        if (last[done]) {
          receipt.delivered(message[done], sentAt[done]);
        }
      }
    }
    bytes -= taken;
    return taken;
  }

  // --- ends

  /** Says whether no more bytes will come. */
  public boolean hasEnded() {
    return bytes == 0 && writeEndClosed;
  }

  /** Says whether nobody will read what is written. */
  public boolean isBroken() {
    return readEndClosed;
  }

  /** Says whether a reader need not wait: bytes are there, or none will ever come. */
  public boolean isReadable() {
    return bytes > 0 || writeEndClosed;
  }

  /** Says whether a writer of one byte need not wait: there is room, or it will never be read. */
  public boolean isWritable() {
    return bytes < capacity || readEndClosed;
  }

  public void setReadEndClosed(boolean closed) {
    readEndClosed = closed;
  }

  public void setWriteEndClosed(boolean closed) {
    writeEndClosed = closed;
  }
}
