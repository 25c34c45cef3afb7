import org.schedlab.kernel.Task;

/** Calls itself without end. */
class Recurses extends Line {
  @Override
  public long timeSlice(Task task) {
    return timeSlice(task) + 1;
  }
}
