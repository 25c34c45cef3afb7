package org.schedlab.program;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Systems that schedule coroutines in user space: they differ in what switching costs and needs.
 */
public enum RuntimeKind {
  /** Python's tasks on an event loop. */
  ASYNCIO,
  /** Coroutines of C++20, without stacks. */
  CPP20,
  /** Rust's futures, without stacks. */
  RUST,
  /** Fibers with stacks of their own, as of Boost. */
  FIBER,
  /** Go's goroutines, with stacks that grow. */
  GOROUTINE,
  /** Java's virtual threads, whose stacks are objects of the heap. */
  VIRTUAL_THREAD;

  /** Returns the name that scenarios use, such as {@code virtual-thread}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the kind of that name. */
  public static Optional<RuntimeKind> named(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }
}
