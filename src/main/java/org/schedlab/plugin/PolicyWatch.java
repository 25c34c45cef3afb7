package org.schedlab.plugin;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Knows which policy is being called, since when and by which thread, and ends the process when a
 * call does not come back or ends the process itself.
 */
public final class PolicyWatch {
  /** A call is looked at so often while it may last. */
  private static final int LOOKS = 10;

  private final FlightRecorder recorder;
  private final int memoryMegabytes;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Call> own = ThreadLocal.withInitial(this::newCall);

  /** The call that a thread is making. */
  static final class Call {
    private final Thread thread = Thread.currentThread();
    private volatile long count;
    private volatile UserPolicy policy;

    /** Null between calls. Written last, so that who sees it sees the others. */
    private volatile Callback callback;

    private long time;
    private long seen;
    private int looks;
  }

  /**
   * @param recorder is told every call; null for nobody
   * @param memoryMegabytes how much the process may have, for messages
   */
  public PolicyWatch(FlightRecorder recorder, int memoryMegabytes) {
    this.recorder = recorder;
    this.memoryMegabytes = memoryMegabytes;
  }

  private Call newCall() {
    Call call = new Call();
    calls.add(call);
    return call;
  }

  /** Returns the calls of this thread. */
  Call own() {
    return own.get();
  }

  void enter(Call call, UserPolicy policy, Callback callback, long time) {
    call.policy = policy;
    call.time = time;
    call.count++;
    call.callback = callback;
    if (recorder != null) {
      recorder.entered(policy.number(), callback, time);
    }
  }

  void leave(Call call) {
    call.callback = null;
    if (recorder != null) {
      recorder.left();
    }
  }

  int memoryMegabytes() {
    return memoryMegabytes;
  }

  /**
   * Watches from now on, in a thread of its own.
   *
   * @param callMillis how long a call may last
   * @param overdue is told what is wrong, once; it does not return
   * @param isNeeded says, now and then, whether anybody still waits for this process; else it ends
   */
  public void start(long callMillis, Consumer<String> overdue, Runnable isNeeded) {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(Math.max(1, callMillis / LOOKS));
                  isNeeded.run();
                  calls.forEach(call -> look(call, callMillis, overdue));
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "policy watchdog");
    watchdog.setDaemon(true);
    watchdog.setPriority(Thread.MAX_PRIORITY);
    watchdog.start();
  }

  private void look(Call call, long callMillis, Consumer<String> overdue) {
    long count = call.count;
    if (call.callback == null || count != call.seen) {
      call.seen = count;
      call.looks = 0;
      return;
    }
    call.looks++;
    if (call.looks > LOOKS) {
      String limit = BigDecimal.valueOf(callMillis, 3).stripTrailingZeros().toPlainString();
      String text = current(call, "did not return within " + limit + " s (--policy-timeout)");
      if (text != null) {
        overdue.accept(text);
      }
    }
  }

  /** Returns what a call does wrong right now, with the user's line; null where it is over. */
  private static String current(Call call, String what) {
    StackTraceElement[] frames = call.thread.getStackTrace();
    Callback callback = call.callback;
    if (callback == null) {
      return null;
    }
    UserPolicy policy = call.policy;
    return policy.place(frames) + ": " + moment(callback, call.time) + " " + what;
  }

  /** Returns what is wrong when the process ends while a policy is called; null while none is. */
  public String exitedIn() {
    for (Call call : calls) {
      String text = call.callback == null ? null : current(call, "ended the process (System.exit)");
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** Returns a callback and the simulated time: {@code pickNext at 5 ms}. */
  public static String moment(Callback callback, long time) {
    return callback.label() + (callback.isBeforeRun() ? "" : " at " + text(time));
  }

  /** Returns a time in the largest of ns, us and ms that is not larger. */
  static String text(long nanos) {
    int digits = nanos >= 1_000_000 || nanos == 0 ? 6 : nanos >= 1_000 ? 3 : 0;
    String unit = digits == 6 ? " ms" : digits == 3 ? " us" : " ns";
    return BigDecimal.valueOf(nanos, digits).stripTrailingZeros().toPlainString() + unit;
  }
}
