package org.schedlab.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.testing.Ran;
import org.schedlab.trace.Account;

/**
 * Relations that measurements of real systems show and that the cost model must show too. Each
 * figure stands in docs/cost-model.md as it comes out here.
 */
class CostRelationsTest {
  private static final CostModelPage PAGE = CostModelPage.read();

  /** Ticks are left out where they would blur a figure; they have a test of their own. */
  private static Ran linux(String prices, String rest) throws InvalidScenarioException {
    return Ran.scenario(
        """
        time_unit: us
        machine: {costs: {profile: linux-x86_64, timer_hz: 0%s}}
        %s"""
            .formatted(prices, rest));
  }

  private static Ran ring(int processes, int threads, String workingSet) throws Exception {
    return linux("", ringOf(processes, threads, workingSet));
  }

  /** So many processes of so many threads each, in turn, 500 turns for each thread. */
  private static String ringOf(int processes, int threads, String workingSet) {
    return """
        scheduler: {policy: round-robin, quantum: 100}
        processes:
          - {name: P, count: %d, working_set: %s, threads: [{name: t, count: %d, burst: 50000}]}
        """
        .formatted(processes, workingSet, threads);
  }

  private static long perSwitch(Ran ran, Account account) {
    return Math.round((double) ran.charged(account) / ran.metrics().switches().count());
  }

  private static long perSwitch(Ran ran) {
    return Math.round((double) ran.metrics().ledger().overhead(0) / switches(ran));
  }

  private static long switches(Ran ran) {
    return ran.metrics().switches().count();
  }

  /** What first loads add to the average of a thousand switches is rounded away. */
  private static String nanos(long nanos) {
    return Math.round(nanos / 10.0) * 10 + " ns";
  }

  private static String micros(long nanos) {
    return BigDecimal.valueOf(nanos, 3).setScale(1, RoundingMode.HALF_UP) + " us";
  }

  private static String percent(long part, long whole, int places) {
    return BigDecimal.valueOf(part * 100)
            .divide(BigDecimal.valueOf(whole), places, RoundingMode.HALF_EVEN)
            .toPlainString()
        + " %";
  }

  @Test
  void aSwitchBetweenProcessesCostsALittleMoreThanBetweenThreads() throws Exception {
    long threads = perSwitch(ring(1, 2, "0"));
    long processes = perSwitch(ring(2, 1, "0"));
    assertThat(threads).isEqualTo(700);
    assertThat((double) processes / threads).isBetween(1.05, 1.2);
    PAGE.states("process and thread", nanos(threads), nanos(processes));
  }

  @Test
  void costJumpsFromSixToSevenProcessesAndNotBefore() throws Exception {
    long two = perSwitch(ring(2, 1, "0"));
    long six = perSwitch(ring(6, 1, "0"));
    long seven = perSwitch(ring(7, 1, "0"));
    long many = perSwitch(ring(20, 1, "0"));
    assertThat(six - two).isBetween(-5L, 5L);
    assertThat(seven - six).isBetween(450L, 550L);
    assertThat(many).isEqualTo(seven);
    PAGE.states("sixth and seventh process", nanos(six), nanos(seven));
  }

  @Test
  void blockingAndWakingComesOutAtThirteenHundredNanoseconds() throws Exception {
    Ran ran =
        linux(
            ", interrupt: 0",
            """
            scheduler: {policy: fcfs}
            processes:
              - name: P
                threads:
                  - name: t
                    count: 2
                    program: [{repeat: 200, do: [{compute: 10}, {io: 15}]}]
            """);
    long overhead = ran.metrics().ledger().overhead(0);
    // The first dispatch is free, and the last sleeps end in nothing but the end of the program.
    assertThat((double) overhead / switches(ran)).isBetween(1_290.0, 1_310.0);
    PAGE.states("block and wake-up", nanos(Math.round((double) overhead / switches(ran))));
  }

  @Test
  void refillIsNothingWhileTheSetsFitTogetherAndGrowsBeyond() throws Exception {
    long[] two = {refill(2, "256KiB"), refill(2, "512KiB"), refill(2, "640KiB"), refill(2, "1MiB")};
    assertThat(two[0]).isZero();
    assertThat(two[1]).isZero();
    assertThat(two[2]).isBetween(15_000L, 17_000L);
    assertThat(two[3]).isBetween(29_000L, 30_000L);
    PAGE.states("working set", micros(two[1]), micros(two[2]), micros(two[3]));
  }

  @Test
  void theKneeIsWhereAllSetsTogetherFillTheCache() throws Exception {
    for (int processes : new int[] {2, 4, 8, 16}) {
      int fits = 1_024 / processes;
      assertThat(refill(processes, fits + "KiB")).as("%d fit", processes).isZero();
      assertThat(refill(processes, fits + fits / 4 + "KiB")).as("%d", processes).isPositive();
    }
    PAGE.states("knee", "2 x 512 KiB", "16 x 64 KiB");
  }

  private static long refill(int processes, String workingSet) throws Exception {
    return perSwitch(ring(processes, 1, workingSet), Account.CACHE_REFILL);
  }

  @Test
  void threadsThatShareDataRefillNothing() throws Exception {
    assertThat(ring(1, 4, "4MiB").charged(Account.CACHE_REFILL)).isZero();
    PAGE.states("shared data", "0 ns");
  }

  @Test
  void lmbenchsPlateauIsReachedOnThePentium() throws Exception {
    long half = pentiumRefill(16, "32KiB");
    long full = pentiumRefill(16, "64KiB");
    assertThat(pentiumRefill(2, "64KiB")).isZero();
    // Figure 1 has 187 us for 16 processes of 32 KiB and 367 us for 64 KiB, switch included.
    assertThat(half).isBetween(170_000L, 190_000L);
    assertThat(full).isBetween(350_000L, 370_000L);
    PAGE.states("plateau", micros(half), micros(full));
  }

  private static long pentiumRefill(int processes, String workingSet) throws Exception {
    Ran ran =
        Ran.scenario(
            "time_unit: us\nmachine: {costs: {profile: pentium-1996, timer_hz: 0}}\n"
                + ringOf(processes, 1, workingSet));
    return perSwitch(ran, Account.CACHE_REFILL);
  }

  @Test
  void roundRobinsEfficiencyIsQuantumOverQuantumPlusSwitch() throws Exception {
    Ran coarse = hogs(1_000);
    Ran fine = hogs(10);
    assertThat(efficiency(coarse)).isEqualTo("99.80 %");
    assertThat(efficiency(fine)).isEqualTo("83.33 %");
    PAGE.states("efficiency", efficiency(coarse), efficiency(fine));
  }

  @Test
  void switchesInASecondAreOneOverQuantumPlusSwitch() throws Exception {
    Ran fine = hogs(10);
    double perSecond = switches(fine) * 1e9 / fine.metrics().makespan();
    assertThat(perSecond).isBetween(0.999 / 12e-6, 1.001 / 12e-6);
  }

  @Test
  void theLastOfNThreadsStartsAfterTheQuantaAndSwitchesOfTheOthers() throws Exception {
    Ran ran = hogs(10);
    assertThat(ran.tasks().start(ran.thread("P/t[4]"))).isEqualTo(4 * (10_000 + 2_000));
  }

  /** Five threads that only compute; a switch between them costs 2 us. */
  private static Ran hogs(int quantum) throws Exception {
    return linux(
        ", thread_switch: 2us",
        """
        scheduler: {policy: round-robin, quantum: %d}
        processes: [{name: P, threads: [{name: t, count: 5, burst: 100000}]}]
        """
            .formatted(quantum));
  }

  private static String efficiency(Ran ran) {
    return percent(ran.metrics().ledger().busy(0), ran.metrics().makespan(), 2);
  }

  @Test
  void ticksCostTheirRateTimesTheirPrice() throws Exception {
    String usual = tickShare(250);
    String fast = tickShare(1_000);
    assertThat(usual).isEqualTo("0.05 %");
    assertThat(fast).isEqualTo("0.20 %");
    assertThat(tickShare(0)).isEqualTo("0.00 %");
    PAGE.states("ticks", usual, fast);
  }

  private static String tickShare(int hz) throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: {profile: linux-x86_64, timer_hz: %d}}
            processes: [{name: P, burst: 10000}]
            """
                .formatted(hz));
    return percent(ran.charged(Account.TIMER_TICK), ran.metrics().makespan(), 2);
  }

  @Test
  void mitigationsAddToEverySystemCall() throws Exception {
    long with = systemCall("");
    long without = systemCall(", syscall_mitigation: 0");
    assertThat(with - without).isBetween(139L, 157L);
    PAGE.states("mitigations", with + " ns", without + " ns");
  }

  private static long systemCall(String prices) throws Exception {
    Ran ran = linux(prices, "processes: [{name: P, program: [{repeat: 1000, do: [yield]}]}]\n");
    return ran.charged(Account.MODE_SWITCH) / 1_000;
  }

  @Test
  void aMoveToAnotherCpuIsPaidWithItsRefill() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            time_unit: us
            machine: {cpus: 2, costs: {profile: linux-x86_64, timer_hz: 0}}
            scheduler: {policy: round-robin, quantum: 100}
            processes:
              - {name: A, burst: 50, affinity: 0}
              - {name: B, burst: 150, working_set: 256KiB}
              - {name: C, burst: 100, arrival: 60, affinity: 1}
            """);
    long moved = ran.charged(Account.MIGRATION);
    long refilled = ran.charged(Account.CACHE_REFILL);
    assertThat(moved).isEqualTo(5_000);
    assertThat(refilled).isEqualTo(256 * 1_024 / 64 * 4);
    PAGE.states("migration", micros(moved), micros(refilled));
  }

  @Test
  void pricesStandInTheOrderThatMeasurementsHave() {
    Cost[] order = {
      Cost.THREAD_CREATE, Cost.THREAD_SWITCH, Cost.SYSCALL, Cost.ATOMIC, Cost.INSTRUCTION
    };
    for (int i = 1; i < order.length; i++) {
      assertThat(order[i].in(Profile.LINUX_X86_64))
          .isLessThan(order[i - 1].in(Profile.LINUX_X86_64));
    }
  }

  @Test
  void lostAsidsCostTheMoreTheLargerTheSets() throws Exception {
    // Cache misses are another relation: here they cost nothing.
    long[] switches = new long[4];
    String[] sets = {"0", "64KiB", "256KiB", "16MiB"};
    for (int i = 0; i < sets.length; i++) {
      switches[i] = perSwitch(linux(", cache_refill_line: 0", ringOf(7, 1, sets[i])));
    }
    assertThat(switches[1] - switches[0]).isBetween(200L, 270L);
    assertThat(switches[2] - switches[1]).isBetween(600L, 800L);
    // It flattens at what the TLB holds: 2048 walks of 15 ns.
    assertThat(switches[3] - switches[0]).isBetween(30_000L, 31_000L);
    long six = perSwitch(linux(", cache_refill_line: 0", ringOf(6, 1, "64KiB")));
    assertThat(six).isBetween(795L, 805L);
    PAGE.states("lost translations", nanos(six), nanos(switches[1]), nanos(switches[2]));
  }

  @Test
  void processesPayForTheTlbOnlyWhenTheirSetsTogetherExceedIt() throws Exception {
    long fits = perSwitch(linux(", cache_refill_line: 0", ringOf(2, 1, "4MiB")));
    long exceeds = perSwitch(linux(", cache_refill_line: 0", ringOf(2, 1, "8MiB")));
    long threads = perSwitch(linux(", cache_refill_line: 0", ringOf(1, 2, "8MiB")));
    assertThat(fits).isBetween(795L, 810L);
    assertThat(exceeds).isGreaterThan(10 * fits);
    assertThat(threads).isBetween(695L, 705L);
    PAGE.states("TLB reach", nanos(fits), micros(exceeds), nanos(threads));
  }

  /** Returns what making a child takes its parent, which has so many MiB in memory. */
  private static long creation(String operation, int mebibytes) throws Exception {
    Ran ran =
        linux(
            "",
            """
            processes:
              - name: P
                program:
                  - touch: {pages: %d, write: true}
                  - %s: {name: c, program: [{compute: 1}]}
                  - wait: c
            """
                .formatted(Math.max(1, 256 * mebibytes), operation));
    return ran.charged(Account.CREATION);
  }

  @Test
  void forkIsLinearInPagesAndSpawnIsFlat() throws Exception {
    long none = creation("fork", 0);
    long ten = creation("fork", 10);
    long hundred = creation("fork", 100);
    assertThat(none).isBetween(37_000L, 220_000L);
    assertThat((double) (hundred - none) / (ten - none)).isBetween(9.9, 10.1);
    assertThat((hundred - none) / (256.0 * 100)).isBetween(62.0, 310.0);
    assertThat(creation("spawn", 100)).isEqualTo(creation("spawn", 0));
    PAGE.states("fork and spawn", micros(none), micros(hundred), micros(creation("spawn", 100)));
  }

  @Test
  void firstWriteAfterAForkCostsMoreThanAFreshPageAndAReadNothing() throws Exception {
    String yaml =
        """
        processes:
          - name: P
            program:
              - touch: {pages: 100, write: true}
              - fork: {name: c, program: [{sleep: 1s}]}
              - touch: {pages: 100, write: %s}
        """;
    Ran writes = linux("", yaml.formatted("true"));
    Ran reads = linux("", yaml.formatted("false"));
    long fresh = reads.charged(Account.PAGE_FAULT) / 100;
    long copied = (writes.charged(Account.PAGE_FAULT) - reads.charged(Account.PAGE_FAULT)) / 100;
    assertThat(fresh).isEqualTo(1_000);
    assertThat((double) copied / fresh).isBetween(1.2, 2.0);
    PAGE.states("copy on write", nanos(fresh), nanos(copied));
  }

  @Test
  void processesCostMoreToMakeThanThreads() throws Exception {
    Ran threads =
        linux("", "processes: [{name: P, program: [{thread: {name: t, count: 10, burst: 1}}]}]");
    long thread = threads.charged(Account.CREATION) / 10;
    long fork = creation("fork", 1);
    long spawn = creation("spawn", 1);
    assertThat(thread).isBetween(10_000L, 73_000L);
    assertThat(fork).isGreaterThan(3 * thread);
    assertThat(spawn).isGreaterThan(3 * fork);
    PAGE.states("order of creation", micros(thread), micros(fork), micros(spawn));
  }

  @Test
  void tenThousandThreadsReserveMuchAndUseLittle() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: linux-x86_64, memory: {}}
            processes:
              - name: P
                threads: [{name: t, count: 10000, program: [{sleep: 1s}]}]
            """);
    long reserved =
        LongStream.range(0, 10_000).map(t -> ran.metrics().stacks().reserved((int) t)).sum();
    long resident =
        LongStream.range(0, 10_000).map(t -> ran.metrics().stacks().resident((int) t)).sum();
    assertThat(reserved).isEqualTo(10_000L * (8 << 20));
    assertThat(resident).isBetween(10_000L * 4096, 10_000L * 8500);
    PAGE.states("stacks", "78.1 GiB", "39.1 MiB");
  }

  /** Two that hand the CPU to each other, a thousand times each; ns for one hand-over. */
  private static long handOver(String entries, String handOver) throws Exception {
    String program = "[{repeat: 1000, do: [%s]}]".formatted(handOver);
    Ran ran = linux("", "scheduler: {policy: fcfs}\nprocesses:\n" + entries.replace("$", program));
    return Math.round(ran.metrics().makespan() / 2000.0);
  }

  private static long coroutineSwitch(String runtime) throws Exception {
    return handOver(
        "  - {name: P, runtime: %s, coroutines: [{name: a, program: $}, {name: b, program: $}]}"
            .formatted(runtime),
        "yield");
  }

  @Test
  void coroutinesSwitchFasterThanThreadsAndThreadsThanProcesses() throws Exception {
    // As a message does: one wakes the other and sleeps.
    String shared = "  - {name: P, semaphores: {a: 1, b: 0}, threads: [%s, %s]}";
    String there = "{name: there, program: [{repeat: 1000, do: [{sem_wait: a}, {sem_post: b}]}]}";
    String back = "{name: back, program: [{repeat: 1000, do: [{sem_wait: b}, {sem_post: a}]}]}";
    long thread = handOver(shared.formatted(there, back), "");
    long process = handOver("  - " + there + "\n  - " + back + "\nsemaphores: {a: 1, b: 0}\n", "");
    long goroutine = coroutineSwitch("goroutine");
    long virtual = coroutineSwitch("virtual-thread");
    long fiber = coroutineSwitch("fiber");
    long stackless = coroutineSwitch("cpp20");
    long asyncio = coroutineSwitch("asyncio");
    assertThat(process).isBetween(thread + 50, thread * 12 / 10);
    assertThat((double) thread / goroutine).isBetween(7.0, 20.0);
    assertThat((double) thread / virtual).isBetween(6.0, 14.0);
    assertThat((double) thread / fiber).isBetween(100.0, 260.0);
    assertThat(stackless).isLessThan(fiber);
    assertThat((double) thread / asyncio).isBetween(1.2, 2.5);
    PAGE.states(
        "order of switches",
        "process " + process + " ns",
        "thread " + thread,
        "asyncio " + asyncio,
        "virtual thread " + virtual,
        "goroutine " + goroutine,
        "fiber " + fiber,
        "C++20 " + stackless);
  }

  private static long idle(String runtime) throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: linux-x86_64}
            processes:
              - name: P
                runtime: %s
                coroutines: [{name: c, count: 10000, program: [{await: {time: 1s}}]}]
            """
                .formatted(runtime));
    return ran.metrics().coroutines().memory().mostResident();
  }

  private static String mebibytes(long bytes) {
    return BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1 << 20), 1, RoundingMode.HALF_UP)
        + " MiB";
  }

  @Test
  void tenThousandIdleCoroutinesKeepLittle() throws Exception {
    long goroutines = idle("goroutine");
    long virtual = idle("virtual-thread");
    long asyncio = idle("asyncio");
    long cpp20 = idle("cpp20");
    long rust = idle("rust");
    assertThat(goroutines).isBetween(18L << 20, 26L << 20);
    assertThat(virtual).isBetween(15L << 20, 35L << 20);
    assertThat(asyncio).isBetween(9L << 20, 13L << 20);
    assertThat(List.of(cpp20, rust)).allMatch(bytes -> bytes < 1 << 20);
    PAGE.states(
        "idle coroutines",
        "goroutines " + mebibytes(goroutines),
        "virtual threads " + mebibytes(virtual),
        "tasks of asyncio " + mebibytes(asyncio),
        "futures of Rust " + mebibytes(rust),
        "frames of C++20 " + mebibytes(cpp20));
  }

  @Test
  void makingACoroutineIsCheaperThanMakingAThread() throws Exception {
    long dearest = 0;
    for (String runtime :
        List.of("asyncio", "cpp20", "rust", "fiber", "goroutine", "virtual-thread")) {
      Ran ran =
          linux(
              "",
              """
              processes:
                - name: P
                  runtime: %s
                  coroutines: [{name: m, program: [{async: {name: c, count: 10, burst: 1}}]}]
              """
                  .formatted(runtime));
      dearest = Math.max(dearest, ran.charged(Account.CREATION) / 10);
    }
    assertThat(dearest).isLessThan(Cost.THREAD_CREATE.in(Profile.LINUX_X86_64) / 3);
  }

  /** Tasks that wait one second each, by so many threads or coroutines; how many a second. */
  private static double throughput(String entries, int tasks) throws Exception {
    Ran ran = Ran.scenario("time_unit: ms\nmachine: {costs: linux-x86_64}\nprocesses:\n" + entries);
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
    return tasks * 1e9 / ran.metrics().makespan();
  }

  @Test
  void throughputIsConcurrencyOverLatency() throws Exception {
    // Little's law, and the example of JEP 444: blocking tasks of one second.
    double pool =
        throughput(
            "  - {name: P, threads: [{name: worker, count: 200, program: [{repeat: 10, do: [{sleep:"
                + " 1s}]}]}]}",
            2_000);
    double coroutines =
        throughput(
            "  - {name: P, runtime: virtual-thread, coroutines: [{name: task, count: 10000,"
                + " program: [{await: {time: 1s}}]}]}",
            10_000);
    assertThat(pool).isBetween(198.0, 200.0);
    assertThat(coroutines).isBetween(9_900.0, 10_000.0);
    PAGE.states("Little's law", Math.round(pool) + "", Math.round(coroutines) + "");
  }

  /** A thousand messages of one byte there and back between two processes on one CPU. */
  private static long roundTrip(String declared, String send, String receive) throws Exception {
    String there = "{%s}, {%s}, ";
    Ran ran =
        linux(
            "",
            """
            %s
            scheduler: {policy: fcfs}
            processes:
              - {name: B, program: [{repeat: 1000, do: [%s]}]}
              - {name: A, program: [{repeat: 1000, do: [%s]}]}
            """
                .formatted(
                    declared,
                    there.formatted(receive.replace("$", "ab"), send.replace("$", "ba")),
                    there.formatted(send.replace("$", "ab"), receive.replace("$", "ba"))));
    return Math.round(ran.outcome().makespan() / 1000.0);
  }

  private static String within(Cost measured, long simulated) {
    assertThat((double) simulated / measured.in(Profile.LINUX_X86_64))
        .as(measured.key())
        .isBetween(0.75, 1.25);
    return nanos(simulated);
  }

  @Test
  void messagesThereAndBackTakeWhatIsMeasured() throws Exception {
    long pipe =
        roundTrip("pipes: [ab, ba]", "write: {pipe: $, bytes: 1}", "read: {pipe: $, bytes: 1}");
    long queue = roundTrip("queues: [ab, ba]", "send: {queue: $, bytes: 1}", "receive: {queue: $}");
    // B receives at end b what A sends at end a; A's answers come the other way.
    Ran pair =
        linux(
            "",
            """
            sockets: [s]
            scheduler: {policy: fcfs}
            processes:
              - name: B
                program: [{repeat: 1000, do: [{receive: {socket: s, end: b, bytes: 1}}, {send: {socket: s, end: b, bytes: 1}}]}]
              - name: A
                program: [{repeat: 1000, do: [{send: {socket: s, end: a, bytes: 1}}, {receive: {socket: s, end: a, bytes: 1}}]}]
            """);
    Ran tcp =
        linux(
            "",
            """
            sockets: {s: {type: tcp}}
            scheduler: {policy: fcfs}
            processes:
              - name: B
                program: [{listen: s}, {accept: {socket: s, into: c}}, {repeat: 1000, do: [{receive: {connection: c, bytes: 1}}, {send: {connection: c, bytes: 1}}]}]
              - name: A
                program: [{connect: {socket: s, into: c}}, {repeat: 1000, do: [{send: {connection: c, bytes: 1}}, {receive: {connection: c, bytes: 1}}]}]
            """);
    Ran futex =
        linux(
            "",
            """
            shared_memory: {seg: {variables: {ab: {value: 0, atomic: true}, ba: {value: 0, atomic: true}}}}
            scheduler: {policy: fcfs}
            processes:
              - name: B
                program: [{repeat: 1000, do: [{load: {n: ab}}, {while: n == i, do: [{futex_wait: {variable: ab, expect: i}}, {load: {n: ab}}]}, {set: {i: n}}, {store: {ba: i}}, {futex_wake: {variable: ba}}]}]
              - name: A
                program: [{repeat: 1000, do: [{store: {ab: i + 1}}, {futex_wake: {variable: ab}}, {load: {n: ba}}, {while: n == i, do: [{futex_wait: {variable: ba, expect: i}}, {load: {n: ba}}]}, {set: {i: n}}]}]
            """);
    long unix = Math.round(pair.outcome().makespan() / 1000.0);
    long loopback = Math.round(tcp.outcome().makespan() / 1000.0);
    long segment = Math.round(futex.outcome().makespan() / 1000.0);
    PAGE.states(
        "messages there and back",
        "pipe " + within(Cost.PIPE_ROUND_TRIP, pipe),
        "shared memory with futex " + within(Cost.FUTEX_ROUND_TRIP, segment),
        "POSIX queue " + within(Cost.POSIX_MQ_ROUND_TRIP, queue),
        "Unix socket " + within(Cost.UNIX_STREAM_ROUND_TRIP, unix),
        "TCP " + within(Cost.TCP_ROUND_TRIP, loopback));
    assertThat(pipe).isLessThan(segment);
    assertThat(segment).isLessThan(queue);
    assertThat(queue).isLessThan(unix);
    assertThat(unix).isLessThan(loopback);
  }

  @Test
  void onlyBusyWaitingOnTwoCpusIsFasterThanAnySystemCall() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            time_unit: us
            machine: {cpus: 2, costs: {profile: linux-x86_64, timer_hz: 0}}
            scheduler: {policy: fcfs}
            shared_memory: {seg: {variables: {ab: {value: 0, atomic: true}, ba: {value: 0, atomic: true}}}}
            processes:
              - name: B
                program: [{repeat: 1000, do: [{load: {n: ab}}, {while: n == i, do: [{load: {n: ab}}]}, {set: {i: n}}, {store: {ba: i}}]}]
              - name: A
                program: [{repeat: 1000, do: [{store: {ab: i + 1}}, {load: {n: ba}}, {while: n == i, do: [{load: {n: ba}}]}, {set: {i: n}}]}]
            """);
    long roundTrip = Math.round(ran.outcome().makespan() / 1000.0);
    assertThat(roundTrip).isBetween(60L, 420L);
    PAGE.states("busy waiting", nanos(roundTrip));
  }

  /** Returns the bytes a second that pass in messages of a size from one process to another. */
  private static double bandwidth(String declared, String send, String receive, int bytes)
      throws Exception {
    int messages = Math.max(200, (8 << 20) / bytes);
    Ran ran =
        linux(
            "",
            """
            %s
            scheduler: {policy: fcfs}
            processes:
              - {name: A, program: [{repeat: %d, do: [{%s}]}]}
              - {name: B, program: [{repeat: %d, do: [{%s}]}]}
            """
                .formatted(
                    declared, messages, send.formatted(bytes), messages, receive.formatted(bytes)));
    return 1e9 * messages * bytes / ran.outcome().makespan();
  }

  private static String megabytes(double bytesASecond) {
    return Math.round(bytesASecond / 1e7) * 10 + " MB/s";
  }

  @Test
  void pipesSaturateAndHalfOfThatComesAtTheMeasuredSize() throws Exception {
    String write = "write: {pipe: p, bytes: %d}";
    String read = "read: {pipe: p, bytes: %d}";
    double most = bandwidth("pipes: [p]", write, read, 64 << 10);
    assertThat(most / Cost.PIPE_BANDWIDTH.in(Profile.LINUX_X86_64)).isBetween(0.75, 1.25);
    int half = 64;
    while (bandwidth("pipes: [p]", write, read, half) < most / 2) {
      half += 64;
    }
    assertThat(half / 2060.0).isBetween(0.75, 1.25);
    double small = bandwidth("pipes: [p]", write, read, 64);
    PAGE.states(
        "pipe throughput",
        "64 KiB " + megabytes(most),
        "64 bytes " + megabytes(small),
        "half of the highest at " + half + " bytes");
  }

  @Test
  void bandwidthsFollowTheMeasuredLines() throws Exception {
    double queue =
        bandwidth("queues: [q]", "send: {queue: q, bytes: %d}", "receive: {queue: q}", 8 << 10);
    double unix =
        bandwidth(
            "sockets: [s]",
            "send: {socket: s, end: a, bytes: %d}",
            "receive: {socket: s, end: b, bytes: %d}",
            16 << 10);
    PAGE.states(
        "bandwidth of queues and sockets",
        "queue of 8 KiB messages " + megabytes(queue),
        "Unix socket in pieces of 16 KiB " + megabytes(unix));
    assertThat(queue / line(Cost.MQ_MESSAGE, Cost.MQ_KIB, 8)).isBetween(0.75, 1.25);
    assertThat(unix / line(Cost.UNIX_MESSAGE, Cost.UNIX_KIB, 16)).isBetween(0.75, 1.25);
  }

  /** Returns the bytes a second that the measured line gives for messages of so many KiB. */
  private static double line(Cost message, Cost perKib, int kib) {
    double nanos = message.in(Profile.LINUX_X86_64) + kib * perKib.in(Profile.LINUX_X86_64);
    return 1e9 * 1024 * kib / nanos;
  }
}
