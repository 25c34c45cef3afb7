package org.schedlab.kernel;

import java.util.Arrays;
import org.schedlab.engine.EventQueue;
import org.schedlab.machine.Cpu;
import org.schedlab.trace.Account;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * What the kernel keeps for each CPU: who runs there, since when and for how long.
 *
 * <p>A CPU is idle, or works for its thread in user mode, or is in a kernel section: a stretch that
 * nothing can cut short (the switch to a thread, the kernel's part of a system call, an interrupt).
 * What the section costs is known when it begins and charged when it ends.
 */
final class Core {
  /** What a CPU is doing. */
  enum Mode {
    IDLE,
    USER,
    KERNEL
  }

  /** What follows a kernel section. */
  enum Then {
    /** The thread that was switched to begins its slice. */
    BEGIN,
    /** The system call takes effect. */
    SYSTEM_CALL,
    /** The interrupted thread, if any, goes on. */
    RESUME
  }

  final Cpu cpu;
  final int id;

  // Alarms of the event queue.
  final int endAlarm;
  final int quantumAlarm;
  final int tickAlarm;

  Mode mode = Mode.IDLE;
  KernelThread current;

  /** What the current thread does in the instant's last step, if it still has the CPU then. */
  enum Pending {
    NONE,
    /** The switch to it is over: its slice begins. */
    SLICE,
    /** It enters the kernel for a system call that takes time. */
    CALL
  }

  Pending pending = Pending.NONE;

  /** Who ran here last, and why it left; a switch is counted when another one follows. */
  KernelThread last;

  Departure lastDeparture;

  /** When the slice of the current thread ends; EventQueue.NEVER for none. */
  long sliceEnd = EventQueue.NEVER;

  /** When the instruction in progress ends, in user mode. */
  long instructionEnd;

  private long instructionStart;
  private long userSince;

  // What goes into looking up translations: of the time since then, of the instruction in progress,
  // of the one that is just beginning, and of the one whose references are being made.
  private long stalled;

  private long instructionStall;
  private long taken;
  private long newStall;

  // The kernel section.
  Then then;
  long sectionEnd;
  private Account[] parts = new Account[8];
  private long[] lengths = new long[8];
  private int partCount;
  private long sectionLength;

  Core(Cpu cpu, Alarms alarms) {
    this.cpu = cpu;
    this.id = cpu.id();
    this.endAlarm = alarms.operationEnd(id);
    this.quantumAlarm = alarms.quantum(id);
    this.tickAlarm = alarms.tick(id);
  }

  /** Returns the current thread's id, or NONE. */
  int threadId() {
    return current == null ? TraceSink.NONE : current.id;
  }

  /** Returns when the section ends or, in user mode, the instruction or the slice. */
  long comesTo() {
    return mode == Mode.KERNEL ? sectionEnd : Math.min(instructionEnd, sliceEnd);
  }

  /** Returns what is left of the slice; 0 where it has no end. */
  long sliceLeft(long now) {
    return sliceEnd == EventQueue.NEVER ? 0 : Math.max(0, sliceEnd - now);
  }

  // --- user mode

  void enterUser(long now) {
    mode = Mode.USER;
    userSince = now;
    stalled = 0;
    instructionStall = 0;
  }

  /** Adds what a reference takes longer because its translation must be looked up. */
  void addStall(long nanos) {
    newStall += nanos;
  }

  /** Returns what the references of the instruction that is to begin take longer. */
  long takeStall() {
    taken = dropStall();
    stalled += taken;
    return taken;
  }

  /** Returns the same where the instruction does not begin here. */
  long dropStall() {
    long dropped = newStall;
    newStall = 0;
    return dropped;
  }

  /** Returns what of the time since user mode was entered went into looking up translations. */
  long stalledSoFar(long now) {
    return stalled > 0 && mode == Mode.USER ? stalled - stallLeft(now) : 0;
  }

  /** Returns what is still to go into that for the instruction in progress. */
  long stallLeft(long now) {
    return Math.max(0, instructionStall - (now - instructionStart));
  }

  /** Returns the time since user mode was entered, which goes on. */
  long userSoFar(long now) {
    return now - userSince;
  }

  /** Returns the own work since user mode was entered. */
  long ownWorkSoFar(long now) {
    return mode == Mode.USER ? userSoFar(now) - stalledSoFar(now) : 0;
  }

  void beginInstruction(long now, long end) {
    instructionStart = now;
    instructionEnd = end;
    instructionStall = taken;
    taken = 0;
  }

  long instructionStart() {
    return instructionStart;
  }

  /** Returns how long the instruction in progress will have computed when it ends. */
  long instructionLength() {
    return instructionEnd - instructionStart - instructionStall;
  }

  /** Returns how long the instruction in progress has computed since it was begun or resumed. */
  long instructionSoFar(long now) {
    boolean computing = mode == Mode.USER && pending == Pending.NONE && current.isComputing();
    return computing ? Math.max(0, now - instructionStart - instructionStall) : 0;
  }

  // --- kernel sections

  /** Adds a part to the section that is about to begin or, for an interrupt, goes on. */
  void addPart(Account account, long nanos) {
    if (nanos <= 0) {
      return;
    }
    if (partCount == parts.length) {
      parts = Arrays.copyOf(parts, 2 * partCount);
      lengths = Arrays.copyOf(lengths, 2 * partCount);
    }
    parts[partCount] = account;
    lengths[partCount++] = nanos;
    sectionLength += nanos;
  }

  /** Takes back the parts added, for the section does not begin yet. */
  void dropParts() {
    partCount = 0;
    sectionLength = 0;
  }

  /** Returns the length of the parts added since the last section was charged. */
  long sectionLength() {
    return sectionLength;
  }

  /** Charges the section's parts, as far as they lie before {@code until}, and empties it. */
  void chargeSection(long until) {
    long at = cpu.chargedUntil();
    int thread = threadId();
    for (int i = 0; i < partCount; i++) {
      at = Math.min(until, at + lengths[i]);
      cpu.charge(thread, parts[i], at);
    }
    partCount = 0;
    sectionLength = 0;
  }
}
