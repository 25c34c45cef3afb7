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

  private final Machine machine;

  ChannelSteps(Machine machine) {
    this.machine = machine;
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
      return content.length > 0;
    }
    long needed = inMessages(channel) ? 1 : bytes(channel, thread);
    if (needed > channel.capacity()) {
      throw new UnexplorableException(
          "a schedule writes more than the pipe holds; explore takes a write as a whole",
          next.location);
    }
    return level(channel, content) + needed <= channel.capacity();
  }

  private static long bytes(Channels channel, ThreadState thread) {
    return evaluate(thread.next.message.bytes(), channel.messageSize(), thread.execution);
  }

  int[] footprint(State state, int slot, ThreadState thread) {
    Instruction next = thread.next;
    int number = number(slot, next);
    int thing = machine.cellCount() + 2 * number;
    if (machine.channel(number).whole()) {
      int side = next.opcode == Opcode.SEND ? 0 : 1;
      thread.footprint = new int[] {Footprints.modifying(thing + side)};
      return thread.footprint;
    }
    boolean fails = next.shared && !isReady(state, slot, thread);
    return new int[] {fails ? Footprints.reading(thing) : Footprints.modifying(thing)};
  }

  /** Carries an operation out, which need not wait or only tries. */
  void perform(State state, int slot, ThreadState thread, Execution execution) {
    Instruction next = thread.next;
    int number = number(slot, next);
    boolean sends = next.opcode == Opcode.SEND;
    if (!isReady(state, slot, thread)) {
      if (sends) {
        execution.setRegister(next.register, -1);
      }
      answer(execution, next, -1, Errno.EAGAIN.number());
    } else if (sends) {
      send(state, number, thread, execution);
    } else {
      receive(state, number, thread, execution);
    }
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
