package org.schedlab.report;

import java.util.List;
import org.schedlab.metrics.Moments;

/** What a chart in characters shows in columns besides what took most of them. */
final class TextOverlays {
  private final Gantt gantt;
  private final long columnWidth;
  private final int columns;

  TextOverlays(Gantt gantt, long columnWidth, int columns) {
    this.gantt = gantt;
    this.columnWidth = columnWidth;
    this.columns = columns;
  }

  /** Says whether the thread of a lane came to wait in a circle in this column. */
  boolean isDeadlock(int lane, int column) {
    return gantt.marks().stream()
        .filter(mark -> mark.lane() == lane && mark.kind() == Moments.Kind.DEADLOCK)
        .anyMatch(mark -> column(mark.time()) == column);
  }

  /** Says whether at least half of a column is priority inversion for the thread of a lane. */
  boolean isInverted(int lane, int column) {
    long left = gantt.from() + column * columnWidth;
    long right = Math.min(left + columnWidth, gantt.to());
    long inverted = 0;
    for (Gantt.Inverted stretch : gantt.inversions()) {
      if (stretch.lane() == lane) {
        inverted += Math.max(0, Math.min(stretch.to(), right) - Math.max(stretch.from(), left));
      }
    }
    return inverted > 0 && 2 * inverted >= right - left;
  }

  /** Adds what the legend must say of them. */
  void explain(List<String> legend, Glyphs glyphs) {
    if (!gantt.inversions().isEmpty()) {
      legend.add(glyphs.inversion() + " priority inversion");
    }
    if (gantt.marks().stream().anyMatch(mark -> mark.kind() == Moments.Kind.DEADLOCK)) {
      legend.add(glyphs.deadlock() + " deadlock");
    }
  }

  private int column(long time) {
    return (int) Math.min(columns - 1L, (time - gantt.from()) / columnWidth);
  }
}
