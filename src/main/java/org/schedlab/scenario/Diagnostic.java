package org.schedlab.scenario;

/**
 * One thing wrong with a scenario file.
 *
 * @param line from 1; 0 when the whole file is meant
 * @param column from 1; 0 when the whole line is meant
 * @param message what is wrong, and what is allowed there
 * @param snippet the offending line with a caret under it, or empty
 */
public record Diagnostic(String file, int line, int column, String message, String snippet) {
  /** Returns {@code FILE:LINE:COLUMN}, as far as that is known. */
  public String place() {
    return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "");
  }
}
