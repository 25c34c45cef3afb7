package org.schedlab.plugin;

/** A policy has named a class that it may not use. */
final class ForbiddenClass extends RuntimeException {
  private static final long serialVersionUID = 1;

  ForbiddenClass(String message) {
    super(message);
  }
}
