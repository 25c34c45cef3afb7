package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Location;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;

/** Collects what is wrong with a scenario, so that all of it is reported at once. */
final class Problems {
  /** More than anyone reads; a file of another kind would otherwise give one for every line. */
  private static final int MOST_REPORTED = 1_000;

  private static final Comparator<Diagnostic> FILE_ORDER =
      Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column);

  private final Source file;
  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<List<Object>> seen = new HashSet<>();

  /** What has no line is told apart by the identity of its location. */
  private final Map<Location, Source> options = new IdentityHashMap<>();

  private int unreported;

  Problems(Source file) {
    this.file = file;
  }

  /** Reports a problem; the same one at the same place, as an alias can cause, only once. */
  void add(Mark mark, String message) {
    Source source = mark.source();
    if (!seen.add(List.of(source.name(), mark.line(), mark.column(), message))) {
      return;
    }
    if (found.size() == MOST_REPORTED) {
      unreported++;
      return;
    }
    Mark place = source.within(mark.line(), mark.column());
    found.add(
        new Diagnostic(
            source.name(),
            place.line(),
            place.column(),
            message,
            source.snippet(place.line(), place.column())));
  }

  /** Reports a problem at a place that {@link #remember} gave out. */
  void add(Location location, String message) {
    Source option = options.get(location);
    add(new Mark(option == null ? file : option, location.line(), location.column()), message);
  }

  /** Returns the location of a mark, from which its source can be found again. */
  Location remember(Mark mark) {
    Location location = mark.location();
    if (mark.source().isOption()) {
      options.put(location, mark.source());
    }
    return location;
  }

  boolean none() {
    return found.isEmpty();
  }

  /**
   * Returns normally when nothing was found.
   *
   * @throws InvalidScenarioException with everything found, in the order of the file
   */
  void throwIfAny() throws InvalidScenarioException {
    if (none()) {
      return;
    }
    found.sort(FILE_ORDER);
    if (unreported > 0) {
      Diagnostic last = found.get(found.size() - 1);
      String message = "… and " + unreported + " more errors";
      found.add(new Diagnostic(last.file(), last.line(), last.column(), message, ""));
    }
    throw new InvalidScenarioException(found);
  }
}
