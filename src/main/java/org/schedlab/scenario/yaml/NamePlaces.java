package org.schedlab.scenario.yaml;

import java.util.IdentityHashMap;
import java.util.Map;
import org.schedlab.program.Location;

/**
 * Where operations name objects besides the one at which they stand themselves, and of what kind
 * they say these are: the mutex of a {@code cond_wait}, the ports of a {@code poll}, the resources
 * of an {@code acquire}. The parts of operations are told apart by identity.
 */
final class NamePlaces {
  /**
   * A name in the file.
   *
   * @param kind what the key before it says that it names; null where that can be several
   */
  private record Named(Location place, ObjectKind kind) {}

  private final Map<Object, Named> places = new IdentityHashMap<>();

  /** Takes note of where a part of an operation is named, and as what. */
  void put(Object part, Location place, ObjectKind kind) {
    places.put(part, new Named(place, kind));
  }

  /** Returns where a part is named that {@link #put} was told of. */
  Location of(Object part) {
    return places.get(part).place();
  }

  /** Returns as what a part is named, or null where that can be several. */
  ObjectKind kindOf(Object part) {
    return places.get(part).kind();
  }
}
