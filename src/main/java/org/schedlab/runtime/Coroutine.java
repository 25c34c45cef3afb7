package org.schedlab.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;

/** A coroutine: where it stands in its program, and what it awaits. */
final class Coroutine {
  /** Where a coroutine is in its life. */
  enum State {
    READY,
    RUNNING,
    SUSPENDED,
    ENDED
  }

  final int id;

  /** Its name within its thread. */
  final String name;

  final String taskName;
  final Execution execution;
  final RandomGenerator random;
  State state = State.READY;

  /** The operation that it is suspended in; null where it only lets others come before. */
  Instruction awaiting;

  /** Counts its suspensions: a timer of an earlier one means nothing any more. */
  int suspension;

  /** Takes it out of where it waits; null where there is nothing to be taken out of. */
  Runnable withdrawal;

  /** The coroutines whose end it awaits. */
  List<Coroutine> tasks = List.of();

  /** Says in words what it awaits. */
  String awaited;

  /** The error that is raised in it when it goes on; null for none. */
  String pending;

  /** The value that is given to it when it goes on. */
  long given;

  /** Gives back what it has been given, while it has not gone on with it; null for nothing. */
  Runnable refusal;

  // How it ended.
  String error;
  boolean retrieved;

  /** Who hears of its end, in the order in which they began to wait. */
  final List<Listener> listeners = new ArrayList<>(1);

  /** Hears of a coroutine's end. */
  @FunctionalInterface
  interface Listener {
    void ended(Coroutine coroutine);
  }

  Coroutine(int id, String name, String taskName, Execution execution, RandomGenerator random) {
    this.id = id;
    this.name = name;
    this.taskName = taskName;
    this.execution = execution;
    this.random = random;
  }

  boolean hasEnded() {
    return state == State.ENDED;
  }
}
