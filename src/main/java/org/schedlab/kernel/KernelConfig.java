package org.schedlab.kernel;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.schedlab.cost.CostModel;
import org.schedlab.machine.Device;
import org.schedlab.program.SharedObject;
import org.schedlab.program.UserRuntime;

/**
 * What a kernel is told before it starts.
 *
 * @param cpus 1 to 256
 * @param devices the devices, by id
 * @param perCpu whether each CPU has a ready queue of its own
 * @param highFirst whether a larger priority number is more urgent
 * @param policies makes the policy of one ready queue
 * @param seed of all random numbers
 * @param mostEvents so many events and operations a run may have
 * @param mostPerInstant so many operations may follow each other without time going on
 * @param paging how memory is translated and managed
 * @param objects what threads of all processes wait at for each other
 * @param avoidance whether resources are given by the banker's algorithm
 * @param runtimes makes what schedules coroutines in a thread
 * @param watched full names of the threads whose registers are asked for when they have ended
 * @param foldsJobs whether generated processes are too many to be told apart: ids of ended ones are
 *     used again
 * @param drawers gives by a thread's or coroutine's full name the name by which it draws random
 *     numbers
 * @param script the schedule that is followed, or null
 */
public record KernelConfig(
    int cpus,
    CostModel costs,
    List<Device> devices,
    boolean perCpu,
    boolean highFirst,
    Function<SchedulingPolicy.Context, SchedulingPolicy> policies,
    long seed,
    long mostEvents,
    long mostPerInstant,
    PagingConfig paging,
    List<SharedObject> objects,
    boolean avoidance,
    UserRuntime.Factory runtimes,
    Set<String> watched,
    boolean foldsJobs,
    UnaryOperator<String> drawers,
    Script script) {
  /** Has everybody draw random numbers by its own name. */
  public static final UnaryOperator<String> BY_OWN_NAME = name -> name;
}
