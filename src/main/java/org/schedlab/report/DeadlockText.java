package org.schedlab.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.schedlab.metrics.Findings;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.TraceSink;

/** Deadlocks in words. */
final class DeadlockText {
  private final Run run;

  DeadlockText(Run run) {
    this.run = run;
  }

  /**
   * Returns who holds what and waits for what, in the order of the circle: {@code deadlock at 7 ms:
   * P/b holds mutex n and waits for mutex m since 7 ms (line 7); P/a ...}. Where there is no
   * circle: {@code deadlock at 7 ms: T1 and T2 can never go on: T1 waits for ...}.
   */
  String of(Findings.FoundDeadlock found) {
    List<Deadlock.Link> links = found.deadlock().links();
    String when = "deadlock at " + Decimals.readable(found.time()) + ": ";
    if (!found.deadlock().circle()) {
      List<String> waits = links.stream().map(link -> waits(link, "")).toList();
      return when + all(links) + " can never go on: " + String.join("; ", waits);
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      Deadlock.Link before = links.get(i == 0 ? links.size() - 1 : i - 1);
      parts.add(of(links.get(i), before));
    }
    return when + String.join("; ", parts);
  }

  /** Returns {@code T1, T2 and T3}. */
  private String all(List<Deadlock.Link> links) {
    List<String> names = links.stream().map(link -> run.tasks().name(link.thread())).toList();
    int last = names.size() - 1;
    String before = String.join(", ", names.subList(0, last));
    return last == 0 ? names.get(0) : before + " and " + names.get(last);
  }

  /** Says what one thread does; {@code before} waits for it. */
  private String of(Deadlock.Link link, Deadlock.Link before) {
    // Who joins needs the other's end. A reader may wait for a writer that only waits, too.
    boolean inFront = before.object() == link.object() && before.thread() != link.thread();
    boolean holds = before.object() != TraceSink.NONE && !inFront;
    return waits(link, holds ? " holds " + before.what() + " and" : "");
  }

  private String waits(Deadlock.Link link, String holding) {
    String line = link.line() > 0 ? " (line " + link.line() + ")" : "";
    return run.tasks().name(link.thread())
        + holding
        + " waits for "
        + link.what()
        + " since "
        + Decimals.readable(link.since())
        + line;
  }

  /** Returns the names of all threads of which a deadlock speaks. */
  Set<String> threads() {
    Set<String> names = new HashSet<>();
    for (Findings.FoundDeadlock found : run.metrics().findings().deadlocks()) {
      found.deadlock().links().forEach(link -> names.add(run.tasks().name(link.thread())));
    }
    return names;
  }
}
