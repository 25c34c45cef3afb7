package org.schedlab.explore;

import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/** A step of the schedule that is being looked at, with what comes before it. */
final class Event {
  static final int NONE = -1;

  final int slot;

  /** Which of its thread's steps it is, from 1. */
  final int number;

  final Instruction instruction;
  final int[] footprint;

  /** Whether others may have kept the thread from it for a time. */
  final boolean mayWait;

  /** Whether it touches the same whatever others have done. */
  final boolean fixed;

  /** By thread: the last of its steps that comes before by dependence, itself included. */
  int[] clock;

  /** What its thread knew before it, as {@link #clock}. */
  final int[] base;

  /** By thread: the last of its steps that happens before, itself included. */
  int[] known;

  /** The cell that it accesses, or NONE. */
  int cell = NONE;

  boolean write;
  boolean atomic;
  boolean lost;

  /** The locks held, as the number of a set, where it accesses a cell. */
  int held;

  // Of Eraser's states of the cell, after a plain access: the thread that alone has used it or
  // NONE, and else the locks in common and whether somebody has written since others came.
  int onlyUser = NONE;
  int candidates;
  boolean modified;

  /** The thing by which later steps come to know of this one, or NONE. */
  int releases = NONE;

  /** The thing by which this step comes to know of earlier ones, or NONE. */
  int acquires = NONE;

  int alsoAcquires = NONE;

  /** At a channel whose messages are received as they are sent: which one it is, from 1. */
  int ordinal;

  /** The channel and its capacity, where there is an ordinal. */
  int channel = NONE;

  long capacity;

  Event(
      int slot,
      int number,
      Instruction instruction,
      int[] footprint,
      boolean mayWait,
      boolean fixed,
      int[] base) {
    this.slot = slot;
    this.number = number;
    this.instruction = instruction;
    this.footprint = footprint;
    this.mayWait = mayWait;
    this.fixed = fixed;
    this.base = base;
  }

  /** Returns the entry of a clock, which may be too short for a thread that came later. */
  static int at(int[] clock, int slot) {
    return slot < clock.length ? clock[slot] : 0;
  }

  /** Says whether another event comes before this one by dependence, or is it. */
  boolean follows(Event other) {
    return at(clock, other.slot) >= other.number;
  }

  boolean sends() {
    return instruction.opcode == Opcode.SEND;
  }

  /** Says whether a message of the one lets the other do something: send it, or make room. */
  boolean isEnabledBy(Event other) {
    return enables(other, channel, ordinal, sends(), capacity);
  }

  /** Says whether an event lets an operation at a channel, the so-manieth of its kind, happen. */
  static boolean enables(Event event, int channel, int ordinal, boolean sends, long capacity) {
    if (channel == NONE || event.channel != channel || event.sends() == sends) {
      return false;
    }
    return sends ? event.ordinal + capacity == ordinal : event.ordinal == ordinal;
  }
}
