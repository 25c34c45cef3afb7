package org.schedlab.machine.replacement;

/**
 * MRU: the page that was used last leaves. Bad for most programs, good for a loop over a little
 * more than fits (Chou and DeWitt, "An evaluation of buffer management strategies for relational
 * database systems", VLDB 1985).
 */
public final class MostRecentlyUsed extends RecencyOrder {
  @Override
  public int victim() {
    return byUse.last();
  }
}
