package org.schedlab.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.schedlab.metrics.CoroutineTimes.Activity;
import org.schedlab.trace.Account;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.TraceSink;

/** What the event loop of a thread did: how it switched, slept, and kept its coroutines waiting. */
public final class LoopTimes {
  /** How many blocking calls of a loop are kept. */
  public static final int CALLS = 1_000;

  private final int thread;
  private final int first;
  private final String runtime;
  private final CoroutineStretches stretches;

  /** Whether other threads run the same coroutines. */
  private boolean shared;

  /** What a chart says of a coroutine that this thread runs; empty where that is clear. */
  private String label = "";

  private final List<CoroutineTimes> members = new ArrayList<>();
  private final Deque<CoroutineTimes> ready = new ArrayDeque<>();
  private final Turns turns = new Turns();
  private CoroutineTimes current;

  /** What the coroutine does whose turn it is: it depends on the thread alone. */
  private Activity state = Activity.PREEMPTED;

  private long steals;
  private long switches;
  private long switchTime;
  private long sleeps;
  private long sleepTime;

  /** Since when it sleeps for events, or {@link TaskTimes#NEVER}. */
  private long asleepSince = TaskTimes.NEVER;

  private long wakeUps;
  private long readyByWakeUps;
  private long mostReadyByWakeUp;

  /** How many coroutines the last wake-up has made ready; NONE once one has been resumed. */
  private long readyByThisWakeUp = TraceSink.NONE;

  private final Latencies lag = new Latencies();
  private long heldBefore;
  private long longestHold;
  private CoroutineTimes longestHolder;

  private final List<BlockingCall> calls = new ArrayList<>(0);
  private long callCount;
  private long callTime;

  /** The cause of the blocking call in progress, or null. */
  private BlockCause callCause;

  private int callObject;
  private long callStart;
  private long lastCallStart;
  private long lastCallEnd = -1;
  private final List<Integer> heldUp = new ArrayList<>(0);
  private int heldUpCount;

  /**
   * @param first the first of the threads that run the same coroutines
   * @param runtime what schedules them
   */
  LoopTimes(int thread, int first, String runtime, CoroutineStretches stretches) {
    this.thread = thread;
    this.first = first;
    this.runtime = runtime;
    this.stretches = stretches;
  }

  void setShared() {
    shared = true;
  }

  void setName(String name) {
    label = name;
  }

  // --- its coroutines

  /** Another thread takes a coroutine out of its queue. */
  void lose(CoroutineTimes coroutine) {
    ready.removeFirstOccurrence(coroutine);
    if (callCause != null) {
      // It is not held up any more.
      heldUp.remove((Integer) coroutine.id());
      heldUpCount--;
    }
  }

  /** Takes a coroutine out of another thread's queue. */
  void steal(CoroutineTimes coroutine) {
    steals++;
    ready.add(coroutine);
  }

  void add(CoroutineTimes coroutine) {
    members.add(coroutine);
    ready.add(coroutine);
  }

  private void enter(long time, CoroutineTimes coroutine, Activity next, String waitsFor) {
    stretches.enter(time, coroutine, next, waitsFor);
    coroutine.enter(time, next);
  }

  void ready(long time, CoroutineTimes coroutine, long since) {
    enter(time, coroutine, Activity.READY, "");
    coroutine.setDue(since);
    ready.add(coroutine);
    boolean duringCall = since >= lastCallStart && since < lastCallEnd;
    if (!shared && callCause == null && duringCall && callCount <= CALLS) {
      // Its thread slept when what it awaits came.
      int last = calls.size() - 1;
      calls.set(last, calls.get(last).alsoHolding(coroutine.id()));
    }
    if (readyByThisWakeUp != TraceSink.NONE) {
      readyByThisWakeUp++;
    }
    if (callCause != null) {
      holdUp(coroutine);
    }
  }

  void resume(long time, CoroutineTimes coroutine) {
    endWakeUp();
    ready.removeFirstOccurrence(coroutine);
    if (coroutine.resumes() > 0) {
      lag.add(time - coroutine.due());
    }
    switches++;
    stretches.enter(time, coroutine, Activity.RUNNING, shared ? label : "");
    coroutine.resume(time);
    current = coroutine;
    heldBefore = coroutine.onCpus();
    turns.begin(time, coroutine);
  }

  void suspend(long time, CoroutineTimes coroutine, AwaitCause cause, String what) {
    String waitsFor = cause == null ? "" : what == null ? cause.label() : what;
    stretches.enter(time, coroutine, Activity.AWAITING, waitsFor);
    coroutine.suspend(time, cause);
    endTurn(time, coroutine);
  }

  void end(long time, CoroutineTimes coroutine, String error) {
    stretches.enter(time, coroutine, Activity.ENDED, "");
    coroutine.end(time, error);
    endTurn(time, coroutine);
  }

  private void endTurn(long time, CoroutineTimes coroutine) {
    long held = coroutine.onCpus() - heldBefore;
    if (held > longestHold) {
      longestHold = held;
      longestHolder = coroutine;
    }
    current = null;
    turns.begin(time, null);
  }

  // --- its thread

  private void enter(long time, Activity next, String waitsFor) {
    state = next;
    if (current != null) {
      enter(time, current, next, waitsFor);
    }
  }

  void dispatched(long time) {
    enter(time, Activity.RUNNING, shared ? label : "");
  }

  /** The thread is ready: it has lost its CPU, has been woken, or has just arrived. */
  void threadReady(long time) {
    if (state == Activity.BLOCKED) {
      endSleep(time, true);
    }
    enter(time, Activity.PREEMPTED, "");
  }

  void blocked(long time, BlockCause cause, int object) {
    enter(time, Activity.BLOCKED, cause.label());
    if (cause == BlockCause.EVENTS) {
      endWakeUp();
      sleeps++;
      asleepSince = time;
    } else if (current != null && cause != BlockCause.STOPPED) {
      callCause = cause;
      callObject = object;
      callStart = time;
      ready.forEach(this::holdUp);
    }
  }

  void stopped(long time) {
    enter(time, Activity.BLOCKED, BlockCause.STOPPED.label());
  }

  void exited(long time) {
    endSleep(time, false);
    endWakeUp();
    for (CoroutineTimes coroutine : endingWithThread()) {
      stretches.enter(time, coroutine, Activity.ENDED, "");
      coroutine.endWithThread(time);
    }
    ready.clear();
    if (current != null) {
      endTurn(time, current);
    }
  }

  /**
   * Returns the coroutines that end when the thread does: all that were made in it and whose turn
   * it is not in another thread, which may end later; and the one whose turn it is here.
   */
  List<CoroutineTimes> endingWithThread() {
    List<CoroutineTimes> ending = new ArrayList<>();
    for (CoroutineTimes coroutine : members) {
      boolean elsewhere = coroutine.thread() != thread && coroutine.hasTurn();
      if (!coroutine.hasEnded() && !elsewhere && coroutine != current) {
        ending.add(coroutine);
      }
    }
    if (current != null && !current.hasEnded()) {
      ending.add(current);
    }
    return ending;
  }

  private void endSleep(long time, boolean woken) {
    if (asleepSince != TaskTimes.NEVER) {
      sleepTime += time - asleepSince;
      asleepSince = TaskTimes.NEVER;
      if (woken) {
        wakeUps++;
        readyByThisWakeUp = 0;
      }
    }
    if (callCause != null) {
      endCall(time);
    }
  }

  private void endWakeUp() {
    if (readyByThisWakeUp != TraceSink.NONE) {
      readyByWakeUps += readyByThisWakeUp;
      mostReadyByWakeUp = Math.max(mostReadyByWakeUp, readyByThisWakeUp);
      readyByThisWakeUp = TraceSink.NONE;
    }
  }

  private void holdUp(CoroutineTimes coroutine) {
    heldUpCount++;
    if (heldUp.size() < BlockingCall.NAMED) {
      heldUp.add(coroutine.id());
    }
  }

  private void endCall(long time) {
    long length = time - callStart;
    if (callCount++ < CALLS) {
      calls.add(
          new BlockingCall(
              current.id(),
              callCause,
              callObject,
              callStart,
              length,
              List.copyOf(heldUp),
              heldUpCount));
    }
    callTime += length;
    lastCallStart = callStart;
    lastCallEnd = time;
    callCause = null;
    heldUp.clear();
    heldUpCount = 0;
  }

  void charge(Account account, long from, long to) {
    turns.charge(account == Account.OWN_WORK, from, to);
    if (account == Account.COROUTINE_SWITCH) {
      switchTime += to - from;
    }
    if (current != null) {
      stretches.charge(current, account, from, to);
    }
  }

  void finish(long time) {
    endSleep(time, false);
    endWakeUp();
    for (CoroutineTimes coroutine : members) {
      stretches.enter(time, coroutine, Activity.ENDED, "");
      coroutine.finish(time);
    }
    if (current != null) {
      // It may be another thread's member, which closes its times later.
      current.enter(time, current.activity());
      endTurn(time, current);
    }
  }

  /** Returns whose turn it is, or null. */
  CoroutineTimes current() {
    return current;
  }

  // --- what came of it

  public int thread() {
    return thread;
  }

  /** Returns the first of the threads that run the same coroutines. */
  public int first() {
    return first;
  }

  /** Returns what schedules its coroutines, such as {@code asyncio}. */
  public String runtime() {
    return runtime;
  }

  /** Says whether other threads run the same coroutines. */
  public boolean isShared() {
    return shared;
  }

  /** Returns how many coroutines it took out of other threads' queues. */
  public long steals() {
    return steals;
  }

  /** Returns the coroutines that it began with or made, in that order. */
  public List<CoroutineTimes> coroutines() {
    return Collections.unmodifiableList(members);
  }

  /** Returns how often it switched to a coroutine, in user space. */
  public long switches() {
    return switches;
  }

  /** Returns what these switches took. */
  public long switchTime() {
    return switchTime;
  }

  /** Returns how often its thread fell asleep because no coroutine was ready. */
  public long sleeps() {
    return sleeps;
  }

  /** Returns how long it slept so. */
  public long sleepTime() {
    return sleepTime;
  }

  /** Returns how often it was woken from that. */
  public long wakeUps() {
    return wakeUps;
  }

  /** Returns how many coroutines all these wake-ups made ready before the loop resumed one. */
  public long readyByWakeUps() {
    return readyByWakeUps;
  }

  /** Returns how many coroutines one wake-up made ready at most. */
  public long mostReadyByWakeUp() {
    return mostReadyByWakeUp;
  }

  /**
   * Returns how long coroutines that had suspended and were ready again took to be resumed. The
   * first turn of a coroutine is its response, and not counted here.
   */
  public Latencies lag() {
    return lag;
  }

  /** Returns the longest time on CPUs that a coroutine took in one turn. */
  public long longestHold() {
    return longestHold;
  }

  /** Returns which coroutine that was, or null where none took any time. */
  public CoroutineTimes longestHolder() {
    return longestHolder;
  }

  /** Returns the first calls of its coroutines that put the thread to sleep. */
  public List<BlockingCall> blockingCalls() {
    return Collections.unmodifiableList(calls);
  }

  /** Returns how many such calls there were in all. */
  public long blockingCallCount() {
    return callCount;
  }

  /** Returns how long the thread slept in them. */
  public long blockingCallTime() {
    return callTime;
  }
}
