package org.schedlab.kernel;

import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;

/**
 * What of a thread is looked at whenever a CPU is switched to it or from it. It is a class of its
 * own only because a JVM lays the fields of a superclass together: among 100,000 ready threads each
 * cache line of a thread is a miss, and spread over the whole {@link KernelThread} these fields
 * filled five lines instead of two or three.
 */
abstract class SwitchedState {
  final int id;
  final Process process;

  /** By CPU; null when it may run anywhere. */
  final boolean[] affinity;

  KernelThread.State state = KernelThread.State.NEW;
  long readySince;

  /** Meaningful while RUNNING. */
  Core core;

  int lastCpu = -1;

  // The instruction in progress.
  Execution execution;
  Instruction instruction;

  /** What is left of it while the thread is not running; -1 when none is in progress. */
  long instructionLeft = -1;

  /** What must go into looking up translations before it goes on. */
  long stallLeft;

  /** Whether the kernel's part of the operation in progress has passed. */
  boolean inKernel;

  // The current stint on a CPU and CPU burst.
  long attained;
  long burstStartAttained;
  long burstComputed;
  long sliceLeft;
  long policyWord;
  Object policyState;

  /** Null while no reference has trapped. */
  KernelThread.Trap trap;

  /** Where its references to memory stand; null where memory is not simulated. */
  final ThreadMemory memory;

  /** What it uses its CPU to wait for. */
  SyncObject spinsAt;

  /** Whether it is to end when the section that it is in ends. */
  boolean doomed;

  /** Whether it is to be stopped when the section that it is in ends. */
  boolean toStop;

  boolean woken;
  boolean systemCallPaid;

  /** Whether it has its mutex back and is to come out of its wait, where a schedule is followed. */
  boolean returns;

  SwitchedState(int id, Process process, boolean[] affinity, ThreadMemory memory) {
    this.id = id;
    this.process = process;
    this.affinity = affinity;
    this.memory = memory;
  }

  /** Makes it as new. */
  void renew() {
    state = KernelThread.State.NEW;
    readySince = 0;
    core = null;
    lastCpu = -1;
    execution.renew();
    instruction = null;
    instructionLeft = -1;
    stallLeft = 0;
    inKernel = false;
    attained = 0;
    burstStartAttained = 0;
    burstComputed = 0;
    sliceLeft = 0;
    policyWord = 0;
    policyState = null;
    doomed = false;
    toStop = false;
    woken = false;
    systemCallPaid = false;
  }
}
