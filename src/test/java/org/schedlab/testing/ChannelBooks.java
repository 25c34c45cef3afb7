package org.schedlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * Keeps books of what is inside channels, and checks each fact against them: bytes leave a stream
 * in the order in which they entered, messages leave a queue by priority and age, nothing gets lost
 * or holds more than it can, and at the end nobody sleeps who could go on.
 *
 * <p>Every process has one thread, of the same number. The priority of a message is the remainder
 * of its length by 4. Threads with even numbers have the ends a of socket pairs, others b.
 */
public final class ChannelBooks implements TraceSink {
  /** What is said of a thread's program: it always writes so much to a stream, and polls these. */
  public record Habits(Map<String, Long> writes, List<String> reading, List<String> writing) {}

  private record Piece(long message, long bytes, boolean last) {}

  private record Message(long number, long bytes) {
    long priority() {
      return bytes % 4;
    }
  }

  /** Bytes in one direction, from an end of a channel to another. */
  private static final class Stream {
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final long capacity;
    private final long atomic;
    private final String source;
    private final String sink;
    private long bytes;

    Stream(ChannelKind kind, long capacity, String source, String sink) {
      this.capacity = capacity;
      this.atomic = kind == ChannelKind.PIPE ? Math.min(4096, capacity) : 0;
      this.source = source;
      this.sink = sink;
    }
  }

  private static final class Queue {
    private final List<Message> messages = new ArrayList<>();
    private final List<Integer> receivers = new ArrayList<>();
    private long capacity;

    Message next() {
      return messages.stream()
          .min(
              Comparator.comparingLong((Message message) -> -message.priority())
                  .thenComparingLong(Message::number))
          .orElseThrow(() -> new AssertionError("an empty queue gives a message"));
    }
  }

  private final List<Habits> habits;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<String, Stream> streams = new HashMap<>();
  private final Map<String, Queue> queues = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final Map<Integer, String> closedLast = new HashMap<>();
  private final Map<Integer, Message> handed = new HashMap<>();
  private final Map<Integer, BlockCause> asleep = new HashMap<>();
  private final Map<Integer, String> sleepsAt = new HashMap<>();
  private final Set<Integer> runnable = new HashSet<>();
  private final Set<Integer> stopped = new HashSet<>();
  private final Deque<Long> toDeliver = new ArrayDeque<>();
  private final StringBuilder transcript = new StringBuilder();

  public ChannelBooks(List<Habits> habits) {
    this.habits = habits;
  }

  /** Returns every fact about channels as text. */
  public String transcript() {
    return transcript.toString();
  }

  private void note(long time, String fact, long... details) {
    assertThat(toDeliver).as("messages that have been received").isEmpty();
    transcript.append(time).append(' ').append(fact);
    for (long detail : details) {
      transcript.append(' ').append(detail);
    }
    transcript.append('\n');
  }

  @Override
  public void channelMade(
      long time, int channel, ChannelKind kind, String name, int process, long capacity) {
    names.put(channel, name);
    switch (kind) {
      case PIPE -> streams.put(name, new Stream(kind, capacity, name + " write", name + " read"));
      case SOCKET_PAIR -> {
        streams.put(name + " a", new Stream(kind, capacity, name + " a", name + " b"));
        streams.put(name + " b", new Stream(kind, capacity, name + " b", name + " a"));
      }
      default -> {
        Queue queue = new Queue();
        queue.capacity = capacity;
        queues.put(name, queue);
      }
    }
  }

  private Stream out(String name, int thread) {
    Stream pipe = streams.get(name);
    return pipe != null ? pipe : streams.get(name + (thread % 2 == 0 ? " a" : " b"));
  }

  private Stream in(String name, int thread) {
    return out(name, thread + 1);
  }

  // --- what moves

  @Override
  public void sent(long time, int thread, int channel, long message, long bytes, boolean last) {
    note(time, "sent", thread, channel, message, bytes, last ? 1 : 0);
    String name = names.get(channel);
    if (queues.containsKey(name)) {
      enter(queues.get(name), new Message(message, bytes));
      assertThat(queues.get(name).messages.size())
          .isLessThanOrEqualTo((int) queues.get(name).capacity);
      return;
    }
    Stream stream = out(name, thread);
    assertThat(closed).doesNotContain(stream.sink);
    stream.pieces.add(new Piece(message, bytes, last));
    stream.bytes += bytes;
    assertThat(stream.bytes).isLessThanOrEqualTo(stream.capacity);
    long whole = habits.get(thread).writes().get(name);
    assertThat(whole > stream.atomic || bytes == whole).as("an atomic write in parts").isTrue();
  }

  private void enter(Queue queue, Message message) {
    if (queue.receivers.isEmpty()) {
      queue.messages.add(message);
    } else {
      handed.put(queue.receivers.remove(0), message);
    }
  }

  @Override
  public void received(long time, int thread, int channel, long bytes) {
    note(time, "received", thread, channel, bytes);
    String name = names.get(channel);
    if (queues.containsKey(name)) {
      Queue queue = queues.get(name);
      Message message = handed.remove(thread);
      if (message == null) {
        message = queue.next();
        queue.messages.remove(message);
      }
      assertThat(bytes).isEqualTo(message.bytes());
      toDeliver.add(message.number());
      return;
    }
    Stream stream = in(name, thread);
    assertThat(stream.bytes).isGreaterThanOrEqualTo(bytes);
    stream.bytes -= bytes;
    long left = bytes;
    while (left > 0) {
      Piece piece = stream.pieces.poll();
      if (piece.bytes() > left) {
        stream.pieces.addFirst(new Piece(piece.message(), piece.bytes() - left, piece.last()));
      } else if (piece.last()) {
        toDeliver.add(piece.message());
      }
      left -= Math.min(left, piece.bytes());
    }
  }

  @Override
  public void delivered(long time, int thread, int channel, long message, long sentAt) {
    assertThat(toDeliver.poll()).isEqualTo(message);
    assertThat(sentAt).isLessThanOrEqualTo(time);
  }

  @Override
  public void discarded(long time, int channel, long bytes) {
    note(time, "discarded", channel, bytes);
    for (Stream stream : streams.values()) {
      if (stream.sink.equals(closedLast.get(channel))) {
        assertThat(bytes).isEqualTo(stream.bytes);
        stream.pieces.clear();
        stream.bytes = 0;
      }
    }
  }

  @Override
  public void endClosed(long time, int channel, int process, String end, int left) {
    note(time, "closed " + end, channel, process, left);
    if (left == 0) {
      closed.add(names.get(channel) + " " + end);
      closedLast.put(channel, names.get(channel) + " " + end);
    }
  }

  // --- who sleeps

  @Override
  public void madeReady(long time, int thread) {
    runnable.add(thread);
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    note(time, "blocked for " + cause, thread, object);
    runnable.remove(thread);
    asleep.put(thread, cause);
    String name = names.get(object);
    sleepsAt.put(thread, name);
    if (cause == BlockCause.EMPTY && queues.containsKey(name)) {
      queues.get(name).receivers.add(thread);
    }
  }

  @Override
  public void suspended(long time, int thread) {
    note(time, "suspended", thread);
    runnable.remove(thread);
    asleep.put(thread, BlockCause.STOPPED);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    note(time, "woken", thread, waker);
    asleep.remove(thread);
    runnable.add(thread);
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    assertThat(runnable).contains(thread);
  }

  @Override
  public void operationFailed(
      long time, int thread, int object, String error, String detail, int line, int column) {
    note(time, error, thread, object);
    queues.values().forEach(queue -> queue.receivers.remove((Integer) thread));
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    note(time, "exited", thread, code);
    runnable.remove(thread);
    asleep.remove(thread);
    queues.values().forEach(queue -> queue.receivers.remove((Integer) thread));
    Message back = handed.remove(thread);
    if (back != null) {
      enter(queues.get(sleepsAt.get(thread)), back);
    }
  }

  @Override
  public void stopped(long time, int process) {
    note(time, "stopped", process);
    stopped.add(process);
  }

  @Override
  public void continued(long time, int process) {
    note(time, "continued", process);
    stopped.remove(process);
  }

  // --- the end

  /** Checks that nobody sleeps who could go on, and nothing waits for nobody; the run is over. */
  public void checkEnd() {
    for (Stream stream : streams.values()) {
      assertThat(stream.bytes == 0 || !closed.contains(stream.sink)).isTrue();
    }
    assertThat(runnable).as("threads that can go on").isEmpty();
    asleep.forEach(
        (thread, cause) -> {
          if (!stopped.contains(thread)) {
            assertThat(canGoOn(thread, cause))
                .as("thread %d sleeps for %s at %s", thread, cause, sleepsAt.get(thread))
                .isFalse();
          }
        });
  }

  private boolean canGoOn(int thread, BlockCause cause) {
    String name = sleepsAt.get(thread);
    return switch (cause) {
      case EMPTY -> isReadable(name, thread);
      case FULL ->
          queues.containsKey(name) ? isWritable(name, thread) : allCanWrite(out(name, thread));
      case POLL ->
          habits.get(thread).reading().stream().anyMatch(port -> isReadable(port, thread))
              || habits.get(thread).writing().stream().anyMatch(port -> isWritable(port, thread));
      default -> true;
    };
  }

  private boolean isReadable(String name, int thread) {
    if (queues.containsKey(name)) {
      return !queues.get(name).messages.isEmpty();
    }
    Stream stream = in(name, thread);
    return stream.bytes > 0 || closed.contains(stream.source);
  }

  private boolean isWritable(String name, int thread) {
    if (queues.containsKey(name)) {
      return queues.get(name).messages.size() < queues.get(name).capacity;
    }
    Stream stream = out(name, thread);
    return stream.bytes < stream.capacity || closed.contains(stream.sink);
  }

  /** Whoever is first in line keeps the others waiting, whatever they need. */
  private boolean allCanWrite(Stream stream) {
    boolean all = true;
    for (Map.Entry<Integer, BlockCause> each : asleep.entrySet()) {
      String name = sleepsAt.get(each.getKey());
      if (each.getValue() == BlockCause.FULL
          && !queues.containsKey(name)
          && out(name, each.getKey()) == stream) {
        long whole = habits.get(each.getKey()).writes().get(name);
        long needed = whole <= stream.atomic ? whole : 1;
        all &= stream.bytes + needed <= stream.capacity || closed.contains(stream.sink);
      }
    }
    return all;
  }
}
