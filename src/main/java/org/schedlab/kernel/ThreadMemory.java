package org.schedlab.kernel;

import org.schedlab.kernel.memory.Region;
import org.schedlab.kernel.memory.Transfer;

/**
 * Where a thread's references to memory stand, and which regions are its own. A thread has one only
 * where memory is simulated: it is as large as all that the scheduler looks at, and a thread of
 * which fewer cache lines are used is switched to faster.
 */
final class ThreadMemory {
  // The reference that trapped.
  long trapPage;
  boolean trapWrite;

  /** Whether the fault that was served last made the reference that is next. */
  boolean served;

  /** How many of the references of the instruction in progress have been made. */
  long referred;

  /** How many references of a touch are over. */
  long touched;

  /** The region of a touch in progress. */
  Region touchRegion;

  /** The page of a touch's next reference; -1 as long as it is not known. */
  long touchPage = -1;

  /** How many pages of the working sets have been referenced since it last went ahead. */
  long setReferred;

  /** Whether that were all, and it has not lost the CPU since, or not gone ahead. */
  boolean setsReferred;

  /** What it had attained by then. */
  long attainedBySets;

  Region stack;
  Region workingSet;
  long deepest;
  int deepestCalls;

  /** The page that it has on the way, or waits for with others. */
  Transfer transfer;

  Transfer awaited;

  /** An instruction has been carried out: the next one makes references of its own. */
  void forgetReferences() {
    referred = 0;
    touched = 0;
    touchPage = -1;
    touchRegion = null;
  }
}
