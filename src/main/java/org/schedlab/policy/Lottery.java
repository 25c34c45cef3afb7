package org.schedlab.policy;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.engine.RandomStream;
import org.schedlab.kernel.RunStopped;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Lottery: every quantum a ticket is drawn among those of the ready threads and the running one,
 * and its holder runs. The winning ticket is the draw modulo the number of tickets; its holder is
 * the first thread, in the order of the file, whose running total exceeds it.
 *
 * <p>With {@code transfer} a thread that sleeps for a mutex lends its tickets to the holder. With
 * {@code compensation} a thread that used only a part of its quantum has its tickets multiplied by
 * quantum / used until it next wins; tickets then count in thousandths.
 *
 * <p>With {@code currencies} a thread's tickets are worth what {@link Funding} says; then every
 * draw looks at all ready threads.
 *
 * <p>Source: Waldspurger and Weihl, "Lottery scheduling: flexible proportional-share resource
 * management", OSDI 1994.
 */
final class Lottery implements SchedulingPolicy {
  private static final long THOUSANDTHS = 1000;

  /** The most that compensation multiplies tickets by. */
  private static final long MOST_COMPENSATION = 1000;

  /** More than this nobody gets by compensation, so that no sum overflows. */
  private static final long MOST_UNITS = 1_000_000_000_000L;

  /** What stays with a thread, where its tickets can become more or fewer. */
  private static final class Holding {
    private final Task task;

    /** The tickets that it can win with. */
    private long tickets;

    /** Its own tickets and those lent to it by {@link #lenders}. */
    private long own;

    private final List<Holding> lenders = new ArrayList<>(0);

    /** Whom it lends its tickets to. */
    private Holding borrower;

    /** Where it stands while it is ready. */
    private TicketTree tree;

    /** What it had computed when its quantum began. */
    private long attained;

    private boolean summing;

    Holding(Task task) {
      this.task = task;
    }

    /** Returns the tickets that it can win with; threads may wait for each other in a circle. */
    private long sum() {
      if (summing) {
        return 0;
      }
      summing = true;
      long sum = own;
      for (Holding lender : lenders) {
        sum += lender.sum();
      }
      summing = false;
      return sum;
    }

    /** Brings the number of its tickets up to date, and those of whom it lends them to. */
    private void refresh() {
      Holding holding = this;
      // Who waits in a circle gets no CPU whatever it holds.
      for (int steps = 0; holding != null && steps < 1000; steps++) {
        long before = holding.tickets;
        holding.tickets = holding.sum();
        if (holding.tree != null) {
          holding.tree.change(holding.task, holding.tickets - before);
        }
        holding = holding.borrower;
      }
    }
  }

  private final RandomStream random;
  private final RandomStream foreseen = new RandomStream(0);
  private final long quantum;
  private final long[] draws;
  private final boolean transfer;
  private final boolean compensation;
  private final long unit;
  private final TicketTree ready = new TicketTree();
  private int nextDraw;

  /** What tickets in currencies are worth; null where there are none. */
  private final Funding funding;

  /**
   * Whether each thread has its own tickets all the while. Then it needs no {@link Holding}, which
   * among 100,000 threads would be one more object in each decision that has long left the cache.
   */
  private final boolean plain;

  /** How many ready threads may not run on every CPU. */
  private int restricted;

  // The last draw, to explain it.
  private long winning;
  private long total;

  Lottery(Context context, PolicyParameters parameters) {
    this.random = context.random();
    this.quantum = parameters.duration("quantum");
    this.draws = parameters.numbers("draws");
    this.transfer = parameters.flag("transfer");
    this.compensation = parameters.flag("compensation");
    List<Currency> currencies = parameters.currencies("currencies");
    this.funding = currencies.isEmpty() ? null : new Funding(currencies);
    this.plain = !transfer && !compensation && funding == null;
    this.unit = compensation || funding != null ? THOUSANDTHS : 1;
  }

  private Holding of(Task task) {
    Holding holding = (Holding) task.policyState();
    if (holding == null) {
      holding = new Holding(task);
      holding.own = task.tickets() * unit;
      holding.tickets = holding.own;
      task.setPolicyState(holding);
    }
    return holding;
  }

  /** Returns the tickets that a thread can win with. */
  private long ticketsOf(Task task) {
    return plain ? task.tickets() : of(task).tickets;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    if (reason == Reason.YIELD || reason == Reason.RELEASE) {
      compensate(task);
    }
    if (!plain) {
      of(task).tree = ready;
    }
    ready.add(task, ticketsOf(task));
    restricted += task.mayRunAnywhere() ? 0 : 1;
  }

  private Task taken(Task task) {
    ready.remove(task);
    if (!plain) {
      of(task).tree = null;
    }
    restricted -= task.mayRunAnywhere() ? 0 : 1;
    return task;
  }

  @Override
  public void dequeue(Task task) {
    taken(task);
  }

  @Override
  public Task pickNext(int cpu) {
    long among = tickets(cpu);
    if (among == 0) {
      return null;
    }
    total = among;
    winning = winning(draw(), among);
    Task winner = taken(winner(cpu, winning));
    won(winner);
    return winner;
  }

  /** A thread that wins has no compensation any more. */
  private void won(Task task) {
    if (compensation) {
      Holding holding = of(task);
      holding.own = task.tickets() * unit;
      holding.tickets = holding.sum();
    }
  }

  /** Returns how many tickets take part in a draw. */
  private long tickets(int cpu) {
    if (funding != null) {
      revalue();
    } else if (restricted == 0) {
      return ready.tickets();
    }
    long[] sum = new long[1];
    ready.firstWhere(
        task -> {
          sum[0] += task.mayRunOn(cpu) ? ticketsOf(task) : 0;
          return false;
        });
    return sum[0];
  }

  /** Works out what each ready thread's tickets are worth: whoever comes or goes changes that. */
  private void revalue() {
    funding.clear();
    ready.firstWhere(
        task -> {
          funding.issue(funding.indexOf(task.currency()), task.tickets());
          return false;
        });
    funding.settle();
    ready.firstWhere(
        task -> {
          of(task).tickets = funding.value(funding.indexOf(task.currency()), task.tickets());
          return false;
        });
  }

  private Task winner(int cpu, long ticket) {
    if (restricted == 0 && funding == null) {
      return ready.holderOf(ticket);
    }
    long[] left = {ticket};
    return ready.firstWhere(
        task -> {
          left[0] -= task.mayRunOn(cpu) ? ticketsOf(task) : 0;
          return left[0] < 0;
        });
  }

  /** Returns the next draw that was given, or one of 63 bits. */
  private long draw() {
    if (draws.length == 0) {
      return random.nextLong() >>> 1;
    }
    if (nextDraw == draws.length) {
      throw new RunStopped(
          "`draws` has "
              + draws.length
              + " draws, and another one is needed: add to it, or leave it"
              + " out for draws from the seed");
    }
    return draws[nextDraw++];
  }

  private static long winning(long draw, long among) {
    return draw % among;
  }

  /** A thread that is alone draws, too. */
  @Override
  public void renew(Task task) {
    total = plain ? task.tickets() : of(task).own;
    winning = winning(draw(), total);
    won(task);
  }

  @Override
  public Task pickTail(int cpu) {
    Task last = ready.lastFor(cpu);
    return last == null ? null : taken(last);
  }

  @Override
  public Task peek(int cpu) {
    long among = tickets(cpu);
    if (among == 0) {
      return null;
    }
    foreseen.copyFrom(random);
    long next =
        draws.length == 0 ? foreseen.nextLong() >>> 1 : draws[Math.min(nextDraw, draws.length - 1)];
    return winner(cpu, winning(next, among));
  }

  @Override
  public boolean hasReadyFor(int cpu) {
    if (restricted == 0) {
      return ready.size() > 0;
    }
    return ready.firstWhere(task -> task.mayRunOn(cpu)) != null;
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public long timeSlice(Task task) {
    if (compensation) {
      of(task).attained = task.attained();
    }
    return quantum;
  }

  @Override
  public void blocked(Task task) {
    compensate(task);
  }

  private void compensate(Task task) {
    if (!compensation) {
      return;
    }
    Holding holding = of(task);
    long used = task.attained() - holding.attained;
    if (used > 0 && used < quantum) {
      long tickets = task.tickets() * unit;
      long most = Math.min(MOST_UNITS, tickets * MOST_COMPENSATION);
      long exact = Exact.productOver(tickets, quantum, used);
      holding.own = Math.min(most, exact);
      holding.tickets = holding.sum();
    }
  }

  @Override
  public boolean tracksWaiting() {
    return transfer;
  }

  @Override
  public void waitsFor(Task sleeper, Task holder) {
    Holding lender = of(sleeper);
    Holding before = lender.borrower;
    if (before != null) {
      before.lenders.remove(lender);
      lender.borrower = null;
      before.refresh();
    }
    if (holder != null) {
      Holding borrower = of(holder);
      borrower.lenders.add(lender);
      lender.borrower = borrower;
      borrower.refresh();
    }
  }

  @Override
  public String keyName() {
    return unit == THOUSANDTHS ? "tickets (1/1000)" : "tickets";
  }

  @Override
  public Key key(Task task) {
    if (funding != null) {
      revalue();
    }
    return Key.number(ticketsOf(task));
  }

  @Override
  public String reason(Task picked) {
    return "holds ticket " + winning + " of " + total;
  }
}
