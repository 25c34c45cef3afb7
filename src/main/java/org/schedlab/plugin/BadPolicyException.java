package org.schedlab.plugin;

import java.util.List;

/** A policy's file cannot be used: it does not compile, or holds no policy. */
public final class BadPolicyException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> lines;

  BadPolicyException(String line) {
    this(List.of(line));
  }

  BadPolicyException(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  /** Returns what is wrong, as compilers write it: a line or several for each error. */
  public List<String> lines() {
    return lines;
  }
}
