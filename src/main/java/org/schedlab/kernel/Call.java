package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.kernel.ipc.ByteStream;
import org.schedlab.kernel.ipc.Gate;
import org.schedlab.kernel.ipc.MessageQueue;
import org.schedlab.kernel.sync.WaitList;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/**
 * A thread's system call on channels that is not over: how far it came, and where the thread is
 * noted down while it sleeps. A thread has at most one, so it has at most one record of waiting,
 * and that names every place where it waits.
 */
final class Call {
  /** What is not said in the scenario: bytes of a send or receive without a number of them. */
  private static final long WHOLE_MESSAGE = Long.MAX_VALUE;

  final Instruction instruction;

  /** The end that it is about; null where the process has no such connection, and for a poll. */
  final Endpoint end;

  /** The length of what it sends, or the most that it takes. */
  final long total;

  final long value;
  final long priority;

  /** Bytes that it has sent. */
  long moved;

  /** The number of the message that it sends. */
  long message = -1;

  /** When the thread made the call. */
  long began;

  /** A message that somebody has handed over while it slept. */
  MessageQueue.Message handed;

  /** Whether the thread has slept for it. */
  boolean resumed;

  /** Where it was woken and others sleep behind it; null if nowhere. */
  Gate<KernelThread> turn;

  /** When it gives up; -1 for never. */
  long deadline = -1;

  /** What the kernel takes for it now, copying included. */
  long nanos;

  long copyNanos;

  private List<Runnable> places = List.of();

  Call(Instruction instruction, Endpoint end, Execution execution) {
    this.instruction = instruction;
    this.end = end;
    Instruction.Message message = instruction.message;
    boolean sized = message != null && message.bytes() != null;
    this.total = sized ? message.bytes().evaluate(execution) : WHOLE_MESSAGE;
    boolean valued = message != null && message.value() != null;
    this.value = valued ? message.value().evaluate(execution) : 0;
    boolean urgent = message != null && message.priority() != null;
    this.priority = urgent ? message.priority().evaluate(execution) : 0;
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
  void sleepAt(Gate<KernelThread> gate, KernelThread thread) {
    gate.await(thread, resumed);
    note(() -> gate.withdraw(thread));
  }

  /** The thread wants to hear of a gate. */
  void watch(Gate<KernelThread> gate, KernelThread thread) {
    gate.watch(thread);
    note(() -> gate.withdraw(thread));
  }

  /** The thread is in a list of those who wait. */
  void waitIn(WaitList<KernelThread> list, KernelThread thread) {
    list.add(thread);
    note(() -> list.remove(thread));
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

  private void note(Runnable withdrawal) {
    if (places.isEmpty()) {
      places = new ArrayList<>(1);
    }
    places.add(withdrawal);
  }

  /** Says whether the thread sleeps for it. */
  boolean isWaiting() {
    return !places.isEmpty();
  }

  /** The thread waits nowhere any more. */
  void withdraw() {
    places.forEach(Runnable::run);
    places = List.of();
  }

  /** It was woken at a gate, and has its turn there. */
  void takeTurn(Gate<KernelThread> gate) {
    places = List.of();
    turn = gate;
  }

  /** It has tried: the next one may be woken. */
  void passTurn(KernelThread thread) {
    if (turn != null) {
      turn.passOn(thread);
      turn = null;
    }
  }
}
