package org.schedlab.report;

import java.awt.Color;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.schedlab.metrics.Moments;

/** How a chart marks the moments; later ones are drawn over earlier ones. */
enum MarkStyle {
  ARRIVAL(Moments.Kind.ARRIVAL, "arrival", SeriesMarkers.TRIANGLE_DOWN, Palette.GREEN),
  PREEMPTION(Moments.Kind.PREEMPTION, "preemption", SeriesMarkers.DIAMOND, Palette.BLACK),
  WAKE(Moments.Kind.WAKE, "wake", SeriesMarkers.CIRCLE, Palette.SKY_BLUE),
  END_OF_FILE(Moments.Kind.END_OF_FILE, "end of file", SeriesMarkers.RECTANGLE, Palette.DARK),
  MISSED_DEADLINE(
      Moments.Kind.MISSED_DEADLINE, "missed deadline", new ThickCross(), Palette.VERMILLION),
  FAILED_ASSERT(
      Moments.Kind.FAILED_ASSERT, "failed assert", SeriesMarkers.SQUARE, Palette.VERMILLION),
  FAULT(Moments.Kind.FAULT, "fault", SeriesMarkers.TRIANGLE_UP, Palette.VERMILLION),
  RACE(Moments.Kind.RACE, "racing access", SeriesMarkers.CROSS, Palette.VERMILLION),
  LOST_UPDATE(
      Moments.Kind.LOST_UPDATE, "lost update", SeriesMarkers.TRIANGLE_DOWN, Palette.VERMILLION),
  FAILED_OPERATION(
      Moments.Kind.FAILED_OPERATION,
      "failed operation",
      SeriesMarkers.TRAPEZOID,
      Palette.VERMILLION),
  DEADLOCK(Moments.Kind.DEADLOCK, "deadlock", new Octagon(), Palette.VERMILLION);

  private final Moments.Kind kind;
  private final String label;
  private final Marker marker;
  private final Color color;

  MarkStyle(Moments.Kind kind, String label, Marker marker, Color color) {
    this.kind = kind;
    this.label = label;
    this.marker = marker;
    this.color = color;
  }

  Moments.Kind kind() {
    return kind;
  }

  String label() {
    return label;
  }

  Marker marker() {
    return marker;
  }

  Color color() {
    return color;
  }

  /** Says whether it marks something that went wrong. */
  boolean isFailure() {
    return compareTo(MISSED_DEADLINE) >= 0;
  }
}
