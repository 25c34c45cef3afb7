package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.schedlab.metrics.BlockingCall;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.CoroutineUse;
import org.schedlab.metrics.LoopTimes;
import org.schedlab.trace.AwaitCause;

/** The parts of result.json that speak of coroutines and event loops. */
final class CoroutineJson {
  private final Run run;
  private final JsonGenerator json;
  private final CoroutineUse use;

  CoroutineJson(Run run, JsonGenerator json) {
    this.run = run;
    this.json = json;
    this.use = run.metrics().coroutines();
  }

  private void time(String key, long time) throws IOException {
    String exact = run.exact(time);
    json.writeFieldName(key);
    if (exact == null) {
      json.writeNull();
    } else {
      json.writeNumber(exact);
    }
  }

  /** Writes the list of coroutines, which every result has, and what exists only with some. */
  void coroutines() throws IOException {
    List<CoroutineTimes> all = use.all();
    if (all.size() > run.scenario().report().taskLimit()) {
      json.writeNumberField("coroutines_omitted", all.size());
    } else {
      json.writeArrayFieldStart("coroutines");
      for (CoroutineTimes coroutine : all) {
        coroutine(coroutine);
      }
      json.writeEndArray();
    }
    if (!use.loops().isEmpty()) {
      json.writeArrayFieldStart("event_loops");
      for (LoopTimes loop : use.loops()) {
        loop(loop);
      }
      json.writeEndArray();
    }
    if (use.lostErrorCount() > 0) {
      lostErrors();
    }
  }

  private void coroutine(CoroutineTimes coroutine) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", coroutine.name());
    json.writeStringField("thread", run.tasks().name(coroutine.thread()));
    for (TaskField field : TaskField.TIMES) {
      time(field.key(), field.of(coroutine));
    }
    time("blocked_thread", coroutine.blockedThread());
    json.writeObjectFieldStart("memory");
    json.writeNumberField("reserved", coroutine.reserved());
    json.writeNumberField("resident", coroutine.resident());
    json.writeEndObject();
    json.writeObjectFieldStart("switches");
    json.writeNumberField("resumed", coroutine.resumes());
    json.writeNumberField("stolen", coroutine.steals());
    json.writeEndObject();
    json.writeNumberField("yields", coroutine.yields());
    json.writeObjectFieldStart("awaits");
    for (AwaitCause cause : AwaitCause.values()) {
      if (coroutine.awaits(cause) > 0) {
        json.writeNumberField(cause.name().toLowerCase(Locale.ROOT), coroutine.awaits(cause));
      }
    }
    json.writeEndObject();
    json.writeStringField("end", coroutine.end() == null ? null : coroutine.end().label());
    json.writeStringField("error", coroutine.error());
    json.writeEndObject();
  }

  private void loop(LoopTimes loop) throws IOException {
    json.writeStartObject();
    json.writeStringField("thread", run.tasks().name(loop.thread()));
    json.writeStringField("runtime", loop.runtime());
    json.writeNumberField("coroutines", loop.coroutines().size());
    json.writeNumberField("stolen", loop.steals());
    json.writeObjectFieldStart("switches");
    json.writeNumberField("count", loop.switches());
    time("time", loop.switchTime());
    json.writeEndObject();
    json.writeObjectFieldStart("waits_for_events");
    json.writeNumberField("times", loop.sleeps());
    time("time", loop.sleepTime());
    json.writeEndObject();
    json.writeObjectFieldStart("wake_ups");
    json.writeNumberField("count", loop.wakeUps());
    json.writeNumberField("made_ready", loop.readyByWakeUps());
    json.writeNumberField("most_at_once", loop.mostReadyByWakeUp());
    json.writeEndObject();
    LatencyJson.write(run, json, "lag", loop.lag());
    json.writeObjectFieldStart("longest_hold");
    CoroutineTimes holder = loop.longestHolder();
    json.writeStringField("coroutine", holder == null ? null : holder.name());
    time("time", loop.longestHold());
    json.writeEndObject();
    json.writeArrayFieldStart("blocking_calls");
    for (BlockingCall call : loop.blockingCalls()) {
      call(call);
    }
    json.writeEndArray();
    omitted("blocking_calls_omitted", loop.blockingCallCount() - loop.blockingCalls().size());
    json.writeEndObject();
  }

  private void call(BlockingCall call) throws IOException {
    json.writeStartObject();
    json.writeStringField("coroutine", use.of(call.coroutine()).name());
    json.writeStringField("waited_for", CoroutineTables.waitedFor(run, call));
    time("start", call.start());
    time("length", call.length());
    json.writeArrayFieldStart("held_up");
    for (int coroutine : call.heldUp()) {
      json.writeString(use.of(coroutine).name());
    }
    json.writeEndArray();
    omitted("held_up_omitted", call.heldUpCount() - call.heldUp().size());
    json.writeEndObject();
  }

  private void lostErrors() throws IOException {
    json.writeArrayFieldStart("errors_never_retrieved");
    for (CoroutineUse.LostError lost : use.lostErrors()) {
      json.writeStartObject();
      time("time", lost.time());
      json.writeStringField("coroutine", use.of(lost.coroutine()).name());
      json.writeStringField("error", lost.error());
      json.writeEndObject();
    }
    json.writeEndArray();
    omitted("errors_never_retrieved_omitted", use.lostErrorCount() - use.lostErrors().size());
  }

  private void omitted(String key, long count) throws IOException {
    if (count > 0) {
      json.writeNumberField(key, count);
    }
  }
}
