package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.schedlab.metrics.RaceUse;
import org.schedlab.races.Access;
import org.schedlab.races.Race;
import org.schedlab.races.SharedUse;

/** The parts of result.json that speak of variables that threads share. */
final class RaceJson {
  private final Run run;
  private final JsonGenerator json;

  RaceJson(Run run, JsonGenerator json) {
    this.run = run;
    this.json = json;
  }

  /** Writes the list of variables with races or lost updates, which every result has. */
  void races() throws IOException {
    List<SharedVariable> variables = SharedVariable.of(run);
    json.writeArrayFieldStart("races");
    for (SharedVariable variable : variables) {
      if (!variable.races().isEmpty() || variable.use().lost() > 0) {
        race(variable);
      }
    }
    json.writeEndArray();
    if (!variables.isEmpty()) {
      json.writeArrayFieldStart("shared_variables");
      for (SharedVariable variable : variables) {
        variable(variable);
      }
      json.writeEndArray();
    }
    long left = run.metrics().races().pairs() - RaceUse.RACES;
    if (left > 0) {
      json.writeNumberField("racing_pairs_omitted", left);
    }
    if (run.metrics().races().isOmitted()) {
      json.writeBooleanField("races_omitted", true);
    }
  }

  private void race(SharedVariable variable) throws IOException {
    json.writeStartObject();
    names(variable);
    json.writeStringField("verdict", variable.verdict().label());
    json.writeNumberField("lost_updates", variable.use().lost());
    json.writeArrayFieldStart("pairs");
    for (Race race : variable.races()) {
      json.writeStartArray();
      access(variable, race.first());
      access(variable, race.second());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeStringField("advice", variable.advice());
    json.writeEndObject();
  }

  private void names(SharedVariable variable) throws IOException {
    json.writeStringField("variable", variable.name());
    json.writeStringField("of", variable.owner());
  }

  private void access(SharedVariable variable, Access access) throws IOException {
    json.writeStartObject();
    json.writeStringField("task", variable.threadOf(access));
    json.writeStringField("access", RaceTables.what(access));
    json.writeNumberField("line", access.place());
    json.writeFieldName("time");
    json.writeNumber(run.exact(access.time()));
    strings("locks", variable.locks(access.locks()));
    json.writeEndObject();
  }

  private void strings(String key, List<String> values) throws IOException {
    json.writeArrayFieldStart(key);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void variable(SharedVariable variable) throws IOException {
    json.writeStartObject();
    names(variable);
    json.writeStringField("verdict", variable.verdict().label());
    json.writeArrayFieldStart("accesses");
    List<String> users = variable.users();
    for (int i = 0; i < users.size(); i++) {
      long[] counts = variable.use().counts(variable.use().agents().get(i));
      json.writeStartObject();
      json.writeStringField("by", users.get(i));
      json.writeNumberField("reads", counts[0]);
      json.writeNumberField("writes", counts[1]);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (variable.commonLocks() != null) {
      strings("common_locks", variable.commonLocks());
    }
    json.writeArrayFieldStart("not_atomic");
    for (SharedUse.Broken broken : variable.use().broken()) {
      json.writeStartObject();
      json.writeNumberField("read_line", broken.loadPlace());
      json.writeNumberField("write_line", broken.storePlace());
      json.writeNumberField("times", broken.times());
      json.writeNumberField("lost_updates", broken.lost());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
