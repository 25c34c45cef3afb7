package org.schedlab.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.schedlab.testing.Ran;
import org.schedlab.trace.Account;

/** What the list says of who charges a parameter is what happens. */
class MechanismTest {
  /** Uses every mechanism: it moves threads, fills caches, wakes across CPUs, sleeps, computes. */
  private static final String EVERYTHING =
      """
      time_unit: us
      machine:
        cpus: 2
        costs: {profile: linux-x86_64, %s}
        memory: {frames: 900}
      scheduler: {policy: round-robin, quantum: 50}
      processes:
        - name: big
          count: 8
          working_set: 300KiB
          program: [{repeat: 4, do: [{compute: 120}, {io: 30}]}]
        - {name: huge, count: 2, working_set: 1MiB, burst: 400}
        - name: small
          variables: {x: 0, a: {value: 0, atomic: true}}
          program:
            - repeat: 20
              do: [{add: {x: 1}}, {atomic_add: {a: 1}}, {call: work}, yield]
            - sleep: 70
            - thread: {name: child, program: [{compute: 5000}]}
            - join: child
        - name: locks
          arrival: 20ms
          mutexes: [m]
          threads:
            - name: t
              count: 2
              program: [{repeat: 20, do: [{lock: m}, {compute: 2}, {unlock: m}, {compute: 1}]}]
        - name: talkers
          arrival: 30ms
          pipes: [p]
          queues: [q]
          sockets: {u: {type: pair}, t: {type: tcp}}
          program:
            - fork:
                name: listener
                program:
                  - close: {pipe: p, end: write}
                  - {set: {n: 1}}
                  - while: n > 0
                    do: [{read: {pipe: p, bytes: 60000, count: n}}]
                  - repeat: 12
                    do: [{receive: {queue: q}}]
                  - repeat: 4
                    do: [{receive: {socket: u, end: b, bytes: 3000}}]
                  - listen: t
                  - accept: {socket: t, into: c}
                  - repeat: 4
                    do: [{receive: {connection: c, bytes: 3000}}]
            - sleep: 50
            - write: {pipe: p, bytes: 240000}
            - sleep: 50
            - write: {pipe: p, bytes: 62000}
            - write: {pipe: p, bytes: 4096, nonblocking: true, error: e}
            - close: {pipe: p, end: write}
            - repeat: 12
              do: [{send: {queue: q, bytes: 8000, error: e}}]
            - repeat: 4
              do: [{sleep: 100}, {send: {socket: u, end: a, bytes: 3000}}]
            - sleep: 100
            - connect: {socket: t, into: c}
            - repeat: 4
              do: [{sleep: 100}, {send: {connection: c, bytes: 3000, error: e}}]
            - kill: {process: listener, signal: kill}
            - wait: all
        - name: pages
          arrival: 40ms
          affinity: 0
          threads:
            - name: user
              program:
                - touch: {pages: 300, write: true}
                - touch: {pages: 20, references: 400}
                - touch: {pages: 200, references: 2000}
                - alloc: {region: big, size: 8MiB, large: true}
                - touch: {region: big, pages: 2000, pattern: random}
                - fork: {program: [{touch: {pages: 50, write: true}}, {exec: work}]}
                - spawn: {name: other, program: [{touch: {pages: 900, write: true}}]}
                - wait: all
                - touch: {pages: 300}
                - alloc: {region: shot, size: 64KiB}
                - touch: {region: shot, pages: 16}
                - free: {region: shot}
            - {name: beside, affinity: 1, burst: 20ms}
        - name: loops
          arrival: 90ms
          threads:
            - {name: asyncio, runtime: asyncio, coroutines: [{name: c, program: coroutine}]}
            - {name: cpp20, runtime: cpp20, coroutines: [{name: c, program: coroutine}]}
            - {name: rust, runtime: rust, coroutines: [{name: c, program: coroutine}]}
            - {name: fiber, runtime: fiber, coroutines: [{name: c, program: coroutine}]}
            - {name: goroutine, runtime: goroutine, coroutines: [{name: c, program: coroutine}]}
            - {name: virtual, runtime: virtual-thread, coroutines: [{name: c, program: coroutine}]}
      programs:
        work: [{compute: 3}]
        coroutine: [{async: {name: other, program: [{compute: 1}]}}, yield, {await: other}]
      """;

  private static List<Long> books(String price) throws Exception {
    Ran ran = Ran.scenario(EVERYTHING.formatted(price));
    List<Long> books = new ArrayList<>(List.of(ran.metrics().makespan()));
    for (Account account : Account.values()) {
      books.add(ran.charged(account));
    }
    return books;
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsSaidToBeChargedMakesADifference(Cost cost) throws Exception {
    List<Long> usual = books("timer_hz: 250");
    List<Long> dearer = books(cost.key() + ": " + dearer(cost));
    if (cost.mechanism().isCharged()) {
      assertThat(dearer).isNotEqualTo(usual);
    } else {
      assertThat(dearer).isEqualTo(usual);
    }
  }

  private static String dearer(Cost cost) {
    long value = cost.in(Profile.LINUX_X86_64);
    return switch (cost.unit()) {
      case NANOSECONDS -> cost == Cost.INDIRECT_MAX ? "9us" : 3 * value + 500 + "ns";
      case BYTES -> Long.toString(Math.max(16, value / 2));
      case COUNT -> "2";
      case PER_SECOND, BYTES_PER_SECOND -> "20000";
    };
  }
}
