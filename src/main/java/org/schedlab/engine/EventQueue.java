package org.schedlab.engine;

import java.util.Arrays;

/**
 * The pending events of a run, in order of time, {@link Phase} and key.
 *
 * <p>There are two kinds. One-shot events ({@link #schedule}) stand in a binary heap over primitive
 * arrays. Alarms ({@link #setAlarm}) belong to something that has at most one pending at a time,
 * such as a CPU's end of quantum: they are set anew in place, so that a dispatch leaves no dead
 * entries behind. Many alarms stand in a tournament tree, whose root is the next one. Of few, the
 * next one is remembered, and all are looked through only when that one has been taken or put off:
 * on one CPU an event sets several of the four, and a tree kept in order at each setting took half
 * the time of a dispatch.
 */
public final class EventQueue {
  /** No event, or an alarm that is not set. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Up to so many alarms are looked through. */
  private static final int FEW = 8;

  private static final int KEY_BITS = 56;
  private static final long KEY_MASK = (1L << KEY_BITS) - 1;
  private static final Phase[] PHASES = Phase.values();

  // The heap: of each entry its time, its place at that time and its subject, side by side in one
  // cache line. Three arrays would take three.
  private static final int ORDER = 1;
  private static final int SUBJECT = 2;

  /** So many cells hold an entry, as a power of two; the last is not used. */
  private static final int SHIFT = 2;

  private long[] heap = new long[64 << SHIFT];

  /** So many entries there are, the hole included. */
  private int size;

  /**
   * Whether the first entry has been taken and its place is free: the next entry added goes through
   * the heap from there. An event that brings about its successor, as each release of a job does,
   * goes through it once so and not twice.
   */
  private boolean hollow;

  private final Phase[] alarmPhases;
  private final int[] alarmSubjects;
  private final long[] alarms;
  private final int[] winners;
  private final int leaves;

  private long heapTime = NEVER;

  // The next alarm, unless `stale` says that it must be looked for.
  private long alarmTime = NEVER;
  private int nextAlarm;
  private boolean stale;

  private Phase phase;
  private int subject;
  private long key;

  /**
   * Makes an empty queue.
   *
   * @param alarms the phase of each alarm, ascending
   * @param subjects what {@link #subject} is to say for each alarm; ascending within a phase
   */
  public EventQueue(Phase[] alarms, int[] subjects) {
    this.alarmPhases = alarms.clone();
    this.alarmSubjects = subjects.clone();
    int width = 1;
    while (width < Math.max(2, alarms.length)) {
      width *= 2;
    }
    this.leaves = width;
    this.alarms = new long[width];
    Arrays.fill(this.alarms, NEVER);
    this.winners = new int[width];
    for (int i = width - 1; i >= 1; i--) {
      winners[i] = i >= width / 2 ? 2 * i - width : winners[2 * i];
    }
  }

  /** Returns when the next event is due, or {@link #NEVER}. */
  public long nextTime() {
    if (stale) {
      findNextAlarm();
    }
    return Math.min(heapTime, alarmTime);
  }

  /** The first of the alarms that are due together is the next one. */
  private void findNextAlarm() {
    int first = 0;
    long time = alarms[0];
    for (int i = 1; i < alarms.length; i++) {
      if (alarms[i] < time) {
        first = i;
        time = alarms[i];
      }
    }
    nextAlarm = first;
    alarmTime = time;
    stale = false;
  }

  /** Returns when an alarm is due, or {@link #NEVER} if it is not set. */
  public long alarm(int alarm) {
    return alarms[alarm];
  }

  /** Sets an alarm, in place of the time it was set to. {@link #NEVER} takes it back. */
  public void setAlarm(int alarm, long time) {
    if (alarms[alarm] == time) {
      return;
    }
    alarms[alarm] = time;
    if (leaves <= FEW) {
      if (time < alarmTime || (time == alarmTime && alarm < nextAlarm)) {
        // Right even where the next one was to be looked for: that is no earlier than it was.
        nextAlarm = alarm;
        alarmTime = time;
        stale = false;
      } else if (alarm == nextAlarm) {
        stale = true;
      }
      return;
    }
    int node = (alarm + leaves) >>> 1;
    winners[node] = earlier(alarm & ~1, alarm | 1);
    for (node >>>= 1; node > 0; node >>>= 1) {
      winners[node] = earlier(winners[2 * node], winners[2 * node + 1]);
    }
    nextAlarm = winners[1];
    alarmTime = alarms[nextAlarm];
  }

  /** Returns the earlier of two alarms, the left one if they are due together. */
  private int earlier(int left, int right) {
    return alarms[right] < alarms[left] ? right : left;
  }

  /**
   * Adds an event.
   *
   * @param key its place among the events of its phase and instant, 0 to 2^56 − 1
   */
  public void schedule(long time, Phase eventPhase, long eventKey, int eventSubject) {
    if (size << SHIFT == heap.length) {
      heap = Arrays.copyOf(heap, Math.multiplyExact(heap.length, 2));
    }
    long order = ((long) eventPhase.ordinal() << KEY_BITS) | eventKey;
    if (hollow) {
      hollow = false;
      siftUp(sinkHole(), time, order, eventSubject);
    } else {
      siftUp(size++, time, order, eventSubject);
    }
    heapTime = heap[0];
  }

  /** Takes out the next event; {@link #phase}, {@link #subject} and {@link #key} then tell it. */
  public void take() {
    if (stale) {
      findNextAlarm();
    }
    if (alarmTime < heapTime || (alarmTime == heapTime && alarmComesFirst())) {
      int alarm = nextAlarm;
      phase = alarmPhases[alarm];
      subject = alarmSubjects[alarm];
      key = subject;
      setAlarm(alarm, NEVER);
      return;
    }
    fillHole();
    phase = PHASES[(int) (heap[ORDER] >>> KEY_BITS)];
    key = heap[ORDER] & KEY_MASK;
    subject = (int) heap[SUBJECT];
    hollow = true;
    heapTime = size > 1 ? heap[1 << SHIFT] : NEVER;
    if (size > 2) {
      heapTime = Math.min(heapTime, heap[2 << SHIFT]);
    }
  }

  /** Returns the phase of the event taken last. */
  public Phase phase() {
    return phase;
  }

  /** Returns what the event taken last is about. */
  public int subject() {
    return subject;
  }

  /** Returns the key of the event taken last. */
  public long key() {
    return key;
  }

  /** Says which comes first of an alarm and an event that are due together. */
  private boolean alarmComesFirst() {
    fillHole();
    return alarmPhases[nextAlarm].ordinal() < (int) (heap[ORDER] >>> KEY_BITS);
  }

  /** Has the last entry fill the hole, if there is one. */
  private void fillHole() {
    if (!hollow) {
      return;
    }
    hollow = false;
    size--;
    if (size > 0) {
      int last = size << SHIFT;
      siftUp(sinkHole(), heap[last], heap[last + ORDER], heap[last + SUBJECT]);
    }
  }

  /**
   * Lets the hole at the top go down to a leaf. What fills it goes up from there, and most often
   * stays: half the comparisons of letting that one sink.
   *
   * @return where the hole is then
   */
  private int sinkHole() {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size) {
        child += before(child + 1, child) ? 1 : 0;
      }
      move(child, hole);
      hole = child;
    }
    return hole;
  }

  private void siftUp(int from, long time, long order, long what) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      int cell = parent << SHIFT;
      if (heap[cell] < time || (heap[cell] == time && heap[cell + ORDER] < order)) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    int cell = at << SHIFT;
    heap[cell] = time;
    heap[cell + ORDER] = order;
    heap[cell + SUBJECT] = what;
  }

  private boolean before(int a, int b) {
    int left = a << SHIFT;
    int right = b << SHIFT;
    // Not || and &&: nobody foresees which of two is the earlier, and jumps cost more than numbers.
    return heap[left] < heap[right]
        | (heap[left] == heap[right] & heap[left + ORDER] < heap[right + ORDER]);
  }

  private void move(int from, int to) {
    int source = from << SHIFT;
    int target = to << SHIFT;
    heap[target] = heap[source];
    heap[target + ORDER] = heap[source + ORDER];
    heap[target + SUBJECT] = heap[source + SUBJECT];
  }
}
