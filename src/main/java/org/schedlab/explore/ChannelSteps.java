package org.schedlab.explore;

import java.util.Arrays;
import org.schedlab.program.Errno;
import org.schedlab.program.Execution;
import org.schedlab.program.Formula;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/**
 * Steps at pipes and message queues. A state keeps of each what it holds, three numbers a message,
 * in the order of receiving: value, bytes, priority. A write goes in as a whole, and so waits for
 * room for all of it.
 */
final class ChannelSteps {
  private static final int WORDS = 3;

  /** The largest priority of a message (MQ_PRIO_MAX less 1, mq_overview(7)). */
  private static final long MOST_PRIORITY = 32_767;

  /** With a signal's number, the exit code of a process that it ended, as in sh; SIGPIPE is 13. */
  private static final int BROKEN_PIPE = 128 + 13;

  private final Machine machine;
  private final Steps steps;
  private final FamilySteps family;

  ChannelSteps(Machine machine, Steps steps, FamilySteps family) {
    this.machine = machine;
    this.steps = steps;
    this.family = family;
  }

  private int number(int slot, Instruction next) {
    return machine.object(machine.thread(slot).process, next.message.object());
  }

  private static long evaluate(Formula formula, long otherwise, Execution execution) {
    return formula == null ? otherwise : formula.evaluate(execution);
  }

  private static boolean inMessages(Channels channel) {
    return channel.queue() || channel.whole();
  }

  private static long level(Channels channel, long[] content) {
    if (inMessages(channel)) {
      return content.length / WORDS;
    }
    long bytes = 0;
    for (int i = 1; i < content.length; i += WORDS) {
      bytes += content[i];
    }
    return bytes;
  }

  /** Says whether a receiver finds something, a sender room. */
  boolean isReady(State state, int slot, ThreadState thread) {
    Instruction next = thread.next;
    int number = number(slot, next);
    Channels channel = machine.channel(number);
    long[] content = state.object(number);
    if (next.opcode == Opcode.RECEIVE) {
      return content.length > 0
          || !channel.queue() && bytes(channel, thread) == 0
          || family.isClosed(state, number, true);
    }
    if (isRefused(channel, thread) || family.isClosed(state, number, false)) {
      return true;
    }
    long needed = inMessages(channel) ? 1 : bytes(channel, thread);
    if (needed > channel.capacity()) {
      throw new UnexplorableException(
          "a schedule writes more than the pipe holds; explore takes a write as a whole",
          next.location);
    }
    return level(channel, content) + needed <= channel.capacity();
  }

  /** Says whether a queue takes no such message. */
  private static boolean isRefused(Channels channel, ThreadState thread) {
    return refusal(channel, thread) != null;
  }

  private static Errno refusal(Channels channel, ThreadState thread) {
    long bytes = bytes(channel, thread);
    if (!channel.queue()) {
      return bytes < 0 ? Errno.EINVAL : null;
    }
    long priority = evaluate(thread.next.message.priority(), 0, thread.execution);
    if (bytes > channel.messageSize()) {
      return Errno.EMSGSIZE;
    }
    return bytes < 0 || priority < 0 || priority > MOST_PRIORITY ? Errno.EINVAL : null;
  }

  private static long bytes(Channels channel, ThreadState thread) {
    return evaluate(thread.next.message.bytes(), channel.messageSize(), thread.execution);
  }

  int[] footprint(State state, int slot, ThreadState thread) {
    Instruction next = thread.next;
    int number = number(slot, next);
    int thing = Footprints.object(number);
    boolean sends = next.opcode == Opcode.SEND;
    if (machine.channel(number).whole()) {
      int[] side = {Footprints.modifying(thing + (sends ? 0 : 1))};
      if (machine.isOpenToSeveral(number)) {
        return Footprints.plus(side, asked(state, number, sends));
      }
      thread.footprint = side;
      return side;
    }
    boolean fails =
        next.shared && !isReady(state, slot, thread)
            || sends && isRefused(machine.channel(number), thread);
    int[] own = {fails ? Footprints.reading(thing) : Footprints.modifying(thing)};
    return Footprints.plus(own, asked(state, number, sends));
  }

  /** Returns the end of which an operation learns whether it is closed. */
  private int[] asked(State state, int number, boolean sends) {
    if (!machine.isOpenToSeveral(number)
        || !sends && (state.object(number).length > 0 || !family.isClosed(state, number, true))) {
      return Footprints.NOTHING;
    }
    return new int[] {Footprints.reading(Footprints.end(Machine.end(number, !sends)))};
  }

  /**
   * Carries an operation out, which need not wait or only tries.
   *
   * @return whether the thread goes on
   */
  boolean perform(State state, int slot, ThreadState thread, Execution execution) {
    Instruction next = thread.next;
    int number = number(slot, next);
    boolean sends = next.opcode == Opcode.SEND;
    Errno refusal = sends ? refusal(machine.channel(number), thread) : null;
    if (sends && refusal == null && family.isClosed(state, number, false)) {
      if (next.error < 0) {
        breakPipe(state, slot, thread, execution);
        return false;
      }
      refusal = Errno.EPIPE;
    }
    if (refusal != null) {
      execution.setRegister(next.register, -1);
      answer(execution, next, -1, refusal.number());
    } else if (!isReady(state, slot, thread)) {
      if (sends) {
        execution.setRegister(next.register, -1);
      }
      answer(execution, next, -1, Errno.EAGAIN.number());
    } else if (sends) {
      send(state, number, thread, execution);
    } else {
      receive(state, number, thread, execution);
    }
    return true;
  }

  /** Nobody will read what is written: the process ends, unless its program asks for the error. */
  private void breakPipe(State state, int slot, ThreadState thread, Execution execution) {
    if (!machine.isAlone(slot)) {
      throw new UnexplorableException(
          "a schedule writes to a pipe that nobody reads any more, which ends the process with its"
              + " other threads; explore does not follow that, but `error` asks for it",
          thread.next.location);
    }
    steps.end(state, slot, execution, thread.children, BROKEN_PIPE);
  }

  private static void answer(Execution execution, Instruction next, long count, int error) {
    execution.setRegister(next.message.count(), count);
    execution.setRegister(next.error, error);
  }

  private void send(State state, int number, ThreadState thread, Execution execution) {
    Instruction next = thread.next;
    Channels channel = machine.channel(number);
    long bytes = bytes(channel, thread);
    long value = evaluate(next.message.value(), 0, execution);
    long priority = evaluate(next.message.priority(), 0, execution);
    long[] content = state.object(number);
    if (bytes == 0 && !channel.queue()) {
      answer(execution, next, 0, 0);
      return;
    }
    int at = content.length;
    while (at > 0 && content[at - 1] < priority) {
      at -= WORDS;
    }
    long[] more = new long[content.length + WORDS];
    System.arraycopy(content, 0, more, 0, at);
    more[at] = value;
    more[at + 1] = bytes;
    more[at + 2] = priority;
    System.arraycopy(content, at, more, at + WORDS, content.length - at);
    state.setObject(number, more);
    answer(execution, next, bytes, 0);
  }

  private void receive(State state, int number, ThreadState thread, Execution execution) {
    Instruction next = thread.next;
    Channels channel = machine.channel(number);
    long[] content = state.object(number);
    if (content.length == 0) {
      // The end of the file, or nothing asked for.
      execution.setRegister(next.register, 0);
      answer(execution, next, 0, 0);
      return;
    }
    execution.setRegister(next.register, content[0]);
    execution.setRegister(next.message.priorityInto(), content[2]);
    if (inMessages(channel)) {
      state.setObject(number, Arrays.copyOfRange(content, WORDS, content.length));
      answer(execution, next, content[1], 0);
      return;
    }
    long most = bytes(channel, thread);
    long left = most;
    int from = 0;
    long[] rest = content.clone();
    while (from < rest.length && left > 0) {
      long part = Math.min(left, rest[from + 1]);
      rest[from + 1] -= part;
      left -= part;
      from += rest[from + 1] == 0 ? WORDS : 0;
    }
    state.setObject(number, Arrays.copyOfRange(rest, from, rest.length));
    answer(execution, next, most - left, 0);
  }
}
