package org.schedlab.report;

import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.intermediate.commands.AffineTransformCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.Command;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DrawShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DrawStringCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.FillShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetClipCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetColorCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetFontCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetStrokeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetTransformCommand;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes what was painted as SVG. VectorGraphics2D records the painting, but writes it through a
 * DOM tree: that takes longer than everything else, and prints sixteen digits for a coordinate.
 * This one knows only what charts use: filled and drawn shapes, strings, one clip at a time.
 */
final class SvgWriter {
  /** Verdana has the widths of DejaVu Sans, by which labels were placed. */
  private static final String FONTS = "DejaVu Sans, Verdana, sans-serif";

  private final StringBuilder out = new StringBuilder(1 << 15);
  private AffineTransform transform;
  private Color color;
  private BasicStroke stroke;
  private Font font;
  private boolean clipped;
  private int clips;

  private SvgWriter() {}

  /** What was painted of a picture, and the height that it takes. */
  record Part(CommandSequence commands, int height) {}

  /** Returns a picture of parts under each other as UTF-8. */
  static byte[] write(List<Part> parts, int width) {
    SvgWriter svg = new SvgWriter();
    int height = parts.stream().mapToInt(Part::height).sum();
    svg.out
        .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
        .append(width)
        .append("\" height=\"")
        .append(height)
        .append("\" viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\">\n");
    int top = 0;
    for (Part part : parts) {
      svg.add(part, top);
      top += part.height();
    }
    svg.out.append("</svg>\n");
    return svg.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void add(Part part, int top) {
    if (top > 0) {
      out.append("<g transform=\"translate(0 ").append(top).append(")\">\n");
    }
    transform = new AffineTransform();
    color = Color.BLACK;
    stroke = new BasicStroke();
    font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    for (Command<?> command : part.commands()) {
      add(command);
    }
    unclip();
    if (top > 0) {
      out.append("</g>\n");
    }
  }

  private void add(Command<?> command) {
    if (command instanceof FillShapeCommand fill) {
      path(fill.getValue(), "fill", "");
    } else if (command instanceof DrawShapeCommand draw) {
      path(draw.getValue(), "stroke", strokeAttributes());
    } else if (command instanceof DrawStringCommand string) {
      text(string);
    } else if (command instanceof SetColorCommand set) {
      color = set.getValue();
    } else if (command instanceof SetStrokeCommand set) {
      stroke = (BasicStroke) set.getValue();
    } else if (command instanceof SetFontCommand set) {
      font = set.getValue();
    } else if (command instanceof SetClipCommand set) {
      clip(set.getValue());
    } else if (command instanceof SetTransformCommand set) {
      transform = new AffineTransform(set.getValue());
    } else if (command instanceof AffineTransformCommand change) {
      transform.concatenate(change.getValue());
    }
    // What is left are hints about quality, which a vector picture does not need.
  }

  private void clip(Shape shape) {
    unclip();
    if (shape == null) {
      return;
    }
    clips++;
    out.append("<clipPath id=\"clip").append(clips).append("\"><path d=\"");
    geometry(shape);
    out.append("\"/></clipPath>\n<g clip-path=\"url(#clip").append(clips).append(")\">\n");
    clipped = true;
  }

  private void unclip() {
    if (clipped) {
      out.append("</g>\n");
      clipped = false;
    }
  }

  private void path(Shape shape, String paint, String attributes) {
    out.append("<path ").append(paint).append("=\"");
    color();
    out.append('"');
    if (color.getAlpha() < 255) {
      out.append(' ').append(paint).append("-opacity=\"");
      number(color.getAlpha() / 255.0);
      out.append('"');
    }
    out.append(attributes).append(" d=\"");
    geometry(shape);
    out.append("\"/>\n");
  }

  private String strokeAttributes() {
    StringBuilder text = new StringBuilder(" fill=\"none\"");
    if (stroke.getLineWidth() != 1) {
      text.append(" stroke-width=\"").append(hundredths(stroke.getLineWidth())).append('"');
    }
    if (stroke.getEndCap() == BasicStroke.CAP_ROUND) {
      text.append(" stroke-linecap=\"round\"");
    } else if (stroke.getEndCap() == BasicStroke.CAP_SQUARE) {
      text.append(" stroke-linecap=\"square\"");
    }
    if (stroke.getDashArray() != null) {
      text.append(" stroke-dasharray=\"");
      for (float dash : stroke.getDashArray()) {
        text.append(hundredths(dash)).append(' ');
      }
      text.setCharAt(text.length() - 1, '"');
    }
    return text.toString();
  }

  private void color() {
    String hex = Integer.toHexString(color.getRGB() & 0xFFFFFF);
    out.append('#').append("000000", 0, 6 - hex.length()).append(hex);
  }

  private void text(DrawStringCommand string) {
    Point2D at = transform.transform(new Point2D.Double(string.getX(), string.getY()), null);
    out.append("<text x=\"");
    number(at.getX());
    out.append("\" y=\"");
    number(at.getY());
    out.append("\" fill=\"");
    color();
    out.append("\" font-family=\"").append(FONTS).append("\" font-size=\"");
    out.append(font.getSize()).append('"');
    if (font.isBold()) {
      out.append(" font-weight=\"bold\"");
    }
    out.append('>');
    escaped(string.getValue());
    out.append("</text>\n");
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        // XML has no way to write the other control characters.
        default -> out.append(c < ' ' ? '\uFFFD' : c);
      }
    }
  }

  private void geometry(Shape shape) {
    double[] points = new double[6];
    for (PathIterator path = shape.getPathIterator(transform); !path.isDone(); path.next()) {
      switch (path.currentSegment(points)) {
        case PathIterator.SEG_MOVETO -> segment('M', points, 2);
        case PathIterator.SEG_LINETO -> segment('L', points, 2);
        case PathIterator.SEG_QUADTO -> segment('Q', points, 4);
        case PathIterator.SEG_CUBICTO -> segment('C', points, 6);
        default -> out.append('Z');
      }
    }
  }

  private void segment(char kind, double[] points, int count) {
    out.append(kind);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.append(' ');
      }
      number(points[i]);
    }
  }

  private void number(double value) {
    out.append(hundredths(value));
  }

  /** Returns a number rounded to hundredths: finer than any screen shows. */
  private static String hundredths(double value) {
    long hundredths = Math.round(value * 100);
    String sign = hundredths < 0 ? "-" : "";
    long whole = Math.abs(hundredths) / 100;
    long rest = Math.abs(hundredths) % 100;
    if (rest == 0) {
      return sign + whole;
    }
    return sign + whole + (rest < 10 ? ".0" : ".") + (rest % 10 == 0 ? rest / 10 : rest);
  }
}
