package org.schedlab.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.Wakeups;
import org.schedlab.program.Location;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.TraceSink;

/** Runs to report on. */
final class Runs {
  private Runs() {}

  /** A chart drawn by hand, or anything else that tells a sink a run. */
  interface Trace {
    void tell(TraceSink sink);
  }

  static final Ending COMPLETED = new Ending("completed", null, List.of(), List.of());

  static Scenario scenario() {
    return Workload.under("round-robin").with("quantum", 4).build();
  }

  static Scenario scenario(int cpus) {
    return Workload.under("round-robin").with("quantum", 4).cpus(cpus).build();
  }

  static Scenario named(Scenario of, String name, String description) {
    return copy(of, name, description, of.expectations(), of.finalCheck(), of.observe());
  }

  /** The scenario with results stated as triples of subject, field and number. */
  static Scenario expecting(Scenario of, String... triples) {
    List<Scenario.Expectation> expectations = new ArrayList<>();
    for (int i = 0; i < triples.length; i += 3) {
      expectations.add(
          new Scenario.Expectation(triples[i], triples[i + 1], triples[i + 2], Location.NONE));
    }
    return copy(of, of.name(), of.description(), expectations, of.finalCheck(), of.observe());
  }

  static Scenario checking(
      Scenario of, Scenario.FinalCheck check, List<Scenario.Observation> observe) {
    return copy(of, of.name(), of.description(), of.expectations(), check, observe);
  }

  private static Scenario copy(
      Scenario of,
      String name,
      String description,
      List<Scenario.Expectation> expectations,
      Scenario.FinalCheck check,
      List<Scenario.Observation> observe) {
    return new Scenario(
        of.file(),
        name,
        description,
        of.timeUnit(),
        of.seed(),
        of.until(),
        of.machine(),
        of.scheduler(),
        of.processes(),
        of.programs(),
        of.objects(),
        of.deadlockExpected(),
        of.avoidance(),
        expectations,
        check,
        observe,
        of.schedule(),
        of.limits(),
        of.report(),
        of.comparison());
  }

  static Scenario reporting(Scenario of, Scenario.Report report) {
    return new Scenario(
        of.file(),
        of.name(),
        of.description(),
        of.timeUnit(),
        of.seed(),
        of.until(),
        of.machine(),
        of.scheduler(),
        of.processes(),
        of.programs(),
        of.objects(),
        of.deadlockExpected(),
        of.avoidance(),
        of.expectations(),
        of.finalCheck(),
        of.observe(),
        of.schedule(),
        of.limits(),
        report,
        of.comparison());
  }

  /** The scenario as one that is there to show a deadlock. */
  static Scenario deadlocking(Scenario of) {
    return new Scenario(
        of.file(),
        of.name(),
        of.description(),
        of.timeUnit(),
        of.seed(),
        of.until(),
        of.machine(),
        of.scheduler(),
        of.processes(),
        of.programs(),
        of.objects(),
        true,
        of.avoidance(),
        of.expectations(),
        of.finalCheck(),
        of.observe(),
        of.schedule(),
        of.limits(),
        of.report(),
        of.comparison());
  }

  /** The scenario on a machine that simulates memory, with so many frames. */
  static Scenario paging(Scenario of, int frames, Scenario.TlbSpec tlb) {
    Scenario.MemorySpec some = Scenario.MemorySpec.DEFAULT;
    Scenario.MemorySpec memory =
        new Scenario.MemorySpec(
            some.geometry(),
            frames,
            some.replacement(),
            some.local(),
            some.pageableAll(),
            some.window(),
            some.counterBits(),
            some.agingInterval(),
            some.walkStep(),
            tlb,
            some.swap());
    Scenario.Machine machine = of.machine();
    return new Scenario(
        of.file(),
        of.name(),
        of.description(),
        of.timeUnit(),
        of.seed(),
        of.until(),
        new Scenario.Machine(machine.cpus(), machine.costs(), machine.devices(), memory),
        of.scheduler(),
        of.processes(),
        of.programs(),
        of.objects(),
        of.deadlockExpected(),
        of.avoidance(),
        of.expectations(),
        of.finalCheck(),
        of.observe(),
        of.schedule(),
        of.limits(),
        of.report(),
        of.comparison());
  }

  /** A run of which wake-ups are to be shown. */
  static Run withWakeups(Scenario scenario, Trace trace) {
    RunMetrics metrics =
        new RunMetrics(scenario.machine().cpus(), 10_000, null, new Wakeups(), null, true);
    trace.tell(metrics);
    return Run.of(scenario, metrics, COMPLETED, EnumSet.of(Detail.WAKEUPS));
  }

  /** A run of which everything is to be shown. */
  static RunReport detailed(Scenario scenario, Trace trace) {
    RunRecorder recorder = new RunRecorder(scenario, EnumSet.allOf(Detail.class), true);
    trace.tell(recorder.sink());
    return recorder.finish(COMPLETED);
  }

  static Run run(Scenario scenario, Trace trace) {
    return run(scenario, trace, COMPLETED);
  }

  static Run run(Scenario scenario, Trace trace, Ending ending) {
    RunMetrics metrics =
        new RunMetrics(scenario.machine().cpus(), scenario.report().timelineLimit());
    trace.tell(metrics);
    return Run.of(scenario, metrics, ending, Set.of());
  }
}
