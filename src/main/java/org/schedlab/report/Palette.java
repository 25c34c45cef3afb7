package org.schedlab.report;

import java.awt.Color;
import java.util.List;

/**
 * The colours of charts: those of Okabe and Ito, Color Universal Design (2008), which people with
 * any sort of colour vision tell apart.
 */
final class Palette {
  static final Color BLUE = new Color(0x0072B2);
  static final Color SKY_BLUE = new Color(0x56B4E9);
  static final Color GREEN = new Color(0x009E73);
  static final Color ORANGE = new Color(0xE69F00);
  static final Color VERMILLION = new Color(0xD55E00);
  static final Color PURPLE = new Color(0xCC79A7);
  static final Color DARK = new Color(0x333333);
  static final Color GREY = new Color(0x8C8C8C);
  static final Color BLACK = new Color(0x000000);
  static final Color YELLOW = new Color(0xF0E442);

  /** Darker than PURPLE and so told from it by lightness; beside BLUE by both. */
  static final Color WINE = new Color(0x882255);

  /** A light PURPLE: of what is blocked, but does not keep a thread. */
  static final Color LILAC = new Color(0xDDA9C9);

  /** For things of one kind that are told apart by name; those that come last are put together. */
  static final List<Color> SERIES =
      List.of(BLUE, ORANGE, GREEN, SKY_BLUE, PURPLE, VERMILLION, YELLOW, GREY);

  /** For lines on white, on which yellow is not seen. */
  static final List<Color> LINES =
      List.of(BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY_BLUE, BLACK, GREY);

  private Palette() {}

  /** Returns the colour of words on a bar: what is read best on it. */
  static Color textOn(Gantt.State state) {
    return switch (state) {
      case SIGNAL, COMMUNICATION -> BLACK;
      case AWAITING -> DARK;
      default -> Color.WHITE;
    };
  }

  static Color of(Gantt.State state) {
    return switch (state) {
      case RUNNING -> BLUE;
      case READY -> ORANGE;
      case BLOCKED -> PURPLE;
      case PAGING -> GREEN;
      case LOCK -> VERMILLION;
      case SIGNAL -> SKY_BLUE;
      case COMMUNICATION -> YELLOW;
      case AWAITING -> LILAC;
      case SWITCH -> DARK;
      case KERNEL -> GREY;
      case COROUTINE_SWITCH -> WINE;
    };
  }
}
