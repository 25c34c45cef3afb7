package org.schedlab.machine.replacement;

/**
 * LRU: the page that was not used for longest leaves. A stack algorithm: what n frames hold, n + 1
 * frames hold too (Mattson, Gecsei, Slutz and Traiger, "Evaluation techniques for storage
 * hierarchies", IBM Systems Journal 1970), so that more frames never fault more often.
 */
public final class LeastRecentlyUsed extends RecencyOrder {
  @Override
  public int victim() {
    return byUse.first();
  }
}
