package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.kernel.ipc.ByteStream;
import org.schedlab.kernel.ipc.Gate;
import org.schedlab.kernel.ipc.MessageQueue;
import org.schedlab.kernel.sync.WaitList;
import org.schedlab.kernel.sync.WaitingPlace;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/**
 * A thread's system call on channels that is not over: how far it came, and where the thread is
 * noted down while it sleeps. A thread has at most one, so it has at most one record of waiting,
 * and that names every place where it waits. One object serves all calls of a thread, one after the
 * other.
 */
final class Call {
  /** What is not said in the scenario: bytes of a send or receive without a number of them. */
  private static final long WHOLE_MESSAGE = Long.MAX_VALUE;

  private final KernelThread thread;
  Instruction instruction;

  /** The end that it is about; null where the process has no such connection, and for a poll. */
  Endpoint end;

  /** The length of what it sends, or the most that it takes. */
  long total;

  long value;
  long priority;

  /** Bytes that it has sent. */
  long moved;

  /** The number of the message that it sends. */
  long message;

  /** When the thread made the call. */
  long began;

  /** A message that somebody has handed over while it slept. */
  MessageQueue.Message handed;

  /** Whether the thread has slept for it. */
  boolean resumed;

  /** Where it was woken and others sleep behind it; null if nowhere. */
  Gate<KernelThread> turn;

  /** When it gives up; -1 for never. */
  long deadline;

  /** What the kernel takes for it now, copying included. */
  long nanos;

  long copyNanos;

  private final List<WaitingPlace<KernelThread>> places = new ArrayList<>(1);

  Call(KernelThread thread) {
    this.thread = thread;
  }

  /** The thread makes another call. */
  void begin(Instruction another, Endpoint about) {
    instruction = another;
    end = about;
    Execution execution = thread.execution;
    Instruction.Message port = instruction.message;
    boolean sized = port != null && port.bytes() != null;
    total = sized ? port.bytes().evaluate(execution) : WHOLE_MESSAGE;
    boolean valued = port != null && port.value() != null;
    value = valued ? port.value().evaluate(execution) : 0;
    boolean urgent = port != null && port.priority() != null;
    priority = urgent ? port.priority().evaluate(execution) : 0;
    moved = 0;
    message = -1;
    began = 0;
    handed = null;
    resumed = false;
    turn = null;
    deadline = -1;
    nanos = 0;
    copyNanos = 0;
    places.clear();
  }

  /** Says whether it moves bytes. */
  boolean moves() {
    return sends() || instruction.opcode == Opcode.RECEIVE;
  }

  boolean sends() {
    return instruction.opcode == Opcode.SEND;
  }

  /** Returns the stream that a send or receive is about; null where its end has none that way. */
  ByteStream<KernelThread> stream() {
    return sends() ? end.out : end.in;
  }

  /** The thread sleeps at a gate; who was woken there and found nothing keeps his place. */
  void sleepAt(Gate<KernelThread> gate) {
    gate.await(thread, resumed);
    places.add(gate);
  }

  /** The thread wants to hear of a gate. */
  void watch(Gate<KernelThread> gate) {
    gate.watch(thread);
    places.add(gate);
  }

  /** The thread is in a list of those who wait. */
  void waitIn(WaitList<KernelThread> list) {
    list.add(thread);
    places.add(list);
  }

  /** Gives a look ahead what a send or receive that goes on will give, as things stand. */
  void foresee(Execution execution) {
    Instruction.Message port = instruction.message;
    if (instruction.opcode == Opcode.SEND) {
      execution.setRegister(port.count(), total);
    } else if (handed != null) {
      execution.setRegister(instruction.register, handed.value());
      execution.setRegister(port.count(), handed.bytes());
      execution.setRegister(port.priorityInto(), handed.priority());
    } else if (instruction.opcode == Opcode.RECEIVE && end.in != null) {
      execution.setRegister(instruction.register, end.in.bytes() > 0 ? end.in.firstValue() : 0);
      execution.setRegister(port.count(), Math.min(total, end.in.bytes()));
    }
    execution.setRegister(instruction.error, 0);
  }

  /** Says whether the thread sleeps for it. */
  boolean isWaiting() {
    return !places.isEmpty();
  }

  /** The thread waits nowhere any more. */
  void withdraw() {
    for (int i = 0; i < places.size(); i++) {
      places.get(i).withdraw(thread);
    }
    places.clear();
  }

  /** It was woken at a gate, and has its turn there. */
  void takeTurn(Gate<KernelThread> gate) {
    places.clear();
    turn = gate;
  }

  /** It has tried: the next one may be woken. */
  void passTurn() {
    if (turn != null) {
      turn.passOn(thread);
      turn = null;
    }
  }
}
