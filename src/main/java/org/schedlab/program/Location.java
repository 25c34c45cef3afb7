package org.schedlab.program;

/**
 * Where in the scenario file something stands.
 *
 * @param line line number, from 1
 * @param column column number, from 1
 */
public record Location(int line, int column) {
  /** The place of what no file line says, such as a default. */
  public static final Location NONE = new Location(0, 0);

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
