package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.schedlab.metrics.Latencies;

/** Writes how long something took, often: count, mean, quantiles and maximum. */
final class LatencyJson {
  private LatencyJson() {}

  static void write(Run run, JsonGenerator json, String key, Latencies latencies)
      throws IOException {
    boolean any = latencies.count() > 0;
    json.writeObjectFieldStart(key);
    json.writeNumberField("count", latencies.count());
    number(json, "mean", any ? mean(run, latencies) : null);
    for (int percent : new int[] {50, 95, 99}) {
      number(json, "p" + percent, any ? run.exact(latencies.quantile(percent)) : null);
    }
    number(json, "max", any ? run.exact(latencies.max()) : null);
    if (!latencies.isExact()) {
      json.writeBooleanField("exact", false);
    }
    json.writeEndObject();
  }

  private static String mean(Run run, Latencies latencies) {
    Averages.Mean mean = new Averages.Mean(latencies.sum(), latencies.count());
    return mean.in(run.unit().nanos(), Decimals.STATISTIC_PLACES);
  }

  private static void number(JsonGenerator json, String key, String value) throws IOException {
    json.writeFieldName(key);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }
}
