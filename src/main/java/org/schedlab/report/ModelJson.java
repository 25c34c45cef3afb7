package org.schedlab.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;

/**
 * Writes models.json. Times are exact decimals in the scenario's unit; what is divided is rounded
 * half-even to nine places; what there is none of is null.
 */
final class ModelJson {
  private final ModelComparison comparison;
  private final JsonGenerator json;

  private ModelJson(ModelComparison comparison, JsonGenerator json) {
    this.comparison = comparison;
    this.json = json;
  }

  /** Writes the whole comparison as UTF-8; does not close the stream. */
  static void write(ModelComparison comparison, OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new LinePrinter());
      new ModelJson(comparison, json).comparison();
      json.writeRaw('\n');
    }
  }

  private void comparison() throws IOException {
    json.writeStartObject();
    json.writeStringField("scenario", comparison.scenario().name());
    json.writeNumberField("seed", comparison.scenario().seed());
    json.writeStringField("policy", comparison.scenario().scheduler().policyName());
    json.writeNumberField("cpus", comparison.scenario().machine().cpus());
    json.writeStringField("costs", comparison.scenario().machine().costs().profile().key());
    json.writeStringField("time_unit", comparison.scenario().timeUnit().symbol());
    json.writeFieldName("swept");
    if (comparison.isSweep()) {
      json.writeString(comparison.swept());
    } else {
      json.writeNull();
    }
    json.writeArrayFieldStart("results");
    for (ModelRun run : comparison.runs()) {
      run(run);
    }
    json.writeEndArray();
    best();
    json.writeArrayFieldStart("expectations");
    for (UnmetExpectation unmet : comparison.unmet()) {
      json.writeStartObject();
      json.writeStringField("subject", unmet.subject());
      json.writeStringField("field", unmet.field());
      json.writeStringField("expected", unmet.expected());
      json.writeStringField("actual", unmet.actual());
      json.writeEndObject();
    }
    json.writeEndArray();
    strings("failures", comparison.failures());
    strings("warnings", comparison.warnings());
    json.writeEndObject();
  }

  private void strings(String key, List<String> lines) throws IOException {
    json.writeArrayFieldStart(key);
    for (String line : lines) {
      json.writeString(line);
    }
    json.writeEndArray();
  }

  private void run(ModelRun run) throws IOException {
    json.writeStartObject();
    json.writeStringField("model", run.model().key());
    count(run.count());
    json.writeStringField("exit", run.report().run().ending().exit());
    json.writeObjectFieldStart("measures");
    for (Measure measure : Measure.values()) {
      BigDecimal value = comparison.inUnits(run.model(), run.count(), measure);
      json.writeFieldName(measure.key());
      if (value == null) {
        json.writeNull();
      } else {
        json.writeNumber(Decimals.plain(value));
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void count(int count) throws IOException {
    json.writeFieldName("count");
    if (count == 0) {
      json.writeNull();
    } else {
      json.writeNumber(count);
    }
  }

  /** Writes for each count which models have the best value of each measure. */
  private void best() throws IOException {
    List<Integer> counts = comparison.isSweep() ? comparison.counts() : List.of(0);
    json.writeArrayFieldStart("best");
    for (int count : counts) {
      json.writeStartObject();
      count(count);
      for (Measure measure : Measure.values()) {
        if (measure.better() != Measure.Better.NEITHER) {
          json.writeArrayFieldStart(measure.key());
          for (ExecutionModel model : comparison.best(measure, count)) {
            json.writeString(model.key());
          }
          json.writeEndArray();
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
