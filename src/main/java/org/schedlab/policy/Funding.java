package org.schedlab.policy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * What tickets in currencies are worth. A currency is backed by tickets of the base or of another
 * one, and shares their value among the tickets that it has issued to whoever takes part in a draw;
 * a currency of which nobody takes part has no claim on what backs it.
 *
 * <p>Source: Waldspurger and Weihl, "Lottery scheduling", OSDI 1994, section 4.4.
 */
final class Funding {
  private static final BigInteger THOUSANDTHS = BigInteger.valueOf(1000);

  private final List<Currency> currencies;

  /** By currency: the index of the one that backs it, which stands before it; -1 for the base. */
  private final int[] backing;

  /** By currency: how many of its tickets take part. */
  private final long[] issued;

  // By currency: its value in base tickets, as a fraction.
  private final BigInteger[] numerator;
  private final BigInteger[] denominator;

  Funding(List<Currency> currencies) {
    this.currencies = currencies;
    this.backing = new int[currencies.size()];
    this.issued = new long[currencies.size()];
    this.numerator = new BigInteger[currencies.size()];
    this.denominator = new BigInteger[currencies.size()];
    for (int i = 0; i < backing.length; i++) {
      backing[i] = indexOf(currencies.get(i).backing());
    }
  }

  /** Returns a currency's index, or -1 for the base. */
  int indexOf(String name) {
    for (int i = 0; i < currencies.size(); i++) {
      if (currencies.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Nobody takes part any more. */
  void clear() {
    Arrays.fill(issued, 0);
  }

  /** Somebody with so many tickets of a currency takes part. */
  void issue(int currency, long tickets) {
    if (currency >= 0) {
      issued[currency] += tickets;
    }
  }

  /** Works out what currencies are worth, now that all who take part have been named. */
  void settle() {
    for (int i = backing.length - 1; i >= 0; i--) {
      if (issued[i] > 0 && backing[i] >= 0) {
        issued[backing[i]] += currencies.get(i).amount();
      }
    }
    for (int i = 0; i < backing.length; i++) {
      BigInteger amount = BigInteger.valueOf(currencies.get(i).amount());
      boolean base = backing[i] < 0;
      numerator[i] = base ? amount : numerator[backing[i]].multiply(amount);
      denominator[i] =
          base
              ? BigInteger.ONE
              : denominator[backing[i]].multiply(
                  BigInteger.valueOf(Math.max(1, issued[backing[i]])));
    }
  }

  /** Returns what tickets of a currency are worth, in thousandths of a base ticket; at least 1. */
  long value(int currency, long tickets) {
    BigInteger thousandths = BigInteger.valueOf(tickets).multiply(THOUSANDTHS);
    if (currency < 0) {
      return thousandths.longValueExact();
    }
    BigInteger value =
        thousandths
            .multiply(numerator[currency])
            .divide(denominator[currency].multiply(BigInteger.valueOf(issued[currency])));
    return Math.max(1, value.longValueExact());
  }
}
