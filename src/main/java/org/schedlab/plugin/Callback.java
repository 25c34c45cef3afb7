package org.schedlab.plugin;

/** What of a policy is called: a method of the interface, or what comes before. */
public enum Callback {
  STATIC_INITIALISER("its static initialiser"),
  CONSTRUCTOR("its constructor"),
  ENQUEUE("enqueue"),
  DEQUEUE("dequeue"),
  PICK_NEXT("pickNext"),
  PICK_TAIL("pickTail"),
  PEEK("peek"),
  HAS_READY_FOR("hasReadyFor"),
  SIZE("size"),
  TIME_SLICE("timeSlice"),
  IS_PREEMPTIVE("isPreemptive"),
  PREEMPTS("preempts"),
  RENEW("renew"),
  KEEPS_CPU("keepsCpu"),
  PRIORITY_CHANGED("priorityChanged"),
  CHARGE("charge"),
  BURST_ENDED("burstEnded"),
  BLOCKED("blocked"),
  ADOPT("adopt"),
  TRACKS_WAITING("tracksWaiting"),
  WAITS_FOR("waitsFor"),
  ESTIMATE("estimate"),
  RETIRE("retire"),
  NEXT_TIMER("nextTimer"),
  ON_TIMER("onTimer"),
  RESTARTS_SLICE("restartsSlice"),
  QUANTUM_ENDS_FIRST("quantumEndsFirst"),
  FINISHED("finished"),
  KEY_NAME("keyName"),
  KEY("key"),
  REASON("reason");

  private final String label;

  Callback(String label) {
    this.label = label;
  }

  /** Returns it as the source spells it. */
  public String label() {
    return label;
  }

  /** Says whether it is called before there is a run, and so at no simulated time. */
  public boolean isBeforeRun() {
    return this == STATIC_INITIALISER || this == CONSTRUCTOR;
  }
}
