import org.schedlab.kernel.Task;

/** Ends the process. */
class Exits extends Line {
  @Override
  public void enqueue(Task task, Reason reason) {
    System.exit(0);
  }
}
