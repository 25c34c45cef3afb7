package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Distribution;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;

/** Reads what may be a duration or a distribution of durations. */
final class DistributionReader {
  private static final TimeSource NOTHING = TimeSource.constant(0);

  private final ValueReader values;
  private final Problems problems;

  DistributionReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
  }

  /** Returns the source of a time; for what is wrong, after reporting it, a time of 0. */
  TimeSource read(Value value, String what) {
    if (!(value instanceof Entries map)) {
      return TimeSource.constant(values.duration(value, what, 0, 0));
    }
    Fields.of(map, Shapes.DISTRIBUTION, problems);
    if (map.entries().size() != 1) {
      problems.add(
          map.mark(),
          what
              + " must be a duration or one distribution: "
              + Spelling.list(Shapes.DISTRIBUTION.keys()));
      return NOTHING;
    }
    Entry entry = map.entries().get(0);
    if (!Shapes.DISTRIBUTION.keys().contains(entry.key().text())) {
      return NOTHING;
    }
    try {
      return distribution(entry.key().text(), entry.value());
    } catch (IllegalArgumentException e) {
      problems.add(entry.value().mark(), "`" + entry.key().text() + "`: " + e.getMessage());
      return NOTHING;
    }
  }

  private TimeSource distribution(String kind, Value value) {
    return switch (kind) {
      case "constant" -> TimeSource.constant(values.duration(value, "`constant`", 0, 0));
      case "empirical" -> new Distribution.Empirical(durations(value, "`empirical`", 0));
      case "exponential" -> {
        Fields fields = Fields.of(value, Shapes.EXPONENTIAL, problems);
        yield new Distribution.Exponential(time(fields, "mean", 1));
      }
      case "uniform" -> {
        Fields fields = Fields.of(value, Shapes.UNIFORM, problems);
        yield new Distribution.Uniform(time(fields, "min", 0), time(fields, "max", MAX_IF_WRONG));
      }
      case "pareto" -> {
        Fields fields = Fields.of(value, Shapes.PARETO, problems);
        double shape = values.positive(fields.require("shape"), "`shape`", 1);
        yield new Distribution.BoundedPareto(
            shape, time(fields, "min", 1), time(fields, "max", MAX_IF_WRONG));
      }
      case "normal" -> {
        Fields fields = Fields.of(value, Shapes.NORMAL, problems);
        yield new Distribution.TruncatedNormal(time(fields, "mean", 0), time(fields, "sd", 0));
      }
      case "lognormal" -> {
        Fields fields = Fields.of(value, Shapes.LOGNORMAL, problems);
        yield new Distribution.Lognormal(time(fields, "mean", 1), time(fields, "sd", 0));
      }
      case "hyperexponential" -> hyperexponential(value);
      default -> throw new IllegalStateException(kind);
    };
  }

  /** A bound that no other error can follow from. */
  private static final long MAX_IF_WRONG = Durations.MAX_NANOS;

  private long time(Fields fields, String key, long fallback) {
    return values.duration(fields.require(key), "`" + key + "`", 0, fallback);
  }

  private TimeSource hyperexponential(Value value) {
    Fields fields = Fields.of(value, Shapes.HYPEREXPONENTIAL, problems);
    List<Double> weights = new ArrayList<>();
    for (Value weight : values.list(fields.require("weights"), "`weights`")) {
      weights.add(values.positive(weight, "a weight", 1));
    }
    List<Long> means = durations(fields.require("means"), "`means`", 1);
    boolean complete = fields.has("weights") && fields.has("means");
    return complete ? new Distribution.Hyperexponential(weights, means) : NOTHING;
  }

  private List<Long> durations(Value value, String what, long fallback) {
    List<Long> durations = new ArrayList<>();
    for (Value item : values.list(value, what)) {
      durations.add(values.duration(item, "a duration in " + what, 0, fallback));
    }
    return durations;
  }
}
