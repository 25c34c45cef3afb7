package org.schedlab.report;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.StackUse;

/** What a process takes of memory for its page tables and stacks, in numbers to be stated. */
enum FootprintField {
  PAGE_TABLE_BYTES("page_table_bytes") {
    @Override
    long of(RunMetrics metrics, int process) {
      return metrics.memory().mostTableBytes(process);
    }
  },
  STACK_COUNT("stacks.count") {
    @Override
    long of(RunMetrics metrics, int process) {
      return stacks(metrics, process).count();
    }
  },
  STACKS_RESERVED("stacks.reserved") {
    @Override
    long of(RunMetrics metrics, int process) {
      return stacks(metrics, process).mapToLong(metrics.stacks()::reserved).sum();
    }
  },
  STACKS_RESIDENT("stacks.resident") {
    @Override
    long of(RunMetrics metrics, int process) {
      return stacks(metrics, process).mapToLong(metrics.stacks()::resident).sum();
    }
  };

  private final String key;

  FootprintField(String key) {
    this.key = key;
  }

  abstract long of(RunMetrics metrics, int process);

  static Optional<FootprintField> of(String key) {
    return Arrays.stream(values()).filter(field -> field.key.equals(key)).findFirst();
  }

  /** Returns the threads of a process that had stacks. */
  private static IntStream stacks(RunMetrics metrics, int process) {
    StackUse stacks = metrics.stacks();
    return IntStream.range(0, metrics.tasks().count())
        .filter(stacks::isKnown)
        .filter(thread -> metrics.tasks().process(thread) == process);
  }
}
