package org.schedlab.policy;

import java.util.List;
import org.schedlab.kernel.SchedulingPolicy;

/**
 * Multilevel queue: fixed classes, one above the other, each with a policy of its own. A thread
 * stays in the class that the scenario puts it in.
 *
 * <p>Source: Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., section 5.3.5.
 */
final class MultilevelQueue {
  private MultilevelQueue() {}

  static SchedulingPolicy create(SchedulingPolicy.Context context, PolicyParameters parameters) {
    List<QueueClass> classes = parameters.classes("classes");
    SchedulingPolicy[] layers =
        classes.stream()
            .map(c -> c.policy().factory().create(context, c.parameters()))
            .toArray(SchedulingPolicy[]::new);
    String[] names = classes.stream().map(QueueClass::name).toArray(String[]::new);
    return new LayeredPolicy(
        layers,
        names,
        task -> Math.max(0, List.of(names).indexOf(task.schedulingClass())),
        parameters.flag("preemptive"));
  }
}
