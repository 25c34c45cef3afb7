import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.PolicyParameters;

/** Last come, first served: the thread that arrived last runs, at once unless told otherwise. */
public class NewestFirst implements SchedulingPolicy {
  public static final List<Parameter> PARAMETERS =
      List.of(Parameter.flag("preemptive", true, "whether a newer thread takes the CPU at once"));

  /** The newer first; of two that arrived together, the one that stands later in the file. */
  private static final Comparator<Task> NEWEST =
      Comparator.comparingLong(Task::release).thenComparingInt(Task::order).reversed();

  private final List<Task> ready = new ArrayList<>();
  private final boolean preemptive;

  public NewestFirst(Context context, PolicyParameters parameters) {
    preemptive = parameters.flag("preemptive");
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    ready.add(task);
  }

  @Override
  public void dequeue(Task task) {
    ready.remove(task);
  }

  @Override
  public Task pickNext(int cpu) {
    Task newest = peek(cpu);
    ready.remove(newest);
    return newest;
  }

  @Override
  public Task pickTail(int cpu) {
    Task oldest = ready.stream().filter(t -> t.mayRunOn(cpu)).max(NEWEST).orElse(null);
    ready.remove(oldest);
    return oldest;
  }

  @Override
  public Task peek(int cpu) {
    return ready.stream().filter(t -> t.mayRunOn(cpu)).min(NEWEST).orElse(null);
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public boolean isPreemptive() {
    return preemptive;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return NEWEST.compare(ready, running) < 0;
  }

  @Override
  public String keyName() {
    return "arrival";
  }

  @Override
  public Key key(Task ready) {
    return Key.time(ready.release());
  }

  @Override
  public String reason(Task picked) {
    return "arrived last";
  }
}
