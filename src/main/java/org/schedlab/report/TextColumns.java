package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A lane cut into columns of equal time, each with what took most of it. Time in the kernel counts
 * against the bar that it lies in.
 */
final class TextColumns {
  private final long from;
  private final long width;
  private final List<List<Piece>> pieces = new ArrayList<>();

  /** The column that shows something although nothing took most of it; -1 for none. */
  private int shown = -1;

  /** How long one state with one text took within a column. */
  private static final class Piece {
    final Gantt.State state;
    final String text;
    long time;

    Piece(Gantt.State state, String text) {
      this.state = state;
      this.text = text;
    }
  }

  private TextColumns(long from, long width, int count) {
    this.from = from;
    this.width = width;
    for (int i = 0; i < count; i++) {
      pieces.add(new ArrayList<>(2));
    }
  }

  static TextColumns of(Gantt.Lane lane, long from, long width, int count) {
    TextColumns columns = new TextColumns(from, width, count);
    if (lane.shares() != null) {
      columns.addShares(lane.shares());
    } else {
      columns.addSpans(lane.spans());
    }
    columns.showAtLeastOne();
    return columns;
  }

  /** A life shorter than half a column would leave its lane empty, as if nobody had lived. */
  private void showAtLeastOne() {
    int fullest = -1;
    for (int column = 0; column < pieces.size(); column++) {
      if (longest(column) != null) {
        return;
      }
      if (used(column) > (fullest < 0 ? 0 : used(fullest))) {
        fullest = column;
      }
    }
    shown = fullest;
  }

  private long used(int column) {
    return pieces.get(column).stream().mapToLong(piece -> piece.time).sum();
  }

  private void addSpans(List<Gantt.Span> spans) {
    Gantt.Span bar = null;
    for (Gantt.Span span : spans) {
      if (span.state() == Gantt.State.RUNNING) {
        bar = span;
      } else if (bar != null && span.from() < bar.to()) {
        add(bar.state(), bar.text(), span.from(), span.to(), -1);
      }
      add(span.state(), span.text(), span.from(), span.to(), 1);
    }
  }

  private void addShares(Gantt.Shares shares) {
    for (int bin = 0; bin < shares.bins(); bin++) {
      long start = shares.from() + bin * shares.width();
      for (Gantt.State state : Gantt.State.values()) {
        long time = shares.time(state, bin);
        if (time > 0 && start >= from) {
          add(state, "", start, Math.min(start + time, start + shares.width()), 1);
        }
      }
    }
  }

  private void add(Gantt.State state, String text, long start, long end, int sign) {
    int first = (int) Math.max(0, (start - from) / width);
    int last = (int) Math.min(pieces.size() - 1L, (end - 1 - from) / width);
    for (int column = first; column <= last; column++) {
      long left = from + column * width;
      long time = Math.min(end, left + width) - Math.max(start, left);
      piece(pieces.get(column), state, text).time += sign * time;
    }
  }

  private static Piece piece(List<Piece> column, Gantt.State state, String text) {
    for (Piece piece : column) {
      if (piece.state == state && piece.text.equals(text)) {
        return piece;
      }
    }
    Piece piece = new Piece(state, text);
    column.add(piece);
    return piece;
  }

  private Piece longest(int column) {
    Piece longest = null;
    long empty = width;
    for (Piece piece : pieces.get(column)) {
      empty -= piece.time;
      if (longest == null || piece.time > longest.time) {
        longest = piece;
      }
    }
    return longest == null || longest.time < empty && column != shown ? null : longest;
  }

  /** Returns the state that took most of a column, or null where it was nothing. */
  Gantt.State state(int column) {
    Piece longest = longest(column);
    return longest == null ? null : longest.state;
  }

  /** Returns the text of what took most of a column; empty where it has none. */
  String text(int column) {
    Piece longest = longest(column);
    return longest == null ? "" : longest.text;
  }

  /**
   * Says whether somebody ran in a column, though not for most of it. Where a bar begins or ends
   * within a column, the bar's own columns show it.
   */
  boolean isPartlyRunning(int column) {
    boolean besideBar = isRunning(column - 1) || isRunning(column + 1);
    return ran(column) > 0 && !isRunning(column) && !besideBar;
  }

  private boolean isRunning(int column) {
    return column >= 0 && column < pieces.size() && state(column) == Gantt.State.RUNNING;
  }

  private long ran(int column) {
    return pieces.get(column).stream()
        .filter(piece -> piece.state == Gantt.State.RUNNING)
        .mapToLong(piece -> piece.time)
        .sum();
  }

  /** Says whether more went on in a column than it can show. */
  boolean isMixed(int column, long end) {
    long size = Math.min(width, end - (from + column * width));
    int parts = 0;
    boolean whole = true;
    for (Piece piece : pieces.get(column)) {
      if (piece.time > 0) {
        parts++;
        whole &= piece.time == size;
      }
    }
    return parts > 1 || parts == 1 && !whole;
  }
}
