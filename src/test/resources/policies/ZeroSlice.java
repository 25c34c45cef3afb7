import org.schedlab.kernel.Task;

/** A slice of nothing. */
class ZeroSlice extends Line {
  @Override
  public long timeSlice(Task task) {
    return 0;
  }
}
