import org.schedlab.kernel.Task;

/** Gives no thread to anybody. */
class Withholds extends Line {
  @Override
  public Task pickNext(int cpu) {
    return null;
  }

  @Override
  public Task peek(int cpu) {
    return null;
  }
}
