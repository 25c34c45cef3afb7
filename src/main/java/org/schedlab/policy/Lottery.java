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

  /** What stays with a thread. */
  private static final class Holding extends ReadyTree.Node {
    /** Its own tickets and those lent to it by {@link #lenders}. */
    private long own;

    private final List<Holding> lenders = new ArrayList<>(0);

    /** Whom it lends its tickets to. */
    private Holding borrower;

    /** Where it stands while it is ready. */
    private ReadyTree tree;

    /** What it had computed when its quantum began. */
    private long attained;

    private boolean summing;

    Holding(Task task) {
      super(task);
      first = task.order();
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
        if (holding.tree == null) {
          holding.weight = holding.sum();
        } else {
          holding.tree.remove(holding);
          holding.weight = holding.sum();
          holding.tree.add(holding);
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
  private final ReadyTree ready = new ReadyTree();
  private int nextDraw;

  /** What tickets in currencies are worth; null where there are none. */
  private final Funding funding;

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
    this.unit = compensation || funding != null ? THOUSANDTHS : 1;
  }

  private Holding of(Task task) {
    Holding holding = (Holding) task.policyState();
    if (holding == null) {
      holding = new Holding(task);
      holding.own = task.tickets() * unit;
      holding.weight = holding.own;
      task.setPolicyState(holding);
    }
    return holding;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    Holding holding = of(task);
    if (reason == Reason.YIELD || reason == Reason.RELEASE) {
      compensate(holding);
    }
    holding.tree = ready;
    ready.add(holding);
    restricted += task.mayRunAnywhere() ? 0 : 1;
  }

  private Task taken(Holding holding) {
    ready.remove(holding);
    holding.tree = null;
    restricted -= holding.task.mayRunAnywhere() ? 0 : 1;
    return holding.task;
  }

  @Override
  public void dequeue(Task task) {
    taken(of(task));
  }

  @Override
  public Task pickNext(int cpu) {
    long among = tickets(cpu);
    if (among == 0) {
      return null;
    }
    total = among;
    winning = winning(draw(), among);
    Holding winner = winner(cpu, winning);
    taken(winner);
    won(winner);
    return winner.task;
  }

  /** A thread that wins has no compensation any more. */
  private void won(Holding holding) {
    if (compensation) {
      holding.own = holding.task.tickets() * unit;
      holding.weight = holding.sum();
    }
  }

  /** Returns how many tickets take part in a draw. */
  private long tickets(int cpu) {
    if (funding != null) {
      revalue();
    } else if (restricted == 0) {
      return ready.weights();
    }
    long[] sum = new long[1];
    ready.firstWhere(
        node -> {
          sum[0] += node.task.mayRunOn(cpu) ? node.weight : 0;
          return false;
        });
    return sum[0];
  }

  /** Works out what each ready thread's tickets are worth: whoever comes or goes changes that. */
  private void revalue() {
    funding.clear();
    ready.firstWhere(
        node -> {
          funding.issue(funding.indexOf(node.task.currency()), node.task.tickets());
          return false;
        });
    funding.settle();
    ready.firstWhere(
        node -> {
          node.weight = funding.value(funding.indexOf(node.task.currency()), node.task.tickets());
          return false;
        });
  }

  private Holding winner(int cpu, long ticket) {
    if (restricted == 0 && funding == null) {
      return (Holding) ready.holderOf(ticket);
    }
    long[] left = {ticket};
    return (Holding)
        ready.firstWhere(
            node -> {
              left[0] -= node.task.mayRunOn(cpu) ? node.weight : 0;
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
    Holding holding = of(task);
    total = holding.own;
    winning = winning(draw(), total);
    won(holding);
  }

  @Override
  public Task pickTail(int cpu) {
    Holding last = (Holding) ready.lastFor(cpu);
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
    return winner(cpu, winning(next, among)).task;
  }

  @Override
  public boolean hasReadyFor(int cpu) {
    if (restricted == 0) {
      return ready.size() > 0;
    }
    return ready.firstWhere(node -> node.task.mayRunOn(cpu)) != null;
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public long timeSlice(Task task) {
    of(task).attained = task.attained();
    return quantum;
  }

  @Override
  public void blocked(Task task) {
    compensate(of(task));
  }

  private void compensate(Holding holding) {
    long used = holding.task.attained() - holding.attained;
    if (compensation && used > 0 && used < quantum) {
      long tickets = holding.task.tickets() * unit;
      long most = Math.min(MOST_UNITS, tickets * MOST_COMPENSATION);
      long exact = Exact.productOver(tickets, quantum, used);
      holding.own = Math.min(most, exact);
      holding.weight = holding.sum();
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
    return Key.number(of(task).weight);
  }

  @Override
  public String reason(Task picked) {
    return "holds ticket " + winning + " of " + total;
  }
}
