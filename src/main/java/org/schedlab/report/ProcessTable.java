package org.schedlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.schedlab.metrics.ProcessLives;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.trace.TraceSink;

/** Who made which process, how it ended and who learned of it. */
final class ProcessTable {
  private final Run run;
  private final ProcessLives lives;

  ProcessTable(Run run) {
    this.run = run;
    this.lives = run.metrics().lives();
  }

  /** Returns the ids of all processes. */
  IntStream processes() {
    return IntStream.range(0, lives.count()).filter(process -> lives.name(process) != null);
  }

  Table table() {
    int[] all = processes().toArray();
    int[] shown = Arrays.stream(all).limit(Tables.ROWS).toArray();
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            Arrays.stream(shown)
                .boxed()
                .flatMapToLong(
                    process ->
                        LongStream.of(lives.start(process), lives.end(process), zombie(process))));
    Table.Builder table =
        new Table.Builder(style.title("Processes"))
            .words("process")
            .words("parent")
            .words("made")
            .number("start")
            .number("end")
            .number("exit")
            .number("zombie for")
            .words("reaped by");
    for (int process : shown) {
      List<String> row = new ArrayList<>();
      row.add(lives.name(process));
      row.add(parent(process));
      row.add(made(process));
      row.add(style.time(lives.start(process)));
      row.add(style.time(lives.end(process)));
      row.add(hasEnded(process) ? Integer.toString(lives.exitCode(process)) : "–");
      row.add(style.time(zombie(process)));
      String reaper = reaper(process);
      row.add(reaper != null ? reaper : hasEnded(process) ? "nobody" : "–");
      table.row(row);
    }
    return table.note(Tables.cut(all.length, shown.length)).build();
  }

  boolean hasEnded(int process) {
    return lives.end(process) != ProcessLives.NEVER;
  }

  private String parent(int process) {
    int parent = lives.parent(process);
    if (parent == TraceSink.NONE) {
      return "–";
    }
    boolean orphan = lives.orphaned(process) != ProcessLives.NEVER;
    return lives.name(parent) + (orphan ? ", then init" : "");
  }

  private String made(int process) {
    String how = lives.origin(process).label();
    return lives.executions(process) > 0 ? how + ", exec" : how;
  }

  /** Returns how long nobody had waited for the process after its end; NEVER before that. */
  long zombie(int process) {
    if (!hasEnded(process)) {
      return TaskTimes.NEVER;
    }
    long reaped = lives.reaped(process);
    long until = reaped == ProcessLives.NEVER ? run.metrics().makespan() : reaped;
    return until - lives.end(process);
  }

  /** Returns who waited for the process, {@code init} for those without a parent; else null. */
  String reaper(int process) {
    if (lives.reaped(process) == ProcessLives.NEVER) {
      return null;
    }
    int reaper = lives.reaper(process);
    return reaper == TraceSink.NONE ? "init" : lives.name(reaper);
  }
}
