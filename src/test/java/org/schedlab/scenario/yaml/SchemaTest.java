package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.schedlab.cost.Profile;
import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.trace.Account;
import org.yaml.snakeyaml.Yaml;

/**
 * The JSON schema that editors use says what the reader does. When one of these tests fails, {@code
 * docs/scenario.schema.json} has to be changed as the test says.
 */
class SchemaTest {
  private static final Path FILE = Path.of("docs/scenario.schema.json");

  private final JsonSchema schema = load();

  static JsonSchema load() {
    try {
      // JSON is YAML.
      Map<String, Object> root = new Yaml().load(Files.readString(FILE, StandardCharsets.UTF_8));
      return new JsonSchema(root);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Set<String> propertiesOf(String definition) {
    return JsonSchema.map(schema.definition(definition).get("properties")).keySet();
  }

  @Test
  void mapsHaveTheKeysThatTheReaderAccepts() {
    for (Shape shape : Shapes.ALL) {
      assertThat(propertiesOf(shape.name()))
          .as(shape.name())
          .containsExactlyInAnyOrderElementsOf(shape.keys());
      assertThat(shape.keys()).as(shape.name()).noneMatch(shape.later()::contains);
    }
  }

  @Test
  void entriesOfProgramsHaveTheOperationsThatTheReaderAccepts() {
    List<?> forms = JsonSchema.list(schema.definition("operation").get("anyOf"));
    Map<String, Object> keyed = JsonSchema.map(forms.get(1));
    List<String> keys = new ArrayList<>(OperationKey.entryKeys());
    keys.remove("yield");
    assertThat(JsonSchema.map(keyed.get("properties")).keySet())
        .containsExactlyInAnyOrderElementsOf(keys);
    assertThat(JsonSchema.map(forms.get(0))).containsEntry("const", "yield");
  }

  @Test
  void policiesAreThoseOfTheRegistryWithTheirParameters() {
    Map<String, List<String>> described = new LinkedHashMap<>();
    for (Object branch : JsonSchema.list(schema.definition("scheduler").get("anyOf"))) {
      Map<String, Object> policy = JsonSchema.map(branch);
      List<String> keys = new ArrayList<>(JsonSchema.map(policy.get("properties")).keySet());
      assertThat(keys).containsAll(Shapes.SCHEDULER.keys());
      keys.removeAll(Shapes.SCHEDULER.keys());
      described.put((String) policy.get("title"), keys);
    }
    Map<String, List<String>> registered = new LinkedHashMap<>();
    for (PolicyDescriptor policy : Policies.all()) {
      registered.put(policy.name(), policy.parameters().stream().map(Parameter::name).toList());
    }
    assertThat(described).isEqualTo(registered);
  }

  @Test
  void costsAreThoseOfTheCostModel() {
    List<?> forms = JsonSchema.list(schema.definition("costs").get("anyOf"));
    List<String> profiles = Arrays.stream(Profile.values()).map(Profile::key).toList();
    assertThat(JsonSchema.map(forms.get(0))).containsEntry("enum", profiles);
    assertThat(JsonSchema.map(JsonSchema.map(forms.get(1)).get("properties")).keySet())
        .containsExactlyInAnyOrderElementsOf(MachineReader.costKeys());
  }

  @Test
  void wordsOfMemoryAreThoseThatTheReaderAccepts() {
    List<String> rules = Arrays.stream(ReplacementRule.values()).map(ReplacementRule::key).toList();
    assertThat(enumOf("replacement", "policy")).isEqualTo(rules);
    Map<String, Object> rule = property("memory", "replacement");
    assertThat(JsonSchema.map(JsonSchema.list(rule.get("anyOf")).get(0)).get("enum"))
        .isEqualTo(rules);
    assertThat(enumOf("memory", "geometry"))
        .isEqualTo(List.copyOf(PageGeometry.presets().keySet()));
    assertThat(enumOf("memory", "scope")).isEqualTo(MemoryReader.SCOPES);
    assertThat(enumOf("memory", "pageable")).isEqualTo(MemoryReader.PAGEABLE);
    assertThat(enumOf("touch", "pattern")).isEqualTo(TouchReader.PATTERNS);
    assertThat(enumOf("kill", "signal")).isEqualTo(ChildReader.SIGNALS);
  }

  @Test
  void wordsOfObjectsAreThoseThatTheReaderAccepts() {
    assertThat(enumOf("mutex", "protocol")).isEqualTo(LockReader.PROTOCOLS);
    assertThat(enumOf("mutex", "kind")).isEqualTo(LockReader.MUTEX_KINDS);
    for (String kind : List.of("mutex", "semaphore", "condition", "rwlock")) {
      assertThat(enumOf(kind, "order")).as(kind).isEqualTo(LockReader.ORDERS);
    }
    assertThat(enumOf("rwlock", "prefer")).isEqualTo(LockReader.PREFERENCES);
    assertThat(enumOf("queue", "order")).isEqualTo(LockReader.ORDERS);
    assertThat(enumOf("socket", "type")).isEqualTo(ChannelReader.SOCKET_TYPES);
    for (String operation : List.of("send", "receive", "polled")) {
      assertThat(enumOf(operation, "end")).as(operation).isEqualTo(PortReader.PAIR_ENDS);
    }
    List<String> ends = new ArrayList<>(PortReader.PIPE_ENDS);
    ends.addAll(PortReader.PAIR_ENDS);
    assertThat(enumOf("close", "end")).isEqualTo(ends);
    for (String thread : List.of("process", "thread", "started_thread", "spawn")) {
      assertThat(enumOf(thread, "runtime")).as(thread).isEqualTo(CoroutineReader.RUNTIMES);
    }
    assertThat(enumOf("scenario", "avoidance")).isEqualTo(List.of("banker"));
    assertThat(enumOf("scenario", "deadlock")).isEqualTo(List.of("expected"));
  }

  private Map<String, Object> property(String definition, String key) {
    Map<String, Object> properties =
        JsonSchema.map(schema.definition(definition).get("properties"));
    return JsonSchema.map(properties.get(key));
  }

  private Object enumOf(String definition, String key) {
    return property(definition, key).get("enum");
  }

  @Test
  void statedResultsAreThoseThatTheReaderAccepts() {
    List<String> single = new ArrayList<>(ResultReader.TASK_FIELDS);
    single.addAll(ResultReader.PROCESS_FIELDS);
    assertThat(leaves("", schema.definition("task_results")))
        .containsExactlyInAnyOrderElementsOf(single);
    assertThat(leaves("", schema.definition("average_results")))
        .containsExactlyInAnyOrderElementsOf(ResultReader.AVERAGE_FIELDS);
    List<String> top = new ArrayList<>(leaves("switches.", schema.definition("run_switches")));
    top.addAll(leaves("costs.", schema.definition("run_costs")));
    Set<String> shown = new LinkedHashSet<>(propertiesOf("expect"));
    assertThat(shown).contains("switches", "costs", ResultReader.AVERAGE);
    shown.removeAll(List.of("switches", "costs", ResultReader.AVERAGE));
    top.addAll(shown);
    assertThat(top).containsExactlyInAnyOrderElementsOf(ResultReader.RUN_FIELDS);
  }

  @Test
  void statedCostsAreTheAccountsOfTheLedger() {
    List<String> accounts =
        Arrays.stream(Account.values()).map(a -> a.name().toLowerCase(Locale.ROOT)).toList();
    assertThat(ResultReader.ACCOUNTS).isEqualTo(accounts);
  }

  private static List<String> leaves(String path, Map<String, Object> definition) {
    List<String> leaves = new ArrayList<>();
    JsonSchema.map(definition.get("properties"))
        .forEach(
            (key, value) -> {
              Map<String, Object> inner = JsonSchema.map(value);
              if (inner.containsKey("properties")) {
                leaves.addAll(leaves(path + key + ".", inner));
              } else {
                leaves.add(path + key);
              }
            });
    return leaves;
  }

  @Test
  void aScenarioWithEverythingFitsTheSchema() {
    for (String file :
        List.of("everything.yaml", "memory.yaml", "sync.yaml", "talk.yaml", "coroutines.yaml")) {
      Object everything = new Yaml().load(Scenarios.resource(file));
      assertThat(schema.problems(everything)).as(file).isEmpty();
    }
  }

  @Test
  void misspeltKeysDoNotFitTheSchema() {
    for (String mistake :
        List.of(
            "processes: [{name: P, bust: 3}]",
            "{machine: {cpu: 1}, processes: [{name: P, burst: 3}]}",
            "processes: [{name: P, program: [{write: p}]}]",
            "processes: [{name: P, program: [{write: {pipe: p, byte: 3}}]}]",
            "processes: [{name: P, program: [{send: {bytes: 3}}]}]",
            "processes: [{name: P, program: [{receive: {socket: s, end: c}}]}]",
            "processes: [{name: P, program: [{accept: {socket: s}}]}]",
            "processes: [{name: P, program: [{poll: {read: p}}]}]",
            "processes: [{name: P, program: [{poll: {timeout: 3}}]}]",
            "processes: [{name: P, program: [{acquire: {A: 0}}]}]",
            "processes: [{name: P, program: [{futex_wait: {variable: x}}]}]",
            "{pipes: {p: 64KiB}, processes: [{name: P, burst: 3}]}",
            "{shared_memory: [m], processes: [{name: P, burst: 3}]}",
            "{resources: {A: 0}, processes: [{name: P, burst: 3}]}",
            "{avoidance: bankers, processes: [{name: P, burst: 3}]}",
            "processes: [{name: P, program: [{repeat: 3}]}]",
            "{scheduler: {policy: fcfs, quantum: 4}, processes: [{name: P, burst: 3}]}",
            "{machine: {memory: {replacement: second-chance}}, processes: [{name: P, burst: 3}]}",
            "processes: [{name: P, program: [touch: {page: 3}]}]",
            "processes: [{name: P, program: [spawn: {name: c, arrival: 3, burst: 1}]}]",
            "{mutexes: {m: {protocol: inherit}}, processes: [{name: P, burst: 3}]}",
            "{barriers: {b: 0}, processes: [{name: P, burst: 3}]}",
            "{semaphores: [s], processes: [{name: P, burst: 3}]}",
            "processes: [{name: P, program: [cond_wait: c]}]",
            "processes: [{name: P, program: [try_lock: {mutex: m}]}]",
            "processes: [{name: P, program: [sem_post: {semaphore: s}]}]",
            "processes: [{name: P, coroutines: []}]",
            "processes: [{name: P, runtime: go, coroutines: [{name: a, burst: 1}]}]",
            "processes: [{name: P, program: [{await: {lock: m, during: 3}}]}]",
            "processes: [{name: P, program: [{await: {device: d}}]}]",
            "processes: [{name: P, program: [{async: a}]}]",
            "processes: [{name: P, program: [{gather: []}]}]",
            "processes: [{name: P, program: [{race: [{name: a, count: 2, burst: 1}]}]}]",
            "processes: [{name: P, program: [{put: c}]}]",
            "processes: [{name: P, program: [{get: {into: r}}]}]",
            "{channels: {c: 4}, processes: [{name: P, burst: 3}]}",
            "{async_mutexes: {m: {}}, processes: [{name: P, burst: 3}]}",
            "{async_semaphores: [s], processes: [{name: P, burst: 3}]}",
            "{scheduler: {policy: rr}, processes: [{name: P, burst: 3}]}")) {
      Object value = new Yaml().load(mistake);
      assertThat(schema.problems(value)).as(mistake).isNotEmpty();
    }
  }
}
