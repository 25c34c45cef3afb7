package org.schedlab.scenario.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.schedlab.policy.Estimate;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.policy.PolicyParameters;
import org.schedlab.scenario.Scenario.Scheduler;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads {@code scheduler:}. */
final class SchedulerReader {
  /** What schedules when a scenario names no policy. */
  static final String DEFAULT_POLICY = "round-robin";

  static final List<String> RUN_QUEUES = List.of("global", "per-cpu");
  static final List<String> PRIORITY_ORDERS = List.of("low-first", "high-first");
  private static final long MOST_OF_A_COUNT = 1_000_000;

  /** The names that the language has fixed; those without an entry in the registry come later. */
  private static final List<String> LANGUAGE =
      List.of(
          "fcfs",
          "sjf",
          "srtf",
          "hrrn",
          "round-robin",
          "priority",
          "mlfq",
          "feedback",
          "lottery",
          "stride",
          "cfs",
          "eevdf",
          "las",
          "random",
          "rate-monotonic",
          "deadline-monotonic",
          "edf",
          "linux");

  /** What textbooks call policies that have another name here. */
  private static final Map<String, String> SHORT_NAMES =
      Map.of(
          "rr", "round-robin",
          "fifo", "fcfs",
          "spn", "sjf",
          "sjn", "sjf",
          "srt", "srtf",
          "rm", "rate-monotonic",
          "rms", "rate-monotonic",
          "dm", "deadline-monotonic",
          "fb", "feedback");

  /** The parameters of all policies. */
  private static final List<String> PARAMETERS =
      Policies.all().stream().flatMap(p -> p.parameters().stream()).map(Parameter::name).toList();

  private final ValueReader values;
  private final Problems problems;

  SchedulerReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
  }

  Scheduler read(Value value) {
    PolicyDescriptor fallback = Policies.named(DEFAULT_POLICY).orElseThrow();
    if (!(value instanceof Entries written)) {
      if (value != null) {
        problems.add(value.mark(), noMap(value));
      }
      return scheduler(fallback, Map.of(), false, false);
    }
    Entries map = spelledRight(written);
    List<Entry> given = new ArrayList<>(map.entries());
    given.removeIf(entry -> Shapes.SCHEDULER.keys().contains(entry.key().text()));
    Value named = map.get("policy");
    if (named instanceof Entries nested) {
      named = nested.get("policy");
      for (Entry entry : nested.entries()) {
        if (!entry.key().text().equals("policy")) {
          given.add(entry);
        }
      }
      if (named == null) {
        problems.add(nested.mark(), "`policy` as a map needs the policy's name: {policy: NAME, …}");
      }
    }
    PolicyDescriptor policy = policy(named, fallback);
    boolean known = named == null || policy != fallback || isFallback(named);
    Map<String, Object> parameters = known ? parameters(policy, given) : Map.of();
    String queues = values.choice(map.get("run_queues"), "`run_queues`", RUN_QUEUES, "global");
    String order =
        values.choice(map.get("priority_order"), "`priority_order`", PRIORITY_ORDERS, "low-first");
    return scheduler(policy, parameters, queues.equals("per-cpu"), order.equals("high-first"));
  }

  private static String noMap(Value value) {
    String text = value instanceof Scalar word ? word.text() : "";
    String policy = SHORT_NAMES.getOrDefault(text.toLowerCase(Locale.ROOT), text);
    String example = LANGUAGE.contains(policy) ? policy : "";
    return example.isEmpty()
        ? "`scheduler` must be a map such as {policy: round-robin, quantum: 4}, not "
            + value.shown()
        : "`scheduler` must be a map: write `scheduler: {policy: " + example + "}`";
  }

  /** Reports a misspelt key that all policies share, and takes it for what it is meant to be. */
  private Entries spelledRight(Entries map) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : map.entries()) {
      Scalar key = entry.key();
      List<String> own = Shapes.SCHEDULER.keys();
      boolean known = own.contains(key.text()) || PARAMETERS.contains(key.text());
      String meant = known ? null : Spelling.clear(key.text(), own, PARAMETERS);
      if (meant == null || map.get(meant) != null) {
        entries.add(entry);
      } else {
        problems.add(
            key.mark(), Fields.refusal(key.text(), Shapes.SCHEDULER.what(), own, List.of()));
        entries.add(new Entry(new Scalar(meant, true, false, key.mark()), entry.value()));
      }
    }
    return new Entries(entries, map.mark());
  }

  private Scheduler scheduler(
      PolicyDescriptor policy, Map<String, Object> parameters, boolean perCpu, boolean highFirst) {
    long unit = values.unit().nanos();
    return new Scheduler(policy, new PolicyParameters(policy, parameters, unit), perCpu, highFirst);
  }

  private static boolean isFallback(Value named) {
    return named instanceof Scalar word && word.text().equals(DEFAULT_POLICY);
  }

  private PolicyDescriptor policy(Value named, PolicyDescriptor fallback) {
    String name = values.text(named, "`policy`");
    if (name == null) {
      return fallback;
    }
    List<String> names = names();
    if (!names.contains(name)) {
      List<String> later = LANGUAGE.stream().filter(n -> !names.contains(n)).toList();
      problems.add(
          named.mark(),
          later.contains(name)
              ? "the policy `" + name + "`" + Shape.UNSUPPORTED
              : "there is no policy `" + Sizes.cut(name) + "`" + meant(name, names));
    }
    return Policies.named(name).orElse(fallback);
  }

  private static String meant(String name, List<String> names) {
    String known = SHORT_NAMES.get(name.toLowerCase(Locale.ROOT));
    return known == null || !names.contains(known)
        ? Spelling.suggestion(name, names, "allowed")
        : "; did you mean `" + known + "`? allowed: " + Spelling.list(names);
  }

  private static List<String> names() {
    return Policies.all().stream().map(PolicyDescriptor::name).toList();
  }

  private Map<String, Object> parameters(PolicyDescriptor policy, List<Entry> given) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (Entry entry : given) {
      String key = entry.key().text();
      Parameter parameter = policy.parameter(key).orElse(null);
      if (parameter == null) {
        problems.add(entry.key().mark(), unknown(policy, key));
        String meant = Spelling.clear(key, names(policy), Shapes.SCHEDULER.keys());
        if (meant != null && given.stream().noneMatch(e -> e.key().text().equals(meant))) {
          value(policy.parameter(meant).orElseThrow(), entry.value());
        }
      } else {
        Object value = value(parameter, entry.value());
        if (value != null && parameters.put(key, value) != null) {
          problems.add(entry.key().mark(), "the parameter `" + key + "` is given twice");
        }
      }
    }
    return parameters;
  }

  private static List<String> names(PolicyDescriptor policy) {
    return policy.parameters().stream().map(Parameter::name).toList();
  }

  private static String unknown(PolicyDescriptor policy, String key) {
    String belongs = PARAMETERS.contains(key) ? null : KeyHomes.elsewhere(key, Shapes.SCHEDULER);
    if (belongs != null) {
      return belongs;
    }
    List<String> allowed = new ArrayList<>(names(policy));
    allowed.addAll(Shapes.SCHEDULER.keys());
    return "the policy "
        + policy.name()
        + " has no parameter `"
        + Sizes.cut(key)
        + "`"
        + Spelling.suggestion(key, allowed, "allowed in `scheduler`");
  }

  /** Returns what {@link Parameter.Kind} says, or null for what is wrong. */
  private Object value(Parameter parameter, Value value) {
    String what = "`" + parameter.name() + "`";
    return switch (parameter.kind()) {
      case DURATION -> nullUnless(values.duration(value, what, 1, -1));
      case INTEGER -> nullUnless(values.integer(value, what, 1, MOST_OF_A_COUNT, -1));
      case FLAG -> values.flag(value, what, true);
      case CHOICE -> values.choice(value, what, parameter.choices(), null);
      case ESTIMATE -> estimate(value);
    };
  }

  private static Long nullUnless(long number) {
    return number < 0 ? null : (Long) number;
  }

  private Estimate estimate(Value value) {
    if (!(value instanceof Entries)) {
      values.choice(value, "`estimate`", List.of("exact"), "exact");
      return Estimate.EXACT;
    }
    Value average = Fields.of(value, Shapes.ESTIMATE, problems).require("exponential");
    if (average == null) {
      return Estimate.EXACT;
    }
    Fields fields = Fields.of(average, Shapes.AVERAGE, problems);
    long initial = values.duration(fields.require("initial"), "`initial`", 0, 0);
    return new Estimate(false, alpha(fields.require("alpha")), initial);
  }

  private long alpha(Value value) {
    String text = values.text(value, "`alpha`");
    if (text == null) {
      return 0;
    }
    try {
      BigDecimal alpha = Durations.number(text);
      if (alpha.signum() < 0 || alpha.compareTo(BigDecimal.ONE) > 0) {
        problems.add(value.mark(), "`alpha` must be a number from 0 to 1, not " + value.shown());
        return 0;
      }
      return alpha.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
    } catch (IllegalArgumentException e) {
      problems.add(value.mark(), "`alpha`: " + e.getMessage());
      return 0;
    }
  }
}
