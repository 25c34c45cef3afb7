package org.schedlab.cli;

/** A file or folder that cannot be read or written; the message says which and why. */
final class UnusableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableFileException(String message) {
    super(message);
  }
}
