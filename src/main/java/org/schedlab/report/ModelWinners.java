package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;

/** Says in a sentence which model is ahead, over the range of a sweep. */
final class ModelWinners {
  /** What the sentences are about. */
  private static final List<Measure> MEASURES =
      List.of(
          Measure.THROUGHPUT,
          Measure.TURNAROUND_P99,
          Measure.CPU_PER_TASK,
          Measure.MEMORY_RESIDENT);

  private final ModelComparison comparison;

  ModelWinners(ModelComparison comparison) {
    this.comparison = comparison;
  }

  /** Counts that follow each other, for which the same models are ahead. */
  private record Range(int from, int to, List<ExecutionModel> best) {}

  List<String> sentences() {
    return MEASURES.stream().map(this::sentence).toList();
  }

  private String sentence(Measure measure) {
    List<Range> ranges = new ArrayList<>();
    for (int count : comparison.counts()) {
      List<ExecutionModel> best = comparison.best(measure, count);
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).best().equals(best)) {
        ranges.set(last, new Range(ranges.get(last).from(), count, best));
      } else {
        ranges.add(new Range(count, count, best));
      }
    }
    String which = measure.better() == Measure.Better.HIGHER ? "Highest " : "Lowest ";
    String start = which + measure.label() + ": ";
    return start
        + ranges.stream()
            .map(range -> place(range, ranges) + winners(range.best()))
            .collect(Collectors.joining(", "))
        + ".";
  }

  private String place(Range range, List<Range> all) {
    if (all.size() == 1) {
      return "";
    }
    String swept = comparison.swept();
    boolean first = range == all.get(0);
    boolean last = range == all.get(all.size() - 1);
    String from = ModelTable.grouped(range.from());
    String to = ModelTable.grouped(range.to());
    if (last) {
      return "from " + from + " on ";
    } else if (first) {
      return "up to " + to + " (" + swept + ") ";
    }
    return range.from() == range.to() ? "at " + from + " " : "from " + from + " to " + to + " ";
  }

  private static String winners(List<ExecutionModel> best) {
    return best.isEmpty()
        ? "all the same"
        : best.stream().map(ExecutionModel::plural).collect(Collectors.joining(" and "));
  }
}
