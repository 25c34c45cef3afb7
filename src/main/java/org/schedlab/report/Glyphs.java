package org.schedlab.report;

/**
 * The characters that the terminal's charts and tables are drawn with.
 *
 * @param partly a stretch in which a thread ran, but not for most of it
 * @param border where a bar begins that is too short for its name
 * @param lock a thread that waits for a lock
 * @param signal a thread that waits for a signal
 * @param communication a thread that waits for others to send, receive or connect
 * @param awaiting a coroutine that awaits something
 * @param inversion a wait for a lock that priority inversion prolongs
 * @param deadlock where threads begin to wait for each other
 * @param kernel the kernel's time: switches and interrupts
 * @param coroutineSwitch a thread that switches to one of its coroutines
 * @param nothing a thread that is not there, an idle CPU
 */
record Glyphs(
    boolean unicode,
    char running,
    char partly,
    char border,
    char ready,
    char blocked,
    char lock,
    char signal,
    char communication,
    char awaiting,
    char inversion,
    char deadlock,
    char kernel,
    char coroutineSwitch,
    char nothing,
    char axis,
    char tick) {

  static final Glyphs UNICODE =
      new Glyphs(
          true, '█', '▓', '▌', '░', '▒', '═', '╌', '≈', '·', '!', 'X', '▚', '▞', ' ', '─', '┬');

  /** For terminals that know ASCII only. */
  static final Glyphs ASCII =
      new Glyphs(
          false, '#', '+', '|', '.', '~', '=', '-', ':', '_', '!', 'X', '%', '*', ' ', '-', '+');

  /** Returns what the tables and titles are made of in these characters. */
  String plain(String text) {
    if (unicode) {
      return text;
    }
    return text.replace('─', '-')
        .replace('–', '-')
        .replace('µ', 'u')
        .replace('·', '-')
        .replace('×', 'x');
  }
}
