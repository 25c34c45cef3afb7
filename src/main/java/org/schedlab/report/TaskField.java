package org.schedlab.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.TaskTimes;

/**
 * The times of a thread or coroutine in the order in which result.json and the tables show them.
 */
enum TaskField {
  ARRIVAL(false) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.arrival(thread);
    }
  },
  START(false) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.start(thread);
    }
  },
  FINISH(false) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.finish(thread);
    }
  },
  TURNAROUND(true) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.turnaround(thread);
    }
  },
  RESPONSE(true) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.response(thread);
    }
  },
  WAITING(true) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.waiting(thread);
    }
  },
  RUNNING(true) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.running(thread);
    }
  },
  BLOCKED(true) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.blocked(thread);
    }
  },
  OVERHEAD(true) {
    @Override
    long of(TaskTimes tasks, int thread) {
      return tasks.overhead(thread);
    }
  };

  static final List<TaskField> TIMES = List.of(values());

  private final boolean duration;
  private final String key;

  TaskField(boolean duration) {
    this.duration = duration;
    this.key = name().toLowerCase(Locale.ROOT);
  }

  /** Returns the time in nanoseconds, or {@link TaskTimes#NEVER}. */
  abstract long of(TaskTimes tasks, int thread);

  /** Returns a coroutine's time in nanoseconds, or {@link TaskTimes#NEVER}. */
  long of(CoroutineTimes coroutine) {
    return switch (this) {
      case ARRIVAL -> coroutine.arrival();
      case START -> coroutine.start();
      case FINISH -> coroutine.finish();
      case TURNAROUND -> coroutine.turnaround();
      case RESPONSE -> coroutine.response();
      case WAITING -> coroutine.waiting();
      case RUNNING -> coroutine.running();
      case BLOCKED -> coroutine.blocked();
      case OVERHEAD -> coroutine.overhead();
    };
  }

  /** Says whether it is a length of time, not a moment. */
  boolean isDuration() {
    return duration;
  }

  /** Returns the key in result.json and in {@code expect}. */
  String key() {
    return key;
  }

  static Optional<TaskField> of(String key) {
    return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
  }
}
