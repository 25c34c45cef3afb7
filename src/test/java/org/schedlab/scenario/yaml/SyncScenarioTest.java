package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.schedlab.program.Distribution;
import org.schedlab.program.Errno;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.SharedObject;
import org.schedlab.program.SharedObject.Barrier;
import org.schedlab.program.SharedObject.Condition;
import org.schedlab.program.SharedObject.Mutex;
import org.schedlab.program.SharedObject.MutexKind;
import org.schedlab.program.SharedObject.Order;
import org.schedlab.program.SharedObject.Protocol;
import org.schedlab.program.SharedObject.ReadersWriterLock;
import org.schedlab.program.SharedObject.Semaphore;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.Scenario;

/** What declared objects and the operations on them become. */
class SyncScenarioTest {
  private final Scenario scenario = Scenarios.valid(Scenarios.resource("sync.yaml"));

  private <T extends Operation> List<T> main(Class<T> kind) {
    return scenario.processes().get(0).threads().get(0).program().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static Mutex mutex(
      String name, MutexKind kind, Protocol protocol, long ceiling, Order order, Location at) {
    return new Mutex(name, kind, protocol, ceiling, order, at);
  }

  private static Mutex plain(String name, Location at) {
    return mutex(name, MutexKind.PLAIN, Protocol.NONE, 0, Order.FIFO, at);
  }

  private static List<String> messages(String text) {
    return Scenarios.problems(text).stream().map(Diagnostic::message).toList();
  }

  @Test
  void objectsOfTheFile() {
    assertThat(scenario.objects())
        .containsExactly(
            mutex(
                "shared", MutexKind.PLAIN, Protocol.CEILING, 2, Order.PRIORITY, new Location(6, 3)),
            mutex("low", MutexKind.RECURSIVE, Protocol.CEILING, 7, Order.FIFO, new Location(7, 3)),
            mutex(
                "unused", MutexKind.PLAIN, Protocol.CEILING, 0, Order.PRIORITY, new Location(8, 3)),
            new Semaphore("slots", 4, Order.FIFO, new Location(9, 14)),
            new Semaphore("turns", 0, Order.PRIORITY, new Location(9, 24)),
            new Condition("done", Order.FIFO, null, new Location(10, 14)),
            new Barrier("start", 3, new Location(11, 12)),
            new ReadersWriterLock("table", true, Order.PRIORITY, new Location(12, 11)),
            new ReadersWriterLock("log", false, Order.FIFO, new Location(12, 54)));
    assertThat(scenario.deadlockExpected()).isTrue();
  }

  @Test
  void objectsOfAProcess() {
    assertThat(scenario.processes().get(0).objects())
        .containsExactly(
            mutex(
                "m",
                MutexKind.PLAIN,
                Protocol.INHERITANCE,
                0,
                Order.PRIORITY,
                new Location(16, 15)),
            mutex(
                "own", MutexKind.PLAIN, Protocol.CEILING, 2, Order.PRIORITY, new Location(16, 43)),
            mutex("fast", MutexKind.SPIN, Protocol.NONE, 0, Order.FIFO, new Location(16, 69)),
            mutex(
                "done",
                MutexKind.ERROR_CHECKING,
                Protocol.NONE,
                0,
                Order.PRIORITY,
                new Location(16, 89)),
            new Semaphore("s", 1, Order.FIFO, new Location(17, 18)),
            new Condition("c", Order.PRIORITY, null, new Location(18, 18)),
            new Condition("d", Order.FIFO, null, new Location(18, 40)),
            new Barrier("b", 2, new Location(19, 16)),
            new ReadersWriterLock("l", false, Order.FIFO, new Location(20, 15)));
  }

  @Test
  void objectsOfASpawnedProcess() {
    Operation.Spawn spawn = main(Operation.Spawn.class).get(0);
    assertThat(spawn.process().objects())
        .extracting(SharedObject::name)
        .containsExactly("m", "mine", "s", "c", "b", "l");
    assertThat(spawn.process().objects().get(1)).isInstanceOf(Mutex.class);
    assertThat(((Mutex) spawn.process().objects().get(1)).ceiling()).isEqualTo(3);
  }

  @Test
  void locksAndUnlocks() {
    assertThat(main(Operation.Lock.class))
        .extracting(Operation.Lock::mutex, Operation.Lock::waiting)
        .containsExactly(
            tuple("m", Waiting.FOREVER),
            tuple("shared", new Waiting(false, TimeSource.constant(5_000_000), "got", "e")),
            tuple("fast", Waiting.FOREVER),
            tuple("done", new Waiting(true, null, "tried", null)),
            tuple("low", new Waiting(true, null, null, "busy")));
    assertThat(main(Operation.Unlock.class))
        .extracting(Operation.Unlock::mutex, Operation.Unlock::waiting)
        .containsExactly(
            tuple("m", Waiting.FOREVER), tuple("shared", new Waiting(false, null, null, "e")));
    assertThat(main(Operation.Lock.class).get(1).location()).isEqualTo(new Location(26, 27));
  }

  private static Tuple tuple(Object... values) {
    return Tuple.tuple(values);
  }

  @Test
  void semaphoresConditionsAndBarriers() {
    assertThat(main(Operation.SemWait.class))
        .extracting(Operation.SemWait::semaphore, Operation.SemWait::waiting)
        .containsExactly(
            tuple("s", Waiting.FOREVER),
            tuple("slots", new Waiting(false, TimeSource.constant(2_000_000), "taken", "e")),
            tuple("turns", new Waiting(true, null, "turn", "e")));
    assertThat(main(Operation.SemPost.class))
        .extracting(Operation.SemPost::semaphore)
        .containsExactly("s");
    List<Operation.CondWait> waits = main(Operation.CondWait.class);
    assertThat(waits)
        .extracting(Operation.CondWait::condition, Operation.CondWait::mutex)
        .containsExactly(tuple("c", "m"), tuple("d", "m"));
    assertThat(waits.get(0).waiting()).isEqualTo(Waiting.FOREVER);
    assertThat(waits.get(1).waiting())
        .isEqualTo(new Waiting(false, new Distribution.Exponential(3_000_000), "woken", "late"));
    assertThat(main(Operation.CondSignal.class))
        .extracting(Operation.CondSignal::condition, Operation.CondSignal::broadcast)
        .containsExactly(tuple("c", false), tuple("d", true));
    assertThat(main(Operation.BarrierWait.class))
        .extracting(Operation.BarrierWait::barrier, Operation.BarrierWait::waiting)
        .containsExactly(
            tuple("start", Waiting.FOREVER), tuple("b", new Waiting(false, null, "last", null)));
  }

  @Test
  void readersWriterLocks() {
    TimeSource timeout = TimeSource.constant(1_000_000);
    assertThat(main(Operation.RwLock.class))
        .extracting(Operation.RwLock::lock, Operation.RwLock::write, Operation.RwLock::waiting)
        .containsExactly(
            tuple("l", false, Waiting.FOREVER),
            tuple("table", false, new Waiting(false, timeout, "reads", "e")),
            tuple("log", false, new Waiting(true, null, "reads", null)),
            tuple("l", true, Waiting.FOREVER),
            tuple("table", true, new Waiting(false, timeout, "writes", "e")),
            tuple("log", true, new Waiting(true, null, null, "e")));
    assertThat(main(Operation.RwUnlock.class))
        .extracting(Operation.RwUnlock::lock, Operation.RwUnlock::waiting)
        .containsExactly(
            tuple("l", Waiting.FOREVER), tuple("table", new Waiting(false, null, null, "e")));
  }

  @Test
  void withoutAWordThereAreNoObjectsAndNoDeadlockIsExpected() {
    Scenario empty = Scenarios.valid("processes: [{name: P, burst: 1}]");
    assertThat(empty.objects()).isEmpty();
    assertThat(empty.processes().get(0).objects()).isEmpty();
    assertThat(empty.deadlockExpected()).isFalse();
  }

  @Test
  void errorNumbersHaveNames() {
    assertThat(scenario.finalCheck().condition().toString())
        .contains("Literal[value=" + Errno.ETIMEDOUT.number())
        .doesNotContain("Name[name=ETIMEDOUT");
    assertThat(program("set: {r: -EBUSY + 1}, if: r == EPERM, then: [exit: EAGAIN]"))
        .contains("Literal[value=" + Errno.EBUSY.number())
        .contains("Literal[value=" + Errno.EPERM.number())
        .contains("Literal[value=" + Errno.EAGAIN.number())
        .doesNotContain("Name[name=E");
    assertThat(messages("processes: [{name: P, program: [set: {r: 1}, exit: ETIMEOUT]}]"))
        .containsExactly(
            "nothing sets a register `ETIMEOUT` in this thread; did you mean `ETIMEDOUT`?"
                + " known here: r");
  }

  @Test
  void aVariableOrRegisterHidesTheErrorOfItsName() {
    assertThat(program("load: {r: EPERM}, assert: EPERM == 5")).contains("Name[name=EPERM");
    assertThat(program("set: {EBUSY: 3}, exit: EBUSY")).contains("Name[name=EBUSY");
    assertThat(program("fetch_add: {variable: x, add: 1, into: EAGAIN}, exit: EAGAIN"))
        .contains("Name[name=EAGAIN");
    assertThat(messages("processes: [{name: P, variables: {EBUSY: 1}, program: [exit: EBUSY]}]"))
        .containsExactly(
            "`EBUSY` is a variable, and expressions here are over registers: load it first,"
                + " `load: {r: \"EBUSY\"}`");
    Scenario hidden =
        Scenarios.valid(
            "processes: [{name: P, variables: {EPERM: 5}, burst: 1}]\nfinal: EPERM == 5");
    assertThat(hidden.finalCheck().condition().toString()).contains("Name[name=EPERM");
  }

  private static String program(String operations) {
    String variables = operations.contains("load") ? "EPERM: 5, x: 0" : "x: 0";
    String entries = operations.replaceAll("if: (.*)", "{if: $1}");
    return Scenarios.valid(
            "processes: [{name: P, variables: {" + variables + "}, program: [" + entries + "]}]")
        .processes()
        .get(0)
        .threads()
        .get(0)
        .program()
        .toString();
  }

  @Test
  void theCeilingIsThatOfTheMostUrgentThreadThatLocks() {
    assertThat(ceilings("low-first")).containsExactly("file 1", "P 2", "P 5");
    assertThat(ceilings("high-first")).containsExactly("file 9", "P 6", "P 5");
  }

  /** Threads reach the mutexes by a call, by waiting, in children and after exec. */
  private static List<String> ceilings(String order) {
    Scenario scenario =
        Scenarios.valid(
            """
            scheduler: {policy: priority, priority_order: %s}
            mutexes: {f: {protocol: ceiling}}
            programs:
              work: [{if: 1, then: [lock: m, unlock: m]}]
              parent: [fork: {program: [lock: f]}]
            processes:
              - name: P
                mutexes: {m: {protocol: ceiling}, n: {protocol: ceiling}}
                conditions: [c]
                threads:
                  - {name: a, priority: 3, program: [call: work]}
                  - {name: b, priority: 6, program: [call: work]}
                  - {name: c, priority: 5, program: [cond_wait: {condition: c, mutex: n}]}
                  - {name: d, priority: 9, program: parent}
                  - {name: e, priority: 1, program: parent}
                  - name: f
                    priority: 0
                    program: [thread: {name: g, priority: 2, program: work}]
              - name: Q
                priority: 0
                mutexes: [f, m]
                program: [lock: f, lock: m]
            """
                .formatted(order));
    return Stream.concat(
            scenario.objects().stream().map(o -> "file " + ((Mutex) o).ceiling()),
            scenario.processes().get(0).objects().stream()
                .filter(Mutex.class::isInstance)
                .map(o -> "P " + ((Mutex) o).ceiling()))
        .toList();
  }

  @Test
  void everyProcessSeesItsOwnObjectsAndTheFiles() {
    assertThat(
            messages(
                """
                mutexes: [f]
                processes:
                  - name: P
                    mutexes: [m]
                    program:
                      - fork: {name: a, program: [lock: m, exec: [lock: f, lock: m]]}
                      - spawn: {name: b, mutexes: [n], program: [lock: n, lock: f]}
                      - spawn: {name: c, program: [lock: m]}
                      - lock: n
                """))
        .containsExactly(
            "neither the process `a` nor the file declares a mutex `m`;"
                + " did you mean `f`? mutexes: f",
            "neither the process `c` nor the file declares a mutex `m`;"
                + " did you mean `f`? mutexes: f",
            "neither the process `P` nor the file declares a mutex `n`;"
                + " did you mean `m`? mutexes: m, f");
  }

  @Test
  void aProcessesOwnNameHidesTheFiles() {
    String text =
        """
        mutexes: [m]
        processes:
          - {name: P, semaphores: {m: 1}, program: [lock: m]}
        """;
    assertThat(messages(text))
        .containsExactly(
            "`lock` takes a mutex, and `m` is a semaphore;"
                + " for a semaphore there are sem_wait, sem_try_wait, sem_post");
  }

  @Test
  void plainMutexesOfAListAndAMapAreTheSame() {
    Scenario list = Scenarios.valid("mutexes: [m]\nprocesses: [{name: P, burst: 1}]");
    Scenario map = Scenarios.valid("mutexes: {m: {}}\nprocesses: [{name: P, burst: 1}]");
    assertThat(list.objects()).containsExactly(plain("m", new Location(1, 11)));
    assertThat(map.objects()).isEqualTo(list.objects());
  }

  @Test
  void whoSpinsNeitherSleepsNorGivesUp() {
    String text =
        """
        processes:
          - name: P
            mutexes: {s: {kind: spin}}
            conditions: [c]
            program:
              - lock: {mutex: s, timeout: 5}
              - cond_wait: {condition: c, mutex: s}
        """;
    assertThat(Scenarios.problems(text))
        .extracting(d -> d.line() + ": " + d.message())
        .containsExactly(
            "6: `s` is a spin lock, which nobody waits for with a `timeout`; use `try_lock` in a"
                + " loop, or another kind of mutex",
            "7: `s` is a spin lock, and who waits at a condition variable sleeps; use another kind"
                + " of mutex");
  }
}
