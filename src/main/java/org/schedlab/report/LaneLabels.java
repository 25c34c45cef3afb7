package org.schedlab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.schedlab.scenario.TimeUnit;

/** The words of a Gantt chart: the lanes' names beside them, and on each bar what fits. */
final class LaneLabels extends Annotation {
  private static final Color OF_LANE = new Color(0x222222);
  private static final Color OF_PART = new Color(0x666666);
  private static final int LONGEST = 24;
  private static final int GAP = 8;

  /** How far the name of a part begins to the right of that of the whole. */
  private static final int INDENT = 14;

  /** With fewer letters a name cut in its middle says nothing. */
  private static final int SHORTEST = 4;

  /** Bars of fewer pixels are not set off from those before them: the gap would hide them. */
  private static final int NARROW = 4;

  /** How the lanes of CPUs are called. */
  private static final String CPU = "CPU ";

  private final Gantt gantt;
  private final TimeUnit unit;
  private final int fontSize;

  /** How many threads have a name that ends so, behind their process's. */
  private final Map<String, Integer> endings = new HashMap<>();

  /** The names of the threads that have lanes, and how to tell them apart. */
  private final Set<String> threads;

  private final BarNames names;

  LaneLabels(Gantt gantt, TimeUnit unit, int laneHeight) {
    super(false);
    this.gantt = gantt;
    this.unit = unit;
    this.fontSize = laneHeight >= 30 ? 12 : 10;
    gantt.lanes().stream()
        .flatMap(lane -> lane.spans().stream())
        .filter(span -> span.state() == Gantt.State.RUNNING)
        .map(Gantt.Span::text)
        .distinct()
        .forEach(name -> endings.merge(ending(name), 1, Integer::sum));
    threads =
        gantt.lanes().stream()
            .filter(lane -> !lane.part())
            .map(Gantt.Lane::label)
            .filter(label -> !label.startsWith(CPU))
            .collect(Collectors.toCollection(TreeSet::new));
    names = new BarNames(List.copyOf(threads));
  }

  /** Returns how many pixels the names need; an estimate, for no font is loaded yet. */
  static int width(Gantt gantt) {
    int widest = 0;
    for (Gantt.Lane lane : gantt.lanes()) {
      int width = cut(lane.label()).codePoints().map(c -> c < 0x2E80 ? 8 : 13).sum();
      widest = Math.max(widest, width);
    }
    return widest + 2 * GAP;
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Cuts a long name in its middle: names that are alike often differ at their ends. */
  private static String cut(String label) {
    return cut(label, LONGEST);
  }

  private static String cut(String label, int longest) {
    int length = label.codePointCount(0, label.length());
    if (length <= longest) {
      return label;
    }
    int half = longest / 2;
    int head = label.offsetByCodePoints(0, half);
    int tail = label.offsetByCodePoints(0, length - (longest - half) + 1);
    return label.substring(0, head) + "…" + label.substring(tail);
  }

  @Override
  public void paint(Graphics2D g) {
    Font old = g.getFont();
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
    List<Gantt.Lane> lanes = gantt.lanes();
    FontMetrics metrics = g.getFontMetrics();
    double left = getXAxisScreenValueForMin();
    float whole = 0;
    for (int lane = 0; lane < lanes.size(); lane++) {
      String name = cut(lanes.get(lane).label());
      boolean part = lanes.get(lane).part();
      float right = (float) (left - GAP - metrics.stringWidth(name));
      float x = Math.max(2, part ? Math.min(whole + INDENT, right) : right);
      whole = part ? whole : x;
      g.setColor(part ? OF_PART : OF_LANE);
      g.drawString(name, x, baseline(metrics, lane));
    }
    g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, fontSize - 1));
    g.setColor(Color.WHITE);
    g.setStroke(new BasicStroke(1));
    for (int lane = 0; lane < lanes.size(); lane++) {
      paintBars(g, lane);
    }
    g.setFont(old);
  }

  /**
   * Returns a name, else the thread's alone where only one has it, else what tells it from the
   * others, else the thread's cut in its middle; nothing where little would be left of it.
   */
  private String fitting(String name, FontMetrics metrics, double room) {
    String text = name;
    if (metrics.stringWidth(text) > room && endings.getOrDefault(ending(name), 0) == 1) {
      text = ending(name);
    }
    String whole = text;
    if (metrics.stringWidth(whole) > room && threads.contains(name)) {
      String rest = names.rest(name);
      if (metrics.stringWidth(rest) <= room) {
        return rest;
      }
    }
    int length = whole.codePointCount(0, whole.length());
    while (metrics.stringWidth(text) > room) {
      length--;
      if (length < SHORTEST) {
        return "";
      }
      text = cut(whole, length);
    }
    return text;
  }

  private float baseline(FontMetrics metrics, int lane) {
    double middle = chart.getScreenYFromChart(gantt.lanes().size() - 1.0 - lane);
    return Math.round(middle + (metrics.getAscent() - metrics.getDescent()) / 2.0);
  }

  private void paintBars(Graphics2D g, int lane) {
    FontMetrics metrics = g.getFontMetrics();
    float baseline = baseline(metrics, lane);
    double top = chart.getScreenYFromChart(gantt.lanes().size() - 1.0 - lane + GanttChart.THICK);
    double bottom = chart.getScreenYFromChart(gantt.lanes().size() - 1.0 - lane - GanttChart.THICK);
    double share = GanttChart.NAMED / GanttChart.THICK;
    boolean roomForNames = (bottom - top) * share >= fontSize - 1;
    long end = -1;
    for (Gantt.Span span : gantt.lanes().get(lane).spans()) {
      boolean waits = span.isNamedWait();
      if (span.state() != Gantt.State.RUNNING && !(waits && roomForNames)) {
        continue;
      }
      double from = chart.getScreenXFromChart((double) span.from() / unit.nanos());
      double to = chart.getScreenXFromChart((double) span.to() / unit.nanos());
      g.setColor(Palette.textOn(span.state()));
      if (!waits) {
        boolean touches = span.from() == end;
        end = span.to();
        if (touches && to - from > NARROW) {
          g.draw(new Line2D.Double(from, top, from, bottom));
        }
      }
      String text = fitting(span.text(), metrics, to - from - 4);
      if (!text.isEmpty()) {
        float x = (float) ((from + to - metrics.stringWidth(text)) / 2);
        g.drawString(text, x, baseline);
      }
    }
  }
}
