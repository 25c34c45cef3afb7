package org.schedlab.policy;

/**
 * A currency of lottery tickets.
 *
 * @param name as threads and other currencies name it
 * @param backing the currency whose tickets back it, or null for base tickets
 * @param amount how many tickets back it
 */
public record Currency(String name, String backing, long amount) {
  @Override
  public String toString() {
    return name;
  }
}
