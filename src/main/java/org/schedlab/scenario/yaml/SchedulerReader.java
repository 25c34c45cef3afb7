package org.schedlab.scenario.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.schedlab.policy.Currency;
import org.schedlab.policy.Estimate;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.policy.PolicyParameters;
import org.schedlab.policy.QueueClass;
import org.schedlab.policy.UserPolicies;
import org.schedlab.scenario.Scenario.Scheduler;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads {@code scheduler:}. */
final class SchedulerReader {
  /** What schedules when a scenario names no policy. */
  static final String DEFAULT_POLICY = "round-robin";

  static final List<String> RUN_QUEUES = List.of("global", "per-cpu");
  static final List<String> PRIORITY_ORDERS = List.of("low-first", "high-first");
  private static final long MOST_OF_A_COUNT = 1_000_000;
  private static final int MOST_CLASSES = 100;

  /** What textbooks call policies that have another name here. */
  private static final Map<String, String> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("rr", "round-robin"),
          Map.entry("fifo", "fcfs"),
          Map.entry("spn", "sjf"),
          Map.entry("sjn", "sjf"),
          Map.entry("srt", "srtf"),
          Map.entry("srpt", "srtf"),
          Map.entry("stcf", "srtf"),
          Map.entry("rm", "rate-monotonic"),
          Map.entry("rms", "rate-monotonic"),
          Map.entry("dm", "deadline-monotonic"),
          Map.entry("fb", "feedback"),
          Map.entry("mlq", "multilevel-queue"),
          Map.entry("lst", "llf"),
          Map.entry("processor-sharing", "ps"));

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
    Map<String, Object> parameters = known ? parameters(policy, given, Shapes.SCHEDULER) : Map.of();
    String queues = values.choice(map.get("run_queues"), "`run_queues`", RUN_QUEUES, "global");
    boolean highFirst = highFirst(map.get("priority_order"), policy);
    Scheduler scheduler = scheduler(policy, parameters, queues.equals("per-cpu"), highFirst);
    if (known) {
      policy
          .check()
          .apply(scheduler.parameters())
          .ifPresent(wrong -> problems.add(place(wrong.parameter(), given, map), wrong.message()));
    }
    return scheduler;
  }

  private static Mark place(String parameter, List<Entry> given, Entries map) {
    for (Entry entry : given) {
      if (entry.key().text().equals(parameter)) {
        return entry.value().mark();
      }
    }
    Value other = map.get(parameter);
    return other == null ? map.mark() : other.mark();
  }

  private boolean highFirst(Value value, PolicyDescriptor policy) {
    boolean linux = Policies.isLinux(policy);
    String order =
        values.choice(
            value, "`priority_order`", PRIORITY_ORDERS, linux ? "high-first" : "low-first");
    if (linux && order.equals("low-first")) {
      problems.add(
          value.mark(),
          "under linux a larger priority is more urgent, as in sched_setscheduler; leave"
              + " `priority_order` out");
      return true;
    }
    return order.equals("high-first");
  }

  private static String noMap(Value value) {
    String text = value instanceof Scalar word ? word.text() : "";
    String policy = SHORT_NAMES.getOrDefault(text.toLowerCase(Locale.ROOT), text);
    String example = names().contains(policy) ? policy : "";
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
      boolean known =
          own.contains(key.text()) || PARAMETERS.contains(key.text()) || isOwn(map, key.text());
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

  /** Says whether a key is a parameter of a policy that the user has written. */
  private static boolean isOwn(Entries map, String key) {
    return map.get("policy") instanceof Scalar name
        && UserPolicies.named(name.text()).flatMap(own -> own.parameter(key)).isPresent();
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
    if (UserPolicies.isFile(name) && UserPolicies.named(name).isEmpty()) {
      problems.add(
          named.mark(),
          "a policy of your own is named on the command line: --policy " + Sizes.cut(name));
    } else if (Policies.named(name).isEmpty()) {
      problems.add(
          named.mark(), "there is no policy `" + Sizes.cut(name) + "`" + meant(name, names));
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

  /**
   * Reads a policy's parameters.
   *
   * @param here the map in which they stand, beside its own keys
   */
  private Map<String, Object> parameters(PolicyDescriptor policy, List<Entry> given, Shape here) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (Entry entry : given) {
      String key = entry.key().text();
      Parameter parameter = policy.parameter(key).orElse(null);
      if (parameter == null) {
        problems.add(entry.key().mark(), unknown(policy, key, here));
        String meant = Spelling.clear(key, names(policy), here.keys());
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

  private static String unknown(PolicyDescriptor policy, String key, Shape here) {
    String belongs = PARAMETERS.contains(key) ? null : KeyHomes.elsewhere(key, here);
    if (belongs != null) {
      return belongs;
    }
    List<String> allowed = new ArrayList<>(names(policy));
    allowed.addAll(here.keys());
    return "the policy "
        + policy.name()
        + " has no parameter `"
        + Sizes.cut(key)
        + "`"
        + Spelling.suggestion(key, allowed, "allowed in " + here.what());
  }

  /** Returns what {@link Parameter.Kind} says, or null for what is wrong. */
  private Object value(Parameter parameter, Value value) {
    String what = "`" + parameter.name() + "`";
    return switch (parameter.kind()) {
      case DURATION -> nullUnless(values.duration(value, what, 1, -1));
      case INTEGER -> nullUnless(values.integer(value, what, 1, MOST_OF_A_COUNT, -1));
      case FLAG -> values.flag(value, what, true);
      case DURATIONS -> eachOf(value, item -> values.duration(item, what, 1, -1));
      case INTEGERS -> eachOf(value, item -> values.integer(item, what, 1, MOST_OF_A_COUNT, -1));
      case NUMBERS -> numbers(value, what);
      case CLASSES -> classes(value, what);
      case CURRENCIES -> currencies(value, what);
      case CHOICE -> values.choice(value, what, parameter.choices(), null);
      case ESTIMATE -> estimate(value);
    };
  }

  /** Returns the numbers of a list, or of one value as a list; null if one of them is wrong. */
  private List<Long> eachOf(Value value, ToLongFunction<Value> read) {
    List<Value> items = value instanceof Items list ? list.items() : List.of(value);
    List<Long> numbers = items.stream().map(read::applyAsLong).toList();
    if (items.isEmpty()) {
      problems.add(value.mark(), "the list has no values");
    }
    return numbers.isEmpty() || numbers.contains(-1L) ? null : numbers;
  }

  private List<Long> numbers(Value value, String what) {
    List<Long> numbers = values.integers(value, what, 0, Long.MAX_VALUE);
    if (value instanceof Items list && list.items().isEmpty()) {
      problems.add(value.mark(), what + " needs at least one number");
    }
    return numbers.isEmpty() ? null : numbers;
  }

  /** Returns the currencies of tickets: each is backed by the base, or by one before it. */
  private List<Currency> currencies(Value value, String what) {
    if (!(value instanceof Entries map)) {
      problems.add(
          value.mark(), what + " must be a map such as {alice: 1000}, not " + value.shown());
      return null;
    }
    List<Currency> currencies = new ArrayList<>();
    for (Entry entry : map.entries()) {
      String name = values.name(entry.key(), "a currency's name");
      Currency read = currency(name, entry.value(), currencies);
      if (name != null && read != null) {
        currencies.add(read);
      }
    }
    return currencies.isEmpty() ? null : List.copyOf(currencies);
  }

  private Currency currency(String name, Value value, List<Currency> before) {
    String backing = null;
    Value amount = value;
    if (value instanceof Entries map && map.entries().size() == 1) {
      List<String> known = before.stream().map(Currency::name).toList();
      Entry backed = map.entries().get(0);
      backing = backed.key().text();
      amount = backed.value();
      if (!known.contains(backing)) {
        problems.add(
            backed.key().mark(),
            "no currency `"
                + Sizes.cut(backing)
                + "` stands before this one"
                + Spelling.suggestion(backing, known));
        return null;
      }
    }
    long tickets = values.integer(amount, "a currency", 1, AttributeReader.MOST_TICKETS, -1);
    return tickets < 0 ? null : new Currency(name, backing, tickets);
  }

  /** Returns the classes of a multilevel queue. */
  private List<QueueClass> classes(Value value, String what) {
    List<QueueClass> classes = new ArrayList<>();
    UniqueNames names = new UniqueNames("class", problems);
    for (Value item : values.list(value, what)) {
      QueueClass read = item instanceof Entries map ? queueClass(map) : null;
      if (!(item instanceof Entries)) {
        problems.add(
            item.mark(),
            "a class must be a map such as {name: batch, policy: fcfs}, not " + item.shown());
      }
      if (read != null) {
        classes.add(read);
        names.add(read.name(), item.mark());
      }
    }
    if (classes.size() > MOST_CLASSES) {
      problems.add(value.mark(), what + " may have " + MOST_CLASSES + " classes");
    }
    return classes.isEmpty() ? null : List.copyOf(classes);
  }

  private QueueClass queueClass(Entries map) {
    String name = null;
    if (map.get("name") == null) {
      problems.add(map.mark(), "a class needs `name`");
    } else {
      name = values.name(map.get("name"), "a class's name");
    }
    if (map.get("policy") == null) {
      problems.add(map.mark(), "a class needs `policy`");
      return null;
    }
    PolicyDescriptor policy = policy(map.get("policy"), null);
    if (policy == null) {
      return null;
    }
    if (QueueClass.NOT_IN_QUEUES.contains(policy.name())) {
      problems.add(
          map.get("policy").mark(), "`" + policy.name() + "` cannot be one class's policy");
      return null;
    }
    List<Entry> given = new ArrayList<>(map.entries());
    given.removeIf(entry -> Shapes.QUEUE_CLASS.keys().contains(entry.key().text()));
    Map<String, Object> read = parameters(policy, given, Shapes.QUEUE_CLASS);
    PolicyParameters parameters = new PolicyParameters(policy, read, values.unit().nanos());
    return name == null ? null : new QueueClass(name, policy, parameters);
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
