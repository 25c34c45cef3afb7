package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;

/**
 * What a schedule has come to: where each thread stands, memory, and objects. It never changes once
 * it is made; what a step leaves as it was is shared with the state before.
 */
public final class State {
  private static final List<Instruction> NONE = List.of();

  /** 2 to the 32 by the golden ratio: spreads the bits of what it multiplies. */
  private static final int MIXER = 0x9E3779B9;

  /** By number; null for one that has not been started. */
  ThreadState[] threads;

  /** The assertions that failed in the step that led here; no part of what makes states equal. */
  private List<Instruction> failed = NONE;

  private long[] memory;
  private long[][] objects;
  private boolean ownsMemory;
  private boolean ownsObjects;
  private int hash;

  /** Makes the beginning, in which no thread has been started. */
  State(Machine machine) {
    threads = new ThreadState[machine.initialThreads()];
    memory = machine.memory();
    objects = new long[machine.objectCount()][];
    ownsMemory = true;
    ownsObjects = true;
  }

  /** Makes a state that is like another one, to be changed by a step. */
  State(State before) {
    threads = before.threads.clone();
    memory = before.memory;
    objects = before.objects;
  }

  // --- threads

  ThreadState thread(int slot) {
    return slot < threads.length ? threads[slot] : null;
  }

  void setThread(int slot, ThreadState state) {
    if (slot >= threads.length) {
      threads = Arrays.copyOf(threads, slot + 1);
    }
    threads[slot] = state;
  }

  /** Says whether all threads that were started have ended. */
  public boolean isOver() {
    for (ThreadState thread : threads) {
      if (thread != null && thread.phase != ThreadState.Phase.ENDED) {
        return false;
      }
    }
    return true;
  }

  /** Returns the registers of a thread, or null where they are not known any more. */
  public Execution execution(int slot) {
    ThreadState thread = thread(slot);
    return thread == null ? null : thread.execution;
  }

  void fail(Instruction assertion) {
    if (failed.isEmpty()) {
      failed = new ArrayList<>(1);
    }
    failed.add(assertion);
  }

  /** Returns the assertions that failed in the step that led here. */
  List<Instruction> failed() {
    return failed;
  }

  // --- memory and objects

  /** Returns the value of a cell; 0 of one whose process has not been made. */
  public long memory(int cell) {
    return cell < memory.length ? memory[cell] : 0;
  }

  /** Returns how many cells there are by now. */
  int cellCount() {
    return memory.length;
  }

  /** Makes room for the cells and objects of a process that another has made. */
  void grow(long[] cells, int objectCount) {
    if (cells.length > memory.length) {
      int before = memory.length;
      memory = Arrays.copyOf(memory, cells.length);
      System.arraycopy(cells, before, memory, before, cells.length - before);
      ownsMemory = true;
    }
    if (objectCount > objects.length) {
      objects = Arrays.copyOf(objects, objectCount);
      ownsObjects = true;
    }
  }

  /** Returns how many objects there are by now. */
  int objectCount() {
    return objects.length;
  }

  /** Returns the cells, to be changed by the step in the making. */
  long[] ownMemory() {
    if (!ownsMemory) {
      memory = memory.clone();
      ownsMemory = true;
    }
    return memory;
  }

  long[] memory() {
    return memory;
  }

  long[] object(int number) {
    return objects[number];
  }

  void setObject(int number, long... content) {
    if (!ownsObjects) {
      objects = objects.clone();
      ownsObjects = true;
    }
    objects[number] = content;
  }

  // --- equality

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof State state) || hashCode() != state.hashCode()) {
      return false;
    }
    int most = Math.max(threads.length, state.threads.length);
    for (int slot = 0; slot < most; slot++) {
      ThreadState one = thread(slot);
      ThreadState two = state.thread(slot);
      if (one != two && (one == null || !one.standsAs(two))) {
        return false;
      }
    }
    return (memory == state.memory || Arrays.equals(memory, state.memory))
        && (objects == state.objects || Arrays.deepEquals(objects, state.objects));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      int mixed = Arrays.hashCode(memory);
      for (int slot = 0; slot < threads.length; slot++) {
        // Threads not yet started add nothing, however many of them are known.
        if (threads[slot] != null) {
          mixed += (2 * slot + 1) * MIXER * threads[slot].hashCode();
        }
      }
      hash = (31 * mixed + Arrays.deepHashCode(objects)) | 1;
    }
    return hash;
  }
}
