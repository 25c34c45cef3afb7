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
  private final Mmu.Shape mmuShape;

  /** Made when first needed: most scenarios have neither pages nor working sets. */
  private Mmu mmu;

  private int addressSpace = TraceSink.NONE;
  private int asid;
  private long chargedUntil;

  public Cpu(int id, CostModel costs, Mmu.Shape mmuShape, TraceSink trace) {
    this.id = id;
    this.trace = trace;
    this.asids = new AsidSlots(costs.get(Cost.ASID_SLOTS));
    this.cache = new CacheResidency(costs.get(Cost.L2_CACHE));
    this.mmuShape = mmuShape;
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
    asid = asids.assign(newAddressSpace);
    boolean known = asids.wasKnown();
    if (mmu != null) {
      if (!known) {
        mmu.forget(asid);
      }
      mmu.activate(asid);
    }
    return known || asids.isUnlimited() ? Activation.CACHED : Activation.MISSED;
  }

  /** Returns the translations of the current address space. */
  public Mmu mmu() {
    if (mmu == null) {
      mmu = new Mmu(mmuShape);
      mmu.activate(asid);
    }
    return mmu;
  }

  /** Returns the current address space, or NONE. */
  public int addressSpace() {
    return addressSpace;
  }

  /** Forgets the translation of a page, of whatever address space. */
  public void forget(int ofAddressSpace, long page) {
    int slot = slotOf(ofAddressSpace);
    if (slot != AsidSlots.NONE) {
      mmu.forget(slot, page);
    }
  }

  /** Forgets all translations of an address space. */
  public void forget(int ofAddressSpace) {
    int slot = slotOf(ofAddressSpace);
    if (slot != AsidSlots.NONE) {
      mmu.forget(slot);
    }
  }

  private int slotOf(int ofAddressSpace) {
    if (mmu == null || !mmu.hasTlb()) {
      return AsidSlots.NONE;
    }
    return ofAddressSpace == addressSpace ? asid : asids.find(ofAddressSpace);
  }

  /** Brings a working set into the cache; returns the bytes of it that were not there. */
  public long useWorkingSet(int owner, long bytes) {
    return cache.use(owner, bytes);
  }
}
