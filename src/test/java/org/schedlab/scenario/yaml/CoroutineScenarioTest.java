package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.schedlab.program.Distribution;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Await;
import org.schedlab.program.Operation.Awaited;
import org.schedlab.program.Operation.CoroutineTemplate;
import org.schedlab.program.Operation.Loop;
import org.schedlab.program.Operation.Member;
import org.schedlab.program.Operation.ThreadTemplate;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.RuntimeKind;
import org.schedlab.program.SharedObject;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ThreadSpec;

/** What threads of coroutines, what these await and what joins them become. */
class CoroutineScenarioTest {
  private static final long MS = 1_000_000;

  private final Scenario scenario = Scenarios.valid(Scenarios.resource("coroutines.yaml"));
  private final ThreadSpec loop = scenario.processes().get(0).threads().get(0);
  private final List<Operation> fetch = scenario.programs().get(0).operations();

  private List<Operation> main() {
    return loop.loop().coroutines().get(2).program();
  }

  private <T extends Operation> List<T> main(Class<T> kind) {
    return main().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<String> messages(String text) {
    return Scenarios.problems(text).stream().map(Diagnostic::message).toList();
  }

  private static Waiting within(long timeout, String into, String error) {
    return new Waiting(false, TimeSource.constant(timeout * MS), into, error);
  }

  @Test
  void aThreadRunsCoroutinesInsteadOfAProgram() {
    assertThat(loop.taskName()).isEqualTo("server/loop");
    assertThat(loop.program()).isEmpty();
    assertThat(loop.attributes().priority()).isEqualTo(3);
    assertThat(loop.loop().runtime()).isEqualTo(RuntimeKind.VIRTUAL_THREAD);
    assertThat(loop.loop().coroutines())
        .extracting(CoroutineTemplate::name, CoroutineTemplate::count)
        .containsExactly(Tuple.tuple("first", 1), Tuple.tuple("w", 2), Tuple.tuple("main", 1));
    assertThat(loop.loop().coroutines().get(0).program()).isEqualTo(fetch);
    assertThat(loop.loop().coroutines().get(1).program())
        .containsExactly(new Operation.Compute(TimeSource.constant(3 * MS), new Location(21, 40)));
    assertThat(loop.loop().coroutines().get(0).location()).isEqualTo(new Location(20, 13));
  }

  @Test
  void theUnnamedThreadOfAProcessCanRunThem() {
    ThreadSpec thread = scenario.processes().get(1).threads().get(0);
    assertThat(thread.taskName()).isEqualTo("P");
    assertThat(thread.loop().runtime()).isEqualTo(RuntimeKind.ASYNCIO);
    assertThat(thread.loop().coroutines())
        .extracting(CoroutineTemplate::name)
        .containsExactly("first");
  }

  @Test
  void startedAndSpawnedThreadsCanRunThem() {
    ThreadTemplate helper = main(Operation.StartThread.class).get(0).thread();
    assertThat(helper.loop().runtime()).isEqualTo(RuntimeKind.GOROUTINE);
    assertThat(helper.program()).isEmpty();
    assertThat(main(Operation.Spawn.class))
        .extracting(spawn -> spawn.process().threads().get(0))
        .extracting(ThreadTemplate::name, thread -> only(thread.loop()), t -> t.loop().runtime())
        .containsExactly(
            Tuple.tuple("", "y", RuntimeKind.ASYNCIO), Tuple.tuple("t", "z", RuntimeKind.RUST));
  }

  private static String only(Loop loop) {
    assertThat(loop.coroutines()).hasSize(1);
    return loop.coroutines().get(0).name();
  }

  @Test
  void whatJoinsCoroutinesIsDeclaredLikeOtherObjects() {
    assertThat(scenario.objects())
        .containsExactly(
            new SharedObject.Channel("wide", SharedObject.Channel.UNBOUNDED, new Location(6, 12)),
            new SharedObject.Channel("narrow", 4, new Location(6, 22)),
            new SharedObject.AsyncMutex("m", new Location(7, 17)),
            new SharedObject.AsyncSemaphore("s", 2, new Location(8, 20)));
    assertThat(scenario.processes().get(0).objects())
        .containsExactly(
            new SharedObject.Channel("own", SharedObject.Channel.UNBOUNDED, new Location(12, 16)),
            new SharedObject.AsyncMutex("inner", new Location(13, 21)),
            new SharedObject.AsyncSemaphore("gate", 0, new Location(14, 24)));
  }

  @Test
  void whatIsAwaited() {
    assertThat(main(Await.class).subList(0, 7))
        .extracting(Await::awaited, Await::waiting)
        .containsExactly(
            Tuple.tuple(
                new Awaited.Device(
                    "disk", new Distribution.Uniform(MS, 2 * MS), new Location(24, 33)),
                within(7, "a", "e")),
            Tuple.tuple(new Awaited.Timer(TimeSource.constant(4 * MS), false), Waiting.FOREVER),
            Tuple.tuple(new Awaited.Task("first"), Waiting.FOREVER),
            Tuple.tuple(new Awaited.Task("w[1]"), within(2, null, "e")),
            Tuple.tuple(new Awaited.Lock("m"), new Waiting(false, null, null, "e")),
            Tuple.tuple(new Awaited.Lock("inner"), Waiting.FOREVER),
            Tuple.tuple(new Awaited.Semaphore("s"), new Waiting(false, null, "a", null)));
    assertThat(main(Await.class).get(2).location()).isEqualTo(new Location(26, 24));
  }

  @Test
  void groupsAreAwaitedByAllOrTheFirst() {
    assertThat(main(Await.class).subList(7, 11))
        .extracting(Await::waiting)
        .containsExactly(
            Waiting.FOREVER,
            within(9, "b", "f"),
            Waiting.FOREVER,
            new Waiting(false, null, "place", null));
    List<Awaited.Group> groups =
        main(Await.class).subList(7, 11).stream().map(a -> (Awaited.Group) a.awaited()).toList();
    assertThat(groups).extracting(Awaited.Group::first).containsExactly(false, false, true, true);
    assertThat(groups.get(0).members())
        .containsExactly(
            new Member("first", null), new Member("w[0]", null), new Member("g", fetch));
    assertThat(groups.get(2).members()).extracting(Member::name).containsExactly("many[0]", "h");
    assertThat(groups.get(2).members().get(1).program()).hasSize(1);
  }

  @Test
  void objectsOfCoroutinesAreLeft() {
    assertThat(main(Operation.Leave.class))
        .extracting(Operation.Leave::object)
        .containsExactly("m", "inner", "gate");
    assertThat(main(Operation.Unlock.class)).isEmpty();
    assertThat(main(Operation.SemPost.class)).isEmpty();
  }

  @Test
  void aKernelMutexIsUnlockedAsByThreads() {
    String text =
        "mutexes: [k]\nasync_mutexes: [m]\nprocesses:\n"
            + "  - {name: P, coroutines: [{name: a, program: [lock: k, unlock: k]}]}\n";
    List<Operation> program =
        Scenarios.valid(text)
            .processes()
            .get(0)
            .threads()
            .get(0)
            .loop()
            .coroutines()
            .get(0)
            .program();
    assertThat(program.get(1)).isInstanceOf(Operation.Unlock.class);
  }

  @Test
  void coroutinesMakeOthers() {
    assertThat(main(Operation.Async.class))
        .extracting(Operation.Async::coroutine)
        .extracting(CoroutineTemplate::name, CoroutineTemplate::count, c -> c.program().size())
        .containsExactly(
            Tuple.tuple("late", 1, 1), Tuple.tuple("many", 3, 1), Tuple.tuple("short", 1, 1));
  }

  @Test
  void valuesArePutAndGot() {
    assertThat(main(Operation.Put.class))
        .extracting(Operation.Put::channel, Operation.Put::waiting)
        .containsExactly(
            Tuple.tuple("own", Waiting.FOREVER),
            Tuple.tuple("narrow", new Waiting(true, null, null, null)),
            Tuple.tuple("narrow", within(3, null, "e")));
    assertThat(main(Operation.Put.class).get(0).value()).isEqualTo(ExpressionReader.ZERO);
    assertThat(main(Operation.Get.class))
        .extracting(Operation.Get::channel, Operation.Get::waiting)
        .containsExactly(
            Tuple.tuple("own", Waiting.FOREVER),
            Tuple.tuple("narrow", new Waiting(true, null, "v", null)),
            Tuple.tuple("wide", within(1, "v", "e")));
  }

  @Test
  void coroutinesAreCancelledAndEndByErrors() {
    assertThat(main(Operation.Cancel.class))
        .extracting(Operation.Cancel::name)
        .containsExactly("late", "g");
    assertThat(main(Operation.Raise.class))
        .extracting(Operation.Raise::error)
        .containsExactly("EPIPE", "oops");
  }

  @Test
  void shortNamesOfCoroutinesBecomeFull() {
    assertThat(scenario.observe())
        .extracting(Scenario.Observation::task, Scenario.Observation::register)
        .containsExactly(
            Tuple.tuple("server/loop/main", "place"), Tuple.tuple("server/loop/main", "v"));
  }

  @Test
  void registersBelongToOneCoroutine() {
    String text =
        "processes:\n"
            + "  - name: P\n"
            + "    coroutines:\n"
            + "      - {name: a, program: [set: {r: 1}]}\n"
            + "      - {name: b, program: [set: {q: r}]}\n";
    assertThat(messages(text))
        .containsExactly(
            "nothing sets a register `r` in this coroutine; did you mean `q`? known here: q");
  }

  @Test
  void aProgramIsCheckedForThreadsAndCoroutinesThatRunIt() {
    String text =
        "programs: {p: [await: {time: 1}]}\n"
            + "processes:\n"
            + "  - {name: P, coroutines: [{name: a, program: p}]}\n"
            + "  - {name: Q, coroutines: [{name: a, program: [call: p]}]}\n";
    assertThat(messages(text)).isEmpty();
    assertThat(messages(text + "  - {name: R, program: p}\n"))
        .containsExactly(
            "`await` is for coroutines; a thread waits by `io`, `sleep`, `join` and the like");
  }

  @Test
  void eachProcessHasChannelsOfItsOwn() {
    String coroutines = "coroutines: [{name: a, program: [put: {channel: c}]}]}\n";
    assertThat(messages("processes:\n  - {name: P, count: 2, channels: [c], " + coroutines))
        .isEmpty();
    assertThat(messages("channels: [c]\nprocesses:\n  - {name: P, " + coroutines)).isEmpty();
    assertThat(messages("channels: [c]\nprocesses:\n  - {name: P, count: 2, " + coroutines))
        .singleElement()
        .asString()
        .startsWith("a channel joins the coroutines of one thread, and several have `c`");
  }

  @Test
  void burstsOfEventLoopsAreNotForeseen() {
    String loops = "}\nprocesses:\n  - {name: P, coroutines: [{name: a, burst: 1}]}\n";
    String message =
        "` must know how long each burst will be, and the bursts of an event loop cannot be"
            + " foreseen; use ";
    String estimate = "estimate: {exponential: {alpha: 0.5, initial: 10}}";
    assertThat(messages("scheduler: {policy: sjf" + loops))
        .containsExactly("`sjf" + message + "`" + estimate + "`");
    assertThat(messages("scheduler: {policy: sjf, " + estimate + loops)).isEmpty();
    assertThat(messages("scheduler: {policy: fcfs" + loops)).isEmpty();
    for (String policy : List.of("srtf", "hrrn")) {
      assertThat(messages("scheduler: {policy: " + policy + loops))
          .containsExactly(
              "`" + policy + message + "another policy, such as `sjf` with `" + estimate + "`");
    }
  }

  @Test
  void whoReferencesPagesUnderOptRunsNoCoroutines() {
    String start = "machine: {memory: {frames: 2, replacement: opt}}\nprocesses:\n";
    assertThat(messages(start + "  - {name: P, coroutines: [{name: a, burst: 1}]}\n")).isEmpty();
    String touch = "  - {name: P, coroutines: [{name: a, program: [touch: {pages: [1]}]}]}\n";
    assertThat(messages(start + touch))
        .containsExactly(
            "`opt` must know every reference in advance, but `P` runs coroutines, whose turns"
                + " depend on what they await; use another rule, such as lru");
  }

  @Test
  void ceilingsFollowFromWhatCoroutinesLock() {
    String text =
        "mutexes: {k: {protocol: ceiling}}\nprocesses:\n"
            + "  - {name: P, priority: 5, coroutines: [{name: a, program: [lock: k]}]}\n";
    assertThat(((SharedObject.Mutex) Scenarios.valid(text).objects().get(0)).ceiling())
        .isEqualTo(5);
  }

  @Test
  void whatCoroutinesStartIsFollowed() {
    String text =
        "processes:\n"
            + "  - name: P\n"
            + "    coroutines:\n"
            + "      - name: a\n"
            + "        program:\n"
            + "          - async: {name: b, program: [thread: {name: t, program: [load: {r: x}]}]}\n"
            + "          - gather: [{name: c, program: [spawn: {name: d, program: [wait: e]}]}]\n"
            + "          - join: t\n";
    assertThat(messages(text))
        .containsExactly(
            "the process `P` has no variable `x`; declare it under `variables:` of the process",
            "nothing spawns or forks a process `e`; did you mean `d`? children: d");
  }

  @Test
  void thereCannotBeTooManyCoroutines() {
    String text =
        "processes:\n  - {name: P, count: 11, coroutines: [{name: a, count: 100000, burst: 1}]}\n";
    assertThat(messages(text))
        .containsExactly("a scenario may have 1000000 coroutines, not 1100000");
  }

  @Test
  void carriersShareTheirCoroutinesSoThatTheseCountOnce() {
    String loop =
        """
        processes:
          - name: P
            threads: [{name: l, carriers: %d, coroutines: [{name: c, count: 400000, burst: 1}]}]
        """;
    Scenarios.valid(loop.formatted(3));
    assertThat(messages(loop.replace("carriers", "count").formatted(3)))
        .containsExactly("a scenario may have 1000000 coroutines, not 1200000");
  }
}
