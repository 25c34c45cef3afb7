package org.schedlab.metrics;

import java.util.Locale;
import org.schedlab.trace.Account;
import org.schedlab.trace.TraceSink;

/**
 * The cost ledger: how much of each CPU's time belongs to which account. Every nanosecond belongs
 * to exactly one; a gap, an overlap or a sum other than the makespan is a bug of the simulator and
 * is thrown as an {@link IllegalStateException} with CPU, account and time.
 */
public final class Ledger implements TraceSink {
  private static final Account[] ACCOUNTS = Account.values();
  private static final int WIDTH = ACCOUNTS.length;

  private final int cpus;
  private final long[] charged;
  private final long[] bookedUntil;
  private long makespan;

  public Ledger(int cpus) {
    this.cpus = cpus;
    this.charged = new long[cpus * WIDTH];
    this.bookedUntil = new long[cpus];
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    if (from != bookedUntil[cpu] || to <= from) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "CPU %d: %s charged from %d to %d ns, but the books end at %d ns",
              cpu,
              account.label(),
              from,
              to,
              bookedUntil[cpu]));
    }
    bookedUntil[cpu] = to;
    charged[cpu * WIDTH + account.ordinal()] += to - from;
  }

  @Override
  public void finished(long time) {
    makespan = time;
    for (int cpu = 0; cpu < cpus; cpu++) {
      long sum = busy(cpu) + overhead(cpu) + idle(cpu);
      if (sum != time || bookedUntil[cpu] != time) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "CPU %d: %d ns are booked, the last of them at %d ns, but the run ended at %d ns",
                cpu,
                sum,
                bookedUntil[cpu],
                time));
      }
    }
  }

  public int cpus() {
    return cpus;
  }

  /** Returns when the run ended. */
  public long makespan() {
    return makespan;
  }

  /** Returns what one CPU spent on an account. */
  public long charged(int cpu, Account account) {
    return charged[cpu * WIDTH + account.ordinal()];
  }

  /** Returns what all CPUs spent on an account. */
  public long charged(Account account) {
    long sum = 0;
    for (int cpu = 0; cpu < cpus; cpu++) {
      sum += charged(cpu, account);
    }
    return sum;
  }

  /** Returns a CPU's time for own work of threads. */
  public long busy(int cpu) {
    return charged(cpu, Account.OWN_WORK);
  }

  /** Returns a CPU's time in the kernel. */
  public long overhead(int cpu) {
    long sum = 0;
    for (Account account : ACCOUNTS) {
      if (account.isOverhead()) {
        sum += charged(cpu, account);
      }
    }
    return sum;
  }

  /** Returns a CPU's time with nothing to run. */
  public long idle(int cpu) {
    return charged(cpu, Account.IDLE);
  }
}
