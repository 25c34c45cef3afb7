package org.schedlab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.schedlab.scenario.ExecutionModel;

/** Draws lines, words and marks, for charts that are drawn by hand. */
final class Ink {
  static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  static final Color GRID = new Color(0xDDDDDD);

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Graphics2D graphics;

  /** Takes white paper of that size. */
  Ink(Graphics2D graphics, double width, double height) {
    this.graphics = graphics;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    fill(new Rectangle2D.Double(0, 0, width, height), Color.WHITE);
  }

  /** Returns the colour of a model's bars and lines. */
  static Color colour(ExecutionModel model) {
    return switch (model) {
      case PROCESS -> Palette.BLUE;
      case THREAD -> Palette.VERMILLION;
      case COROUTINE -> Palette.GREEN;
    };
  }

  /** Returns the width of words. */
  static double width(String words, Font font) {
    return font.getStringBounds(words, CONTEXT).getWidth();
  }

  void fill(Shape shape, Color color) {
    graphics.setColor(color);
    graphics.fill(shape);
  }

  void line(double x1, double y1, double x2, double y2, float width, Color color) {
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(width));
    graphics.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  /** Draws a ring. */
  void ring(double x, double y, double radius, Color color) {
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /** Writes words from x on. */
  void left(String words, double x, double y, Font font, Color color) {
    graphics.setColor(color);
    graphics.setFont(font);
    graphics.drawString(words, (float) x, (float) y);
  }

  /** Writes words that end at x. */
  void right(String words, double x, double y, Font font, Color color) {
    left(words, x - width(words, font), y, font, color);
  }

  /** Writes words around x. */
  void middle(String words, double x, double y, Font font, Color color) {
    left(words, x - width(words, font) / 2, y, font, color);
  }

  /** Draws a model's mark: a square, a triangle or a circle, so that nobody needs its colour. */
  void mark(ExecutionModel model, double x, double y) {
    double r = 5;
    Shape shape =
        switch (model) {
          case PROCESS -> new Rectangle2D.Double(x - r, y - r, 2 * r, 2 * r);
          case THREAD -> triangle(x, y, r + 1.5);
          case COROUTINE -> new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
        };
    fill(shape, colour(model));
  }

  private static Shape triangle(double x, double y, double r) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y - r);
    path.lineTo(x + r, y + r * 0.8);
    path.lineTo(x - r, y + r * 0.8);
    path.closePath();
    return path;
  }
}
