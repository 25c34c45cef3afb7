package org.schedlab.scenario.yaml;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What keys a map may have.
 *
 * @param name the definition's name in the JSON schema
 * @param what the map as messages call it
 * @param keys the keys of this version, as messages list them
 * @param allowed the same keys, to look one up
 * @param later keys of the scenario language that this version does not support
 */
record Shape(String name, String what, List<String> keys, Set<String> allowed, List<String> later) {
  static final String UNSUPPORTED =
      " is part of the scenario language but not supported by this version yet";

  static Shape of(String name, String what, String... keys) {
    return of(name, what, List.of(keys), List.of());
  }

  static Shape of(String name, String what, List<String> keys, List<String> later) {
    return new Shape(name, what, keys, new HashSet<>(keys), later);
  }

  Shape later(String... keysOfLaterVersions) {
    return new Shape(name, what, keys, allowed, List.of(keysOfLaterVersions));
  }

  /** A map under another name that may have these keys too, but for some. */
  Shape without(String otherName, String otherWhat, String... dropped) {
    List<String> left = keys.stream().filter(key -> !List.of(dropped).contains(key)).toList();
    return of(otherName, otherWhat, left, later);
  }
}
