import org.schedlab.kernel.Task;

/** timeSlice never returns. */
class Loops extends Line {
  @Override
  public long timeSlice(Task task) {
    while (true) {
      ready.size();
    }
  }
}
