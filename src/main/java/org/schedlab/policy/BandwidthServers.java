package org.schedlab.policy;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Constant bandwidth servers: each thread with a reservation has a server with a budget of so much
 * CPU time a period, and servers run by earliest deadline first. A thread that overruns its budget
 * has its deadline put off, or, where the policy is hard, waits until its budget is filled up
 * again: either way it takes nothing from the others. A thread with a deadline but no reservation
 * has no budget; one with neither runs when no other is ready, in order of entry.
 *
 * <p>A thread that becomes ready after it has slept goes on with budget c and deadline d if it
 * cannot so exceed its bandwidth, else with a full budget and a deadline one period from now: where
 * c ≥ (d − now) · runtime / period.
 *
 * <p>Source: Abeni and Buttazzo, "Integrating multimedia applications in hard real-time systems",
 * RTSS 1998; hard, as Linux's SCHED_DEADLINE has it: Documentation/scheduler/sched-deadline.rst.
 */
final class BandwidthServers implements SchedulingPolicy {
  /** What stays with a thread that has a reservation. */
  private static final class Server {
    private long budget;
    private long deadline;

    /** When the next period begins. */
    private long refill;

    /** What its thread had computed when {@link #budget} was brought up to date. */
    private long attained;

    private boolean asleep = true;
    private boolean held;
  }

  private final Clock clock;
  private final boolean hard;
  private final ReadyHeap ready = new ReadyHeap();

  /** Those that have used up their budget, by when it is filled up again; only where hard. */
  private final ReadyHeap held = new ReadyHeap();

  private long entries;

  BandwidthServers(Context context, boolean hard) {
    this.clock = context.clock();
    this.hard = hard;
  }

  private static Server of(Task task) {
    if (task.reservedRuntime() == 0) {
      return null;
    }
    Server server = (Server) task.policyState();
    if (server == null) {
      server = new Server();
      task.setPolicyState(server);
    }
    return server;
  }

  private static long deadline(Task task) {
    Server server = of(task);
    return server == null ? task.absoluteDeadline() : server.deadline;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    Server server = of(task);
    if (server != null) {
      bringUpToDate(server, task, reason);
      if (server.held) {
        held.add(task, server.refill, entries++);
        return;
      }
    }
    addReady(task);
  }

  private void addReady(Task task) {
    long deadline = deadline(task);
    if (deadline == Long.MAX_VALUE) {
      ready.add(task, deadline, entries++, 0);
    } else {
      ready.add(task, deadline, task.release(), task.order());
    }
  }

  private void bringUpToDate(Server server, Task task, Reason reason) {
    if (server.asleep) {
      server.asleep = false;
      wake(server, task);
    } else if (reason == Reason.QUANTUM) {
      server.budget = 0;
    } else if (reason == Reason.PREEMPTED && task.sliceLeft() > 0) {
      server.budget = task.sliceLeft();
    } else if (reason == Reason.YIELD && hard) {
      server.budget = 0;
    } else if (reason != Reason.RAISED && reason != Reason.LOWERED) {
      server.budget = Math.max(0, server.budget - (task.attained() - server.attained));
    }
    server.attained = task.attained();
    if (server.budget == 0) {
      exhausted(server, task);
    }
  }

  private void wake(Server server, Task task) {
    long now = clock.now();
    boolean waits = hard && server.budget == 0 && now < server.refill;
    long ahead = server.deadline - now;
    boolean exceeds =
        ahead <= 0
            || compareProducts(server.budget, task.reservedPeriod(), ahead, task.reservedRuntime())
                >= 0;
    if (!waits && exceeds) {
      server.budget = task.reservedRuntime();
      server.deadline = now + task.reservedDeadline();
      server.refill = now + task.reservedPeriod();
    }
  }

  private static int compareProducts(long a, long b, long c, long d) {
    int high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
    return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
  }

  /** The budget is used up: the deadline is put off at once, or the thread is held back. */
  private void exhausted(Server server, Task task) {
    if (hard && clock.now() < server.refill) {
      server.held = true;
    } else {
      refill(server, task);
    }
  }

  private static void refill(Server server, Task task) {
    server.held = false;
    server.budget = task.reservedRuntime();
    server.deadline += task.reservedPeriod();
    server.refill += task.reservedPeriod();
  }

  @Override
  public boolean keepsCpu(Task running) {
    return !hard || of(running) == null;
  }

  @Override
  public void renew(Task running) {
    Server server = of(running);
    if (server != null) {
      refill(server, running);
      server.attained = running.attained();
    }
  }

  @Override
  public void blocked(Task task) {
    Server server = of(task);
    if (server != null) {
      server.budget = task.sliceLeft();
      server.attained = task.attained();
      server.asleep = true;
    }
  }

  @Override
  public void dequeue(Task task) {
    Server server = of(task);
    if (server != null && server.held) {
      held.remove(task);
      return;
    }
    ready.remove(task);
  }

  @Override
  public Task pickNext(int cpu) {
    return ready.poll(cpu);
  }

  @Override
  public Task pickTail(int cpu) {
    return ready.pollLast(cpu);
  }

  @Override
  public Task peek(int cpu) {
    return ready.peek(cpu);
  }

  @Override
  public int size() {
    return ready.size() + held.size();
  }

  @Override
  public long timeSlice(Task task) {
    Server server = of(task);
    return server == null ? NO_LIMIT : Math.max(1, server.budget);
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return deadline(ready) < deadline(running);
  }

  @Override
  public long nextTimer() {
    return held.size() == 0 ? NO_LIMIT : held.rootKey();
  }

  @Override
  public void onTimer(long now) {
    List<Task> filled = new ArrayList<>();
    while (held.size() > 0 && held.rootKey() <= now) {
      filled.add(held.pollRoot());
    }
    for (Task task : filled) {
      refill(of(task), task);
      addReady(task);
    }
  }

  @Override
  public String keyName() {
    return "deadline";
  }

  @Override
  public Key key(Task task) {
    Server server = of(task);
    return server != null && server.held
        ? new Key(server.refill, "held back until")
        : Key.time(deadline(task));
  }

  @Override
  public String reason(Task picked) {
    return deadline(picked) == Long.MAX_VALUE
        ? "is the first, and nobody with a deadline is ready"
        : "has the earliest deadline";
  }
}
