package org.schedlab.report;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;
import org.schedlab.scenario.Scenario;

/** What people see of one work under several execution models, in every form. */
public final class ModelComparison {
  private final Scenario scenario;
  private final Comparison comparison;
  private final List<ModelRun> runs;
  private final Map<String, Map<Measure, BigDecimal>> values = new HashMap<>();
  private final List<UnmetExpectation> unmet;

  /**
   * @param scenario as the file has it
   * @param runs by count, those of one count in the order of models
   */
  public ModelComparison(Scenario scenario, Comparison comparison, List<ModelRun> runs) {
    this.scenario = scenario;
    this.comparison = comparison;
    this.runs = List.copyOf(runs);
    runs.forEach(run -> values.put(run.subject(), ModelMeasures.of(run)));
    // What a scenario that is not written for comparisons expects is true of itself alone.
    this.unmet =
        scenario.comparison() == null
            ? List.of()
            : new ModelExpectations(this).unmet(scenario.expectations());
  }

  Scenario scenario() {
    return scenario;
  }

  List<ModelRun> runs() {
    return runs;
  }

  List<ExecutionModel> models() {
    return comparison.models();
  }

  boolean isSweep() {
    return comparison.isSweep();
  }

  /** Returns the name of what a sweep has different numbers of. */
  String swept() {
    return comparison.swept();
  }

  List<Integer> counts() {
    return comparison.counts();
  }

  /** Returns a value in nanoseconds, bytes or as it counts; null where there is none. */
  BigDecimal value(ExecutionModel model, int count, Measure measure) {
    String subject = count == 0 ? model.key() : model.key() + "@" + count;
    return values.getOrDefault(subject, Map.of()).get(measure);
  }

  /** Returns a value with times in the scenario's unit; null where there is none. */
  BigDecimal inUnits(ExecutionModel model, int count, Measure measure) {
    BigDecimal value = value(model, count, measure);
    return value == null || measure.unit() != Measure.Unit.TIME
        ? value
        : value.divide(BigDecimal.valueOf(scenario.timeUnit().nanos()));
  }

  /** Returns the models whose values are the best, none where all are the same. */
  List<ExecutionModel> best(Measure measure, int count) {
    List<BigDecimal> all = new ArrayList<>();
    models().forEach(model -> all.add(value(model, count, measure)));
    return ModelTable.best(measure, models(), all);
  }

  /** Returns policy, CPUs, costs and seed in one line. */
  String setting() {
    return runs.get(0).report().run().setting();
  }

  List<UnmetExpectation> unmet() {
    return unmet;
  }

  /** Returns what the scenario checks and did not hold, a line each. Empty means success. */
  public List<String> failures() {
    List<String> lines = new ArrayList<>();
    runs.forEach(run -> lines.addAll(run.failures()));
    for (UnmetExpectation one : unmet) {
      lines.add(one.what() + ": expected " + one.expected() + ", actual " + one.actual());
    }
    return lines;
  }

  /** Returns what else went wrong in the simulated programs. */
  public List<String> warnings() {
    return runs.stream().flatMap(run -> run.warnings().stream()).toList();
  }

  /** Prints failures, tables, and who is ahead where. */
  public void printTerminal(Appendable out, boolean unicode) throws IOException {
    Glyphs glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    out.append(glyphs.plain(scenario.name() + " · " + setting())).append('\n');
    for (String line : failures()) {
      out.append("FAILED  ").append(glyphs.plain(line)).append('\n');
    }
    for (String line : warnings()) {
      out.append("WARNING  ").append(glyphs.plain(line)).append('\n');
    }
    for (Table table : new ModelTable(this).tables()) {
      out.append('\n').append(table.toText(glyphs));
    }
    if (isSweep()) {
      out.append('\n');
      for (String sentence : new ModelWinners(this).sentences()) {
        out.append(glyphs.plain(sentence)).append('\n');
      }
    }
  }

  /** Writes models.json as UTF-8 and leaves the stream open. */
  public void writeJson(OutputStream out) throws IOException {
    ModelJson.write(this, out);
  }

  /**
   * Writes models.json, models.csv, models.md, the charts models.png and models.svg, and a folder
   * for each model with the results of its run; in a sweep of the one with the smallest count.
   *
   * @throws ChartFailedException if charts cannot be drawn on this machine; everything else has
   *     been written then
   */
  public void writeFolder(Path folder, boolean charts) throws IOException, ChartFailedException {
    new ModelFolder(this, folder).write(charts);
  }
}
