package org.schedlab.policy;

import java.util.List;
import java.util.function.ToLongFunction;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Linux's scheduling classes on one machine: deadline above fifo and rr above fair above idle.
 * Deadline threads run by earliest deadline first and are held back when they have used up what
 * they have reserved; fifo and rr threads by priority, 1 to 99, the larger the more urgent; fair
 * threads by {@link EarliestEligible} or {@link CompletelyFair}. A thread that holds a mutex with
 * priority inheritance rises into the class of the most urgent thread that waits for it.
 *
 * <p>Source: sched(7) and kernel/sched of Linux 6.6.
 */
public final class LinuxClasses {
  /** The classes, the highest first; fifo and rr are one with two names. */
  public static final List<String> NAMES = List.of("deadline", "fifo", "rr", "fair", "idle");

  /** The priority at which deadline threads lend, above all that fifo and rr can have. */
  public static final long DEADLINE_PRIORITY = 100;

  /** The highest priority of classes fifo and rr; the lowest is 1. */
  public static final long HIGHEST_PRIORITY = 99;

  private static final String[] LAYERS = {"deadline", "real-time", "fair", "idle"};
  private static final int DEADLINE = 0;
  private static final int REAL_TIME = 1;
  private static final int FAIR = 2;
  private static final int IDLE = 3;

  private LinuxClasses() {}

  static SchedulingPolicy create(SchedulingPolicy.Context context, PolicyParameters parameters) {
    SchedulingPolicy[] layers = {
      new BandwidthServers(context, true),
      new RealTimeClass(parameters.duration("rr_quantum")),
      fair(context, parameters, task -> NiceWeights.of(task.nice())),
      fair(context, parameters, task -> NiceWeights.IDLE)
    };
    return new LayeredPolicy(layers, LAYERS, LinuxClasses::layerOf, true);
  }

  private static SchedulingPolicy fair(
      SchedulingPolicy.Context context,
      PolicyParameters parameters,
      ToLongFunction<Task> weightOf) {
    return parameters.choice("fair").equals("cfs")
        ? new CompletelyFair(context, parameters, weightOf)
        : new EarliestEligible(parameters.duration("base_slice"), weightOf);
  }

  /** Urgencies count down here: a priority of 99 is -99. */
  private static int layerOf(Task task) {
    int own =
        switch (task.schedulingClass()) {
          case "deadline" -> DEADLINE;
          case "fifo", "rr" -> REAL_TIME;
          case "idle" -> IDLE;
          default -> FAIR;
        };
    if (own > DEADLINE && task.priority() <= -DEADLINE_PRIORITY) {
      return DEADLINE;
    }
    return own > REAL_TIME && task.priority() < 0 ? REAL_TIME : own;
  }
}
