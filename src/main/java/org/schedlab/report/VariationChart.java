package org.schedlab.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.LongStream;
import org.schedlab.report.Variations.Variation;

/** A bar for each run, as high as the updates that it lost; those that fail are told apart. */
record VariationChart(Variations variations) implements Picture.Panel {
  private static final int WIDTH = RunReport.CHART_WIDTH;
  private static final int HEIGHT = 330;
  private static final int LEFT = 90;
  private static final int RIGHT = 30;
  private static final int TOP = 90;
  private static final int BOTTOM = 250;

  /** What is drawn of a run that lost nothing. */
  private static final int FLOOR = 6;

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void paint(Graphics2D graphics) {
    Ink ink = new Ink(graphics, WIDTH, HEIGHT);
    List<Variation> runs = variations.runs();
    String title = variations.scenario().name() + " — " + variations.sentence();
    ink.middle(fitting(title), WIDTH / 2.0, 26, Ink.TITLE, TimeAxis.TEXT);
    ink.fill(new Rectangle2D.Double(LEFT, 44, 12, 12), Palette.BLUE);
    ink.left("holds", LEFT + 18, 55, Ink.PLAIN, TimeAxis.TEXT);
    ink.fill(new Rectangle2D.Double(LEFT + 80, 44, 12, 12), Palette.VERMILLION);
    ink.left("× fails", LEFT + 98, 55, Ink.PLAIN, TimeAxis.TEXT);
    long most = Math.max(1, runs.stream().mapToLong(Variation::lost).max().orElse(1));
    ink.left("lost updates", LEFT - 70, TOP - 14, Ink.BOLD, TimeAxis.TEXT);
    for (long tick : ticks(most)) {
      double y = BOTTOM - (BOTTOM - TOP) * (double) tick / most;
      ink.line(LEFT, y, WIDTH - RIGHT, y, 1, Ink.GRID);
      ink.right(Long.toString(tick), LEFT - 8, y + 4, Ink.PLAIN, TimeAxis.TEXT);
    }
    double room = (WIDTH - LEFT - RIGHT) / (double) Math.max(1, runs.size());
    int step = (int) Math.ceil(widest(runs) / room);
    for (int i = 0; i < runs.size(); i++) {
      Variation run = runs.get(i);
      double height = Math.max(FLOOR, (BOTTOM - TOP) * (double) run.lost() / most);
      double x = LEFT + i * room;
      ink.fill(
          new Rectangle2D.Double(x + room * 0.1, BOTTOM - height, room * 0.8, height),
          run.fails() ? Palette.VERMILLION : Palette.BLUE);
      if (run.fails()) {
        ink.middle("×", x + room / 2, BOTTOM - height - 4, Ink.PLAIN, TimeAxis.TEXT);
      }
      if (i % step == 0) {
        ink.middle(run.value(), x + room / 2, BOTTOM + 18, Ink.PLAIN, TimeAxis.TEXT);
      }
    }
    ink.line(LEFT, BOTTOM, WIDTH - RIGHT, BOTTOM, 1, Palette.DARK);
    ink.middle(axis(), (LEFT + WIDTH - RIGHT) / 2.0, BOTTOM + 48, Ink.PLAIN, TimeAxis.TEXT);
  }

  private String axis() {
    boolean time = !variations.what().equals("seed") && !variations.what().equals("policy");
    String unit = " (" + variations.scenario().timeUnit().symbol() + ")";
    return time ? variations.what() + unit : variations.what();
  }

  private static double widest(List<Variation> runs) {
    return 8 + runs.stream().mapToDouble(run -> Ink.width(run.value(), Ink.PLAIN)).max().orElse(0);
  }

  private static String fitting(String title) {
    String shown = title;
    while (Ink.width(shown, Ink.TITLE) > WIDTH - 40) {
      shown = shown.substring(0, shown.length() - 2).stripTrailing() + "…";
    }
    return shown;
  }

  private static List<Long> ticks(long most) {
    return most < 4 ? range(most, 1) : range(most, (most + 3) / 4);
  }

  private static List<Long> range(long most, long step) {
    return LongStream.iterate(0, tick -> tick <= most, tick -> tick + step).boxed().toList();
  }
}
