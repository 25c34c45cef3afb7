package org.schedlab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs a task: the three ways in which a comparison does the same work. */
public enum ExecutionModel {
  /** Each task is a process of its own, forked by a main process. */
  PROCESS("processes"),
  /** Each task is a thread of one process. */
  THREAD("threads"),
  /** Each task is a coroutine of one thread with an event loop. */
  COROUTINE("coroutines");

  /** All of them, in the order of tables. */
  public static final List<ExecutionModel> ALL = List.of(values());

  private final String plural;

  ExecutionModel(String plural) {
    this.plural = plural;
  }

  /** Returns the word that scenarios use: {@code process}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the word for several: {@code processes}. */
  public String plural() {
    return plural;
  }

  /** Returns the model of that key. */
  public static Optional<ExecutionModel> named(String key) {
    return Arrays.stream(values()).filter(model -> model.key().equals(key)).findFirst();
  }
}
