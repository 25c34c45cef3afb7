package org.schedlab.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.schedlab.conformance.RandomScenarios;
import org.schedlab.experiment.Trial;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.policy.UserPolicies;
import org.schedlab.report.RunReport;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** Each way of breaking the contract is told with callback, time, and where it threw the line. */
class GuardedPolicyTest {
  private static final Path POLICIES = Path.of("src/test/resources/policies");
  private static final Path EXAMPLE = Path.of("docs/examples/TurnTaking.java");

  private static final String THREE =
      """
      name: three
      machine: {cpus: 2}
      processes:
        - {name: A, burst: 5}
        - {name: B, burst: 5, affinity: 1}
        - {name: C, arrival: 1, program: [compute: 3, io: 1, compute: 1]}
        - {name: D, arrival: 1, burst: 2, affinity: 1}
      """;

  /** Other tests of this process name the files themselves, and mean that they be loaded. */
  private static final String LOADED = "guarded/";

  @TempDir private Path folder;

  private static UserPolicy load(Path file) throws Exception {
    UserPolicy policy = UserPolicy.load(file, new PolicyWatch(null, 64));
    UserPolicies.add(LOADED + file, policy.descriptor());
    return policy;
  }

  private static RunReport run(String text, String policy) throws Exception {
    Scenario scenario = ScenarioReader.read(text, "test.yaml", Overrides.NONE.withPolicy(policy));
    return Trial.run(Path.of("no.yaml"), scenario, Set.of());
  }

  private static String stopped(String text, Path file) throws Exception {
    load(file);
    try {
      run(text, LOADED + file);
    } catch (InvalidScenarioException e) {
      Diagnostic diagnostic = e.diagnostics().get(0);
      return diagnostic.place().replace(POLICIES + "/", "") + ": " + diagnostic.message();
    }
    throw new AssertionError(file + " was not stopped");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Throws | Throws.java:10: pickNext(0) at 2 ms threw java.lang.IllegalStateException: no idea
          Recurses | Recurses.java:7: timeSlice(A) at 0 ms recurses without end (stack overflow)
          StartsThreads | StartsThreads.java:7: enqueue(A) at 0 ms uses java.lang.Thread; a policy runs in the simulator's thread and starts none
          UsesRuntime | UsesRuntime.java:7: enqueue(A) at 0 ms uses java.lang.Runtime; a policy neither ends this process nor starts others
          UsesTheKernel | UsesTheKernel.java:8: enqueue(A) at 0 ms uses org.schedlab.Simulation, which is not part of the policies' interface
          ReturnsForeign | ReturnsForeign.java: pickNext(1) at 0 ms returned A, which is not ready in this queue; ready are 1: B
          IgnoresAffinity | IgnoresAffinity.java: pickNext(0) at 7 ms returned B, which may not run on that CPU
          Withholds | Withholds.java: pickNext(0) at 1 ms returned null for good: A has been ready since 0 ms and may run on CPU 0, no timer is set, and the run ended at
          Loses | Loses.java: enqueue(B) at 0 ms left size() at 1; ready are 2: A, B
          LosesInSecret | LosesInSecret.java: pickNext(1) at 7 ms returned null for good: B has been ready since 0 ms
          ZeroSlice | ZeroSlice.java: timeSlice(A) at 0 ms returned 0 ns; a slice is at least 1 ns, or NO_LIMIT
          NoStrictOrder | NoStrictOrder.java: preempts(C) at 1 ms is no strict order: C and A each would take the other's CPU
          PicksAnother | PicksAnother.java: pickNext(
          TimerInThePast | TimerInThePast.java: nextTimer at
          TimerForEver | TimerForEver.java: nextTimer at 0 ms sets the timer for the same instant for ever
          """)
  void eachBreachStopsTheRunAndSaysWhatThePolicyDid(String policy, String message)
      throws Exception {
    assertThat(stopped(THREE, POLICIES.resolve(policy + ".java"))).startsWith(message);
  }

  @Test
  void circleOfPreemptionsIsToldThreadByThread() throws Exception {
    String text =
        """
        name: circle
        machine: {cpus: 1}
        processes:
          - {name: Rock, burst: 5}
          - {name: Scissors, arrival: 1, burst: 5}
          - {name: Paper, arrival: 1, burst: 5}
        """;
    assertThat(stopped(text, POLICIES.resolve("RockPaperScissors.java")))
        .contains("is no strict order: at one instant each would take the next one's CPU")
        .contains("Rock", "Scissors", "Paper");
  }

  @Test
  void allCompilerErrorsComeWithFileLineAndColumn() {
    assertThatThrownBy(() -> load(POLICIES.resolve("DoesNotCompile.java")))
        .isInstanceOfSatisfying(
            BadPolicyException.class,
            bad ->
                assertThat(bad.lines())
                    .satisfiesExactly(
                        first ->
                            assertThat(first)
                                .startsWith(POLICIES + "/DoesNotCompile.java:7:12: incompatible"),
                        second ->
                            assertThat(second)
                                .startsWith(POLICIES + "/DoesNotCompile.java:11:12: cannot find")));
  }

  @Test
  void whatIsNoPolicyIsRefused() throws Exception {
    assertThatThrownBy(() -> load(POLICIES.resolve("NoPolicy.java")))
        .hasMessageContaining("no class here implements org.schedlab.kernel.SchedulingPolicy");
    assertThatThrownBy(() -> load(folder.resolve("None.java"))).hasMessageContaining("no file");
    assertThatThrownBy(() -> load(folder)).hasMessageContaining("no .java file in this folder");
    assertThatThrownBy(() -> load(POLICIES)).hasMessageContaining("DoesNotCompile.java:7:12");
    Path text = Files.writeString(folder.resolve("policy.txt"), "class P {}");
    assertThatThrownBy(() -> load(text)).hasMessageContaining("a policy is a .java file");
    Path broken = Files.writeString(folder.resolve("broken.jar"), "PK");
    assertThatThrownBy(() -> load(broken)).hasMessageContaining("this is no jar");
  }

  @Test
  void folderAndJarHoldTheSamePolicyAsItsFile() throws Exception {
    Path sources = Files.createDirectory(folder.resolve("turns"));
    Files.copy(EXAMPLE, sources.resolve("TurnTaking.java"));
    load(sources);
    Path jar = folder.resolve("own.jar");
    try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
      for (var compiled : new PolicyFile(EXAMPLE).classes().entrySet()) {
        out.putNextEntry(new java.util.jar.JarEntry(compiled.getKey() + ".class"));
        out.write(compiled.getValue());
      }
    }
    load(jar);
    load(EXAMPLE);
    String expected = json(run(THREE, LOADED + EXAMPLE)).replace("TurnTaking.java", "X");
    assertThat(json(run(THREE, LOADED + sources)).replace("turns", "X")).isEqualTo(expected);
    assertThat(json(run(THREE, LOADED + jar)).replace("own.jar", "X")).isEqualTo(expected);
  }

  @Test
  void parametersAreCheckedLikeThoseOfBuiltInPolicies() throws Exception {
    load(EXAMPLE);
    String text = "name: x\nscheduler: {quantums: 3}\nprocesses: [{name: A, burst: 5}]\n";
    assertThatThrownBy(() -> run(text, LOADED + EXAMPLE))
        .isInstanceOfSatisfying(
            InvalidScenarioException.class,
            e -> assertThat(e.diagnostics().get(0).message()).contains("quantum"));
    Overrides slow = Overrides.NONE.withPolicy(LOADED + EXAMPLE).withQuantum("7us");
    Scenario scenario = ScenarioReader.read(THREE, "x.yaml", slow);
    assertThat(scenario.scheduler().parameters().duration("quantum")).isEqualTo(7_000);
    assertThat(scenario.scheduler().policyName()).isEqualTo("TurnTaking.java");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "none" | PARAMETERS is no List<Parameter>
          List.of(1) | PARAMETERS is no List<Parameter>
          List.of(Parameter.flag("Big", true, "")) | is no name; one begins
          List.of(Parameter.integer("estimate", 1, "")) | the name 'estimate' is taken
          List.of(Parameter.flag("a", true, ""), Parameter.flag("a", true, "")) | the name 'a' is taken
          List.of(new Parameter("a", Parameter.Kind.DURATION, "long", List.of(), "")) | make 'a' by duration
          List.of(Parameter.choice("a", "x", List.of("y"), "")) | make 'a' by duration
          """)
  void parametersThatNoScenarioCouldSetAreRefused(String declared, String message)
      throws Exception {
    Files.copy(POLICIES.resolve("Line.java"), folder.resolve("Line.java"));
    String source =
        "import java.util.List;\nimport org.schedlab.policy.Parameter;\nclass Own extends Line {\n"
            + "  static final Object PARAMETERS = "
            + declared
            + ";\n}\n";
    Path own = Files.writeString(folder.resolve("Own.java"), source);
    assertThatThrownBy(() -> load(own))
        .hasMessageContaining(message)
        .hasMessageContaining("Own.java:");
  }

  private static String json(RunReport report) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.writeJson(out);
    return out.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** No false alarms, and nothing decided otherwise: built-in policies do the same when guarded. */
  @TestFactory
  Stream<DynamicTest> builtInPoliciesKeepTheContract() throws Exception {
    UserPolicy any = load(EXAMPLE);
    List<DynamicTest> tests = new ArrayList<>();
    for (PolicyDescriptor policy : Policies.real()) {
      PolicyDescriptor guarded =
          new PolicyDescriptor(
              policy.name(),
              policy.summary(),
              policy.source(),
              policy.parameters(),
              (context, parameters) ->
                  new GuardedPolicy(any, policy.factory().create(context, parameters), context),
              policy.check(),
              false);
      UserPolicies.add(LOADED + policy.name(), guarded);
      tests.add(DynamicTest.dynamicTest(policy.name(), () -> compare(policy.name())));
    }
    return tests.stream();
  }

  private static void compare(String policy) throws Exception {
    for (int number = 1; number <= 20; number++) {
      String text = RandomScenarios.draw(11, number).yaml();
      if (policy.equals("linux")) {
        text = text.replaceAll("priority: \\d, ", "").replaceAll(", priority: \\d", "");
      }
      assertThat(json(run(text, LOADED + policy)))
          .as("workload " + number)
          .isEqualTo(json(run(text, policy)));
    }
  }
}
