package org.schedlab.machine;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.trace.Account;
import org.schedlab.trace.TraceSink;

/**
 * A CPU: whose translations and cache lines it holds, and the meter that charges every nanosecond
 * of it to an account.
 */
public final class Cpu {
  private final int id;
  private final TraceSink trace;
  private final AsidSlots asids;
  private final CacheResidency cache;

  private int addressSpace = TraceSink.NONE;
  private long chargedUntil;

  public Cpu(int id, CostModel costs, TraceSink trace) {
    this.id = id;
    this.trace = trace;
    this.asids = new AsidSlots(costs.get(Cost.ASID_SLOTS));
    this.cache = new CacheResidency(costs.get(Cost.L2_CACHE));
  }

  public int id() {
    return id;
  }

  /** Charges the time since the last charge. An empty stretch is no charge. */
  public void charge(int thread, Account account, long until) {
    if (until > chargedUntil) {
      trace.charged(id, thread, account, chargedUntil, until);
      chargedUntil = until;
    }
  }

  /** Returns up to when the CPU's time has been charged. */
  public long chargedUntil() {
    return chargedUntil;
  }

  /** What becoming current meant for an address space. */
  public enum Activation {
    /** It was current already. */
    UNCHANGED,
    /** Its translations are still in the TLB. */
    CACHED,
    /** Its translations are lost, or it is new. */
    MISSED
  }

  /** Makes an address space current. */
  public Activation activate(int newAddressSpace) {
    if (newAddressSpace == addressSpace) {
      return Activation.UNCHANGED;
    }
    addressSpace = newAddressSpace;
    return asids.activate(newAddressSpace) ? Activation.CACHED : Activation.MISSED;
  }

  /** Brings a working set into the cache; returns the bytes of it that were not there. */
  public long useWorkingSet(int owner, long bytes) {
    return cache.use(owner, bytes);
  }
}
