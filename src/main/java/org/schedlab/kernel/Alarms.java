package org.schedlab.kernel;

import java.util.List;
import org.schedlab.engine.EventQueue;
import org.schedlab.engine.Phase;

/** The alarms of the event queue: for each CPU one of each phase, in the order of the phases. */
final class Alarms {
  private static final List<Phase> QUANTUM_LAST =
      List.of(Phase.OPERATION_END, Phase.TIMER_TICK, Phase.QUANTUM, Phase.POLICY_TIMER);
  private static final List<Phase> QUANTUM_FIRST =
      List.of(Phase.OPERATION_END, Phase.EARLY_QUANTUM, Phase.EARLY_POLICY_TIMER, Phase.TIMER_TICK);

  private final List<Phase> phases;
  private final int cpus;

  /**
   * Lays the alarms out.
   *
   * @param quantumEndsFirst whether quanta end before the wakes and arrivals of their instant
   */
  Alarms(int cpus, boolean quantumEndsFirst) {
    this.cpus = cpus;
    this.phases = quantumEndsFirst ? QUANTUM_FIRST : QUANTUM_LAST;
  }

  EventQueue newQueue() {
    Phase[] all = new Phase[phases.size() * cpus];
    int[] subjects = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = phases.get(i / cpus);
      subjects[i] = i % cpus;
    }
    return new EventQueue(all, subjects);
  }

  int operationEnd(int cpu) {
    return of(Phase.OPERATION_END) + cpu;
  }

  int tick(int cpu) {
    return of(Phase.TIMER_TICK) + cpu;
  }

  int quantum(int cpu) {
    return of(phases.contains(Phase.QUANTUM) ? Phase.QUANTUM : Phase.EARLY_QUANTUM) + cpu;
  }

  /** Returns the alarm of a ready queue's policy. */
  int policyTimer(int queue) {
    boolean late = phases.contains(Phase.POLICY_TIMER);
    return of(late ? Phase.POLICY_TIMER : Phase.EARLY_POLICY_TIMER) + queue;
  }

  private int of(Phase phase) {
    return phases.indexOf(phase) * cpus;
  }
}
