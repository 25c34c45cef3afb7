package org.schedlab.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Multi-level feedback queue: the head of the highest queue that is not empty runs and keeps its
 * place there. A thread that has used up its quantum goes to the tail, and after as many quanta as
 * its allotment says to the queue below; every so often all go to the top again. Unlike {@link
 * Feedback}, what a thread used before it slept is not forgotten, so that it cannot stay on top by
 * sleeping just before its quantum ends.
 *
 * <p>Source: Arpaci-Dusseau and Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 8;
 * the order of events is that of its simulator mlfq.py.
 */
final class MultiLevelFeedbackQueue implements SchedulingPolicy {
  /** What stays with a thread, also while it sleeps. Queue 0 is the highest. */
  private static final class Standing {
    private int queue;

    /** What is left of its quantum, and of its allotment, in quanta. */
    private long left;

    private long allotment;

    /** What it had computed when {@link #left} was brought up to date. */
    private long attained;

    /** Its place in its queue, the smaller the nearer to the head. */
    private long place;

    /** After which boost it has been brought up to date. */
    private long boost;
  }

  private final long[] quanta;
  private final long[] allotments;
  private final long boostEvery;
  private final boolean ioResets;
  private final boolean ioToFront;
  private final Clock clock;

  private final ReadyHeap ready = new ReadyHeap();
  private final RunningTasks running = new RunningTasks();

  /** Counts up for entries at the tail of a queue, down for entries at its head. */
  private long tail;

  private long head = -1;
  private long boosts;

  MultiLevelFeedbackQueue(Context context, PolicyParameters parameters) {
    this.clock = context.clock();
    int queues = parameters.integer("queues");
    this.quanta = parameters.eachOf("quantum", queues);
    this.allotments = parameters.eachOf("allotment", queues);
    this.boostEvery = parameters.optionalDuration("boost").orElse(NO_LIMIT);
    this.ioResets = parameters.flag("io_resets");
    this.ioToFront = parameters.flag("io_to_front");
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    running.remove(task);
    Standing standing = standing(task);
    switch (reason) {
      case PREEMPTED, RAISED, LOWERED -> {
        if (task.sliceLeft() > 0) {
          standing.left = task.sliceLeft();
        }
      }
      case QUANTUM -> endQuantum(standing);
      case YIELD -> {
        standing.left -= task.attained() - standing.attained;
        if (standing.left <= 0) {
          endQuantum(standing);
        } else {
          standing.place = tail++;
        }
      }
      case WAKE, RELEASE -> standing.place = ioToFront ? head-- : tail++;
      case ARRIVAL -> standing.place = tail++;
    }
    standing.attained = task.attained();
    ready.add(task, standing.queue, standing.place);
  }

  /** Returns how the thread stands, all boosts so far included. */
  private Standing standing(Task task) {
    Standing standing = (Standing) task.policyState();
    if (standing == null) {
      standing = new Standing();
      standing.boost = -1;
      task.setPolicyState(standing);
    }
    if (standing.boost != boosts) {
      // It slept when the others were lifted, or is new.
      lift(standing);
    }
    return standing;
  }

  private void lift(Standing standing) {
    standing.boost = boosts;
    moveTo(standing, 0);
  }

  private void moveTo(Standing standing, int queue) {
    standing.queue = queue;
    standing.left = quanta[queue];
    standing.allotment = allotments[queue];
  }

  /** A quantum is over: the thread enters the tail of its queue or of the one below. */
  private void endQuantum(Standing standing) {
    standing.allotment--;
    if (standing.allotment <= 0) {
      moveTo(standing, Math.min(standing.queue + 1, quanta.length - 1));
    } else {
      standing.left = quanta[standing.queue];
    }
    standing.place = tail++;
  }

  @Override
  public void renew(Task task) {
    // A thread that is alone goes down, too.
    Standing standing = standing(task);
    endQuantum(standing);
    standing.attained = task.attained();
  }

  @Override
  public void blocked(Task task) {
    running.remove(task);
    Standing standing = standing(task);
    if (ioResets) {
      moveTo(standing, standing.queue);
    }
    if (task.sliceLeft() == 0) {
      // Sleeping just when the quantum ends does not save it.
      endQuantum(standing);
    } else if (!ioResets) {
      standing.left = task.sliceLeft();
    }
  }

  @Override
  public void retire(Task task) {
    running.remove(task);
  }

  @Override
  public void dequeue(Task task) {
    ready.remove(task);
  }

  @Override
  public Task pickNext(int cpu) {
    Task task = ready.poll(cpu);
    if (task != null) {
      running.add(task);
    }
    return task;
  }

  @Override
  public Task pickTail(int cpu) {
    return ready.pollLast(cpu);
  }

  @Override
  public void adopt(Task task) {
    Standing standing = standing(task);
    standing.place = tail++;
    running.add(task);
  }

  @Override
  public Task peek(int cpu) {
    return ready.peek(cpu);
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public long timeSlice(Task task) {
    return Math.max(1, standing(task).left);
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  /** The running thread stands in its queue all the while: whoever is ahead of it takes over. */
  @Override
  public boolean preempts(Task ready, Task running) {
    Standing a = standing(ready);
    Standing b = standing(running);
    return a.queue != b.queue ? a.queue < b.queue : a.place < b.place;
  }

  @Override
  public boolean quantumEndsFirst() {
    return true;
  }

  @Override
  public long nextTimer() {
    return boostEvery == NO_LIMIT ? NO_LIMIT : (clock.now() / boostEvery + 1) * boostEvery;
  }

  /** The boost: all lower queues follow the top one, the lowest first. */
  @Override
  public void onTimer(long now) {
    boosts = now / boostEvery;
    List<Task> all = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      all.add(running.get(i));
    }
    for (int i = 0; i < ready.size(); i++) {
      all.add(ready.at(i));
    }
    all.sort(
        Comparator.comparingInt((Task task) -> -of(task).queue)
            .thenComparingLong(task -> of(task).place));
    ready.clear();
    for (Task task : all) {
      Standing standing = of(task);
      if (standing.queue > 0) {
        standing.place = tail++;
      }
      lift(standing);
      if (!running.contains(task)) {
        ready.add(task, standing.queue, standing.place);
      }
    }
  }

  private static Standing of(Task task) {
    return (Standing) task.policyState();
  }

  @Override
  public boolean restartsSlice(Task running) {
    return true;
  }

  @Override
  public String keyName() {
    return "queue";
  }

  @Override
  public Key key(Task task) {
    return Key.of("Q" + (quanta.length - 1 - standing(task).queue));
  }

  @Override
  public String reason(Task picked) {
    return "is the head of the highest queue that is not empty";
  }
}
