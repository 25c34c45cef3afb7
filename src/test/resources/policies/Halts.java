import org.schedlab.kernel.Task;

/** Ends the process without letting anybody know. */
class Halts extends Line {
  @Override
  public void enqueue(Task task, Reason reason) {
    try {
      Class<?> runtime = ClassLoader.getSystemClassLoader().loadClass("java.lang.Runtime");
      Object own = runtime.getMethod("getRuntime").invoke(null);
      runtime.getMethod("halt", int.class).invoke(own, 0);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
