import org.schedlab.kernel.Task;

/** Sets its timer for now, always. */
class TimerForEver extends Line {
  private long now;

  @Override
  public long nextTimer() {
    return now;
  }

  @Override
  public void onTimer(long time) {
    now = time;
  }

  @Override
  public void charge(Task task, long ran) {
    now += ran;
  }
}
