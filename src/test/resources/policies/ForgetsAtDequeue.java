import org.schedlab.kernel.Task;

/** A priority queue that keeps a thread that it should give back. */
class ForgetsAtDequeue extends Line {
  private static final java.util.Comparator<Task> ORDER =
      java.util.Comparator.comparingLong(Task::priority).thenComparingInt(Task::order);

  private final java.util.PriorityQueue<Task> queue = new java.util.PriorityQueue<>(ORDER);

  @Override
  public void enqueue(Task task, Reason reason) {
    queue.add(task);
    super.enqueue(task, reason);
  }

  @Override
  public void dequeue(Task task) {
    super.dequeue(task);
    // Forgotten: queue.remove(task).
  }

  @Override
  public Task peek(int cpu) {
    return queue.stream().filter(task -> task.mayRunOn(cpu)).min(ORDER).orElse(null);
  }

  @Override
  public Task pickNext(int cpu) {
    Task task = peek(cpu);
    queue.remove(task);
    ready.remove(task);
    return task;
  }

  @Override
  public Task pickTail(int cpu) {
    Task task = super.pickTail(cpu);
    queue.remove(task);
    return task;
  }
}
