import org.schedlab.kernel.Task;

/** Three threads, each more urgent than the one before. */
class RockPaperScissors extends Line {
  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return ready.order() == (running.order() + 1) % 3;
  }
}
