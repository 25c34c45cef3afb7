package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.schedlab.metrics.DecisionLog;
import org.schedlab.trace.Decision;
import org.schedlab.trace.TraceSink;

/** Why each thread was chosen, as a table and as JSON. */
final class DecisionText {
  /** How many decisions a table shows; result.json has all that were kept. */
  static final int ROWS = 1_000;

  private static final int CANDIDATES = 6;

  private final Run run;
  private final DecisionLog log;

  DecisionText(Run run, DecisionLog log) {
    this.run = run;
    this.log = log;
  }

  Table table() {
    List<DecisionLog.Made> shown = log.kept().stream().limit(ROWS).toList();
    TimeStyle style = TimeStyle.of(run.unit(), shown.stream().flatMapToLong(DecisionText::times));
    Table.Builder table =
        new Table.Builder(style.title("Decisions"))
            .number("time")
            .number("CPU")
            .words("chosen")
            .words("because it")
            .words("instead of")
            .words("ready, with their " + keyNames(shown));
    for (DecisionLog.Made made : shown) {
      Decision decision = made.decision();
      table.row(
          List.of(
              style.time(made.time()),
              Integer.toString(made.cpu()),
              run.tasks().name(decision.chosen()),
              decision.rule(),
              decision.preempted() == TraceSink.NONE ? "–" : run.tasks().name(decision.preempted()),
              ready(decision, style)));
    }
    String rest = log.kept().size() == log.count() ? "result.json has all." : "";
    String cut = "The first " + shown.size() + " of " + log.count() + ". " + rest;
    return table.note(shown.size() < log.count() ? cut.strip() : "").build();
  }

  private static LongStream times(DecisionLog.Made made) {
    return LongStream.of(made.time());
  }

  private static String keyNames(List<DecisionLog.Made> shown) {
    return shown.stream()
        .map(made -> made.decision().keyName())
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private String ready(Decision decision, TimeStyle style) {
    List<String> texts = new ArrayList<>();
    for (Decision.Candidate candidate : decision.ready()) {
      if (texts.size() == CANDIDATES && decision.ready().size() > CANDIDATES + 1) {
        break;
      }
      String text = candidate.text();
      if (candidate.nanos() != null) {
        text = (text + " " + time(candidate.nanos(), style)).strip();
      }
      texts.add(run.tasks().name(candidate.thread()) + " " + text);
    }
    int more = decision.ready().size() + decision.more() - texts.size();
    return String.join(", ", texts) + (more > 0 ? " and " + more + " more" : "");
  }

  /** A key may be negative, as the laxity of a job that is late. */
  private static String time(long nanos, TimeStyle style) {
    return nanos < 0 ? "−" + style.time(-nanos) : style.time(nanos);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("decisions");
    for (DecisionLog.Made made : log.kept()) {
      write(json, made);
    }
    json.writeEndArray();
    long omitted = log.count() - log.kept().size();
    if (omitted > 0) {
      json.writeNumberField("decisions_omitted", omitted);
    }
  }

  private void write(JsonGenerator json, DecisionLog.Made made) throws IOException {
    Decision decision = made.decision();
    json.writeStartObject();
    json.writeFieldName("time");
    json.writeNumber(run.exact(made.time()));
    json.writeNumberField("cpu", made.cpu());
    json.writeStringField("chosen", run.tasks().name(decision.chosen()));
    json.writeStringField("rule", decision.rule());
    json.writeFieldName("preempted");
    if (decision.preempted() == TraceSink.NONE) {
      json.writeNull();
    } else {
      json.writeString(run.tasks().name(decision.preempted()));
    }
    json.writeStringField("key", decision.keyName());
    json.writeArrayFieldStart("ready");
    for (Decision.Candidate candidate : decision.ready()) {
      json.writeStartObject();
      json.writeStringField("task", run.tasks().name(candidate.thread()));
      json.writeFieldName("key");
      if (candidate.nanos() != null) {
        json.writeNumber(run.unit().format(candidate.nanos()));
      } else {
        json.writeString(candidate.text());
      }
      if (candidate.nanos() != null && !candidate.text().isEmpty()) {
        json.writeStringField("note", candidate.text());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    if (decision.more() > 0) {
      json.writeNumberField("ready_omitted", decision.more());
    }
    json.writeEndObject();
  }
}
