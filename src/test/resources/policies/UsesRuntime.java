import org.schedlab.kernel.Task;

/** Wants to end the process. */
class UsesRuntime extends Line {
  @Override
  public void enqueue(Task task, Reason reason) {
    Runtime.getRuntime().halt(0);
  }
}
