package org.schedlab.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.trace.AwaitCause;

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

  /** Its name among those of its runtime. */
  final String name;

  /** How many were made before it under the same name. */
  final int namesakes;

  final Execution execution;
  final RandomGenerator random;
  State state = State.READY;

  /** The most bytes that its calls have taken at once. */
  long mostCallBytes;

  /** The operation that it is suspended in; null where it only lets others come before. */
  Instruction awaiting;

  /** Counts its suspensions: a timer of an earlier one means nothing any more. */
  int suspension;

  /** Counts the suspensions of all: they are told in this order. */
  long suspendedAs;

  /** Takes it out of where it waits; null where there is nothing to be taken out of. */
  Runnable withdrawal;

  /** The coroutines whose end it awaits. */
  List<Coroutine> tasks = List.of();

  // What it awaits.
  AwaitCause cause;

  /** The name of that, or null. */
  String awaited;

  /** The error that is raised in it when it goes on; null for none. */
  String pending;

  /** Whether it is cancelled where it would next be suspended. */
  boolean toCancel;

  /** The value that is given to it when it goes on. */
  long given;

  /** Gives back what it has been given, while it has not gone on with it; null for nothing. */
  Refusal refusal;

  // How it ended.
  String error;
  boolean retrieved;

  /** Who hears of its end, in the order in which they began to wait; null for nobody. */
  private List<Listener> listeners;

  /** Hears of a coroutine's end. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param carrier who ran it
     */
    void ended(Carrier carrier, Coroutine coroutine);
  }

  /** Gives back what a coroutine was given that does not want it any more. */
  @FunctionalInterface
  interface Refusal {
    /**
     * @param carrier who runs the one that took it from it
     */
    void refuse(Carrier carrier);
  }

  Coroutine(int id, String name, int namesakes, Execution execution, RandomGenerator random) {
    this.id = id;
    this.name = name;
    this.namesakes = namesakes;
    this.execution = execution;
    this.random = random;
  }

  /** Its turn begins: what it has awaited is its own now, unless an error has come between. */
  void begin() {
    state = State.RUNNING;
    refusal = null;
    if (awaiting != null && pending == null) {
      execution.setRegister(awaiting.register, given);
      execution.setRegister(awaiting.error, 0);
    }
  }

  boolean hasEnded() {
    return state == State.ENDED;
  }

  void addListener(Listener listener) {
    if (listeners == null) {
      listeners = new ArrayList<>(1);
    }
    listeners.add(listener);
  }

  void removeListener(Listener listener) {
    if (listeners != null) {
      listeners.remove(listener);
    }
  }

  /** Returns who hears of its end; from now on nobody does. */
  List<Listener> takeListeners() {
    List<Listener> taken = listeners == null ? List.of() : listeners;
    listeners = null;
    return taken;
  }

  /** Says what it waits for. */
  String describeWait() {
    return name + " waits for " + cause.label() + (awaited == null ? "" : " " + awaited);
  }
}
