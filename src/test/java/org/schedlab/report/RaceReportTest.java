package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.Simulation;
import org.schedlab.metrics.Moments;
import org.schedlab.races.Race;
import org.schedlab.report.SharedVariable.Judgement;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** What orders accesses to variables and what does not, each by a small run. */
class RaceReportTest {
  private Run run;

  private List<SharedVariable> variables(String yaml) throws Exception {
    Scenario scenario = ScenarioReader.read(yaml, "test.yaml", Overrides.NONE);
    run =
        Runs.run(
            scenario,
            sink -> {
              try {
                Simulation.run(scenario, sink);
              } catch (InvalidScenarioException e) {
                throw new AssertionError(e);
              }
            });
    return SharedVariable.of(run);
  }

  /** Two threads of a process with x, each with a program of its own. */
  private SharedVariable two(String objects, String one, String other) throws Exception {
    List<SharedVariable> found =
        variables(
            """
            scheduler: {policy: fcfs}
            processes:
              - name: P
                variables: {x: 0, flag: {value: 0, atomic: true}}
                %s
                threads:
                  - name: one
                    program: [%s]
                  - name: two
                    program: [%s]
            """
                .formatted(objects, one, other));
    return found.stream().filter(variable -> variable.name().equals("x")).findFirst().orElse(null);
  }

  private static List<String> pairs(SharedVariable variable) {
    List<String> pairs = new ArrayList<>();
    for (Race race : variable.races()) {
      pairs.add(
          RaceTables.what(race.first())
              + " "
              + race.first().place()
              + ", "
              + RaceTables.what(race.second())
              + " "
              + race.second().place());
    }
    return pairs;
  }

  @Test
  void everyPairIsFoundThoughTheyRanOneAfterTheOther() throws Exception {
    SharedVariable x = two("", "{add: {x: 1}}", "{add: {x: 1}}");
    assertThat(x.verdict()).isEqualTo(Judgement.RACE);
    // one's read and write come first: with its write as last access, two's read and write race.
    assertThat(pairs(x))
        .containsExactly("write 8, read 10", "read 8, write 10", "write 8, write 10");
    assertThat(x.use().lost()).isZero();
    assertThat(x.users()).containsExactly("P/one", "P/two");
    assertThat(x.owner()).isEqualTo("P");
    assertThat(x.advice()).isEqualTo("a mutex around line 8, or an atomic operation there");
    assertThat(Verdict.warnings(run))
        .containsExactly(
            "test.yaml:10: data race over x of P: nothing orders a write by P/one (line 8) and a"
                + " read by P/two (line 10) (3 such pairs)");
  }

  @Test
  void unlockComesBeforeLaterLocks() throws Exception {
    String locked = "{lock: m}, {add: {x: 1}}, {unlock: m}";
    SharedVariable x = two("mutexes: [m]", locked, locked);
    assertThat(x.verdict()).isEqualTo(Judgement.PROTECTED);
    assertThat(x.commonLocks()).containsExactly("m");
    assertThat(x.advice()).isEmpty();
  }

  @Test
  void anotherLockOrdersNothing() throws Exception {
    SharedVariable x =
        two(
            "mutexes: [m, n]",
            "{lock: m}, {add: {x: 1}}, {unlock: m}",
            "{lock: n}, {add: {x: 1}}, {unlock: n}");
    assertThat(x.verdict()).isEqualTo(Judgement.RACE);
    assertThat(x.locks(x.races().get(0).first().locks())).containsExactly("m");
    assertThat(x.locks(x.races().get(0).second().locks())).containsExactly("n");
    assertThat(x.advice()).isEqualTo("hold m at line 10 too");
  }

  @Test
  void luckyOrderHidesARaceFromClocksButNotFromLockSets() throws Exception {
    // two's access follows one's unlock of m, for it happens to lock m after that.
    SharedVariable x =
        two(
            "mutexes: [m]",
            "{add: {x: 1}}, {lock: m}, {unlock: m}",
            "{lock: m}, {unlock: m}, {add: {x: 1}}");
    assertThat(x.races()).isEmpty();
    assertThat(x.verdict()).isEqualTo(Judgement.ORDERED);
    assertThat(x.commonLocks()).isEmpty();
  }

  @Test
  void lockedApartIsNoRaceAndLosesUpdates() throws Exception {
    String apart =
        "{lock: m}, {load: {r: x}}, {unlock: m}, %s{lock: m}, {store: {x: r + 1}}, {unlock: m}";
    SharedVariable x =
        two("mutexes: [m]", apart.formatted("{sleep: 3}, "), apart.formatted("{sleep: 1}, "));
    assertThat(x.races()).isEmpty();
    assertThat(x.verdict()).isEqualTo(Judgement.LOST_UPDATE);
    assertThat(x.use().lost()).isOne();
    assertThat(run.metrics().moments().kind(indexOf(Moments.Kind.LOST_UPDATE)))
        .isEqualTo(Moments.Kind.LOST_UPDATE);
    SharedVariable lucky = two("mutexes: [m]", apart.formatted(""), apart.formatted(""));
    assertThat(lucky.verdict()).isEqualTo(Judgement.BROKEN);
    assertThat(lucky.use().lost()).isZero();
  }

  private int indexOf(Moments.Kind kind) {
    Moments moments = run.metrics().moments();
    for (int i = 0; i < moments.count(); i++) {
      if (moments.kind(i) == kind) {
        return i;
      }
    }
    throw new AssertionError("no " + kind);
  }

  @Test
  void postsComeBeforeLaterWaits() throws Exception {
    SharedVariable x =
        two(
            "semaphores: {s: 0}",
            "{store: {x: 1}}, {sem_post: s}",
            "{sem_wait: s}, {load: {r: x}}");
    assertThat(x.verdict()).isEqualTo(Judgement.ORDERED);
    assertThat(
            two(
                    "semaphores: {s: 1}",
                    "{sem_post: s}, {store: {x: 1}}",
                    "{sem_wait: s}, {load: {r: x}}")
                .verdict())
        .isEqualTo(Judgement.RACE);
  }

  @Test
  void signalAloneOrdersNothing() throws Exception {
    // The mutex orders only what stands before the unlock.
    SharedVariable x =
        two(
            "mutexes: [m]\n    conditions: [c]",
            "{lock: m}, {cond_wait: {condition: c, mutex: m}}, {unlock: m}, {load: {r: x}}",
            "{sleep: 1}, {store: {x: 1}}, {cond_signal: c}");
    assertThat(x.verdict()).isEqualTo(Judgement.RACE);
  }

  @Test
  void barrierOrdersWhatIsOnEitherSide() throws Exception {
    SharedVariable x =
        two(
            "barriers: {b: 2}",
            "{store: {x: 1}}, {barrier_wait: b}",
            "{barrier_wait: b}, {load: {r: x}}");
    assertThat(x.verdict()).isEqualTo(Judgement.ORDERED);
    SharedVariable same =
        two(
            "barriers: {b: 2}",
            "{barrier_wait: b}, {store: {x: 1}}",
            "{barrier_wait: b}, {load: {r: x}}");
    assertThat(same.verdict()).isEqualTo(Judgement.RACE);
  }

  @Test
  void readersAreNotOrderedAmongThemselvesButBeforeWriters() throws Exception {
    SharedVariable x =
        two(
            "rwlocks: [l]",
            "{read_lock: l}, {load: {r: x}}, {rw_unlock: l}",
            "{write_lock: l}, {store: {x: 1}}, {rw_unlock: l}");
    assertThat(x.races()).isEmpty();
    SharedVariable writesAsReader =
        two(
            "rwlocks: [l]",
            "{read_lock: l}, {add: {x: 1}}, {rw_unlock: l}",
            "{read_lock: l}, {add: {x: 1}}, {rw_unlock: l}");
    assertThat(writesAsReader.verdict()).isEqualTo(Judgement.RACE);
  }

  @Test
  void messageComesBeforeWhoReceivesIt() throws Exception {
    SharedVariable x =
        two(
            "queues: [q]",
            "{store: {x: 1}}, {send: {queue: q, bytes: 1}}",
            "{receive: {queue: q}}, {load: {r: x}}");
    assertThat(x.verdict()).isEqualTo(Judgement.ORDERED);
    SharedVariable behind =
        two(
            "queues: [q]",
            "{send: {queue: q, bytes: 1}}, {store: {x: 1}}",
            "{receive: {queue: q}}, {load: {r: x}}");
    assertThat(behind.verdict()).isEqualTo(Judgement.RACE);
    SharedVariable piped =
        two(
            "pipes: [p]",
            "{store: {x: 1}}, {write: {pipe: p, bytes: 1}}",
            "{read: {pipe: p, bytes: 1}}, {load: {r: x}}");
    assertThat(piped.verdict()).isEqualTo(Judgement.ORDERED);
  }

  @Test
  void atomicFlagPublishesWhatWasWrittenBefore() throws Exception {
    SharedVariable x =
        two("", "{store: {x: 1}}, {store: {flag: 1}}", "{load: {f: flag}}, {load: {r: x}}");
    assertThat(x.verdict()).isEqualTo(Judgement.ORDERED);
    SharedVariable late =
        two("", "{store: {flag: 1}}, {store: {x: 1}}", "{load: {f: flag}}, {load: {r: x}}");
    assertThat(late.verdict()).isEqualTo(Judgement.RACE);
  }

  @Test
  void atomicOperationsRaceWithPlainOnesOnly() throws Exception {
    assertThat(two("", "{atomic_add: {x: 1}}", "{atomic_add: {x: 1}}").verdict())
        .isEqualTo(Judgement.ATOMIC);
    assertThat(pairs(two("", "{atomic_add: {x: 1}}", "{load: {r: x}}")))
        .containsExactly("atomic write 8, read 10");
  }

  @Test
  void startsAndJoinsOrder() throws Exception {
    List<SharedVariable> found =
        variables(
            """
            processes:
              - name: P
                variables: {x: 0, y: 0}
                program:
                  - store: {x: 1}
                  - thread: {name: t, count: 2, program: [{load: {r: x}}, {atomic_add: {y: 1}}]}
                  - join: t
                  - store: {x: 2}
                  - load: {r: y}
            """);
    assertThat(found).extracting(SharedVariable::name).containsExactly("x", "y");
    assertThat(found).allMatch(variable -> variable.races().isEmpty());
    // Without the join nothing orders the last two.
    assertThat(
            variables(
                """
                processes:
                  - name: P
                    variables: {x: 0}
                    program: [thread: {name: t, program: [{load: {r: x}}]}, sleep: 1, store: {x: 2}]
                """))
        .extracting(SharedVariable::verdict)
        .containsExactly(Judgement.RACE);
  }

  @Test
  void waitingForAChildOrdersWhatItDidToSharedMemory() throws Exception {
    String scenario =
        """
        shared_memory: {seg: {size: 4KiB, variables: {x: 0}}}
        processes:
          - name: P
            program:
              - fork: {name: child, program: [{store: {x: 1}}]}
              - %s
              - load: {r: x}
        """;
    assertThat(variables(scenario.formatted("wait: all")))
        .extracting(SharedVariable::verdict)
        .containsExactly(Judgement.ORDERED);
    assertThat(variables(scenario.formatted("sleep: 5")))
        .extracting(SharedVariable::verdict)
        .containsExactly(Judgement.RACE);
  }

  @Test
  void coroutinesOfOneThreadNeverRaceAndStillLoseUpdates() throws Exception {
    List<SharedVariable> found =
        variables(
            """
            processes:
              - name: P
                variables: {x: 0}
                coroutines:
                  - name: c
                    count: 2
                    program: [{load: {r: x}}, {await: {time: 1}}, {store: {x: r + 1}}]
            """);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).verdict()).isEqualTo(Judgement.LOST_UPDATE);
    assertThat(found.get(0).users()).containsExactly("P/c[0]", "P/c[1]");
    assertThat(found.get(0).advice())
        .isEqualTo("an async mutex around line 7, or an atomic operation there");
  }

  @Test
  void whatOneThreadAloneUsesIsNotShared() throws Exception {
    assertThat(two("", "{add: {x: 1}}", "{compute: 1}")).isNull();
  }
}
