import org.schedlab.kernel.Task;

/** pickNext gives another thread than peek. */
class PicksAnother extends Line {
  @Override
  public Task pickNext(int cpu) {
    return pickTail(cpu);
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return ready.order() > running.order();
  }
}
