package org.schedlab.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house's arrows and invariants; docs/ARCHITECTURE.md tells their reasons. */
@AnalyzeClasses(packages = "org.schedlab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.schedlab";

  @ArchTest static final ArchRule engineUsesNothing = only("engine");

  @ArchTest static final ArchRule costUsesNothing = only("cost");

  @ArchTest static final ArchRule racesUseNothing = only("races");

  @ArchTest static final ArchRule exploreUses = only("explore", "program", "races");

  @ArchTest static final ArchRule programUsesNothing = only("program");

  @ArchTest static final ArchRule traceUsesNothing = only("trace");

  @ArchTest static final ArchRule machineUses = only("machine", "engine", "cost", "trace");

  @ArchTest static final ArchRule replacementUses = only("machine.replacement", "engine");

  @ArchTest
  static final ArchRule kernelUses =
      only(
          "kernel",
          "kernel.ipc",
          "kernel.memory",
          "kernel.sync",
          "machine",
          "machine.replacement",
          "program",
          "engine",
          "cost",
          "trace");

  @ArchTest static final ArchRule kernelSyncUsesNothing = only("kernel.sync");

  @ArchTest static final ArchRule kernelIpcKnowsNoTime = only("kernel.ipc", "kernel.sync");

  @ArchTest
  static final ArchRule kernelMemoryUses =
      only("kernel.memory", "machine", "machine.replacement", "program", "engine", "cost", "trace");

  @ArchTest static final ArchRule policyUses = only("policy", "kernel", "engine");

  @ArchTest static final ArchRule pluginsUse = only("plugin", "policy", "kernel");

  @ArchTest
  static final ArchRule conformanceUses =
      only("conformance", "plugin", "policy", "experiment", "report", "scenario", "scenario.yaml");

  @ArchTest static final ArchRule runtimeUses = only("runtime", "program", "cost", "trace");

  @ArchTest static final ArchRule metricsUse = only("metrics", "trace", "cost", "races");

  @ArchTest
  static final ArchRule scenarioRecordsUse =
      only("scenario", "program", "cost", "policy", "machine", "machine.replacement");

  @ArchTest
  static final ArchRule scenarioReaderUses =
      only(
          "scenario.yaml",
          "scenario",
          "engine",
          "program",
          "cost",
          "policy",
          "machine",
          "machine.replacement");

  @ArchTest
  static final ArchRule reportUses =
      only(
          "report",
          "metrics",
          "races",
          "trace",
          "cost",
          "scenario",
          "policy",
          "program",
          "models",
          "statistics",
          "explore");

  @ArchTest static final ArchRule statisticsUseNothing = only("statistics");

  @ArchTest
  static final ArchRule experimentsUse =
      only(
          "experiment",
          "",
          "statistics",
          "models",
          "scenario.yaml",
          "scenario",
          "metrics",
          "report",
          "machine",
          "policy",
          "trace");

  @ArchTest
  static final ArchRule modelsTurnScenariosIntoScenarios =
      only(
          "models",
          "scenario",
          "program",
          "policy",
          "cost",
          "engine",
          "machine",
          "machine.replacement");

  @ArchTest
  static final ArchRule simulationKnowsNobodyWhoReports =
      noClasses()
          .that()
          .resideInAPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".metrics..", ROOT + ".report..", ROOT + ".cli..")
          .because("a run does not know who looks at it");

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching(ROOT + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("whoever reads one room must not have to read them all");

  @ArchTest
  static final ArchRule theModelKnowsNoFiles =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".engine..",
              ROOT + ".machine..",
              ROOT + ".kernel..",
              ROOT + ".policy..",
              ROOT + ".program..",
              ROOT + ".trace..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio..",
              "java.awt..",
              "org.yaml..",
              "org.knowm..",
              "com.fasterxml..")
          .because("the machine and its kernel know no file, no format and no picture");

  @ArchTest
  static final ArchRule onlyTheReaderKnowsYaml =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".scenario.yaml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.yaml..")
          .because("a scenario is records to everybody else");

  @ArchTest
  static final ArchRule noClockButTheSimulatedOne =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .because("the same scenario and seed give the same bytes");

  @ArchTest
  static final ArchRule strictMathInDistributions =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".program..")
          .should()
          .callMethod(Math.class, "log", double.class)
          .orShould()
          .callMethod(Math.class, "exp", double.class)
          .orShould()
          .callMethod(Math.class, "pow", double.class, double.class)
          .because("Math may differ from machine to machine in the last bit, StrictMath does not");

  @ArchTest
  static final ArchRule noFloatingPointDecides =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(ROOT + ".engine..", ROOT + ".machine..", ROOT + ".kernel..")
          .should()
          .notHaveRawType(double.class)
          .andShould()
          .notHaveRawType(float.class)
          .because("time is whole nanoseconds");

  @ArchTest
  static final ArchRule policiesSeeThreadsThroughTheNarrowView =
      classes()
          .that()
          .resideInAPackage(ROOT + ".kernel")
          .and()
          .arePublic()
          .should()
          .haveNameMatching(
              ".*\\.(Kernel|KernelConfig|PagingConfig|JobSource|SchedulingPolicy|Task|ThreadPlan|ProcessPlan|Script|RunStopped)"
                  + "(\\$.*)?")
          .because("what is not public cannot be used around the interface");

  /** Classes of a room may use the rooms named, the JDK and libraries; nothing else of ours. */
  private static ArchRule only(String room, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = ROOT + "." + room;
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = others[i].isEmpty() ? ROOT : ROOT + "." + others[i];
    }
    return classes()
        .that()
        .resideInAPackage(ROOT + "." + room)
        .should()
        .onlyDependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are of " + String.join(", ", allowed) + " or not ours",
                target ->
                    !target.getPackageName().startsWith(ROOT)
                        || java.util.List.of(allowed).contains(target.getPackageName())))
        .because("of the arrows in docs/ARCHITECTURE.md");
  }
}
