package org.schedlab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.knowm.xchart.style.XYStyler;
import org.schedlab.scenario.TimeUnit;

/**
 * The time axis that all charts of a picture share, and the look that goes with it.
 *
 * @param from where it begins, in nanoseconds
 * @param to where it ends
 * @param unit of its numbers
 * @param width of the picture, in pixels
 */
record TimeAxis(long from, long to, TimeUnit unit, int width) {
  /** What the axis shows before the window, as a share of it. */
  private static final double MARGIN = 0.005;

  static final Color TEXT = new Color(0x222222);

  /** Returns the axis of a Gantt chart in a picture of that width. */
  static TimeAxis of(Gantt gantt, TimeUnit scenarioUnit, int width) {
    return new TimeAxis(gantt.from(), gantt.to(), gantt.axisUnit(scenarioUnit), width);
  }

  double units(long time) {
    return (double) time / unit.nanos();
  }

  String title() {
    return "time (" + Decimals.symbol(unit) + ")";
  }

  void style(XYStyler style) {
    style.setLocale(Locale.ROOT);
    style.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    // XChart draws words as outlines of their letters; HeadingPanel and LegendPanel write them.
    style.setChartTitleVisible(false);
    style.setXAxisTitleVisible(false);
    style.setLegendVisible(false);
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setChartFontColor(TEXT);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setMarkerSize(9);
    style.setPlotContentSize(1.0);
    style.setPlotMargin(0);
    style.setPlotGridLinesColor(new Color(0xDDDDDD));
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setXAxisTickMarkSpacingHint(70);
    style.setXAxisTickLabelsFormattingFunction(this::tick);
    double span = units(to) - units(from);
    // A little more than the window, or marks and the last number at its ends would be cut.
    style.setXAxisMin(units(from) - span * MARGIN);
    style.setXAxisMax(units(to) + span * 3 * MARGIN);
  }

  private String tick(double value) {
    double end = units(to);
    if (value - end > (end - units(from)) * MARGIN) {
      return " "; // So near to the picture's edge it would be cut.
    }
    BigDecimal exact = BigDecimal.valueOf(value).setScale(9, RoundingMode.HALF_EVEN);
    String text = exact.stripTrailingZeros().toPlainString();
    return exact.signum() == 0 ? "0" : text;
  }
}
