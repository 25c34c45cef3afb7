/** Sets its timer for what is over. */
class TimerInThePast extends Line {
  @Override
  public long nextTimer() {
    return ready.isEmpty() ? NO_LIMIT : ready.get(0).readySince() - 1;
  }
}
