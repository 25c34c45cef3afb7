package org.schedlab.scenario;

import java.util.List;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.TimeSource;

/**
 * A group of processes that a run makes by itself, each of one thread. Times are nanoseconds.
 *
 * @param name the group's; its processes are called {@code name[0]}, {@code name[1]}, … in the
 *     order in which they arrive
 * @param count how many arrive at most, or {@link #UNLIMITED}
 * @param start when the first one arrives, or customers begin to think
 * @param arrivals when the others do
 * @param classes what the processes are like; the only class has an empty name where the file names
 *     none
 * @param warmup the first so many are run, but not counted in the summary
 */
public record JobGroup(
    String name,
    long count,
    long start,
    Arrivals arrivals,
    List<JobClass> classes,
    long warmup,
    Location location) {

  /** Processes arrive until the horizon. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** When processes arrive. */
  public sealed interface Arrivals {}

  /** An open system: so much time passes from each arrival to the next. */
  public record Between(TimeSource gap) implements Arrivals {}

  /**
   * An open system in which several come close together.
   *
   * @param size how many come in a burst
   * @param gap from one to the next within a burst
   * @param pause from the last of a burst to the first of the next one
   */
  public record Bursts(int size, TimeSource gap, TimeSource pause) implements Arrivals {}

  /** Processes arrive at these times, ascending, counted from the group's start. */
  public record At(List<Long> times) implements Arrivals {
    public At {
      times = List.copyOf(times);
    }
  }

  /**
   * A closed system: each customer thinks, submits a process, waits for its end, and thinks again.
   */
  public record Customers(int customers, TimeSource think) implements Arrivals {}

  /**
   * Processes of one kind within a group.
   *
   * @param name empty for the only class of a group
   * @param share how many of the group's processes are of this class, in proportion to the shares
   *     of the others; above 0
   */
  public record JobClass(
      String name, double share, List<Operation> program, Operation.Attributes attributes) {}

  /** Returns what results call a class: {@code job}, or {@code job/short}. */
  public String label(JobClass jobClass) {
    return jobClass.name().isEmpty() ? name : name + "/" + jobClass.name();
  }
}
