import org.schedlab.kernel.Task;

/** Decides by where objects lie in memory. */
class ByChance extends Line {
  @Override
  public Task peek(int cpu) {
    return ready.stream()
        .filter(task -> task.mayRunOn(cpu))
        .min(java.util.Comparator.comparingInt(System::identityHashCode))
        .orElse(null);
  }
}
