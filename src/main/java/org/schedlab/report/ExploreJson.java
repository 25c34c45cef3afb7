package org.schedlab.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.schedlab.explore.Census;
import org.schedlab.explore.Explorer;
import org.schedlab.explore.FailureSearch;
import org.schedlab.explore.Findings;
import org.schedlab.explore.HeldLocks;
import org.schedlab.explore.Judge;
import org.schedlab.explore.LockCycle;
import org.schedlab.explore.Machine;
import org.schedlab.explore.Narrative;
import org.schedlab.explore.Outcome;
import org.schedlab.explore.RacePair;
import org.schedlab.explore.Sampler;
import org.schedlab.explore.SharedUse;
import org.schedlab.explore.Walk;
import org.schedlab.program.Instruction;
import org.schedlab.program.Location;
import org.schedlab.scenario.Scenario;

/** Writes what an exploration found as JSON. */
public final class ExploreJson {
  private final JsonGenerator json;
  private final Scenario scenario;
  private final Machine machine;
  private final List<String> names;

  private ExploreJson(JsonGenerator json, Scenario scenario, Machine machine, List<String> names) {
    this.json = json;
    this.scenario = scenario;
    this.machine = machine;
    this.names = names;
  }

  /** What is written between the first and the last brace. */
  private interface Content {
    void write(ExploreJson writer) throws IOException;
  }

  /**
   * Writes what was found of all schedules, as UTF-8; does not close the stream.
   *
   * @param folder where schedules that fail are written
   */
  public static void write(Explorer explorer, Scenario scenario, Path folder, OutputStream out)
      throws IOException {
    write(
        scenario,
        explorer.machine(),
        explorer.judge().names(),
        out,
        writer -> {
          writer.exploration(explorer);
          writer.witnesses(explorer.failures(), explorer.judge(), folder);
        });
  }

  /** Writes what schedules drawn at random came to, as UTF-8; does not close the stream. */
  public static void write(Sampler sampler, Scenario scenario, Path folder, OutputStream out)
      throws IOException {
    write(
        scenario,
        sampler.machine(),
        sampler.judge().names(),
        out,
        writer -> {
          writer.samples(sampler);
          writer.witnesses(sampler.failures(), sampler.judge(), folder);
        });
  }

  private static void write(
      Scenario scenario, Machine machine, List<String> names, OutputStream out, Content content)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new LinePrinter());
      json.writeStartObject();
      json.writeStringField("scenario", scenario.name());
      content.write(new ExploreJson(json, scenario, machine, names));
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void exploration(Explorer explorer) throws IOException {
    Findings findings = explorer.findings();
    json.writeBooleanField("complete", explorer.isComplete());
    json.writeNumberField("executions", findings.executions());
    number("traces", explorer.traces());
    number("interleavings", explorer.interleavings());
    Map<Outcome, BigInteger> outcomes = explorer.outcomes();
    json.writeBooleanField("outcomes_complete", explorer.knowsOutcomes());
    json.writeObjectFieldStart("failing");
    String counted = findings.isEndless() ? "outcomes" : "traces";
    json.writeNumberField(counted, Explorer.failing(outcomes));
    json.writeNumberField("of", Explorer.sum(outcomes));
    if (explorer.interleavings().isPresent()) {
      json.writeNumberField("interleavings", Explorer.failing(explorer.outcomesOfInterleavings()));
    }
    json.writeEndObject();
    outcomes(explorer, outcomes);
    deadlocks(explorer);
    assertions(explorer);
    races(findings);
    json.writeBooleanField("races_complete", findings.isComplete());
    json.writeObjectFieldStart("lost_updates");
    for (Map.Entry<Integer, Integer> lost : findings.mostLost().entrySet()) {
      String name = ExploreTables.cellName(lost.getKey(), machine, names);
      json.writeNumberField(name, lost.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("lock_order_cycles");
    for (LockCycle cycle : findings.lockCycles()) {
      strings(cycle.locks());
    }
    json.writeEndArray();
    locks(findings);
    sharedVariables(findings);
    cost("fewest_preemptions_to_failure", explorer.fewestPreemptions());
    cost("fewest_delays_to_failure", explorer.fewestDelays());
    Optional<FailureSearch.Witness> shortest = explorer.shortest();
    if (shortest.isPresent()) {
      json.writeNumberField("fewest_steps_to_failure", shortest.get().schedule().length);
    } else {
      json.writeNullField("fewest_steps_to_failure");
    }
    witness(explorer);
    bounds("by_preemptions", explorer.byPreemptions(), explorer.questions().preemptions());
    bounds("by_delays", explorer.byDelays(), explorer.questions().delays());
  }

  /** Writes of each circle of locks whether a schedule ends in that deadlock. */
  private void locks(Findings findings) throws IOException {
    json.writeArrayFieldStart("lock_order");
    for (LockCycle cycle : findings.lockCycles()) {
      json.writeStartObject();
      json.writeFieldName("cycle");
      strings(cycle.locks());
      json.writeBooleanField("deadlock", cycle.isReached());
      json.writeFieldName("gates");
      strings(cycle.gates());
      if (cycle.isReached()) {
        schedule(cycle.schedule());
      } else if (findings.isComplete()) {
        json.writeStringField("why_not", cycle.reason());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void sharedVariables(Findings findings) throws IOException {
    json.writeArrayFieldStart("shared_variables");
    for (SharedUse use : findings.sharedVariables()) {
      json.writeStartObject();
      json.writeStringField("variable", ExploreTables.cellName(use.cell(), machine, names));
      json.writeNumberField("racing_pairs", use.pairs());
      json.writeNumberField("lost_updates", use.mostLost());
      json.writeFieldName("locks_in_common");
      if (use.locks() == null) {
        json.writeNull();
      } else {
        strings(use.locks());
      }
      json.writeBooleanField("lock_set_warning", use.warned());
      json.writeStringField("verdict", use.verdict().label());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void number(String name, Optional<BigInteger> value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.get());
    } else {
      json.writeNullField(name);
    }
  }

  private void cost(String name, Optional<FailureSearch.Witness> witness) throws IOException {
    if (witness.isPresent()) {
      json.writeNumberField(name, witness.get().cost());
    } else {
      json.writeNullField(name);
    }
  }

  private void strings(List<String> words) throws IOException {
    json.writeStartArray();
    for (String word : words) {
      json.writeString(word);
    }
    json.writeEndArray();
  }

  private void schedule(int[] schedule) throws IOException {
    json.writeArrayFieldStart("schedule");
    for (int slot : schedule) {
      json.writeString(machine.threadName(slot));
    }
    json.writeEndArray();
  }

  // --- outcomes

  private void outcome(Outcome outcome) throws IOException {
    json.writeStringField("status", outcome.deadlock() ? "deadlock" : "complete");
    json.writeBooleanField("failed", outcome.isFailure());
    json.writeObjectFieldStart("final");
    for (int i = 0; i < names.size(); i++) {
      json.writeNumberField(names.get(i), outcome.values()[i]);
    }
    json.writeEndObject();
  }

  private void outcomes(Explorer explorer, Map<Outcome, BigInteger> outcomes) throws IOException {
    Map<Outcome, BigInteger> orders = explorer.outcomesOfInterleavings();
    json.writeArrayFieldStart("outcomes");
    for (Map.Entry<Outcome, BigInteger> entry : outcomes.entrySet()) {
      json.writeStartObject();
      outcome(entry.getKey());
      if (!explorer.findings().isEndless()) {
        json.writeNumberField("traces", entry.getValue());
      }
      if (orders.containsKey(entry.getKey())) {
        json.writeNumberField("interleavings", orders.get(entry.getKey()));
      }
      int[] schedule = explorer.schedule(entry.getKey());
      if (schedule != null) {
        schedule(schedule);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void deadlocks(Explorer explorer) throws IOException {
    json.writeArrayFieldStart("deadlocks");
    for (Outcome outcome : explorer.outcomes().keySet()) {
      int[] schedule = outcome.deadlock() ? explorer.schedule(outcome) : null;
      if (schedule != null) {
        json.writeStartObject();
        schedule(schedule);
        json.writeArrayFieldStart("waiting");
        for (Narrative.Stuck stuck : Narrative.of(machine, schedule).stuck()) {
          json.writeStartObject();
          json.writeStringField("thread", machine.threadName(stuck.thread()));
          json.writeStringField("for", stuck.text());
          json.writeNumberField("line", stuck.location().line());
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void assertions(Explorer explorer) throws IOException {
    json.writeArrayFieldStart("assertion_failures");
    for (Map.Entry<Instruction, int[]> entry : explorer.findings().assertions().entrySet()) {
      json.writeStartObject();
      json.writeStringField("assertion", entry.getKey().text);
      json.writeNumberField("line", entry.getKey().location.line());
      schedule(entry.getValue());
      json.writeEndObject();
    }
    int[] broken = explorer.findings().finalBroken();
    if (broken != null) {
      json.writeStartObject();
      json.writeStringField("final", scenario.finalCheck().text());
      json.writeNumberField("line", scenario.finalCheck().location().line());
      schedule(broken);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  // --- races, witness, bounds

  private void races(Findings findings) throws IOException {
    json.writeArrayFieldStart("races");
    for (RacePair race : findings.races()) {
      json.writeStartObject();
      HeldLocks held = findings.held(race);
      json.writeStringField("variable", ExploreTables.cellName(race.cell(), machine, names));
      access("first", race.first(), race.firstAt(), race.firstWrites(), held.first());
      access("second", race.second(), race.secondAt(), race.secondWrites(), held.second());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void access(String name, int thread, Location at, boolean writes, List<String> locks)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("thread", machine.threadName(thread));
    json.writeStringField("access", writes ? "write" : "read");
    json.writeNumberField("line", at.line());
    json.writeFieldName("locks");
    strings(locks);
    json.writeEndObject();
  }

  private void witness(Explorer explorer) throws IOException {
    Optional<int[]> schedule = ExploreText.witness(explorer);
    if (schedule.isEmpty()) {
      json.writeNullField("witness");
      return;
    }
    json.writeObjectFieldStart("witness");
    schedule(schedule.get());
    json.writeArrayFieldStart("steps");
    for (Narrative.Step step : Narrative.of(machine, schedule.get()).steps()) {
      json.writeStartObject();
      json.writeStringField("thread", machine.threadName(step.thread()));
      json.writeStringField("step", step.text());
      json.writeNumberField("line", step.location().line());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes for each kind of failure a whole schedule, and the scenario that it is written to. */
  private void witnesses(Map<FailureSearch.Kind, int[]> failures, Judge judge, Path folder)
      throws IOException {
    json.writeArrayFieldStart("witnesses");
    for (Map.Entry<FailureSearch.Kind, int[]> failure : failures.entrySet()) {
      Walk walk = Walk.of(machine, failure.getValue());
      if (walk.misstep() == null) {
        json.writeStartObject();
        boolean deadlock = failure.getKey() == FailureSearch.Kind.DEADLOCK;
        json.writeStringField("failure", deadlock ? "deadlock" : "assert");
        String file = WitnessFiles.name(failure.getKey()) + ".yaml";
        json.writeStringField("file", folder.resolve(file).toString());
        outcome(walk.outcome(judge));
        json.writeFieldName("schedule");
        strings(walk.tasks());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void bounds(String name, Census census, int most) throws IOException {
    if (census == null) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (int bound = 0; bound <= most; bound++) {
      Map<Outcome, BigInteger> counts = census.countsUpTo(bound);
      json.writeStartObject();
      json.writeNumberField("bound", bound);
      json.writeNumberField("interleavings", Explorer.sum(counts));
      json.writeNumberField("failing", Explorer.failing(counts));
      json.writeArrayFieldStart("outcomes");
      for (Map.Entry<Outcome, BigInteger> entry : counts.entrySet()) {
        json.writeStartObject();
        outcome(entry.getKey());
        json.writeNumberField("interleavings", entry.getValue());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void samples(Sampler sampler) throws IOException {
    // Not all schedules were looked at, whatever was asked for.
    json.writeBooleanField("complete", false);
    json.writeNumberField("executions", sampler.runs());
    json.writeObjectFieldStart("failing");
    json.writeNumberField("executions", sampler.failing());
    json.writeNumberField("of", sampler.runs());
    json.writeEndObject();
    json.writeNumberField("failure_probability", ExploreText.share(sampler));
    json.writeArrayFieldStart("outcomes");
    for (Map.Entry<Outcome, Sampler.Seen> entry : sampler.outcomes().entrySet()) {
      json.writeStartObject();
      outcome(entry.getKey());
      json.writeNumberField("executions", entry.getValue().runs());
      schedule(entry.getValue().schedule());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
