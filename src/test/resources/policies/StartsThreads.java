import org.schedlab.kernel.Task;

/** Wants a thread of its own. */
class StartsThreads extends Line {
  @Override
  public void enqueue(Task task, Reason reason) {
    new Thread(() -> super.enqueue(task, reason)).start();
  }
}
