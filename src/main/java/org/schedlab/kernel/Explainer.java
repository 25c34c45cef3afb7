package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.schedlab.trace.Decision;
import org.schedlab.trace.TraceSink;

/**
 * Tells of each decision who was ready, by what threads were compared and by which rule one was
 * chosen. Made only where a sink asks for it; it only looks.
 */
final class Explainer {
  /** How many ready threads of a decision are told. */
  private static final int CANDIDATES = 20;

  private final Clock clock;
  private final TraceSink trace;
  private final ThreadTable threads;
  private final RunQueues runQueues;

  Explainer(Clock clock, TraceSink trace, ThreadTable threads, RunQueues runQueues) {
    this.clock = clock;
    this.trace = trace;
    this.threads = threads;
    this.runQueues = runQueues;
  }

  /**
   * Picks the thread that a CPU is to run, from its own queue, and tells why.
   *
   * @param preempted who has just lost the CPU to it; null for nobody
   */
  KernelThread pick(Core core, KernelThread preempted) {
    if (!trace.explains()) {
      return leftOut(core, runQueues.pick(core));
    }
    SchedulingPolicy policy = runQueues.of(core);
    List<KernelThread> ready = ready(core);
    ready.removeIf(thread -> runQueues.queueOf(thread) != policy);
    List<Decision.Candidate> candidates = candidates(ready);
    KernelThread picked = runQueues.pick(core);
    if (picked != null) {
      tell(core, picked, preempted, policy.reason(picked), policy.keyName(), ready, candidates);
    }
    return picked;
  }

  /** Steals a thread for a CPU from another one's queue, and tells from where. */
  KernelThread steal(Core core) {
    if (!trace.explains()) {
      return leftOut(core, runQueues.steal(core));
    }
    List<KernelThread> ready = ready(core);
    List<Decision.Candidate> candidates = candidates(ready);
    KernelThread stolen = runQueues.steal(core);
    if (stolen != null) {
      String rule =
          "is last in the queue of CPU " + runQueues.home(stolen) + ", from which it is stolen";
      tell(core, stolen, null, rule, runQueues.of(core).keyName(), ready, candidates);
    }
    return stolen;
  }

  private KernelThread leftOut(Core core, KernelThread picked) {
    if (picked != null) {
      trace.decisionLeftOut(clock.now(), core.id);
    }
    return picked;
  }

  /** Returns the ready threads that may run on a CPU, in the order of the file. */
  private List<KernelThread> ready(Core core) {
    List<KernelThread> ready = new ArrayList<>();
    for (int slot = 0; slot < threads.slots(); slot++) {
      KernelThread thread = threads.at(slot);
      boolean isReady = thread != null && thread.state == KernelThread.State.READY;
      if (isReady && thread.mayRunOn(core.id)) {
        ready.add(thread);
      }
    }
    ready.sort(Comparator.comparingInt(thread -> thread.id));
    return ready;
  }

  private List<Decision.Candidate> candidates(List<KernelThread> ready) {
    List<Decision.Candidate> candidates = new ArrayList<>();
    for (KernelThread thread : ready.subList(0, Math.min(CANDIDATES, ready.size()))) {
      SchedulingPolicy.Key key = runQueues.queueOf(thread).key(thread);
      candidates.add(new Decision.Candidate(thread.id, key.nanos(), key.text()));
    }
    return candidates;
  }

  private void tell(
      Core core,
      KernelThread chosen,
      KernelThread preempted,
      String rule,
      String keyName,
      List<KernelThread> ready,
      List<Decision.Candidate> candidates) {
    trace.decided(
        clock.now(),
        core.id,
        new Decision(
            chosen.id,
            preempted == null ? TraceSink.NONE : preempted.id,
            rule,
            keyName,
            List.copyOf(candidates),
            ready.size() - candidates.size()));
  }
}
