package org.schedlab.engine;

/**
 * The order of what happens at one instant. The constants stand in that order; each says why it
 * stands where it does. Within a phase the smaller key goes first: CPUs by number, wakes in the
 * order in which they were started, arrivals in the order of the scenario.
 */
public enum Phase {
  /** Work that ends now has ended: a burst as long as its quantum is not preempted. */
  OPERATION_END,
  /** MLFQ: a quantum that ends now ends before anything new can stand in the queue. */
  EARLY_QUANTUM,
  /** MLFQ: the boost follows the quantum ends of its instant. */
  EARLY_POLICY_TIMER,
  /** The timer interrupt is taken before the devices' interrupts, by CPU. */
  TIMER_TICK,
  /** What a thread waited for happens: it stands in the queue ahead of newcomers. */
  WAKE,
  /** Newcomers stand ahead of a thread whose quantum ends now. */
  ARRIVAL,
  /** What a workload generates comes after what the scenario lists, group by group. */
  GENERATED_ARRIVAL,
  /** The thread goes to the tail, behind all that came at this instant. */
  QUANTUM,
  /** The policy's own timer sees everyone in place, and acts before CPUs choose. */
  POLICY_TIMER
}
