import org.schedlab.kernel.Task;

/** Reaches for the kernel. */
class UsesTheKernel extends Line {
  @Override
  public void enqueue(Task task, Reason reason) {
    super.enqueue(task, reason);
    org.schedlab.Simulation.class.getName();
  }
}
