package org.schedlab.scenario.yaml;

import org.schedlab.scenario.Scenario.Limits;
import org.schedlab.scenario.Scenario.Report;

/** Reads {@code limits:} and {@code report:}. */
final class LimitReader {
  private final ValueReader values;
  private final Problems problems;

  LimitReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
  }

  /** Reads {@code limits}; null where it is not there. */
  Limits limits(Value value) {
    if (value == null) {
      return Limits.DEFAULT;
    }
    Fields fields = Fields.of(value, Shapes.LIMITS, problems);
    long most = Long.MAX_VALUE;
    return new Limits(
        values.integer(fields.get("events"), "`events`", 1, most, Limits.DEFAULT.events()),
        values.integer(
            fields.get("operations_per_instant"),
            "`operations_per_instant`",
            1,
            most,
            Limits.DEFAULT.operationsPerInstant()));
  }

  /** Reads {@code report}; null where it is not there. */
  Report report(Value value) {
    if (value == null) {
      return Report.DEFAULT;
    }
    Fields fields = Fields.of(value, Shapes.REPORT, problems);
    int most = Integer.MAX_VALUE;
    return new Report(
        (int)
            values.integer(
                fields.get("timeline_limit"),
                "`timeline_limit`",
                0,
                most,
                Report.DEFAULT.timelineLimit()),
        (int)
            values.integer(
                fields.get("task_limit"), "`task_limit`", 0, most, Report.DEFAULT.taskLimit()));
  }
}
