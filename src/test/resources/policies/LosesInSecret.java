import org.schedlab.kernel.Task;

/** Forgets the second thread, and counts it all the same. */
class LosesInSecret extends Line {
  private int enqueued;
  private int lost;

  @Override
  public void enqueue(Task task, Reason reason) {
    if (++enqueued == 2) {
      lost++;
    } else {
      super.enqueue(task, reason);
    }
  }

  @Override
  public int size() {
    return super.size() + lost;
  }
}
