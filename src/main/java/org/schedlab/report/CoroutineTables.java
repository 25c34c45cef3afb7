package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.schedlab.metrics.BlockingCall;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.CoroutineUse;
import org.schedlab.metrics.Latencies;
import org.schedlab.metrics.LoopTimes;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.BlockCause;

/** What coroutines did, how their event loops ran them, and who held all others up, for people. */
final class CoroutineTables {
  /** Of those that a blocking call held up, so many are named. */
  private static final int NAMED = 5;

  private final Run run;
  private final CoroutineUse use;

  CoroutineTables(Run run) {
    this.run = run;
    this.use = run.metrics().coroutines();
  }

  /** Returns those that have rows. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    if (!use.all().isEmpty()) {
      tables.add(coroutines());
      tables.add(loops());
      if (use.memory().mostReserved() > 0) {
        tables.add(memory());
      }
    }
    if (callCount() > 0) {
      tables.add(calls());
    }
    return tables;
  }

  Table coroutines() {
    List<CoroutineTimes> shown = use.all().stream().limit(Tables.ROWS).toList();
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            shown.stream()
                .flatMapToLong(of -> TaskField.TIMES.stream().mapToLong(field -> field.of(of))));
    Table.Builder table = new Table.Builder(style.title("Coroutines")).words("coroutine");
    Tables.THREAD_COLUMNS.forEach(field -> table.number(field.key()));
    table.number("resumed").words("error");
    for (CoroutineTimes coroutine : shown) {
      List<String> row = new ArrayList<>(List.of(coroutine.name()));
      Tables.THREAD_COLUMNS.forEach(field -> row.add(style.time(field.of(coroutine))));
      row.add(Long.toString(coroutine.resumes()));
      row.add(error(coroutine));
      table.row(row);
    }
    List<String> foot = new ArrayList<>(List.of("average"));
    for (TaskField field : Tables.THREAD_COLUMNS) {
      LongStream times = use.all().stream().mapToLong(field::of);
      foot.add(field.isDuration() ? Averages.of(times).map(style::mean).orElse("–") : "");
    }
    foot.addAll(List.of("", ""));
    String meaning =
        "Running and overhead: what its thread did in its turns. Blocked: suspended, or in a call"
            + " that blocks its thread.";
    return table.foot(foot).note(note(meaning, use.all().size(), shown.size())).build();
  }

  private static String error(CoroutineTimes coroutine) {
    if (coroutine.end() == null) {
      return "";
    }
    return switch (coroutine.end()) {
      case RETURNED -> "";
      case FAILED -> coroutine.error();
      case CANCELED -> "cancelled";
      case WITH_THREAD -> "its thread ended";
    };
  }

  private static String note(String meaning, long all, int shown) {
    String cut = Tables.cut(all, shown);
    return cut.isEmpty() ? meaning : meaning + "\n" + cut;
  }

  Table loops() {
    List<LoopTimes> shown = use.loops().stream().limit(Tables.ROWS).toList();
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            shown.stream()
                .flatMapToLong(
                    of ->
                        LongStream.of(
                            of.switchTime(),
                            of.sleepTime(),
                            of.lag().max(),
                            of.longestHold(),
                            of.blockingCallTime())));
    Table.Builder table =
        new Table.Builder(style.title("Event loops"))
            .words("thread")
            .number("coroutines")
            .number("switches")
            .number("for")
            .number("slept")
            .number("for")
            .number("made ready by one wake-up")
            .number("at most")
            .number("lag p50")
            .number("p95")
            .number("p99")
            .number("max")
            .number("longest hold")
            .words("by")
            .number("blocking calls")
            .number("for");
    boolean carriers = use.loops().stream().anyMatch(LoopTimes::isShared);
    if (carriers) {
      table.number("stolen");
    }
    for (LoopTimes loop : shown) {
      List<String> row = row(loop, style);
      if (carriers) {
        row.add(loop.isShared() ? Long.toString(loop.steals()) : "–");
      }
      table.row(row);
    }
    String meaning =
        "Switches: between coroutines, in user space. Slept: because no coroutine was ready. Lag:"
            + " from ready to resumed. Hold: CPU time of one turn.";
    String stolen = " Stolen: coroutines taken out of other threads' queues.";
    meaning += carriers ? stolen : "";
    return table.note(note(meaning, use.loops().size(), shown.size())).build();
  }

  private List<String> row(LoopTimes loop, TimeStyle style) {
    List<String> row = new ArrayList<>();
    row.add(run.tasks().name(loop.thread()));
    row.add(Integer.toString(loop.coroutines().size()));
    row.add(Long.toString(loop.switches()));
    row.add(style.time(loop.switchTime()));
    row.add(Long.toString(loop.sleeps()));
    row.add(style.time(loop.sleepTime()));
    boolean woken = loop.wakeUps() > 0;
    row.add(woken ? Decimals.quotient(loop.readyByWakeUps(), loop.wakeUps(), 3) : "–");
    row.add(woken ? Long.toString(loop.mostReadyByWakeUp()) : "–");
    Latencies lag = loop.lag();
    boolean any = lag.count() > 0;
    for (int percent : new int[] {50, 95, 99}) {
      row.add(style.time(any ? lag.quantile(percent) : TaskTimes.NEVER));
    }
    row.add(style.time(any ? lag.max() : TaskTimes.NEVER));
    row.add(style.time(loop.longestHold()));
    row.add(loop.longestHolder() == null ? "–" : loop.longestHolder().shortName());
    row.add(Long.toString(loop.blockingCallCount()));
    row.add(style.time(loop.blockingCallTime()));
    return row;
  }

  /** What coroutines keep, by the threads that run them together. */
  Table memory() {
    Table.Builder table =
        new Table.Builder("Memory of coroutines")
            .words("thread")
            .words("runtime")
            .number("coroutines")
            .number("each reserves")
            .number("and has resident");
    use.loops().stream()
        .filter(loop -> loop.thread() == loop.first())
        .limit(Tables.ROWS)
        .forEach(
            loop -> {
              List<CoroutineTimes> all = ofAllCarriers(loop);
              table.row(
                  List.of(
                      run.tasks().name(loop.thread()),
                      loop.runtime(),
                      Integer.toString(all.size()),
                      mean(all, CoroutineTimes::reserved),
                      mean(all, CoroutineTimes::resident)));
            });
    String sum =
        "Means, with what their calls took. All at once at most: "
            + Decimals.bytes(use.memory().mostReserved())
            + " reserved, "
            + Decimals.bytes(use.memory().mostResident())
            + " resident. Their threads' stacks are not counted in.";
    return table.note(sum).build();
  }

  private List<CoroutineTimes> ofAllCarriers(LoopTimes first) {
    return use.loops().stream()
        .filter(loop -> loop.first() == first.thread())
        .flatMap(loop -> loop.coroutines().stream())
        .toList();
  }

  private static String mean(List<CoroutineTimes> all, ToLongFunction<CoroutineTimes> bytes) {
    return all.isEmpty()
        ? "–"
        : Decimals.bytes(Averages.whole(all.stream().mapToLong(bytes).sum(), all.size()));
  }

  private long callCount() {
    return use.loops().stream().mapToLong(LoopTimes::blockingCallCount).sum();
  }

  Table calls() {
    List<BlockingCall> shown =
        use.loops().stream()
            .flatMap(loop -> loop.blockingCalls().stream())
            .limit(Tables.ROWS)
            .toList();
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            shown.stream().flatMapToLong(call -> LongStream.of(call.start(), call.length())));
    Table.Builder table =
        new Table.Builder(style.title("Blocking calls in coroutines"))
            .words("coroutine")
            .words("waited for")
            .number("start")
            .number("length")
            .words("what it did");
    for (BlockingCall call : shown) {
      table.row(
          List.of(
              use.of(call.coroutine()).name(),
              waitedFor(run, call),
              style.time(call.start()),
              style.time(call.length()),
              sentence(call)));
    }
    long left = callCount() - shown.size();
    String advice = "A coroutine that awaits instead lets the others of its thread run.";
    String cut = "\nThe first " + shown.size() + " of " + callCount() + "; more in result.json.";
    return table.note(left > 0 ? advice + cut : advice).build();
  }

  /** Returns what the thread waited for in words, such as {@code device disk}. */
  static String waitedFor(Run run, BlockingCall call) {
    List<Scenario.DeviceSpec> devices = run.scenario().machine().devices();
    boolean named =
        call.cause() == BlockCause.IO && call.object() >= 0 && call.object() < devices.size();
    return named
        ? "device " + devices.get(call.object()).name()
        : run.waitText(call.cause(), call.object());
  }

  private String sentence(BlockingCall call) {
    String length = Decimals.readable(call.length());
    if (call.heldUpCount() == 0) {
      return "stopped its thread for " + length + ": no other coroutine was ready";
    }
    List<String> names = new ArrayList<>();
    for (int coroutine : call.heldUp().stream().limit(NAMED).toList()) {
      names.add(use.of(coroutine).shortName());
    }
    int more = call.heldUpCount() - names.size();
    if (more > 0) {
      names.add(more + " more");
    }
    int last = names.size() - 1;
    String who =
        last == 0
            ? names.get(0)
            : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    String were = call.heldUpCount() == 1 ? " was ready" : " were ready";
    return "stopped every coroutine of its thread for " + length + ": " + who + were;
  }
}
