package org.schedlab.cli;

/**
 * How far many runs have come: on a terminal a bar that is drawn again and again, elsewhere a line
 * for each tenth. Messages come between.
 */
final class ProgressLine implements AutoCloseable {
  private static final int CELLS = 30;

  /** A bar is drawn so many times in all: oftener nobody sees. */
  private static final long DRAWINGS = 500;

  /** Of fewer runs nobody has to be told how far they are. */
  private static final int FEW = 10;

  private final Console console;
  private final int total;
  private int done;

  ProgressLine(Console console, int total) {
    this.console = console;
    this.total = total;
  }

  /** One more run is over. */
  void done() {
    done++;
    if (total < FEW) {
      return;
    }
    if (console.isTerminal()) {
      if (passes(DRAWINGS)) {
        draw();
      }
    } else if (passes(10)) {
      console.err().print("schedlab: " + done + " of " + total + "\n");
      console.err().flush();
    }
  }

  /** Says whether one more of so many parts is complete. */
  private boolean passes(long parts) {
    return parts * done / total > parts * (done - 1) / total;
  }

  private void draw() {
    int full = (int) ((long) CELLS * done / total);
    boolean unicode = console.showsUnicode();
    String bar = (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : ".").repeat(CELLS - full);
    console.err().print("\r" + bar + " " + done + " of " + total + " ");
    console.err().flush();
  }

  /** Prints a message on a line of its own. */
  void say(String message) {
    if (console.isTerminal()) {
      erase();
    }
    console.err().print(message + "\n");
    console.err().flush();
  }

  private void erase() {
    console.err().print("\r" + " ".repeat(CELLS + 30) + "\r");
  }

  @Override
  public void close() {
    if (console.isTerminal()) {
      erase();
      console.err().flush();
    }
  }
}
