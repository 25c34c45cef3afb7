import java.util.ArrayList;
import java.util.List;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/** A first-in-first-out queue that keeps the contract; its children here do not. */
abstract class Line implements SchedulingPolicy {
  final List<Task> ready = new ArrayList<>();

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
    Task task = peek(cpu);
    ready.remove(task);
    return task;
  }

  @Override
  public Task pickTail(int cpu) {
    for (int i = ready.size() - 1; i >= 0; i--) {
      if (ready.get(i).mayRunOn(cpu)) {
        return ready.remove(i);
      }
    }
    return null;
  }

  @Override
  public Task peek(int cpu) {
    return ready.stream().filter(task -> task.mayRunOn(cpu)).findFirst().orElse(null);
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public long timeSlice(Task task) {
    return 2_000_000;
  }
}
