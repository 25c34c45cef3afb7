package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.Operation.ProcessTemplate;
import org.schedlab.program.Operation.ThreadTemplate;
import org.schedlab.program.Operation.WaitFor;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Scenario;

/** What spawn, fork, exec, wait and kill become, and which names follow from them. */
class ProcessOperationsTest {
  private final Scenario scenario = Scenarios.valid(Scenarios.resource("memory.yaml"));

  private <T extends Operation> List<T> main(Class<T> kind) {
    return scenario.processes().get(0).threads().get(0).program().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private ProcessTemplate spawned(String name) {
    return main(Operation.Spawn.class).stream()
        .map(Operation.Spawn::process)
        .filter(p -> p.name().equals(name))
        .findFirst()
        .get();
  }

  @Test
  void aSpawnedProcessWithOneThread() {
    ProcessTemplate job = spawned("job");
    assertThat(job.count()).isEqualTo(2);
    assertThat(job.memory()).isEqualTo(MemorySizes.DEFAULT);
    assertThat(job.workingSetBytes()).isZero();
    ThreadTemplate thread = job.threads().get(0);
    assertThat(job.threads()).hasSize(1);
    assertThat(thread.name()).isEmpty();
    assertThat(thread.count()).isEqualTo(1);
    assertThat(thread.program()).singleElement().isInstanceOf(Operation.Compute.class);
    assertThat(thread.attributes())
        .isEqualTo(new Attributes(2, 0, 1, -1, List.of(0), 4096, 16 << 10));
  }

  @Test
  void aSpawnedProcessWithThreadsAndMemoryOfItsOwn() {
    ProcessTemplate server = spawned("server");
    assertThat(server.variables()).extracting(Variable::name).containsExactly("y");
    assertThat(server.memory()).isEqualTo(new MemorySizes(-1, 1 << 20, 0));
    assertThat(server.workingSetBytes()).isEqualTo(8 << 10);
    assertThat(server.threads())
        .extracting(t -> t.name() + t.count() + " nice " + t.attributes().nice())
        .containsExactly("w2 nice 3", "m1 nice 1");
    assertThat(server.threads().get(0).attributes().workingSetBytes()).isZero();
    assertThat(server.threads().get(1).attributes().deadline()).isEqualTo(9_000_000);
  }

  @Test
  void forks() {
    List<Operation.Fork> forks = main(Operation.Fork.class);
    assertThat(forks).extracting(Operation.Fork::name).containsExactly("child", "helper", "grep");
    assertThat(forks.get(0).program()).isNull();
    assertThat(forks.get(0).into()).isNull();
    assertThat(forks.get(2).program()).hasSize(3);
    assertThat(forks.get(2).into()).isEqualTo("pid");
  }

  @Test
  void execTakesAProgramByNameOrInPlace() {
    Operation.Exec inPlace =
        (Operation.Exec) scenario.processes().get(0).threads().get(1).program().get(0);
    assertThat(inPlace.variables()).extracting(Variable::name).containsExactly("z");
    assertThat(inPlace.program()).singleElement().isInstanceOf(Operation.Load.class);
    Operation.Exec named =
        (Operation.Exec) scenario.processes().get(1).threads().get(0).program().get(0);
    assertThat(named.variables()).isEmpty();
    assertThat(named.program()).isSameAs(scenario.programs().get(1).operations());
  }

  @Test
  void waitsAndKills() {
    assertThat(main(WaitFor.class))
        .extracting(w -> w.child() + " " + w.into())
        .containsExactly(
            "grep null", "job code", "job[1] null", "child#2 null", "any null", "all null");
    assertThat(main(Operation.Kill.class))
        .extracting(k -> k.process() + " " + k.signal())
        .containsExactly("shell TERM", "Q KILL");
  }

  @Test
  void processesThatProgramsMakeCanBeSpokenOf() {
    assertThat(scenario.expectations())
        .extracting(e -> e.subject() + "." + e.field())
        .containsExactly(
            "child.exit",
            "child#3.waiting",
            "job[0].exit",
            "job[1]#2.exit",
            "server/w[1].exit",
            "server#2/m.exit",
            "server#12.exit",
            "Q.exit");
    assertThat(scenario.observe())
        .extracting(o -> o.task() + " " + o.register())
        .containsExactly("grep mine", "Q n", "child#2 n", "server#2/w[1] got");
    assertThat(scenario.finalCheck().condition().toString())
        .contains("grep.x", "P.x", "name=y", "server/w[0].got", "P/other.r");
  }

  @Test
  void programsThatMakeThemselvesAgainAreReadToTheEnd() {
    assertThat(
            Scenarios.problems(
                """
                programs:
                  a: [spawn: {name: b, program: b}, fork: {program: a}, exec: a, fork: {}]
                  b: [spawn: {name: a, program: a, variables: {x: 1}}, thread: {name: t, program: c}]
                  c: [exec: {program: b, variables: {y: 1}}, fork: {name: c, program: b}, fork: d]
                processes:
                  - {name: P, count: 2, program: a}
                  - {name: bomb, program: [spawn: {name: bomb, program: a}, fork: bomb]}
                expect:
                  b#4/t: {exit: 0}
                  bomb#2: {exit: 0}
                """))
        .isEmpty();
  }

  @Test
  void aForkedChildThatGoesOnMayJoinWhatItsParentJoins() {
    assertThat(
            Scenarios.problems(
                """
                processes:
                  - name: P
                    threads:
                      - {name: w, burst: 1}
                      - {name: main, program: [fork: {into: pid}, {if: pid, then: [join: w]}]}
                """))
        .isEmpty();
  }

  @Test
  void aForkedChildKeepsVariablesAndAnExecutedProgramDoesNot() {
    String text =
        """
        processes:
          - name: P
            variables: {x: 1}
            program:
              - fork: {program: [store: {x: 2}]}
              - exec: {program: [store: {x: 2}]}
              - spawn: {name: c, program: [store: {x: 2}]}
        """;
    assertThat(Scenarios.problems(text))
        .extracting(d -> d.line() + ": " + d.message())
        .containsExactly(
            "6: the process `P` has no variable `x`; declare it under `variables:` of the process",
            "7: the process `c` has no variable `x`; declare it under `variables:` of the process");
  }

  @Test
  void namesWithANumberBehindThemAreForMadeProcessesOnly() {
    String text =
        """
        processes: [{name: P, program: [fork: c]}]
        expect: {c#2: {exit: 0}, P#2: {exit: 0}, c#1: {exit: 0}}
        """;
    assertThat(Scenarios.problems(text))
        .extracting(d -> d.message().replaceFirst("`;.*|` .*", "`"))
        .containsExactly(
            "there is no thread or process `P#2`", "there is no thread or process `c#1`");
  }
}
