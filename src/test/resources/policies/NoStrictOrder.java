import org.schedlab.kernel.Task;

/** Everybody is more urgent than everybody else. */
class NoStrictOrder extends Line {
  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return true;
  }
}
