import org.schedlab.kernel.Task;

/** Gives a thread to any CPU. */
class IgnoresAffinity extends Line {
  @Override
  public Task pickNext(int cpu) {
    return ready.isEmpty() ? null : ready.remove(0);
  }
}
