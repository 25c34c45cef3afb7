package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.testing.Ran;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/** Pipes, queues, sockets and what belongs to them, each by a case that can be worked by hand. */
class CommunicationTest {
  private static final long MS = 1_000_000;

  /** What happened, in words: one line each. */
  private static final class Log implements TraceSink {
    private final List<String> lines = new ArrayList<>();
    private final List<Deadlock> deadlocks = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();

    private void add(long time, String what) {
      lines.add(time / MS + " " + what);
    }

    @Override
    public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
      waits.add(time / MS + " " + thread + " " + cause);
    }

    @Override
    public void sent(long time, int thread, int channel, long message, long bytes, boolean last) {
      add(time, thread + " sends " + bytes + " of " + message + (last ? "" : " …"));
    }

    @Override
    public void received(long time, int thread, int channel, long bytes) {
      add(time, thread + " gets " + bytes);
    }

    @Override
    public void discarded(long time, int channel, long bytes) {
      add(time, bytes + " lost");
    }

    @Override
    public void endClosed(long time, int channel, int process, String end, int left) {
      add(time, "process " + process + " closes " + end + ", " + left + " left");
    }

    @Override
    public void operationFailed(
        long time, int thread, int object, String error, String detail, int line, int column) {
      add(time, thread + " " + error + ": " + detail);
    }

    @Override
    public void faulted(long time, int thread, Fault fault, String detail, int line, int column) {
      add(time, thread + " " + fault + ": " + detail);
    }

    @Override
    public void deadlocked(long time, Deadlock deadlock) {
      deadlocks.add(deadlock);
    }
  }

  private RunMetrics metrics;
  private Outcome outcome;
  private Log log;

  private Ran run(String yaml) throws Exception {
    log = new Log();
    Ran ran = Ran.scenario(yaml, log);
    metrics = ran.metrics();
    outcome = ran.outcome();
    return ran;
  }

  /** Runs a scenario whose assertions all hold and whose threads all end. */
  private void runsWell(String yaml) throws Exception {
    run(yaml).assertWell();
  }

  private long finish(int thread) {
    return metrics.tasks().finish(thread) / MS;
  }

  private int exitCode(int thread) {
    return metrics.tasks().exitCode(thread);
  }

  // --- pipes

  @Test
  void readerSleepsUntilSomethingIsThereAndSeesTheEndOfFile() throws Exception {
    runsWell(
        """
        pipes: [p]
        scheduler: {policy: fcfs}
        processes:
          - name: reader
            program:
              - read: {pipe: p, bytes: 10, into: v, count: n}
              - assert: v == 7 && n == 4
              - read: {pipe: p, bytes: 10, into: v, count: n, error: e}
              - assert: n == 0 && e == 0
          - name: writer
            program: [{compute: 3}, {write: {pipe: p, bytes: 4, value: 7}}, {compute: 2}]
        """);
    // The reader has the CPU back when the writer has ended, and the pipe's last writer with it.
    assertThat(log.waits).containsExactly("0 0 EMPTY");
    assertThat(log.lines)
        .containsExactly(
            "3 1 sends 4 of 0",
            "5 process 1 closes write, 0 left",
            "5 0 gets 4",
            "5 0 gets 0",
            "5 process 0 closes read, 0 left");
  }

  @Test
  void writerSleepsUntilThereIsRoomAndWritesLongOnesInParts() throws Exception {
    runsWell(
        """
        pipes: {p: {capacity: 100}}
        scheduler: {policy: fcfs}
        processes:
          - {name: writer, program: [{write: {pipe: p, bytes: 250, count: n}}, {assert: n == 250}]}
          - name: reader
            program:
              - repeat: 3
                do: [{compute: 2}, {read: {pipe: p, bytes: 100, count: n}}]
              - assert: n == 50
        """);
    // Who is woken has to wait for the CPU: at 4 the reader finds nothing yet and sleeps itself.
    assertThat(log.waits).containsExactly("0 0 FULL", "4 1 EMPTY", "4 0 FULL", "6 1 EMPTY");
    assertThat(log.lines)
        .containsExactly(
            "0 0 sends 100 of 0 …",
            "2 1 gets 100",
            "4 0 sends 100 of 0 …",
            "4 1 gets 100",
            "6 0 sends 50 of 0",
            "6 process 0 closes write, 0 left",
            "6 1 gets 50",
            "6 process 1 closes read, 0 left");
  }

  @Test
  void aWriteUpToPipeBufIsNeverCut() throws Exception {
    runsWell(
        """
        pipes: {p: {capacity: 5000}}
        scheduler: {policy: fcfs}
        processes:
          - {name: A, program: [{write: {pipe: p, bytes: 4000, value: 1}}]}
          - {name: B, program: [{write: {pipe: p, bytes: 4096, value: 2}}]}
          - {name: C, program: [{write: {pipe: p, bytes: 1000, value: 3}}]}
          - name: reader
            program:
              - compute: 1
              - read: {pipe: p, bytes: 3000, into: v}
              - compute: 1
              - read: {pipe: p, bytes: 1000, into: w}
              - assert: v == 1 && w == 1
              - compute: 1
              - read: {pipe: p, bytes: 5096, into: x, count: n}
              - assert: x == 3 && n == 1000
              - read: {pipe: p, bytes: 5000, into: y, count: n}
              - assert: y == 2 && n == 4096
        """);
    // C's fits while B sleeps. When 3000 are out B still lacks room, and has it at 2.
    assertThat(log.lines)
        .contains("0 2 sends 1000 of 1", "3 1 sends 4096 of 2")
        .doesNotContain("0 1 sends 1000 of 2 …");
  }

  @Test
  void aReadTakesFromSeveralWritesAndIsToldTheFirstValue() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            pipes: [p]
            program:
              - repeat: 3
                do: [{set: {i: i + 1}}, {write: {pipe: p, bytes: 2, value: i * 10}}]
              - read: {pipe: p, bytes: 3, into: v, count: n}
              - assert: v == 10 && n == 3
              - read: {pipe: p, bytes: 100, into: v, count: n}
              - assert: v == 20 && n == 3
        """);
  }

  @Test
  void nobodyLeftToReadEndsTheWriterOrIsAnError() throws Exception {
    run(
        """
        pipes: [p]
        scheduler: {policy: fcfs}
        processes:
          - {name: reader, program: [{close: {pipe: p, end: read}}]}
          - {name: dies, program: [{compute: 5}, {write: {pipe: p}}, {compute: 5}]}
          - name: lives
            program:
              - compute: 1
              - write: {pipe: p, count: n, error: e}
              - assert: n == -1 && e == EPIPE
        """);
    assertThat(exitCode(1)).isEqualTo(141);
    assertThat(finish(1)).isEqualTo(5);
    assertThat(exitCode(2)).isZero();
    assertThat(metrics.findings().assertions()).isEmpty();
    assertThat(log.lines)
        .contains(
            "5 1 BROKEN_PIPE: writes to pipe p, which nobody reads any more",
            "6 2 EPIPE: writes to pipe p, which nobody reads any more");
  }

  @Test
  void aWriterAsleepHearsThatItsReadersAreGone() throws Exception {
    run(
        """
        pipes: {p: {capacity: 10}}
        scheduler: {policy: fcfs}
        processes:
          - name: writer
            program: [{write: {pipe: p, bytes: 30, count: n, error: e}}, {assert: n == 10 && e == EPIPE}]
          - {name: reader, program: [{compute: 4}, {close: {pipe: p, end: read}}, {compute: 1}]}
        """);
    assertThat(metrics.findings().assertions()).isEmpty();
    assertThat(finish(0)).isEqualTo(5);
    assertThat(log.lines).contains("4 10 lost", "4 process 1 closes read, 0 left");
  }

  @Test
  void forkedChildrenInheritBothEnds() throws Exception {
    runsWell(
        """
        processes:
          - name: shell
            pipes: [p]
            program:
              - fork:
                  name: child
                  program:
                    - close: {pipe: p, end: write}
                    - read: {pipe: p, bytes: 10, into: v, count: n}
                    - assert: v == 5 && n == 3
                    - read: {pipe: p, bytes: 10, count: n}
                    - assert: n == 0
              - close: {pipe: p, end: read}
              - write: {pipe: p, bytes: 3, value: 5}
              - close: {pipe: p, end: write}
              - wait: all
        """);
  }

  @Test
  void whoKeepsItsOwnWriteEndOpenNeverSeesTheEndOfFile() throws Exception {
    run(
        """
        processes:
          - name: shell
            pipes: [p]
            program:
              - fork: {name: child, program: [{read: {pipe: p, bytes: 10}}, {read: {pipe: p, bytes: 10}}]}
              - write: {pipe: p, bytes: 3}
        """);
    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(outcome.stuck())
        .singleElement()
        .satisfies(
            stuck ->
                assertThat(stuck.waitsFor())
                    .isEqualTo(
                        "something to receive from pipe p, whose write end is open in child"));
  }

  @Test
  void aFileOfTheWholeScenarioIsNotAtItsEndBeforeItsWriterCame() throws Exception {
    runsWell(
        """
        pipes: [p]
        processes:
          - {name: reader, program: [{read: {pipe: p, bytes: 4, count: n}}, {assert: n == 4}]}
          - {name: late, arrival: 7, program: [{write: {pipe: p, bytes: 4}}]}
        """);
    assertThat(finish(0)).isEqualTo(7);
  }

  @Test
  void anEndThatNoProgramNamesIsClosedFromTheBeginning() throws Exception {
    run(
        """
        pipes: [unread, unwritten, later]
        processes:
          - name: A
            program:
              - read: {pipe: unwritten, bytes: 1, count: n}
              - assert: n == 0
              - spawn: {name: C, program: [{sleep: 3}, {write: {pipe: later, bytes: 2}}]}
              - read: {pipe: later, bytes: 2, count: n}
              - assert: n == 2
          - {name: B, program: [{write: {pipe: unread, bytes: 1}}]}
        """);
    assertThat(metrics.findings().assertions()).isEmpty();
    assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(exitCode(1)).isEqualTo(141);
  }

  @Test
  void coroutinesUseTheFilesPipesToo() throws Exception {
    runsWell(
        """
        pipes: [p]
        processes:
          - name: A
            coroutines:
              - name: a
                program:
                  - async: {name: b, program: [{write: {pipe: p, bytes: 1, value: 4}}]}
                  - await: b
          - {name: B, program: [{read: {pipe: p, bytes: 1, into: v}}, {assert: v == 4}]}
        """);
  }

  @Test
  void readersAreWokenInTheOrderInWhichTheyCame() throws Exception {
    runsWell(
        """
        pipes: [p]
        scheduler: {policy: fcfs}
        processes:
          - {name: A, program: [{read: {pipe: p, bytes: 1, into: v}}, {assert: v == 1}]}
          - {name: B, program: [{read: {pipe: p, bytes: 1, into: v}}, {assert: v == 2}]}
          - {name: C, program: [{read: {pipe: p, bytes: 1, into: v}}, {assert: v == 3}]}
          - name: writer
            program:
              - write: {pipe: p, bytes: 1, value: 1}
              - write: {pipe: p, bytes: 1, value: 2}
              - write: {pipe: p, bytes: 1, value: 3}
        """);
  }

  @Test
  void whoDoesNotWantToWaitIsToldSo() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            pipes: {p: {capacity: 6000}}
            queues: {q: {capacity: 1}}
            program:
              - read: {pipe: p, bytes: 1, count: n, error: e, nonblocking: true}
              - assert: n == -1 && e == EAGAIN
              - write: {pipe: p, bytes: 5000, count: n, nonblocking: true}
              - assert: n == 5000
              - write: {pipe: p, bytes: 4000, count: n, error: e, nonblocking: true}
              - assert: n == -1 && e == EAGAIN
              - write: {pipe: p, bytes: 5000, count: n, nonblocking: true}
              - assert: n == 1000
              - receive: {queue: q, error: e, nonblocking: true}
              - assert: e == EAGAIN
              - send: {queue: q, bytes: 1}
              - send: {queue: q, bytes: 1, error: e, nonblocking: true}
              - assert: e == EAGAIN
              - read: {pipe: p, bytes: 1, timeout: 3, count: n}
              - assert: n == 1
        """);
  }

  @Test
  void waitsEndWhenTheirTimeIsUp() throws Exception {
    runsWell(
        """
        scheduler: {policy: fcfs}
        processes:
          - name: P
            pipes: {p: {capacity: 5}}
            queues: {q: {capacity: 1}}
            program:
              - read: {pipe: p, bytes: 1, timeout: 3, count: n, error: e}
              - assert: n == -1 && e == ETIMEDOUT
              - write: {pipe: p, bytes: 7, timeout: 2, count: n, error: e}
              - assert: n == 5 && e == ETIMEDOUT
              - receive: {queue: q, timeout: 4, error: e}
              - assert: e == ETIMEDOUT
              - send: {queue: q}
              - send: {queue: q, timeout: 1, error: e}
              - assert: e == ETIMEDOUT
              - poll: {write: [q], timeout: 5, into: which}
              - assert: which == -1
        """);
    assertThat(finish(0)).isEqualTo(15);
  }

  @Test
  void closingTwiceIsAnError() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            pipes: [p]
            queues: [q]
            program:
              - close: {pipe: p, end: read}
              - close: {pipe: p, end: read, error: e}
              - assert: e == EBADF
              - read: {pipe: p, bytes: 1, error: e, count: n}
              - assert: e == EBADF && n == -1
              - close: {queue: q}
              - send: {queue: q, error: e}
              - assert: e == EBADF
              - read: {pipe: p, bytes: 1}
        """);
    assertThat(log.lines).contains("0 0 EBADF: uses what its process does not have open");
  }

  // --- message queues

  @Test
  void theMostUrgentMessageComesFirstThenTheOldest() throws Exception {
    runsWell(
        """
        scheduler: {policy: fcfs}
        processes:
          - name: P
            queues: [q]
            program:
              - send: {queue: q, priority: 1, value: 11}
              - send: {queue: q, priority: 5, value: 51}
              - send: {queue: q, value: 1}
              - send: {queue: q, priority: 5, value: 52, bytes: 100}
              - receive: {queue: q, into: v, priority: k, count: n}
              - assert: v == 51 && k == 5 && n == 8
              - receive: {queue: q, into: v, count: n}
              - assert: v == 52 && n == 100
              - receive: {queue: q, into: v}
              - assert: v == 11
              - receive: {queue: q, into: v, priority: k}
              - assert: v == 1 && k == 0
        """);
  }

  @Test
  void aMessageGoesToWhoWaitsAndRoomToWhoseMessageWaits() throws Exception {
    runsWell(
        """
        queues: {q: {capacity: 1}}
        scheduler: {policy: fcfs}
        processes:
          - name: A
            program: [{receive: {queue: q, into: v}}, {assert: v == 1}]
          - name: B
            program:
              - send: {queue: q, value: 1}
              - send: {queue: q, value: 2}
              - send: {queue: q, value: 3, count: n}
              - assert: n == 8
              - compute: 1
          - name: C
            arrival: 4
            program:
              - receive: {queue: q, into: v}
              - assert: v == 2
              - receive: {queue: q, into: v}
              - assert: v == 3
        """);
    // The first goes to A at once, so the second finds room and the third waits for C.
    assertThat(log.waits).containsExactly("0 0 EMPTY", "0 1 FULL");
    assertThat(log.lines)
        .startsWith("0 1 sends 8 of 0", "0 1 sends 8 of 1", "0 0 gets 8")
        .contains("4 2 gets 8", "4 1 sends 8 of 2");
    assertThat(finish(1)).isEqualTo(5);
  }

  @Test
  void aMessageMayNotBeLongerThanTheQueueAllows() throws Exception {
    runsWell(
        """
        processes:
          - name: P
            queues: {q: {message_size: 64}}
            program:
              - send: {queue: q, bytes: 65, error: e, count: n}
              - assert: e == EMSGSIZE && n == -1
              - send: {queue: q, bytes: 64, error: e}
              - assert: e == 0
              - set: {k: 40000}
              - send: {queue: q, priority: k, error: e}
              - assert: e == EINVAL
        """);
    assertThat(log.lines).contains("0 0 EMSGSIZE: sends 65 bytes; a message has at most 64");
  }

  // --- sockets

  @Test
  void aSocketPairCarriesBytesBothWays() throws Exception {
    runsWell(
        """
        sockets: [s]
        scheduler: {policy: fcfs}
        processes:
          - name: A
            program:
              - send: {socket: s, end: a, bytes: 3, value: 1}
              - receive: {socket: s, end: a, bytes: 9, into: v, count: n}
              - assert: v == 2 && n == 5
              - receive: {socket: s, end: a, bytes: 9, count: n}
              - assert: n == 0
          - name: B
            program:
              - receive: {socket: s, end: b, bytes: 9, into: v, count: n}
              - assert: v == 1 && n == 3
              - send: {socket: s, end: b, bytes: 5, value: 2}
        """);
  }

  @Test
  void connectionsWaitToBeAcceptedAndAreNumberedFromThree() throws Exception {
    runsWell(
        """
        sockets: {s: {type: tcp}}
        scheduler: {policy: fcfs}
        processes:
          - name: early
            program:
              - connect: {socket: s, into: c, error: e}
              - assert: c == -1 && e == ECONNREFUSED
          - name: server
            program:
              - listen: {socket: s, backlog: 1}
              - listen: {socket: s, error: e}
              - assert: e == EADDRINUSE
              - compute: 2
              - accept: {socket: s, into: c}
              - accept: {socket: s, into: d}
              - assert: c == 3 && d == 4
              - receive: {connection: d, bytes: 100, into: v}
              - assert: v == 22
              - receive: {connection: c, bytes: 100, into: v}
              - assert: v == 21
              - close: {connection: c}
              - send: {connection: c, error: e}
              - assert: e == EBADF
              - accept: {socket: s, into: d}
              - assert: d == 3
          - {name: A, program: [{connect: {socket: s, into: c}}, {send: {connection: c, value: 21}}]}
          - {name: B, program: [{connect: {socket: s, into: c}}, {send: {connection: c, value: 22}}]}
          - name: C
            program:
              - connect: {socket: s, into: c}
              - assert: c == 3
              - receive: {connection: c, count: n}
              - assert: n == 0
        """);
  }

  @Test
  void aServerForksForEachConnection() throws Exception {
    runsWell(
        """
        sockets: {s: {type: unix}}
        scheduler: {policy: fcfs}
        processes:
          - name: server
            program:
              - listen: s
              - repeat: 3
                do:
                  - accept: {socket: s, into: c}
                  - fork:
                      name: worker
                      program: [{exit: 0}]
                  - receive: {connection: c, bytes: 8, into: v}
                  - send: {connection: c, bytes: 8, value: v + 1}
                  - close: {connection: c}
              - wait: all
          - name: client
            count: 3
            program:
              - connect: {socket: s, into: c}
              - send: {connection: c, bytes: 8, value: 41}
              - receive: {connection: c, bytes: 8, into: v, count: n}
              - assert: v == 42 && n == 8
              - receive: {connection: c, bytes: 8, count: n}
              - assert: n == 0
        """);
  }

  // --- poll and futex

  @Test
  void pollWaitsForTheFirstOfSeveral() throws Exception {
    runsWell(
        """
        pipes: [p]
        queues: [q]
        scheduler: {policy: fcfs}
        processes:
          - name: waiter
            program:
              - poll: {read: [p, q], into: which}
              - assert: which == 1
              - receive: {queue: q, into: v}
              - poll: {read: [q, p], timeout: 2, into: which}
              - assert: which == -1
              - poll: {read: [q, p], into: which}
              - assert: which == 1
              - read: {pipe: p, bytes: 1, count: n}
              - poll: {read: [p], write: [q], timeout: 0, into: which}
              - assert: which == 0
              - read: {pipe: p, bytes: 1, count: n}
              - assert: n == 0
          - name: sender
            program: [{sleep: 3}, {send: {queue: q}}, {sleep: 4}, {write: {pipe: p, bytes: 1}}]
        """);
    // 3, then in vain until 5, then 7; the writer's end is the pipe's end.
    assertThat(finish(0)).isEqualTo(7);
    assertThat(log.waits).contains("0 0 POLL", "3 0 POLL", "5 0 POLL");
  }

  @Test
  void whoHasPolledIsWokenByNothingItPolledAnyMore() throws Exception {
    runsWell(
        """
        pipes: [p, r]
        queues: [q]
        sockets: {s: {type: unix}}
        scheduler: {policy: fcfs}
        processes:
          - name: waiter
            program:
              - listen: s
              - poll: {read: [p, q, s, r], into: which}
              - assert: which == 0
              - sleep: 10
              - poll: {read: [q], into: which}
              - receive: {queue: q, into: v}
              - poll: {read: [s], into: which}
              - poll: {read: [r], into: which}
          - name: sender
            program:
              - sleep: 1
              - write: {pipe: p, bytes: 1}
              - send: {queue: q}
              - connect: {socket: s, into: c}
              - write: {pipe: r, bytes: 1}
        """);
    assertThat(finish(0)).isEqualTo(11);
    assertThat(log.waits).containsExactly("0 0 POLL", "0 1 SLEEP", "1 0 SLEEP");
  }

  @Test
  void futexesSleepOnlyAtTheValueTheyExpect() throws Exception {
    runsWell(
        """
        scheduler: {policy: fcfs}
        processes:
          - name: P
            variables: {x: 0}
            threads:
              - name: waiter
                count: 2
                program:
                  - futex_wait: {variable: x, expect: 1, error: e}
                  - assert: e == EAGAIN
                  - futex_wait: {variable: x, expect: 0, error: e}
                  - assert: e == 0
                  - load: {v: x}
                  - assert: v == 9
                  - futex_wait: {variable: x, expect: 9, timeout: 4, error: e}
                  - assert: e == ETIMEDOUT
              - name: waker
                program: [{sleep: 2}, {store: {x: 9}}, {futex_wake: {variable: x, count: 5, into: n}}, {assert: n == 2}]
        """);
    assertThat(finish(0)).isEqualTo(6);
  }

  @Test
  void futexesAtSharedMemoryAreTheSegmentsSystemCalls() throws Exception {
    runsWell(
        """
        machine: {costs: {profile: linux-x86_64, timer_hz: 0}}
        shared_memory: {seg: {variables: {x: 0}}}
        scheduler: {policy: fcfs}
        processes:
          - {name: A, program: [{futex_wait: {variable: x, expect: 0}}]}
          - {name: B, program: [{futex_wake: {variable: x}}]}
        """);
    var segment = metrics.channels().of(0);
    assertThat(segment.systemCalls()).isEqualTo(2);
    assertThat(segment.switches()).isEqualTo(1);
    assertThat(segment.kernelTime()).isEqualTo(230 + 230 + 470);
  }

  // --- shared memory

  @Test
  void aSegmentIsOneMemoryForAllProcesses() throws Exception {
    runsWell(
        """
        shared_memory: {seg: {size: 4KiB, variables: {x: 1, a: [0, 0, 5]}}}
        processes:
          - {name: A, variables: {y: 1}, program: [{store: {x: 7}}, {store: {y: 7}}, {add: {"a[2]": 1}}]}
          - name: B
            arrival: 1
            variables: {y: 1}
            program:
              - assert: x == 7 && y == 1 && a[2] == 6
              - fork: {name: C, program: [{store: {x: 8}}, {store: {y: 8}}]}
              - wait: all
              - assert: x == 8 && y == 1
        final: x == 8 && A.y == 7 && B.y == 1
        """);
  }

  @Test
  void aSegmentsPageIsMappedByEachProcessAndFilledOnce() throws Exception {
    runsWell(
        """
        machine: {memory: {frames: 100}}
        shared_memory: {seg: {size: 4KiB, variables: {x: 0}}}
        processes:
          - {name: A, program: [{store: {x: 7}}]}
          - {name: B, arrival: 1, program: [{load: {r: x}}, {assert: r == 7}]}
        """);
    assertThat(metrics.memory().minorFaults(0)).isEqualTo(1);
    assertThat(metrics.memory().minorFaults(1)).isEqualTo(1);
  }

  // --- signals

  @Test
  void aStoppedProcessDoesNotRunBeforeItIsContinued() throws Exception {
    runsWell(
        """
        scheduler: {policy: round-robin, quantum: 2}
        processes:
          - name: P
            threads:
              - {name: computes, burst: 6}
              - {name: sleeps, program: [{sleep: 5}, {compute: 1}]}
          - name: boss
            program:
              - compute: 1
              - kill: {process: P, signal: stop}
              - compute: 8
              - kill: {process: P, signal: cont}
              - compute: 1
        """);
    // computes 0-2, sleeps goes to sleep at 2, boss 2-3 stops P and computes 3-11 alone.
    // At 11 both may go on, behind boss 11-12: computes 12-14, sleeps 14-15, computes 15-17.
    assertThat(finish(2)).isEqualTo(12);
    assertThat(finish(1)).isEqualTo(15);
    assertThat(finish(0)).isEqualTo(17);
    assertThat(metrics.tasks().blocked(0)).isEqualTo(8 * MS);
    assertThat(metrics.tasks().waiting(0)).isEqualTo(3 * MS);
  }

  @Test
  void aProcessThatNobodyContinuesIsNamed() throws Exception {
    run(
        """
        processes:
          - {name: P, program: [{kill: {process: P, signal: stop}}, {compute: 1}]}
        """);
    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
    assertThat(outcome.stuck().get(0).waitsFor()).isEqualTo("a signal to go on");
  }

  @Test
  void aStoppedProcessIsTerminatedWhenItIsContinuedButKilledAtOnce() throws Exception {
    runsWell(
        """
        scheduler: {policy: fcfs}
        processes:
          - {name: P, program: [{compute: 1}, {sleep: 50}]}
          - {name: Q, program: [{compute: 1}, {sleep: 50}]}
          - name: boss
            program:
              - kill: {process: P, signal: stop}
              - kill: {process: Q, signal: stop}
              - kill: {process: P, signal: term}
              - kill: {process: Q, signal: kill}
              - sleep: 5
              - kill: {process: P, signal: cont}
        """);
    assertThat(finish(1)).isEqualTo(2);
    assertThat(exitCode(1)).isEqualTo(137);
    assertThat(finish(0)).isEqualTo(7);
    assertThat(exitCode(0)).isEqualTo(143);
  }

  // --- condition variables

  @Test
  void aConditionVariableMayWakeForNoReason() throws Exception {
    runsWell(
        """
        scheduler: {policy: fcfs}
        processes:
          - name: P
            mutexes: [m]
            conditions: {c: {spurious: 3}}
            variables: {ready: 0}
            threads:
              - name: waits
                program:
                  - lock: m
                  - load: {r: ready}
                  - while: r == 0
                    do: [{cond_wait: {condition: c, mutex: m, into: ok}}, {set: {n: n + 1}}, {load: {r: ready}}]
                  - unlock: m
                  - assert: n == 3 && ok == 1
              - {name: signals, program: [{sleep: 7}, {lock: m}, {store: {ready: 1}}, {cond_signal: c}, {unlock: m}]}
        """);
    assertThat(finish(0)).isEqualTo(7);
  }

  // --- resources

  @Test
  void unitsAreGivenAllAtOnceAndToWhoCanHaveThemInOrder() throws Exception {
    runsWell(
        """
        resources: {A: 3, B: 1}
        scheduler: {policy: fcfs}
        processes:
          - {name: P, program: [{acquire: {A: 2, B: 1}}, {sleep: 5}, {release: {A: 2, B: 1}}]}
          - {name: Q, program: [{acquire: {A: 2}}, {sleep: 1}, {release: {A: 2}}]}
          - {name: R, program: [{acquire: {A: 1}}, {sleep: 2}, {release: {A: 1}}]}
          - name: S
            program:
              - release: {resources: {A: 1}, error: e}
              - assert: e == EPERM
              - acquire: {resources: {B: 1}, timeout: 2, error: e}
              - assert: e == ETIMEDOUT
              - acquire: {resources: {B: 1}, nonblocking: true, into: got}
              - assert: got == 0
        """);
    assertThat(finish(0)).isEqualTo(5);
    assertThat(finish(1)).isEqualTo(6);
    assertThat(finish(2)).isEqualTo(2);
    assertThat(log.deadlocks).isEmpty();
  }

  @Test
  void aDeadlockOverUnitsIsFoundWhenItCloses() throws Exception {
    run(
        """
        resources: {A: 2, B: 1}
        scheduler: {policy: round-robin, quantum: 1}
        processes:
          - {name: P, program: [{acquire: {A: 1}}, {compute: 2}, {acquire: {B: 1}}]}
          - {name: Q, program: [{acquire: {B: 1}}, {compute: 2}, {acquire: {A: 2}}]}
          - {name: R, burst: 3}
        """);
    assertThat(log.deadlocks).hasSize(1);
    assertThat(log.deadlocks.get(0).circle()).isFalse();
    assertThat(log.deadlocks.get(0).links())
        .extracting(link -> link.thread() + " " + link.what())
        .containsExactly("0 1 of resource B", "1 2 of resource A");
    assertThat(outcome.end()).isEqualTo(Outcome.End.STUCK);
  }

  @Test
  void aDeadlockOverUnitsIsFoundWhenTheLastThreadThatCouldHelpEnds() throws Exception {
    run(
        """
        resources: {A: 1, B: 1}
        scheduler: {policy: fcfs}
        processes:
          - name: P
            threads:
              - {name: waits, program: [{acquire: {A: 1}}, {sleep: 1}, {acquire: {B: 1}}]}
              - {name: helps, program: [{sleep: 5}]}
          - {name: Q, program: [{acquire: {B: 1}}, {sleep: 1}, {acquire: {A: 1}}]}
        """);
    assertThat(log.deadlocks).hasSize(1);
    assertThat(metrics.findings().deadlocks().get(0).time()).isEqualTo(5 * MS);
  }

  @Test
  void theBankerLetsNobodyIntoDanger() throws Exception {
    runsWell(
        """
        avoidance: banker
        resources: {A: 2, B: 1}
        scheduler: {policy: round-robin, quantum: 1}
        processes:
          - name: P
            claims: {A: 1, B: 1}
            program:
              - acquire: {A: 1}
              - acquire: {resources: {A: 1}, error: e}
              - assert: e == EINVAL
              - compute: 2
              - acquire: {B: 1}
              - release: {A: 1, B: 1}
          - name: Q
            claims: {A: 2, B: 1}
            program:
              - acquire: {B: 1}
              - compute: 2
              - acquire: {A: 2}
        """);
    // Q may not have B as long as P holds an A and may want B.
    assertThat(log.waits).containsExactly("1 1 RESOURCE");
    assertThat(finish(0)).isEqualTo(2);
    assertThat(finish(1)).isEqualTo(4);
  }
}
