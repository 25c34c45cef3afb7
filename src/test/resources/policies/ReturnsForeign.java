import org.schedlab.kernel.Task;

/** Gives the same thread again. */
class ReturnsForeign extends Line {
  private Task first;

  @Override
  public Task pickNext(int cpu) {
    Task task = super.pickNext(cpu);
    first = first == null ? task : first;
    return task == null ? null : first;
  }
}
