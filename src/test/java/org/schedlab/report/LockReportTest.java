package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.metrics.DrawnLocks;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.TraceSink;

class LockReportTest {
  private static final long MS = Workload.MS;
  private static final String CIRCLE =
      "deadlock at 7 ms: P/b holds mutex n and waits for mutex m since 7 ms (line 7);"
          + " P/a holds mutex m and waits for mutex n since 6 ms (line 6)";

  /** How the drawn deadlock ends: c waits behind the other two. */
  private static final Ending STUCK =
      new Ending(
          "stuck",
          null,
          List.of(),
          List.of(
              new Ending.Stuck("P/a", "mutex n", 6 * MS),
              new Ending.Stuck("P/b", "mutex m", 7 * MS),
              new Ending.Stuck("P/c", "mutex m", 5 * MS)));

  private static Run deadlock(Scenario scenario) {
    return Runs.run(scenario, sink -> DrawnLocks.deadlock(sink, MS), STUCK);
  }

  private static Run everySort() {
    return Runs.run(Runs.scenario(2), sink -> DrawnLocks.everySort(sink, MS));
  }

  private static Run inversion() {
    return Runs.run(Runs.scenario(), sink -> DrawnLocks.inversion(sink, MS));
  }

  private static String json(Run run) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ResultJson.write(run, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void deadlockFailsTheRunAndIsToldOnce() {
    Run run = deadlock(Runs.scenario());
    assertThat(Verdict.failures(run))
        .containsExactly(
            "test.yaml:7:5: " + CIRCLE, "P/c is asleep forever: waits for mutex m since 5 ms");
    assertThat(Verdict.notes(run)).isEmpty();
    assertThat(Verdict.complaints(run))
        .first()
        .asString()
        .isEqualTo("test.yaml:7:5: FAILED  " + CIRCLE);
  }

  @Test
  void expectedDeadlockIsNoFailureNorAreThoseStuckInIt() {
    Expression one = new Expression.Literal(1, Location.NONE);
    Scenario checked =
        Runs.checking(
            Runs.deadlocking(Runs.scenario()),
            new Scenario.FinalCheck(one, "x == 2", Location.NONE),
            List.of());
    Run run = deadlock(checked);
    assertThat(Verdict.failures(run)).isEmpty();
    assertThat(Verdict.notes(run))
        .containsExactly(
            "the final condition was not checked, for not every thread had ended: x == 2",
            "as expected, " + CIRCLE,
            "P/c is asleep forever: waits for mutex m since 5 ms");
    assertThat(new MarkdownReport(run).page("")).contains("- As expected, deadlock at 7 ms: P/b");
  }

  @Test
  void expectedDeadlockThatDoesNotComeAboutIsAFailure() {
    Run run =
        Runs.run(Runs.deadlocking(Runs.scenario()), sink -> HandDrawnTrace.roundRobin(sink, MS));
    assertThat(Verdict.failures(run))
        .containsExactly("a deadlock was expected and none came about");
  }

  @Test
  void threadsStuckWithoutACircleAreTheExpectedDeadlockToo() {
    Ending stuck =
        new Ending(
            "stuck", null, List.of(), List.of(new Ending.Stuck("P1", "semaphore s", 3 * MS)));
    Run run =
        Runs.run(
            Runs.deadlocking(Runs.scenario()), sink -> HandDrawnTrace.roundRobin(sink, MS), stuck);
    assertThat(Verdict.failures(run)).isEmpty();
    assertThat(Verdict.notes(run))
        .containsExactly("P1 is asleep forever: waits for semaphore s since 3 ms");
  }

  @Test
  void whoJoinsHoldsNothingAndWhoQueuesInFrontNeitherDoes() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
              int a = trace.arrives(0, "A");
              int b = trace.arrives(0, "B");
              int c = trace.arrives(0, "C");
              String lock = "readers-writer lock l";
              // A joins C; B reads behind C, which waits to write; C waits for A, the reader.
              sink.deadlocked(
                  5 * MS,
                  new Deadlock(
                      List.of(
                          new Deadlock.Link(a, "the end of B", TraceSink.NONE, 5 * MS, 0, 0),
                          new Deadlock.Link(b, lock, 3, 4 * MS, 8, 1),
                          new Deadlock.Link(c, lock, 3, 3 * MS, 9, 1)),
                      true));
              trace.ends(5);
            });
    assertThat(Verdict.failures(run))
        .containsExactly(
            "deadlock at 5 ms: A holds readers-writer lock l and waits for the end of B since 5 ms;"
                + " B waits for readers-writer lock l since 4 ms (line 8);"
                + " C waits for readers-writer lock l since 3 ms (line 9)");
  }

  @Test
  void threadThatWaitsForItselfHoldsWhatItWaitsFor() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
              int a = trace.arrives(0, "A");
              sink.deadlocked(
                  2 * MS,
                  new Deadlock(List.of(new Deadlock.Link(a, "mutex m", 0, 2 * MS, 4, 9)), true));
              trace.ends(2);
            });
    assertThat(Verdict.failures(run))
        .containsExactly(
            "test.yaml:4:9: deadlock at 2 ms: A holds mutex m and waits for mutex m since 2 ms"
                + " (line 4)");
  }

  @Test
  void failedOperationsAreWarningsButTimesThatAreUpAreNot() {
    assertThat(Verdict.failures(everySort())).isEmpty();
    assertThat(Verdict.warnings(everySort()))
        .containsExactly(
            "test.yaml:9:3: EPERM at 15 ms in P/b: unlocks what it does not hold (mutex mutex)");
    Run named =
        Runs.run(
            Runs.scenario(2),
            sink -> {
              DrawnLocks.everySort(sink, MS);
              sink.operationFailed(MS, 0, 0, "EPERM", "waits without holding mutex mutex", 2, 1);
            });
    assertThat(Verdict.warnings(named))
        .contains("test.yaml:2:1: EPERM at 1 ms in P/a: waits without holding mutex mutex");
  }

  @Test
  void tableOfLocksHasThemAll() {
    List<Table> tables = new LockTables(everySort()).all();
    assertThat(tables).hasSize(2);
    assertThat(tables.get(0).toText(Glyphs.ASCII))
        .isEqualTo(
            """
            Locks (times in ms)
              object  kind                 process  acquisitions  contended  hold mean  max  wait mean  max  longest queue  at the end  timeouts
              ------  -------------------  -------  ------------  ---------  ---------  ---  ---------  ---  -------------  ----------  --------
              mutex   mutex                P                   4        0 %      2.333    5          -    -              0           0         0
              slots   semaphore            P                   0          -          -    -          -    -              1           1         1
              filled  condition variable   P                   -          -          -    -          6    6              1           0         0
              gate    barrier              P                   1        0 %          -    -          -    -              0           0         0
              table   readers-writer lock  P                   3     33.3 %      5.333    8          1    1              1           0         0
              Contended: had to wait for it. Wait: until it was acquired, at a condition variable until its mutex was.
            """);
    assertThat(tables.get(1).toText(Glyphs.ASCII))
        .isEqualTo(
            """
            Signals
              condition variable  process  signals  lost  waits
              ------------------  -------  -------  ----  -----
              filled              P              2     1      1
              Lost: nobody waited. Waits: those that ended.
            """);
  }

  @Test
  void tableOfInversionsSaysWhoWaitedForWhom() {
    List<Table> tables = new LockTables(inversion()).all();
    assertThat(tables).hasSize(2);
    assertThat(tables.get(1).toText(Glyphs.ASCII))
        .startsWith(
            """
            Priority inversions (times in ms)
              who waited  for whom  through  because of  how often  how long
              ----------  --------  -------  ----------  ---------  --------
              high        low       mutex m  medium              1         5
            """);
    assertThat(tables.get(0).toText(Glyphs.ASCII)).contains("m       mutex  all ");
  }

  @Test
  void runWithoutLocksSaysNothingOfThem(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("tables"));
    Files.writeString(folder.resolve("tables/locks.csv"), "of another run");
    Run run = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, MS));
    new ReportFolder(run, folder).writeTables();
    assertThat(folder.resolve("tables/locks.csv")).doesNotExist();
    assertThat(new LockTables(run).all()).isEmpty();
    assertThat(json(run)).doesNotContain("lock\"").doesNotContain("inversion");
    assertThat(new MarkdownReport(run).page("")).doesNotContain("circle");
    assertThat(new MarkdownReport(inversion()).page(""))
        .contains("- No threads waited for each other in a circle.");
  }

  @Test
  void csvTablesAreExact(@TempDir Path folder) throws IOException {
    new ReportFolder(everySort(), folder).writeTables();
    assertThat(Files.readString(folder.resolve("tables/locks.csv")))
        .isEqualTo(
            "object,kind,process,acquisitions,contended,holds,hold_sum_ms,hold_max_ms,waits,"
                + "wait_sum_ms,wait_max_ms,longest_queue,waiting_at_end,timeouts,signals,"
                + "signals_lost\n"
                + "mutex,mutex,P,4,0,3,7,5,0,0,,0,0,0,0,0\n"
                + "slots,semaphore,P,0,0,0,0,,0,0,,1,1,1,0,0\n"
                + "filled,condition variable,P,0,0,0,0,,1,6,6,1,0,0,2,1\n"
                + "gate,barrier,P,1,0,0,0,,0,0,,0,0,0,0,0\n"
                + "table,readers-writer lock,P,3,1,3,16,8,1,1,1,1,0,0,0,0\n");
    assertThat(folder.resolve("tables/inversions.csv")).doesNotExist();
    new ReportFolder(inversion(), folder).writeTables();
    assertThat(Files.readString(folder.resolve("tables/inversions.csv")))
        .isEqualTo("waiter,holder,object,runner,count,time_ms\nhigh,low,mutex m,medium,1,5\n");
  }

  @Test
  void resultHasDeadlocksLocksAndWhatFailed() throws IOException {
    assertThat(json(deadlock(Runs.scenario())))
        .contains(
            "{\"time\": 7, \"threads\": [{\"task\": \"P/b\", \"waits_for\": \"mutex m\","
                + " \"since\": 7, \"line\": 7, \"column\": 5}, {\"task\": \"P/a\","
                + " \"waits_for\": \"mutex n\", \"since\": 6, \"line\": 6, \"column\": 4}]}");
    assertThat(json(everySort()))
        .contains("\"deadlocks\": [],\n")
        .contains(
            "{\"name\": \"table\", \"kind\": \"readers-writer lock\", \"process\": \"P\","
                + " \"acquisitions\": 3, \"contended\": 1, \"hold\": {\"count\": 3, \"sum\": 16,"
                + " \"mean\": 5.333333333, \"max\": 8}, \"wait\": {\"count\": 1, \"sum\": 1,"
                + " \"mean\": 1, \"max\": 1}, \"longest_queue\": 1, \"waiting_at_end\": 0,"
                + " \"timeouts\": 0, \"signals\": {\"count\": 0, \"lost\": 0}}")
        .contains("\"priority_inversions\": [],\n")
        .contains(
            "{\"time\": 15, \"task\": \"P/b\", \"error\": \"EPERM\", \"detail\": \"unlocks what it"
                + " does not hold\", \"object\": \"mutex mutex\", \"line\": 9, \"column\": 3}");
    assertThat(json(inversion()))
        .contains("\"name\": \"m\", \"kind\": \"mutex\", \"process\": null")
        .contains(
            "{\"waiter\": \"high\", \"holder\": \"low\", \"through\": \"mutex m\", \"runner\":"
                + " \"medium\", \"count\": 1, \"time\": 5}");
  }
}
