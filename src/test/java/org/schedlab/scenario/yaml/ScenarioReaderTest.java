package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.cost.Cost;
import org.schedlab.cost.Profile;
import org.schedlab.policy.Estimate;
import org.schedlab.program.Expression;
import org.schedlab.program.Operation;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.ThreadSpec;
import org.schedlab.scenario.TimeUnit;

class ScenarioReaderTest {
  private final Scenario everything = Scenarios.valid(Scenarios.resource("everything.yaml"));

  private ProcessSpec process(String name) {
    return everything.processes().stream().filter(p -> p.name().equals(name)).findFirst().get();
  }

  private ThreadSpec task(String name) {
    return everything.processes().stream()
        .flatMap(p -> p.threads().stream())
        .filter(t -> t.taskName().equals(name))
        .findFirst()
        .get();
  }

  @Test
  void theScenarioItself() {
    assertThat(everything.name()).isEqualTo("everything");
    assertThat(everything.description()).startsWith("Every key");
    assertThat(everything.timeUnit()).isEqualTo(TimeUnit.US);
    assertThat(everything.seed()).isEqualTo(42);
    assertThat(everything.until()).isEqualTo(10_000_000_000L);
    assertThat(everything.limits()).isEqualTo(new Scenario.Limits(1_000_000, 1_000));
    assertThat(everything.report()).isEqualTo(new Scenario.Report(500, 10));
  }

  @Test
  void theMachineAndItsCosts() {
    assertThat(everything.machine().cpus()).isEqualTo(4);
    assertThat(everything.machine().devices())
        .extracting(d -> d.name() + ":" + d.servers())
        .containsExactly("disk:1", "net:64", "tty:1");
    assertThat(everything.machine().costs().get(Cost.THREAD_SWITCH)).isEqualTo(1_500);
    assertThat(everything.machine().costs().get(Cost.L2_CACHE)).isEqualTo(2 << 20);
    assertThat(everything.machine().costs().get(Cost.ASID_SLOTS)).isEqualTo(Profile.UNLIMITED);
  }

  @Test
  void theSchedulerWithItsParametersInNanoseconds() {
    Scenario.Scheduler scheduler = everything.scheduler();
    assertThat(scheduler.policy().name()).isEqualTo("priority");
    assertThat(scheduler.parameters().duration("quantum")).isEqualTo(4_000);
    assertThat(scheduler.parameters().duration("aging")).isEqualTo(10_000_000);
    assertThat(scheduler.parameters().choice("preempted_to")).isEqualTo("tail");
    assertThat(scheduler.parameters().flag("preemptive")).isTrue();
    assertThat(scheduler.perCpu()).isTrue();
    assertThat(scheduler.highFirst()).isTrue();
  }

  @Test
  void countMakesSeveralProcessesAndThreads() {
    assertThat(everything.processes())
        .extracting(ProcessSpec::name)
        .containsExactly("P1", "crowd[0]", "crowd[1]", "crowd[2]", "T1", "server");
    assertThat(process("server").threads())
        .extracting(ThreadSpec::taskName)
        .startsWith("server/worker[0]", "server/worker[1]", "server/worker[2]", "server/worker[3]")
        .endsWith("server/fetcher", "server/ticker", "server/main");
    assertThat(task("P1").name()).isEmpty();
  }

  @Test
  void attributesOfThreads() {
    assertThat(task("P1").attributes())
        .isEqualTo(new Operation.Attributes(3, -5, 10, 50_000, List.of(2), 0, 8 << 20));
    assertThat(task("crowd[1]").attributes().workingSetBytes()).isEqualTo(4096);
    assertThat(process("crowd[1]").workingSetBytes()).isZero();
    assertThat(process("server").workingSetBytes()).isEqualTo(1 << 20);
    assertThat(task("server/worker[2]").attributes())
        .isEqualTo(new Operation.Attributes(7, 0, 1, -1, List.of(1, 3), 0, 8 << 20));
    assertThat(task("server/fetcher").attributes().priority()).isEqualTo(1);
  }

  @Test
  void periodicTasks() {
    assertThat(task("T1").periodic()).isEqualTo(new Scenario.Periodic(10_000, 2_000));
    assertThat(task("T1").attributes().deadline()).isEqualTo(8_000);
    assertThat(process("T1").arrival()).isEqualTo(TimeSource.constant(2_000));
    assertThat(task("server/ticker").periodic()).isEqualTo(new Scenario.Periodic(100_000, 3_000));
    assertThat(task("server/ticker").attributes().deadline()).isEqualTo(100_000);
  }

  @Test
  void variables() {
    assertThat(process("server").variables())
        .extracting(v -> v.name() + v.initial() + v.array() + v.atomic())
        .containsExactly("counter[0]falsefalse", "a[1, 2, -3]truefalse", "flag[1]falsetrue");
  }

  @Test
  void operationsInTheirOrder() {
    List<Operation> main = task("server/main").program();
    assertThat(main)
        .extracting(operation -> operation.getClass().getSimpleName())
        .containsExactly(
            "Load",
            "Load",
            "Store",
            "Store",
            "Set",
            "Add",
            "FetchAdd",
            "CompareAndSwap",
            "FetchAdd",
            "Exchange",
            "Exchange",
            "Repeat",
            "While",
            "If",
            "If",
            "StartThread",
            "StartThread",
            "Join",
            "Join",
            "Join",
            "Assert",
            "Exit");
    Operation.Repeat repeat = (Operation.Repeat) main.get(11);
    assertThat(((Operation.Call) repeat.body().get(0)).frameBytes()).isEqualTo(128);
    assertThat(((Operation.Call) repeat.body().get(1)).frameBytes()).isEqualTo(64);
    assertThat(((Operation.FetchAdd) main.get(6)).into()).isNull();
    assertThat(((Operation.Assert) main.get(20)).text()).isEqualTo("counter == 0 && a[0] >= ok");
    assertThat(((Operation.Load) main.get(1)).from().index()).isInstanceOf(Expression.Binary.class);
    assertThat(main.get(0).location().line()).isEqualTo(36);
  }

  @Test
  void namesInFinalAndObserveBecomeFull() {
    assertThat(everything.observe())
        .extracting(o -> o.task() + "." + o.register())
        .containsExactly("server/main.r0", "server/main.ok");
    assertThat(everything.finalCheck().condition().toString())
        .contains("name=server/main.r0", "name=server/main.old", "name=server.a", "name=counter");
  }

  @Test
  void statedResultsAreFlat() {
    assertThat(everything.expectations())
        .extracting(e -> e.subject() + "|" + e.field() + "|" + e.expected())
        .containsExactly(
            "|makespan|30",
            "average|waiting|3.5",
            "P1|turnaround|30",
            "P1|waiting|6",
            "P1|finish|null",
            "P1|switches.voluntary|1",
            "T1|jobs.missed|0",
            "T1|jobs.response.max|3",
            "server/worker[0]|exit|0",
            "crowd[2]|start|1");
  }

  @Test
  void defaultsOfTheSmallestScenario() {
    Scenario smallest = Scenarios.valid("processes: [{name: P1, burst: 1.5}]");
    assertThat(smallest.name()).isEqualTo("test");
    assertThat(smallest.timeUnit()).isEqualTo(TimeUnit.MS);
    assertThat(smallest.seed()).isZero();
    assertThat(smallest.until()).isEqualTo(Scenario.FOREVER);
    assertThat(smallest.machine().cpus()).isEqualTo(1);
    assertThat(smallest.machine().costs().profile()).isEqualTo(Profile.TEXTBOOK);
    assertThat(smallest.scheduler().policy().name()).isEqualTo("round-robin");
    assertThat(smallest.scheduler().parameters().duration("quantum")).isEqualTo(4_000_000);
    assertThat(smallest.finalCheck()).isNull();
    assertThat(smallest.limits()).isEqualTo(Scenario.Limits.DEFAULT);
    assertThat(smallest.processes().get(0).threads().get(0).attributes())
        .isEqualTo(Operation.Attributes.DEFAULT);
  }

  @Test
  void thePolicyMayBeAMapWithItsParameters() {
    Scenario scenario =
        Scenarios.valid(
            """
            scheduler: {policy: {policy: sjf, estimate: {exponential: {alpha: 0.5, initial: 10}}}}
            processes: [{name: P1, burst: 1}]
            """);
    assertThat(scenario.scheduler().parameters().estimate("estimate"))
        .isEqualTo(new Estimate(false, 500_000_000, 10_000_000));
  }

  @Test
  void wordsOfYamlAreNames() {
    Scenario scenario =
        Scenarios.valid(
            "processes: [{name: on, burst: 1}, {name: no, burst: 1}, {name: 010, burst: 1}]");
    assertThat(scenario.processes())
        .extracting(ProcessSpec::name)
        .containsExactly("on", "no", "010");
  }

  @Test
  void anchorsAndMergeKeysSaveWriting() {
    Scenario scenario =
        Scenarios.valid(
            """
            processes:
              - &first {name: P1, burst: 3, priority: 7}
              - {<<: *first, name: P2}
              - {<<: [{burst: 9}, *first], name: P3, priority: 1}
            """);
    assertThat(scenario.processes())
        .extracting(p -> p.threads().get(0).attributes().priority())
        .containsExactly(7L, 7L, 1L);
    assertThat(
            ((Operation.Compute) scenario.processes().get(2).threads().get(0).program().get(0))
                .time())
        .isEqualTo(TimeSource.constant(9_000_000));
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreFine() {
    assertThat(Scenarios.valid("\uFEFFname: x\r\nprocesses:\r\n  - {name: P, burst: 1}\r\n").name())
        .isEqualTo("x");
  }

  @Test
  void filesAreReadAsUtf8(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("größe.yaml"), "processes: [{name: Übung, burst: 1}]");
    Scenario scenario = ScenarioReader.read(file, Overrides.NONE);
    assertThat(scenario.name()).isEqualTo("größe");
    assertThat(scenario.processes().get(0).name()).isEqualTo("Übung");
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xfc});
    assertThatThrownBy(() -> ScenarioReader.read(latin, Overrides.NONE))
        .isInstanceOf(InvalidScenarioException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void filesThatAreTooLargeAreRefused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("large.yaml");
    Files.write(file, new byte[(int) ScenarioReader.MAX_FILE_BYTES + 1]);
    assertThatThrownBy(() -> ScenarioReader.read(file, Overrides.NONE))
        .isInstanceOf(InvalidScenarioException.class)
        .hasMessageContaining("16 MiB");
  }

  @Test
  void aliasesThatStandForTooMuchAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "]\n");
    }
    assertThat(Scenarios.problems(bomb.toString()))
        .anySatisfy(d -> assertThat(d.message()).contains("aliases written out"));
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(Scenarios.problems("processes: " + "[".repeat(5_000)))
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("Nesting"));
    assertThat(
            Scenarios.problems(
                "processes: [{name: P, program: [assert: " + "(".repeat(3_000) + "]}]"))
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("nested more than 100"));
  }

  @Test
  void processesHaveResultsOfMemoryAndThreadsHaveNot() {
    String processes =
        """
        processes:
          - {name: P1, burst: 1}
          - {name: P2, threads: [{name: w, burst: 1}]}
        """;
    assertThat(
            Scenarios.valid(
                    processes
                        + """
                        expect:
                          P1: {turnaround: 1, faults: {minor: 9, major: 0}, accesses: 20}
                          P2: {tlb: {hits: 2, misses: 3}, evictions: 1, written_out: 1}
                        """)
                .expectations())
        .extracting(e -> e.subject() + "|" + e.field() + "|" + e.expected())
        .containsExactly(
            "P1|turnaround|1",
            "P1|faults.minor|9",
            "P1|faults.major|0",
            "P1|accesses|20",
            "P2|tlb.hits|2",
            "P2|tlb.misses|3",
            "P2|evictions|1",
            "P2|written_out|1");
    assertThat(Scenarios.problems(processes + "expect: {P2/w: {accesses: 1}, P2: {waiting: 1}}"))
        .extracting(d -> d.message())
        .satisfiesExactly(
            m -> assertThat(m).contains("unknown key `accesses`"),
            m -> assertThat(m).contains("unknown key `waiting`", "evictions"));
  }

  @Test
  void resultsOfTheRunAreStatedByKindAndAccount() {
    assertThat(
            Scenarios.valid(
                    """
                    processes: [{name: P, burst: 1}]
                    expect:
                      efficiency: 0.95
                      utilization: 1
                      switches: {process: 0, coroutine: 3}
                      costs: {context_switch: 1.5, idle: 0}
                      P: {page_table_bytes: 28672, stacks: {count: 1, reserved: 8388608}}
                    """)
                .expectations())
        .extracting(e -> e.subject() + "|" + e.field() + "|" + e.expected())
        .containsExactly(
            "|efficiency|0.95",
            "|utilization|1",
            "|switches.process|0",
            "|switches.coroutine|3",
            "|costs.context_switch|1.5",
            "|costs.idle|0",
            "P|page_table_bytes|28672",
            "P|stacks.count|1",
            "P|stacks.reserved|8388608");
  }

  @Test
  void aProcessNamedLikeAResultOfTheRunComesFirst() {
    assertThat(
            Scenarios.valid(
                    """
                    processes: [{name: costs, burst: 1}, {name: switches, burst: 1}]
                    expect:
                      costs: {waiting: 0}
                      switches: {switches: {voluntary: 1}}
                    """)
                .expectations())
        .extracting(e -> e.subject() + "|" + e.field())
        .containsExactly("costs|waiting", "switches|switches.voluntary");
  }

  @Test
  void moreThreadsThanAnyRunHoldsAreRefusedBeforeTheyAreMade() {
    assertThat(
            Scenarios.problems(
                """
                processes:
                  - name: P
                    count: 1000000
                    threads: [{name: w, count: 1000000, burst: 1}]
                expect: {nobody: {waiting: 1}}
                """))
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("1000000000000"));
  }

  @Test
  void namesMayHaveTheMarksOfTheirScript() {
    assertThat(Scenarios.valid("processes: [{name: हिन्दी, burst: 1}]").processes().get(0).name())
        .isEqualTo("हिन्दी");
  }

  @Test
  void oneOfAGroupMayBeJoinedWhereAConditionKeepsItAway() {
    String text =
        """
        processes:
          - name: P
            variables: {ticket: 0}
            threads:
              - name: w
                count: 2
                program:
                  - fetch_add: {variable: ticket, add: 1, into: r}
                  - {if: r == 0, then: [{join: "w[1]"}]}
        """;
    assertThat(Scenarios.problems(text)).isEmpty();
  }

  @Test
  void aWordOfMillionsOfCharactersIsRefusedAtOnce() {
    String text = "name: x\ndescription: " + "a".repeat(4_000_000) + "\nprocesses: []\n";
    assertThat(Scenarios.problems(text))
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.line()).isEqualTo(2);
              assertThat(d.column()).isEqualTo(14);
              assertThat(d.message())
                  .isEqualTo("a word of 4000000 characters; the longest may have 1000000");
            });
  }
}
