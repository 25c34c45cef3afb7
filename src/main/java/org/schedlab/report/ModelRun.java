package org.schedlab.report;

import java.util.List;
import org.schedlab.metrics.MemoryPeak;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.models.ModelScenario;
import org.schedlab.scenario.ExecutionModel;

/**
 * One run of a comparison.
 *
 * @param of what was run
 * @param count how many there were of what the sweep changes; 0 without a sweep
 * @param report the run
 * @param memory what memory it took
 * @param broken what was measured of the run in which the first task fails
 */
public record ModelRun(
    ModelScenario of, int count, RunReport report, MemoryPeak memory, RunMetrics broken) {

  ExecutionModel model() {
    return of.model();
  }

  /** Returns how {@code expect} calls the run: {@code thread}, in a sweep {@code thread@1000}. */
  String subject() {
    return count == 0 ? model().key() : model().key() + "@" + count;
  }

  /** Returns what the run checks and did not hold, each line with the run before it. */
  List<String> failures() {
    return report.failures().stream().map(line -> subject() + ": " + line).toList();
  }

  /** Returns what else went wrong in the run, each line with the run before it. */
  List<String> warnings() {
    return report.warnings().stream().map(line -> subject() + ": " + line).toList();
  }
}
