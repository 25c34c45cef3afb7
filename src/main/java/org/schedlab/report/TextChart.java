package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.scenario.TimeUnit;

/**
 * A Gantt chart in characters. A column is a round stretch of time, so that boundaries in whole
 * units fall between columns wherever the width allows it; a column that holds more than one thing
 * shows the longest.
 */
final class TextChart {
  private static final int LONGEST_LABEL = 20;
  private static final int SHORTEST_CHART = 10;

  private final Gantt gantt;
  private final TimeUnit unit;
  private final Glyphs glyphs;
  private final int width;
  private final int labelWidth;
  private final long columnWidth;
  private final int columns;
  private final TextOverlays overlays;

  // What the rows make use of, for the legend to explain.
  private boolean inTurn;
  private boolean inPart;
  private boolean borders;
  private boolean shortened;

  private TextChart(Gantt gantt, TimeUnit unit, int width, Glyphs glyphs) {
    this.gantt = gantt;
    this.unit = unit;
    this.glyphs = glyphs;
    this.width = width;
    this.labelWidth = gantt.lanes().stream().mapToInt(lane -> label(lane).length()).max().orElse(0);
    // Beside the lanes two spaces before the name, one behind it, and the axis' last tick.
    long available = Math.max(SHORTEST_CHART, width - labelWidth - 4);
    long span = gantt.to() - gantt.from();
    this.columnWidth = Steps.alignedAtLeast(Steps.ceilDiv(span, available), unit.nanos());
    this.columns = (int) Steps.ceilDiv(span, columnWidth);
    this.overlays = new TextOverlays(gantt, columnWidth, columns);
  }

  /** Returns the chart, at most so many characters wide. */
  static String of(Gantt gantt, TimeUnit unit, int width, Glyphs glyphs) {
    return new TextChart(gantt, unit, width, glyphs).chart();
  }

  private static String label(Gantt.Lane lane) {
    String indent = lane.part() ? "  " : "";
    return indent + BarNames.cut(lane.label(), LONGEST_LABEL - indent.length());
  }

  private String chart() {
    StringBuilder text = new StringBuilder();
    boolean mixed = false;
    int cpus = 0;
    while (cpus < gantt.lanes().size() && gantt.lanes().get(cpus).label().equals("CPU " + cpus)) {
      cpus++;
    }
    List<Gantt.Lane> lanes = gantt.lanes();
    BarNames ofThreads = names(lanes.subList(0, cpus), false);
    BarNames ofCpus = names(lanes.subList(cpus, lanes.size()), false);
    BarNames ofLocks = names(lanes, true);
    for (int i = 0; i < lanes.size(); i++) {
      Gantt.Lane lane = lanes.get(i);
      BarNames names = i < cpus ? ofThreads : ofCpus;
      TextColumns cells = TextColumns.of(lane, gantt.from(), columnWidth, columns);
      String label = label(lane);
      text.append("  ").append(label).append(" ".repeat(labelWidth - label.length() + 1));
      text.append(row(i, names, ofLocks, cells).stripTrailing()).append('\n');
      for (int column = 0; column < columns; column++) {
        mixed |= cells.isMixed(column, gantt.to());
      }
    }
    axis(text);
    legend(text, mixed);
    return text.toString();
  }

  private static BarNames names(List<Gantt.Lane> lanes, boolean ofWaits) {
    return new BarNames(
        lanes.stream()
            .flatMap(lane -> lane.spans().stream())
            .filter(span -> span.isNamedWait() == ofWaits)
            .map(Gantt.Span::text)
            .toList());
  }

  private String row(int lane, BarNames names, BarNames waitNames, TextColumns cells) {
    StringBuilder row = new StringBuilder();
    for (int column = 0; column < columns; column++) {
      row.append(glyph(lane, column, cells));
    }
    int column = 0;
    while (column < columns) {
      int end = column + 1;
      String name = cells.text(column);
      while (end < columns && cells.text(end).equals(name)) {
        end++;
      }
      if (!name.isEmpty()) {
        boolean waits = cells.state(column) != Gantt.State.RUNNING;
        int start = waits && overlays.isDeadlock(lane, column) ? column + 1 : column;
        putName(row, start, end, waits ? waitNames : names, cells);
      }
      column = end;
    }
    for (column = 0; column < columns; column++) {
      if (overlays.isDeadlock(lane, column)) {
        row.setCharAt(column, glyphs.deadlock());
      }
    }
    return row.toString();
  }

  private char glyph(int lane, int column, TextColumns cells) {
    Gantt.State state = cells.state(column);
    if (cells.isPartlyRunning(column)) {
      inTurn |= state == Gantt.State.READY;
      inPart |= state != Gantt.State.READY;
      return glyphs.partly();
    }
    boolean inverted = state == Gantt.State.LOCK && overlays.isInverted(lane, column);
    return inverted ? glyphs.inversion() : glyph(state);
  }

  private void putName(StringBuilder row, int from, int end, BarNames names, TextColumns cells) {
    if (from == end) {
      return;
    }
    String name = cells.text(from);
    boolean runs = cells.state(from) == Gantt.State.RUNNING;
    // A name needs a block after it, or bars of few columns would be names only.
    String shown = names.fit(name, end - from - 1);
    row.replace(from, from + shown.length(), shown);
    boolean follows = from > 0 && cells.state(from - 1) == Gantt.State.RUNNING;
    if (runs && shown.isEmpty() && follows) {
      row.setCharAt(from, glyphs.border());
      borders = true;
    }
    shortened |= !shown.isEmpty() && !shown.equals(name);
  }

  private char glyph(Gantt.State state) {
    if (state == null) {
      return glyphs.nothing();
    }
    return switch (state) {
      case RUNNING -> glyphs.running();
      case READY -> glyphs.ready();
      case BLOCKED, PAGING -> glyphs.blocked();
      case LOCK -> glyphs.lock();
      case SIGNAL -> glyphs.signal();
      case COMMUNICATION -> glyphs.communication();
      case AWAITING -> glyphs.awaiting();
      case SWITCH, KERNEL -> glyphs.kernel();
      case COROUTINE_SWITCH -> glyphs.coroutineSwitch();
    };
  }

  private void axis(StringBuilder text) {
    TimeUnit shown = gantt.axisUnit(unit);
    int widest = Math.max(6, Long.toString(gantt.to() / shown.nanos()).length() + 4);
    long step = Steps.atLeast(Math.multiplyExact(columnWidth, widest));
    StringBuilder line = new StringBuilder(String.valueOf(glyphs.axis()).repeat(columns + 1));
    StringBuilder labels = new StringBuilder(" ".repeat(columns + 1));
    long first = Math.multiplyExact(Steps.ceilDiv(gantt.from(), step), step);
    for (long tick = first; tick <= gantt.to(); tick += step) {
      int column = (int) ((tick - gantt.from()) / columnWidth);
      String label = shown.format(tick);
      line.setCharAt(column, glyphs.tick());
      if (labelWidth + 3 + column + label.length() <= width || column == 0) {
        labels.setLength(Math.max(labels.length(), column + label.length()));
        labels.replace(column, column + label.length(), label);
      }
    }
    String indent = " ".repeat(labelWidth + 3);
    text.append(indent).append(line).append('\n');
    String numbers = labels.toString().replace('\0', ' ').stripTrailing();
    text.append(glyphs.plain(withUnit(numbers, Decimals.symbol(shown)))).append('\n');
  }

  /** Names the unit behind the last number or, where the line is full, before the first. */
  private String withUnit(String numbers, String name) {
    int indent = labelWidth + 3;
    String behind = " ".repeat(indent) + numbers + " " + name;
    if (behind.length() <= width || name.length() >= indent) {
      return behind;
    }
    return " ".repeat(indent - 1 - name.length()) + name + " " + numbers;
  }

  private void legend(StringBuilder text, boolean mixed) {
    List<String> parts = new ArrayList<>();
    for (Gantt.State state : List.of(Gantt.State.RUNNING, Gantt.State.READY)) {
      if (occurs(state)) {
        parts.add(glyph(state) + " " + state.label());
      }
    }
    if (occurs(Gantt.State.BLOCKED)) {
      boolean both = occurs(Gantt.State.PAGING);
      parts.add(glyphs.blocked() + (both ? " blocked, also on page faults" : " blocked"));
    } else if (occurs(Gantt.State.PAGING)) {
      parts.add(glyphs.blocked() + " " + Gantt.State.PAGING.label());
    }
    for (Gantt.State state : Gantt.State.values()) {
      boolean plain = state.isWaitForOthers() || state == Gantt.State.AWAITING;
      if (plain && occurs(state)) {
        parts.add(glyph(state) + " " + state.label());
      }
    }
    overlays.explain(parts, glyphs);
    if (occurs(Gantt.State.KERNEL) || occurs(Gantt.State.SWITCH)) {
      parts.add(glyphs.kernel() + " switch or kernel");
    }
    if (occurs(Gantt.State.COROUTINE_SWITCH)) {
      parts.add(glyphs.coroutineSwitch() + " coroutine switch");
    }
    if (inTurn || inPart) {
      parts.add(1, glyphs.partly() + (inPart ? " running in part" : " running and ready in turn"));
    }
    if (borders) {
      parts.add(1, glyphs.border() + " another begins");
    }
    if (!parts.isEmpty()) {
      text.append("  ").append(String.join("   ", parts)).append('\n');
    }
    String column = "one column is " + Decimals.readable(columnWidth);
    List<String> notes = new ArrayList<>(gantt.notes());
    notes.add(mixed ? column + ", coalesced: it shows what took most of it" : column);
    if (shortened) {
      notes.add("names are cut to the length of their bars");
    }
    for (String note : notes) {
      text.append(glyphs.plain("  " + note)).append('\n');
    }
  }

  private boolean occurs(Gantt.State state) {
    for (Gantt.Lane lane : gantt.lanes()) {
      if (lane.spans().stream().anyMatch(span -> span.state() == state)) {
        return true;
      }
      Gantt.Shares shares = lane.shares();
      for (int bin = 0; shares != null && bin < shares.bins(); bin++) {
        if (shares.time(state, bin) > 0) {
          return true;
        }
      }
    }
    return false;
  }
}
