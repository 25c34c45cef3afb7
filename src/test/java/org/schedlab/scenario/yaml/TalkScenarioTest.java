package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.schedlab.program.Distribution;
import org.schedlab.program.Errno;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Listen;
import org.schedlab.program.Operation.Poll;
import org.schedlab.program.Operation.Port;
import org.schedlab.program.Operation.Port.End;
import org.schedlab.program.Operation.Receive;
import org.schedlab.program.Operation.Send;
import org.schedlab.program.Operation.Units;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.SharedObject;
import org.schedlab.program.SharedObject.Condition;
import org.schedlab.program.SharedObject.MessageQueue;
import org.schedlab.program.SharedObject.Order;
import org.schedlab.program.SharedObject.Pipe;
import org.schedlab.program.SharedObject.Resource;
import org.schedlab.program.SharedObject.Segment;
import org.schedlab.program.SharedObject.Socket;
import org.schedlab.program.SharedObject.SocketKind;
import org.schedlab.program.Signal;
import org.schedlab.program.TimeSource;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.Scenario;

/** What declared pipes, queues, sockets, segments and resources, and operations on them, become. */
class TalkScenarioTest {
  private static final long MS = 1_000_000;

  private final Scenario scenario = Scenarios.valid(Scenarios.resource("talk.yaml"));

  private <T extends Operation> List<T> main(Class<T> kind) {
    return scenario.processes().get(0).threads().get(0).program().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static <T extends SharedObject> List<T> among(List<SharedObject> objects, Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<String> messages(String text) {
    return Scenarios.problems(text).stream().map(Diagnostic::message).toList();
  }

  private static String shown(Expression expression) {
    if (expression instanceof Expression.Literal literal) {
      return String.valueOf(literal.value());
    } else if (expression instanceof Expression.Name name) {
      return name.name();
    } else if (expression instanceof Expression.Binary binary) {
      return shown(binary.left()) + " " + binary.operator() + " " + shown(binary.right());
    }
    return String.valueOf(expression);
  }

  private static Port at(String object, End end) {
    return new Port(object, end, null);
  }

  private static Port over(String register) {
    return new Port(null, End.NONE, register);
  }

  @Test
  void objectsOfTheFile() {
    List<SharedObject> objects = scenario.objects();
    assertThat(among(objects, Pipe.class))
        .containsExactly(
            new Pipe("plain", SharedObject.BY_PROFILE, new Location(2, 9)),
            new Pipe("wide", SharedObject.BY_PROFILE, new Location(2, 16)));
    assertThat(among(objects, MessageQueue.class))
        .containsExactly(
            new MessageQueue("jobs", 4, 1024, Order.PRIORITY, new Location(3, 10)),
            new MessageQueue(
                "bare",
                SharedObject.BY_PROFILE,
                SharedObject.BY_PROFILE,
                Order.FIFO,
                new Location(3, 68)));
    assertThat(among(objects, Socket.class))
        .containsExactly(
            new Socket("both", SocketKind.PAIR, Socket.DEFAULT_BUFFER, new Location(4, 11)),
            new Socket("door", SocketKind.UNIX, 16_384, new Location(4, 21)),
            new Socket("web", SocketKind.TCP, Socket.DEFAULT_BUFFER, new Location(4, 56)));
    assertThat(among(objects, Resource.class))
        .extracting(Resource::name, Resource::units)
        .containsExactly(Tuple.tuple("A", 10L), Tuple.tuple("B", 5L));
    assertThat(among(objects, Condition.class))
        .extracting(Condition::name, Condition::order, Condition::spurious)
        .containsExactly(
            Tuple.tuple("c", Order.PRIORITY, TimeSource.constant(3 * MS)),
            Tuple.tuple("d", Order.FIFO, new Distribution.Exponential(5 * MS)));
  }

  @Test
  void segmentsHaveASizeAndVariables() {
    List<Segment> segments = among(scenario.objects(), Segment.class);
    assertThat(segments)
        .extracting(Segment::name, Segment::bytes)
        .containsExactly(
            Tuple.tuple("board", 4096L), Tuple.tuple("tight", 16L), Tuple.tuple("raw", 1L));
    assertThat(segments.get(0).variables())
        .extracting(Variable::name, Variable::initial, Variable::atomic)
        .containsExactly(
            Tuple.tuple("x", List.of(0L), false),
            Tuple.tuple("a", List.of(1L, 2L), false),
            Tuple.tuple("flag", List.of(0L), true));
  }

  @Test
  void objectsAndClaimsOfAProcess() {
    assertThat(scenario.processes().get(0).objects())
        .extracting(SharedObject::name)
        .containsExactly("p", "q", "s", "mine", "C");
    assertThat(among(scenario.processes().get(0).objects(), Pipe.class).get(0).capacity())
        .isEqualTo(65_536);
    assertThat(scenario.processes().get(0).claims()).isEqualTo(Map.of("A", 7L, "B", 5L, "C", 0L));
    assertThat(scenario.processes().get(1).claims()).isEmpty();
    assertThat(scenario.avoidance()).isTrue();
  }

  @Test
  void objectsAndClaimsOfASpawnedProcess() {
    Operation.ProcessTemplate child = main(Operation.Spawn.class).get(0).process();
    assertThat(child.objects()).extracting(SharedObject::name).containsExactly("p", "inner");
    assertThat(child.claims()).isEqualTo(Map.of("A", 1L));
  }

  @Test
  void whatIsWrittenAndSent() {
    assertThat(main(Send.class))
        .extracting(
            Send::port,
            send -> shown(send.bytes()),
            send -> send.priority() == null ? null : shown(send.priority()),
            send -> send.value() == null ? null : shown(send.value()),
            Send::count)
        .containsExactly(
            Tuple.tuple(Port.of("p"), "4096", null, null, null),
            Tuple.tuple(Port.of("plain"), "n MULTIPLY 2", null, "n ADD 1", "w"),
            Tuple.tuple(Port.of("plain"), "8", null, "" + Errno.EPIPE.number(), null),
            Tuple.tuple(Port.of("wide"), "100", null, null, null),
            Tuple.tuple(Port.of("jobs"), "0", "32767", "3", null),
            Tuple.tuple(Port.of("q"), "8", "n", null, "w"),
            Tuple.tuple(at("s", End.A), "16", null, null, null),
            Tuple.tuple(over("c1"), "2048", null, "1", null));
    assertThat(main(Send.class))
        .extracting(Send::waiting)
        .startsWith(
            Waiting.FOREVER,
            new Waiting(false, TimeSource.constant(5 * MS), null, "e"),
            Waiting.FOREVER,
            new Waiting(true, null, null, "e"));
    assertThat(main(Send.class).get(0).location()).isEqualTo(new Location(24, 23));
  }

  @Test
  void whatIsReadAndReceived() {
    assertThat(main(Receive.class))
        .extracting(
            Receive::port,
            receive -> receive.bytes() == null ? null : shown(receive.bytes()),
            Receive::count,
            Receive::priority,
            Receive::waiting)
        .containsExactly(
            Tuple.tuple(Port.of("p"), "1", null, null, Waiting.FOREVER),
            Tuple.tuple(
                Port.of("wide"),
                "n",
                "r",
                null,
                new Waiting(false, new Distribution.Uniform(MS, 2 * MS), "v", "e")),
            Tuple.tuple(Port.of("wide"), "8", null, null, new Waiting(true, null, "v", null)),
            Tuple.tuple(Port.of("jobs"), null, "r", "k", new Waiting(false, null, "v", "e")),
            Tuple.tuple(Port.of("q"), null, null, null, Waiting.FOREVER),
            Tuple.tuple(at("s", End.B), "16", null, null, new Waiting(false, null, "v", null)),
            Tuple.tuple(over("c2"), "8", null, null, new Waiting(false, null, "v", null)));
  }

  @Test
  void whatIsClosed() {
    assertThat(main(Operation.Close.class))
        .extracting(Operation.Close::port, close -> close.waiting().error())
        .containsExactly(
            Tuple.tuple(at("p", End.WRITE), null),
            Tuple.tuple(at("p", End.READ), "e"),
            Tuple.tuple(Port.of("jobs"), null),
            Tuple.tuple(at("s", End.B), null),
            Tuple.tuple(Port.of("door"), null),
            Tuple.tuple(over("c1"), null));
  }

  @Test
  void connectionsAreListenedForAcceptedAndMade() {
    assertThat(main(Listen.class))
        .extracting(Listen::socket, Listen::backlog, listen -> listen.waiting().error())
        .containsExactly(
            Tuple.tuple("door", Listen.DEFAULT_BACKLOG, null), Tuple.tuple("web", 5, "e"));
    assertThat(main(Operation.Accept.class))
        .extracting(Operation.Accept::socket, Operation.Accept::waiting)
        .containsExactly(Tuple.tuple("door", new Waiting(true, null, "c1", null)));
    assertThat(main(Operation.Connect.class))
        .extracting(Operation.Connect::socket, Operation.Connect::waiting)
        .containsExactly(
            Tuple.tuple("web", new Waiting(false, TimeSource.constant(4 * MS), "c2", "e")));
  }

  @Test
  void pollsAskForReadingFirst() {
    Poll first = main(Poll.class).get(0);
    assertThat(first.ports())
        .containsExactly(
            new Operation.Polled(Port.of("p"), false),
            new Operation.Polled(Port.of("q"), false),
            new Operation.Polled(Port.of("door"), false),
            new Operation.Polled(at("s", End.A), false),
            new Operation.Polled(over("c2"), false),
            new Operation.Polled(Port.of("plain"), true),
            new Operation.Polled(at("both", End.B), true));
    assertThat(first.waiting()).isEqualTo(new Waiting(true, null, "ready", null));
    assertThat(main(Poll.class).get(1).waiting())
        .isEqualTo(new Waiting(false, TimeSource.constant(7 * MS), "ready", "e"));
  }

  @Test
  void threadsSleepAtVariables() {
    assertThat(main(Operation.FutexWait.class))
        .extracting(
            wait -> wait.variable().variable(),
            wait -> shown(wait.expected()),
            Operation.FutexWait::waiting)
        .containsExactly(
            Tuple.tuple("x", "n", new Waiting(false, TimeSource.constant(2 * MS), null, "e")),
            Tuple.tuple("hidden", "0", Waiting.FOREVER));
    assertThat(main(Operation.FutexWake.class))
        .extracting(
            wake -> wake.variable().variable(),
            wake -> shown(wake.count()),
            Operation.FutexWake::into)
        .containsExactly(Tuple.tuple("y", "1", null), Tuple.tuple("a", "n", "woken"));
  }

  @Test
  void unitsAreTakenAllAtOnceAndGivenBack() {
    assertThat(main(Operation.Acquire.class))
        .extracting(Operation.Acquire::units, Operation.Acquire::waiting)
        .containsExactly(
            Tuple.tuple(List.of(new Units("A", 7), new Units("B", 1)), Waiting.FOREVER),
            Tuple.tuple(
                List.of(new Units("B", 2)),
                new Waiting(false, TimeSource.constant(3 * MS), "got", "e")),
            Tuple.tuple(List.of(new Units("A", 1)), new Waiting(true, null, "got", null)));
    assertThat(main(Operation.Release.class))
        .extracting(Operation.Release::units, release -> release.waiting().error())
        .containsExactly(
            Tuple.tuple(List.of(new Units("B", 1)), null),
            Tuple.tuple(List.of(new Units("A", 1)), "e"));
  }

  @Test
  void signalsStopAndContinue() {
    assertThat(main(Operation.Kill.class))
        .extracting(Operation.Kill::signal)
        .containsExactly(Signal.STOP, Signal.CONT);
  }

  @Test
  void aListOfNamesDeclaresSocketPairs() {
    assertThat(among(scenario.processes().get(0).objects(), Socket.class))
        .extracting(Socket::kind, Socket::buffer)
        .containsExactly(Tuple.tuple(SocketKind.PAIR, Socket.DEFAULT_BUFFER));
  }

  @Test
  void anOwnVariableHidesOneOfASegment() {
    String text =
        "shared_memory: {m: {variables: {x: 1}}}\n"
            + "processes:\n"
            + "  - {name: P, variables: {x: [1]}, program: [load: {r: x}]}\n"
            + "  - {name: Q, program: [load: {r: x}]}\n";
    assertThat(messages(text)).containsExactly("`x` is an array; name a cell, `x[0]` to `x[0]`");
  }

  @Test
  void anExecutedProgramSeesTheSegmentsOfTheFileOnly() {
    String text =
        "shared_memory: {m: {variables: {x: 1}}}\n"
            + "processes:\n"
            + "  - name: P\n"
            + "    shared_memory: {n: {variables: {y: 1}}}\n"
            + "    program: [exec: {program: [load: {r: x}, load: {r: y}]}]\n";
    assertThat(messages(text))
        .containsExactly("the process `P` has no variable `y`; did you mean `x`? its variables: x");
  }

  @Test
  void aForkedChildHasConnectionsOfItsParent() {
    String text =
        "sockets: {s: {type: unix}}\n"
            + "processes:\n"
            + "  - name: P\n"
            + "    program:\n"
            + "      - accept: {socket: s, into: c}\n"
            + "      - fork: {into: r}\n"
            + "      - {if: r == 0, then: [{receive: {connection: c, bytes: 1}}]}\n";
    assertThat(messages(text)).isEmpty();
  }

  @Test
  void whoReferencesPagesUnderOptHearsFromNobody() {
    String start = "machine: {memory: {frames: 2, replacement: opt}}\npipes: [p]\n";
    String process = "processes:\n  - {name: P, program: [touch: {pages: [1]}, ";
    assertThat(messages(start + process + "read: {pipe: p, into: r}]}\n"))
        .containsExactly(
            "`opt` must know every reference in advance, but `P` hears from other threads in line"
                + " 4; use another rule, such as lru");
    String shared = "shared_memory: {m: {variables: {x: 0}}}\n";
    assertThat(messages(start + shared + process + "store: {x: 1}]}\n"))
        .containsExactly(
            "`opt` must know every reference in advance, but `P` uses shared memory in line 5; use"
                + " another rule, such as lru");
    assertThat(messages(start + process + "read: {pipe: p}, write: {pipe: p}]}\n")).isEmpty();
  }
}
