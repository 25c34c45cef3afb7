package org.schedlab.explore;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Instruction;
import org.schedlab.program.Location;

/** A schedule told step by step, with the values read and written. */
public final class Narrative {
  /**
   * A step.
   *
   * @param thread its number in the machine
   * @param text what it does, such as {@code load x = 0}
   * @param failed the assertions that fail behind it
   */
  public record Step(int thread, String text, Location location, List<String> failed) {}

  /** A thread that cannot go on. */
  public record Stuck(int thread, String text, Location location) {}

  private final Machine machine;
  private final Steps steps;
  private final List<Step> told = new ArrayList<>();
  private final List<Stuck> stuck = new ArrayList<>();

  Narrative(Machine machine) {
    this.machine = machine;
    this.steps = new Steps(machine);
  }

  /** Follows a schedule from the beginning. */
  public static Narrative of(Machine machine, int[] schedule) {
    Narrative narrative = new Narrative(machine);
    State state = narrative.steps.initial();
    for (int slot : schedule) {
      State after = narrative.steps.step(state, slot);
      narrative.tell(state, after, slot);
      state = after;
    }
    narrative.tellStuck(state);
    return narrative;
  }

  private void tell(State before, State after, int slot) {
    Instruction next = before.thread(slot).next;
    List<String> failed =
        after.failed().stream().map(assertion -> "assert " + assertion.text + " fails").toList();
    told.add(new Step(slot, text(before, after, slot), next.location, failed));
  }

  private String text(State before, State after, int slot) {
    ThreadState thread = before.thread(slot);
    Instruction next = thread.next;
    return switch (next.opcode) {
      case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> access(before, after, slot);
      case LOCK, SEM_WAIT, RW_LOCK -> {
        boolean fails = next.shared && !Footprints.modifies(steps.footprint(before, slot));
        yield (next.shared ? "try " : "") + wanted(slot, thread) + (fails ? ": fails" : "");
      }
      case UNLOCK, RW_UNLOCK -> "unlock " + name(slot, next.target);
      case SEM_POST -> "post " + name(slot, next.target);
      case COND_WAIT ->
          thread.phase == ThreadState.Phase.REACQUIRING
              ? "lock " + name(slot, next.mutex) + " again"
              : "wait at " + name(slot, next.target) + ", unlock " + name(slot, next.mutex);
      case COND_SIGNAL ->
          (next.flag ? "broadcast " : "signal ")
              + name(slot, next.target)
              + (object(before, slot, next.target).length == 0 ? ": nobody waits" : "");
      case BARRIER_WAIT -> "arrive at " + name(slot, next.target);
      case SEND -> "send to " + name(slot, next.message.object());
      case RECEIVE -> {
        long[] content = object(before, slot, next.message.object());
        String value = content.length == 0 ? "" : " = " + content[0];
        yield "receive from " + name(slot, next.message.object()) + value;
      }
      case START_THREAD -> "start " + next.seed.name();
      case JOIN -> "join " + next.text;
      case SPAWN -> "spawn " + next.process.name();
      case FORK -> "fork " + next.text;
      case WAIT -> "wait for " + next.text;
      default -> next.opcode.name();
    };
  }

  private String access(State before, State after, int slot) {
    ThreadState thread = before.thread(slot);
    int cell = steps.cell(slot, thread);
    String name = machine.cellName(cell);
    long old = before.memory(cell);
    long now = after.memory(cell);
    return switch (thread.next.opcode) {
      case LOAD -> "load " + name + " = " + old;
      case STORE -> "store " + name + " = " + now;
      case COMPARE_AND_SWAP ->
          Footprints.modifies(steps.footprint(before, slot))
              ? "cas " + name + ": " + old + " -> " + now
              : "cas " + name + " fails: it is " + old;
      case FETCH_ADD -> "add to " + name + ": " + old + " -> " + now;
      default -> "exchange " + name + ": " + old + " -> " + now;
    };
  }

  private long[] object(State state, int slot, int target) {
    return state.object(machine.object(machine.thread(slot).process, target));
  }

  private String name(int slot, int target) {
    return machine.object(machine.object(machine.thread(slot).process, target)).name();
  }

  /** Says what keeps a thread from its next step. */
  String obstacle(State state, int slot) {
    ThreadState thread = state.thread(slot);
    String wanted = wanted(slot, thread);
    return switch (thread.next.opcode) {
      case LOCK, RW_LOCK, COND_WAIT, SEM_WAIT -> {
        boolean signalled = thread.phase == ThreadState.Phase.REACQUIRING;
        yield thread.phase == ThreadState.Phase.RUNNING || signalled
            ? "its turn to " + wanted + ", which others have"
            : wanted;
      }
      default -> wanted;
    };
  }

  /** Says what a thread wants to do next. */
  private String wanted(int slot, ThreadState thread) {
    Instruction next = thread.next;
    return switch (next.opcode) {
      case LOCK -> "lock " + name(slot, next.target);
      case SEM_WAIT -> "wait for " + name(slot, next.target);
      case RW_LOCK -> (next.flag ? "write-lock " : "read-lock ") + name(slot, next.target);
      case COND_WAIT ->
          thread.phase == ThreadState.Phase.REACQUIRING
              ? "lock " + name(slot, next.mutex) + " again"
              : "a signal at " + name(slot, next.target);
      case BARRIER_WAIT -> "others at " + name(slot, next.target);
      case SEND -> "room in " + name(slot, next.message.object());
      case RECEIVE -> "something in " + name(slot, next.message.object());
      case JOIN, WAIT -> "the end of " + next.text;
      default -> "a change of what it reads again and again";
    };
  }

  private void tellStuck(State state) {
    if (Census.enabled(steps, state) != 0) {
      return;
    }
    for (int slot = 0; slot < state.threads.length; slot++) {
      ThreadState thread = state.threads[slot];
      if (thread != null && thread.next != null) {
        stuck.add(new Stuck(slot, wanted(slot, thread), thread.next.location));
      }
    }
  }

  public List<Step> steps() {
    return told;
  }

  /** Returns the threads that cannot go on where the schedule ends and nobody can. */
  public List<Stuck> stuck() {
    return stuck;
  }
}
