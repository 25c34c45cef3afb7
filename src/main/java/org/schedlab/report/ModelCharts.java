package org.schedlab.report;

import java.util.List;

/** Placeholder. */
final class ModelCharts {
  ModelCharts(ModelComparison comparison) {}

  List<Picture.Panel> panels() {
    return List.of();
  }
}
