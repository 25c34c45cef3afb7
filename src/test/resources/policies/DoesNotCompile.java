import org.schedlab.kernel.Task;

/** Two mistakes. */
class DoesNotCompile extends Line {
  @Override
  public long timeSlice(Task task) {
    return "long";
  }

  int missing() {
    return none;
  }
}
