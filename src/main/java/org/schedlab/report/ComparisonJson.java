package org.schedlab.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import org.schedlab.report.RunComparison.Alternative;
import org.schedlab.report.RunComparison.Difference;
import org.schedlab.statistics.Sample;

/** Writes a comparison as JSON. */
final class ComparisonJson {
  private final RunComparison comparison;
  private final JsonGenerator json;

  private ComparisonJson(RunComparison comparison, JsonGenerator json) {
    this.comparison = comparison;
    this.json = json;
  }

  static void write(RunComparison comparison, OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new LinePrinter());
      new ComparisonJson(comparison, json).all();
      json.writeRaw('\n');
    }
  }

  private void all() throws IOException {
    json.writeStartObject();
    json.writeStringField("scenario", comparison.scenario().name());
    json.writeStringField("time_unit", comparison.unit().symbol());
    json.writeNumberField("replications", comparison.replications());
    json.writeNumberField("first_seed", comparison.seed(0));
    json.writeFieldName("confidence");
    json.writeNumber(Decimals.plain(BigDecimal.valueOf(comparison.confidence())));
    json.writeArrayFieldStart("alternatives");
    for (int i = 0; i < comparison.alternatives().size(); i++) {
      alternative(i);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("differences");
    for (Difference difference : comparison.differences()) {
      difference(difference);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("failures");
    for (String failure : comparison.failures()) {
      json.writeString(failure);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void alternative(int index) throws IOException {
    Alternative alternative = comparison.alternatives().get(index);
    json.writeStartObject();
    json.writeStringField("name", alternative.label());
    json.writeObjectFieldStart("measures");
    for (RunMeasure measure : comparison.measures()) {
      Sample sample = comparison.sample(index, measure);
      json.writeObjectFieldStart(measure.key());
      number("mean", sample.mean());
      if (comparison.replications() > 1) {
        number("sd", sample.deviation());
        number("half_width", sample.halfWidth(comparison.confidence()));
      }
      json.writeArrayFieldStart("runs");
      for (Map<RunMeasure, BigDecimal> run : alternative.runs()) {
        json.writeNumber(Decimals.plain(run.get(measure)));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void difference(Difference difference) throws IOException {
    json.writeStartObject();
    json.writeStringField("measure", difference.measure().key());
    json.writeStringField(
        "alternative", comparison.alternatives().get(difference.alternative()).label());
    json.writeStringField("from", comparison.alternatives().get(0).label());
    number("mean", difference.values().mean());
    number("half_width", difference.values().halfWidth(comparison.confidence()));
    number("p", difference.probability());
    number("p_corrected", difference.corrected());
    json.writeBooleanField("significant", comparison.isSignificant(difference));
    json.writeStringField("better", difference.measure().better().name().toLowerCase(Locale.ROOT));
    json.writeEndObject();
  }

  private void number(String key, double value) throws IOException {
    json.writeFieldName(key);
    if (Double.isNaN(value)) {
      json.writeNull();
    } else {
      json.writeNumber(
          Decimals.plain(
              new BigDecimal(value).setScale(Decimals.STATISTIC_PLACES, RoundingMode.HALF_EVEN)));
    }
  }
}
