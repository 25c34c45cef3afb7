import org.schedlab.kernel.Task;

/** pickNext throws on the third call. */
class Throws extends Line {
  private int picks;

  @Override
  public Task pickNext(int cpu) {
    if (++picks == 3) {
      throw new IllegalStateException("no idea");
    }
    return super.pickNext(cpu);
  }
}
