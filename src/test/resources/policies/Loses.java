import org.schedlab.kernel.Task;

/** Forgets every thread that comes second, and owns up. */
class Loses extends Line {
  private int enqueued;

  @Override
  public void enqueue(Task task, Reason reason) {
    if (++enqueued != 2) {
      super.enqueue(task, reason);
    }
  }
}
