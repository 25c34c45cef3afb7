import org.schedlab.kernel.Task;

/** Allocates without end. */
class Eats extends Line {
  private final java.util.List<long[]> all = new java.util.ArrayList<>();

  @Override
  public void enqueue(Task task, Reason reason) {
    while (true) {
      all.add(new long[1 << 20]);
    }
  }
}
