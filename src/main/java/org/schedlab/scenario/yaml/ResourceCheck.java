package org.schedlab.scenario.yaml;

import java.util.Map;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Units;
import org.schedlab.program.SharedObject;

/** Checks that operations name resources that their process sees, and units that it may take. */
final class ResourceCheck {
  private final ObjectNames names;
  private final NamePlaces places;
  private final Map<String, Long> claims;
  private final boolean avoidance;

  /**
   * Makes a check of a process.
   *
   * @param avoidance whether it may take only what it claims
   */
  ResourceCheck(Image image, ObjectNames names, NamePlaces places, boolean avoidance) {
    this.names = names;
    this.places = places;
    this.claims = image.claims();
    this.avoidance = avoidance;
  }

  /** Checks an operation, without the operations inside it. */
  void check(Operation operation) {
    if (operation instanceof Operation.Acquire acquire) {
      acquire.units().forEach(units -> check(units, true));
    } else if (operation instanceof Operation.Release release) {
      release.units().forEach(units -> check(units, false));
    }
  }

  private void check(Units units, boolean takes) {
    String name = units.resource();
    Location at = places.of(units);
    String word = takes ? "acquire" : "release";
    SharedObject found = names.find(name, word, at, ObjectKind.RESOURCE);
    if (!(found instanceof SharedObject.Resource resource)) {
      return;
    }
    Long claim = claims.get(name);
    if (units.count() > resource.units()) {
      names.report(
          at, "`" + name + "` has " + resource.units() + " units, and never " + units.count());
    } else if (takes && avoidance && claim == null) {
      names.report(
          at,
          names.owner()
              + " acquires `"
              + name
              + "` without a claim; with `avoidance: banker` it needs `claims: {"
              + name
              + ": "
              + units.count()
              + "}`");
    } else if (takes && avoidance && units.count() > claim) {
      names.report(
          at,
          names.owner() + " claims " + claim + " of `" + name + "` and acquires " + units.count());
    }
  }
}
