package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.scenario.Measure;

/**
 * The charts of a comparison: a bar for each model, or in a sweep a curve over the number of tasks.
 */
final class ModelCharts {
  private static final List<Measure> BARS =
      List.of(
          Measure.MAKESPAN,
          Measure.THROUGHPUT,
          Measure.TURNAROUND_P99,
          Measure.SWITCH_TIME,
          Measure.SYSTEM_CALLS,
          Measure.CREATION,
          Measure.CPU_PER_TASK,
          Measure.MEMORY_RESIDENT,
          Measure.TAKEN_DOWN);

  private static final List<Measure> CURVES =
      List.of(
          Measure.THROUGHPUT,
          Measure.TURNAROUND_P99,
          Measure.CPU_PER_TASK,
          Measure.SWITCH_TIME,
          Measure.MEMORY_RESIDENT,
          Measure.CREATION);

  private final ModelComparison comparison;

  ModelCharts(ModelComparison comparison) {
    this.comparison = comparison;
  }

  List<Picture.Panel> panels() {
    List<Picture.Panel> panels = new ArrayList<>();
    panels.add(new ModelTitle(comparison));
    if (comparison.isSweep()) {
      for (int i = 0; i < CURVES.size(); i += ModelCurves.COLUMNS) {
        panels.add(new ModelCurves(comparison, CURVES.subList(i, i + ModelCurves.COLUMNS)));
      }
    } else {
      for (int i = 0; i < BARS.size(); i += ModelBars.COLUMNS) {
        panels.add(new ModelBars(comparison, BARS.subList(i, i + ModelBars.COLUMNS)));
      }
    }
    return panels;
  }
}
