import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.PolicyParameters;

/**
 * Round robin: one first-in-first-out queue, and a thread runs at most one quantum at a time.
 *
 * <p>Run it:
 *
 * <pre>schedlab run SCENARIO.yaml --policy TurnTaking.java --quantum 2</pre>
 */
public class TurnTaking implements SchedulingPolicy {
  /** What may stand beside `policy:` in a scenario, and what --quantum sets. */
  public static final List<Parameter> PARAMETERS =
      List.of(Parameter.duration("quantum", 4L, "how long a thread runs at a time"));

  /** The ready threads. From enqueue on they are ours, until one of the next three gives them back. */
  private final ArrayDeque<Task> ready = new ArrayDeque<>();

  private final long quantum;

  /** One instance is made for each ready queue: one in all, or one for each CPU. */
  public TurnTaking(Context context, PolicyParameters parameters) {
    quantum = parameters.duration("quantum"); // nanoseconds, as all times
  }

  /** A thread is ready: it is new, has been woken, or had to leave its CPU (see Reason). */
  @Override
  public void enqueue(Task task, Reason reason) {
    ready.addLast(task);
  }

  /** A ready thread will not run here: its process ends, or its place in the queue changes. */
  @Override
  public void dequeue(Task task) {
    ready.remove(task);
  }

  /** A CPU is free: give the thread that runs there next, and forget it; null for none. */
  @Override
  public Task pickNext(int cpu) {
    return take(ready.iterator(), cpu);
  }

  /** Another CPU steals: give the last in line that may run there; null for none. */
  @Override
  public Task pickTail(int cpu) {
    return take(ready.descendingIterator(), cpu);
  }

  private static Task take(Iterator<Task> line, int cpu) {
    while (line.hasNext()) {
      Task task = line.next();
      if (task.mayRunOn(cpu)) { // a scenario can pin threads to CPUs
        line.remove();
        return task;
      }
    }
    return null;
  }

  /** What pickNext would give; it stays in the queue. */
  @Override
  public Task peek(int cpu) {
    for (Task task : ready) {
      if (task.mayRunOn(cpu)) {
        return task;
      }
    }
    return null;
  }

  /** How many threads are ready. */
  @Override
  public int size() {
    return ready.size();
  }

  /** How long a thread that was just picked runs before enqueue(task, QUANTUM). */
  @Override
  public long timeSlice(Task task) {
    return quantum;
  }
}
