package org.schedlab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.schedlab.Exploration;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/**
 * Programs by which stateless model checkers are measured, as scenarios: the search, counting by
 * states and, where there are not too many, every schedule one by one must agree, and the numbers
 * of traces be those published.
 */
class LiteratureTest {
  private static final int MOST_SCHEDULES = 20_000;
  private static final Budget FEW_STATES =
      new Budget(Budget.EXECUTIONS, 1_000, 20_000, () -> false, new Progress());

  /** Each thread puts four numbers into a hash table (Flanagan and Godefroid, POPL 2005). */
  private static String indexer(int threads) {
    StringBuilder text = new StringBuilder("processes:\n  - name: P\n    variables: {table: [0");
    text.append(", 0".repeat(127)).append("]}\n    threads:\n");
    for (int i = 0; i < threads; i++) {
      text.append("      - name: T").append(i).append("\n        program:\n");
      text.append("          - set: {m: 0}\n          - repeat: 4\n            do:\n");
      text.append("              - set: {m: m + 1}\n");
      text.append("              - set: {w: m * 11 + ").append(i).append("}\n");
      text.append("              - set: {h: w * 7 % 128}\n              - set: {done: 0}\n");
      text.append("              - while: done == 0\n                do:\n");
      text.append(
          "                  - cas: {variable: \"table[h]\", expect: 0, update: w, into: done}\n");
      text.append("                  - set: {h: (h + 1) % 128}\n");
    }
    return text.toString();
  }

  /** Two threads add each other's sums (the fib_bench of SV-COMP). */
  private static String fibonacci(int rounds) {
    String one = "[{repeat: %d, do: [{load: {a: i}}, {load: {b: j}}, {store: {%s: a + b}}]}]";
    return """
    processes:
      - name: P
        variables: {i: 1, j: 1}
        threads:
          - {name: T0, program: %s}
          - {name: T1, program: %s}
    """
        .formatted(one.formatted(rounds, "i"), one.formatted(rounds, "j"));
  }

  private static String philosophers(int count) {
    StringBuilder text = new StringBuilder("processes:\n  - name: P\n    mutexes: [f0");
    for (int i = 1; i < count; i++) {
      text.append(", f").append(i);
    }
    text.append("]\n    threads:\n");
    for (int i = 0; i < count; i++) {
      int next = (i + 1) % count;
      text.append(
          "      - {name: T%d, program: [{lock: f%d}, {lock: f%d}, {unlock: f%d}, {unlock: f%d}]}\n"
              .formatted(i, i, next, next, i));
    }
    return text.toString();
  }

  /** A buffer of one place with condition variables: producers and consumers. */
  private static String buffer(int producers, int consumers) {
    return """
    programs:
      put:
        - {lock: m}
        - load: {n: full}
        - while: n == 1
          do: [{cond_wait: {condition: room, mutex: m}}, {load: {n: full}}]
        - store: {full: 1}
        - {cond_signal: filled}
        - {unlock: m}
      take:
        - {lock: m}
        - load: {n: full}
        - while: n == 0
          do: [{cond_wait: {condition: filled, mutex: m}}, {load: {n: full}}]
        - store: {full: 0}
        - {cond_signal: room}
        - {unlock: m}
    processes:
      - name: P
        mutexes: [m]
        conditions: [room, filled]
        variables: {full: 0}
        threads:
          - {name: p, count: %d, program: put}
          - {name: c, count: %d, program: take}
    """
        .formatted(producers, consumers);
  }

  private static String rounds(int threads) {
    return """
    processes:
      - name: P
        barriers: {b: %d}
        variables: {sum: 0}
        threads:
          - name: T
            count: %d
            program:
              - {fetch_add: {variable: sum, add: 1, into: before}}
              - {barrier_wait: b}
              - load: {all: sum}
              - {assert: all >= %d}
              - {barrier_wait: b}
              - {fetch_add: {variable: sum, add: 1, into: after}}
    """
        .formatted(threads, threads, threads);
  }

  private static String readersAndWriters(int readers, int writers) {
    return """
    processes:
      - name: P
        rwlocks: [l]
        variables: {a: 0, b: 0}
        threads:
          - {name: r, count: %d, program: [{read_lock: l}, {load: {x: a}}, {load: {y: b}}, {rw_unlock: l}, {assert: x == y}]}
          - {name: w, count: %d, program: [{write_lock: l}, {add: {a: 1}}, {add: {b: 1}}, {rw_unlock: l}]}
    """
        .formatted(readers, writers);
  }

  private static String casLock(int threads) {
    return """
    processes:
      - name: P
        variables: {lock: {value: 0, atomic: true}, n: 0}
        threads:
          - name: T
            count: %d
            program:
              - {cas: {variable: lock, expect: 0, update: 1, into: mine}}
              - if: mine
                then: [{add: {n: 1}}, {store: {lock: 0}}]
    """
        .formatted(threads);
  }

  private static String ticketLock(int threads) {
    return """
    processes:
      - name: P
        variables: {next: {value: 0, atomic: true}, serving: {value: 0, atomic: true}, n: 0}
        threads:
          - name: T
            count: %d
            program:
              - {fetch_add: {variable: next, add: 1, into: mine}}
              - load: {now: serving}
              - while: now != mine
                do: [{load: {now: serving}}]
              - add: {n: 1}
              - store: {serving: mine + 1}
    final: n == %d
    """
        .formatted(threads, threads);
  }

  private static String queues(int senders, int receivers) {
    return """
    processes:
      - name: P
        queues: {q: {capacity: 1, message_size: 8}}
        threads:
          - {name: s, count: %d, program: [{send: {queue: q, value: 1}}, {send: {queue: q, value: 2}}]}
          - {name: r, count: %d, program: [{receive: {queue: q, into: v}}, {receive: {queue: q, into: w}}]}
    observe: ["P/r[0].v", "P/r[0].w"]
    """
        .formatted(senders, receivers);
  }

  private static String pipeline() {
    return """
    pipes: {a: {capacity: 4}, b: {capacity: 4}}
    processes:
      - {name: source, program: [{write: {pipe: a, bytes: 2, value: 5}}, {write: {pipe: a, bytes: 2, value: 6}}]}
      - name: filter
        program:
          - set: {n: 1}
          - while: n > 0
            do: [{read: {pipe: a, bytes: 2, into: v, count: n}}, {if: n > 0, then: [{write: {pipe: b, bytes: 2, value: v * 10}}]}]
      - name: sink
        program:
          - set: {n: 1}
          - set: {sum: 0}
          - while: n > 0
            do: [{read: {pipe: b, bytes: 2, into: v, count: n}}, {set: {sum: sum + v}}]
    observe: [sink.sum]
    final: sink.sum == 110
    """;
  }

  private static String children(int count) {
    return """
    shared_memory: {s: {variables: {done: 0}}}
    processes:
      - name: parent
        program:
          - spawn: {name: child, count: %d, program: [{fetch_add: {variable: done, add: 1, into: r}}, {exit: r}]}
          - {wait: {process: any, into: first}}
          - {wait: {process: all, into: last}}
    observe: [parent.first, parent.last]
    """
        .formatted(count);
  }

  private static String program(String name, int size) {
    return switch (name) {
      case "indexer" -> indexer(size);
      case "fibonacci" -> fibonacci(size);
      case "philosophers" -> philosophers(size);
      case "buffer" -> buffer(size, size);
      case "rounds" -> rounds(size);
      case "readers and a writer" -> readersAndWriters(size, 1);
      case "readers and two writers" -> readersAndWriters(size, 2);
      case "cas lock" -> casLock(size);
      case "ticket lock" -> ticketLock(size);
      case "queues" -> queues(size, size);
      case "pipeline" -> pipeline();
      case "children" -> children(size);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Traces of -1 are published by nobody: only the methods must agree. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          indexer                 | 11 | 1
          indexer                 | 12 | 8
          indexer                 | 13 | 64
          fibonacci               | 1  | -1
          fibonacci               | 2  | -1
          fibonacci               | 3  | -1
          philosophers            | 2  | 3
          philosophers            | 3  | 7
          philosophers            | 5  | 31
          buffer                  | 1  | -1
          buffer                  | 2  | -1
          rounds                  | 2  | -1
          rounds                  | 3  | -1
          readers and a writer    | 2  | 4
          readers and a writer    | 4  | 16
          readers and two writers | 2  | -1
          cas lock                | 2  | -1
          cas lock                | 3  | -1
          ticket lock             | 2  | -1
          ticket lock             | 3  | -1
          queues                  | 2  | -1
          pipeline                | 1  | 1
          children                | 2  | -1
          children                | 3  | -1
          """)
  void methodsAgreeWithEachOtherAndWithWhatWasPublished(String name, int size, long published)
      throws Exception {
    Scenario scenario = ScenarioReader.read(program(name, size), name + ".yaml", Overrides.NONE);

    Exploration.follow(
        scenario,
        (machine, judge) -> {
          compare(machine, judge, published);
          return 0;
        });
  }

  private static void compare(Machine machine, Judge judge, long published) {
    Findings findings = Findings.of(machine, judge, Budget.DEFAULT);
    Census traces = Census.ofTraces(machine, judge, FEW_STATES);
    Map<String, Long> found = new TreeMap<>();
    findings.outcomes().forEach((outcome, seen) -> found.put("" + outcome, seen.executions()));
    Map<String, Long> counted = new TreeMap<>();
    traces.counts().forEach((outcome, count) -> counted.put("" + outcome, count.longValue()));

    assertThat(findings.isComplete()).isTrue();
    assertThat(findings.redundant()).isZero();
    if (traces.isComplete()) {
      assertThat(found).isEqualTo(counted);
    }
    if (published >= 0) {
      assertThat(findings.executions()).isEqualTo(published);
    }
    EverySchedule every = new EverySchedule(machine, judge, MOST_SCHEDULES, false);
    if (!every.isTooLarge()) {
      assertThat(found).isEqualTo(every.outcomes);
    }
  }
}
