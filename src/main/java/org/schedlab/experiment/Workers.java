package org.schedlab.experiment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Does many things side by side and hands over what came of them in the order of the things, so
 * that nobody can tell how many workers there were.
 */
public final class Workers {
  /** So many things for each worker are begun ahead of the one that is handed over next. */
  private static final int AHEAD = 8;

  private Workers() {}

  /**
   * Does everything, then returns.
   *
   * @param workers how many threads work at most, at least 1
   * @param work what is done with each thing; what it throws is thrown here
   * @param results is told each thing with what came of it, on the calling thread
   */
  public static <T, R> void inOrder(
      List<T> things, int workers, Function<T, R> work, BiConsumer<T, R> results) {
    if (workers == 1) {
      things.forEach(thing -> results.accept(thing, work.apply(thing)));
      return;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(null, task, "worker", 0);
              thread.setDaemon(true);
              return thread;
            });
    try {
      Deque<Future<R>> begun = new ArrayDeque<>();
      int next = 0;
      for (T thing : things) {
        while (next < things.size() && begun.size() < workers * AHEAD) {
          T other = things.get(next++);
          begun.add(pool.submit(() -> work.apply(other)));
        }
        results.accept(thing, result(begun.remove()));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static <R> R result(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
