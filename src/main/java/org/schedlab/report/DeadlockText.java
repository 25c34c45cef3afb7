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
   * P/b holds mutex n and waits for mutex m since 7 ms (line 7); P/a ...}.
   */
  String of(Findings.FoundDeadlock found) {
    List<Deadlock.Link> links = found.deadlock().links();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      Deadlock.Link before = links.get(i == 0 ? links.size() - 1 : i - 1);
      parts.add(of(links.get(i), before));
    }
    return "deadlock at " + Decimals.readable(found.time()) + ": " + String.join("; ", parts);
  }

  /** Says what one thread does; {@code before} waits for it. */
  private String of(Deadlock.Link link, Deadlock.Link before) {
    // Who joins needs the other's end. A reader may wait for a writer that only waits, too.
    boolean inFront = before.object() == link.object() && before.thread() != link.thread();
    boolean holds = before.object() != TraceSink.NONE && !inFront;
    String line = link.line() > 0 ? " (line " + link.line() + ")" : "";
    return run.tasks().name(link.thread())
        + (holds ? " holds " + before.what() + " and" : "")
        + " waits for "
        + link.what()
        + " since "
        + Decimals.readable(link.since())
        + line;
  }

  /** Returns the names of all threads that are in a circle. */
  Set<String> threads() {
    Set<String> names = new HashSet<>();
    for (Findings.FoundDeadlock found : run.metrics().findings().deadlocks()) {
      found.deadlock().links().forEach(link -> names.add(run.tasks().name(link.thread())));
    }
    return names;
  }
}
