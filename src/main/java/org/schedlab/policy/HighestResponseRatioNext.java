package org.schedlab.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Highest response ratio next: the thread with the largest (waiting + burst) / burst runs until it
 * blocks or ends, waiting counted since it became ready; ties in order of entry. Ratios grow at
 * different speeds, so each choice looks at every ready thread.
 *
 * <p>Source: Brinch Hansen, "Short-term scheduling in multiprogramming systems", SOSP 1971;
 * Stallings, Operating Systems, 9th ed., section 9.2.
 */
final class HighestResponseRatioNext implements SchedulingPolicy {
  private final FifoQueue ready = new FifoQueue();
  private final Clock clock;

  HighestResponseRatioNext(Context context) {
    this.clock = context.clock();
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    ready.addLast(task);
  }

  @Override
  public void dequeue(Task task) {
    ready.remove(task);
  }

  @Override
  public Task pickNext(int cpu) {
    int best = best(cpu);
    return best < 0 ? null : ready.removeAt(best);
  }

  @Override
  public Task pickTail(int cpu) {
    return ready.pollLast(cpu);
  }

  @Override
  public Task peek(int cpu) {
    int best = best(cpu);
    return best < 0 ? null : ready.get(best);
  }

  @Override
  public int size() {
    return ready.size();
  }

  private int best(int cpu) {
    int best = -1;
    for (int i = 0; i < ready.size(); i++) {
      Task task = ready.get(i);
      if (task.mayRunOn(cpu) && (best < 0 || hasLargerRatio(task, ready.get(best)))) {
        best = i;
      }
    }
    return best;
  }

  /** Compares (w + b) / b without dividing: w₁·b₂ > w₂·b₁, in 128 bits. */
  private boolean hasLargerRatio(Task a, Task b) {
    long now = clock.now();
    long waitedA = now - a.readySince();
    long waitedB = now - b.readySince();
    long burstA = a.remainingBurst();
    long burstB = b.remainingBurst();
    if (burstA == 0 || burstB == 0) {
      // A burst of zero has an infinite ratio; two of them are equal.
      return burstA == 0 && burstB != 0;
    }
    long highA = Math.multiplyHigh(waitedA, burstB);
    long highB = Math.multiplyHigh(waitedB, burstA);
    if (highA != highB) {
      return highA > highB;
    }
    return Long.compareUnsigned(waitedA * burstB, waitedB * burstA) > 0;
  }

  @Override
  public String keyName() {
    return "response ratio";
  }

  @Override
  public Key key(Task task) {
    BigDecimal burst = BigDecimal.valueOf(task.remainingBurst());
    if (burst.signum() == 0) {
      return Key.of("infinite");
    }
    BigDecimal waited = BigDecimal.valueOf(clock.now() - task.readySince());
    return Key.of(waited.add(burst).divide(burst, 3, RoundingMode.HALF_EVEN).toPlainString());
  }

  @Override
  public String reason(Task picked) {
    return "has the highest response ratio";
  }
}
