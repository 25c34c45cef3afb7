package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.schedlab.metrics.Findings;
import org.schedlab.metrics.Inversions;
import org.schedlab.metrics.LockOrder;
import org.schedlab.metrics.LockTimes;
import org.schedlab.metrics.LockUse;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.TraceSink;

/** The parts of result.json that speak of locks. */
final class LockJson {
  private final Run run;
  private final JsonGenerator json;
  private final Findings findings;

  LockJson(Run run, JsonGenerator json) {
    this.run = run;
    this.json = json;
    this.findings = run.metrics().findings();
  }

  private void time(String key, long time) throws IOException {
    json.writeFieldName(key);
    if (time == TaskTimes.NEVER) {
      json.writeNull();
    } else {
      json.writeNumber(run.exact(time));
    }
  }

  private void place(int line, int column) throws IOException {
    json.writeNumberField("line", line);
    json.writeNumberField("column", column);
  }

  private void omitted(String key, long count) throws IOException {
    if (count > 0) {
      json.writeNumberField(key, count);
    }
  }

  /** Writes the list of deadlocks, which every result has. */
  void deadlocks() throws IOException {
    json.writeArrayFieldStart("deadlocks");
    for (Findings.FoundDeadlock found : findings.deadlocks()) {
      json.writeStartObject();
      time("time", found.time());
      json.writeArrayFieldStart("threads");
      for (Deadlock.Link link : found.deadlock().links()) {
        json.writeStartObject();
        json.writeStringField("task", run.tasks().name(link.thread()));
        json.writeStringField("waits_for", link.what());
        time("since", link.since());
        place(link.line(), link.column());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (!found.deadlock().circle()) {
        json.writeBooleanField("circle", false);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    omitted("deadlocks_omitted", findings.deadlockCount() - findings.deadlocks().size());
  }

  /** Writes what there is to say of locks; nothing where there are none. */
  void locks() throws IOException {
    LockUse locks = run.metrics().locks();
    if (locks.count() == 0) {
      return;
    }
    json.writeArrayFieldStart("locks");
    for (LockTimes lock : locks.all()) {
      lock(lock);
    }
    json.writeEndArray();
    inversions(run.metrics().inversions());
    lockOrder(run.metrics().lockOrder());
  }

  private void lockOrder(LockOrder order) throws IOException {
    if (order.inversions().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("lock_order_inversions");
    for (LockOrder.Inversion inversion : order.inversions()) {
      json.writeStartObject();
      json.writeArrayFieldStart("locks");
      for (LockOrder.Step step : inversion.steps()) {
        json.writeString(run.objectLabel(step.held()));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("edges");
      for (LockOrder.Step step : inversion.steps()) {
        edge(step);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    if (order.isOmitted()) {
      json.writeBooleanField("lock_order_inversions_omitted", true);
    }
  }

  private void edge(LockOrder.Step step) throws IOException {
    json.writeStartObject();
    json.writeStringField("thread", run.tasks().name(step.thread()));
    json.writeStringField("held", run.objectLabel(step.held()));
    json.writeNumberField("held_line", step.heldLine());
    json.writeStringField("acquired", run.objectLabel(step.acquired()));
    json.writeNumberField("line", step.line());
    time("time", step.time());
    json.writeEndObject();
  }

  private void lock(LockTimes lock) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", lock.name());
    json.writeStringField("kind", lock.kind().label());
    json.writeFieldName("process");
    if (lock.process() == TraceSink.NONE) {
      json.writeNull();
    } else {
      json.writeString(run.metrics().lives().name(lock.process()));
    }
    json.writeNumberField("acquisitions", lock.acquisitions());
    json.writeNumberField("contended", lock.contended());
    times("hold", lock.holds(), lock.holdTotal(), lock.holdMax());
    times("wait", lock.waits(), lock.waitTotal(), lock.waitMax());
    json.writeNumberField("longest_queue", lock.longestQueue());
    json.writeNumberField("waiting_at_end", lock.waiting());
    json.writeNumberField("timeouts", lock.timeouts());
    json.writeObjectFieldStart("signals");
    json.writeNumberField("count", lock.signals());
    json.writeNumberField("lost", lock.lostSignals());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void times(String key, long count, long total, long max) throws IOException {
    json.writeObjectFieldStart(key);
    json.writeNumberField("count", count);
    time("sum", total);
    json.writeFieldName("mean");
    if (count == 0) {
      json.writeNull();
    } else {
      Averages.Mean mean = Averages.mean(total, count);
      json.writeNumber(mean.in(run.unit().nanos(), Decimals.STATISTIC_PLACES));
    }
    time("max", count == 0 ? TaskTimes.NEVER : max);
    json.writeEndObject();
  }

  private void inversions(Inversions inversions) throws IOException {
    json.writeArrayFieldStart("priority_inversions");
    for (int index = 0; index < inversions.count(); index++) {
      Inversions.Inversion inversion = inversions.get(index);
      json.writeStartObject();
      json.writeStringField("waiter", run.tasks().name(inversion.waiter()));
      json.writeStringField("holder", run.tasks().name(inversion.holder()));
      json.writeStringField("through", run.metrics().locks().of(inversion.object()).label());
      json.writeStringField("runner", run.tasks().name(inversion.runner()));
      json.writeNumberField("count", inversion.count());
      time("time", inversion.time());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (inversions.isOmitted()) {
      json.writeBooleanField("priority_inversions_omitted", true);
    }
  }

  /** Writes what operations reported; where there are no locks, only if any did. */
  void failures() throws IOException {
    if (run.metrics().locks().count() == 0 && findings.operations().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("operation_failures");
    for (Findings.FailedOperation failed : findings.operations()) {
      json.writeStartObject();
      time("time", failed.time());
      json.writeStringField("task", run.tasks().name(failed.thread()));
      json.writeStringField("error", failed.error());
      json.writeStringField("detail", failed.detail());
      json.writeFieldName("object");
      String object = run.objectLabel(failed.object());
      if (object.isEmpty()) {
        json.writeNull();
      } else {
        json.writeString(object);
      }
      place(failed.line(), failed.column());
      json.writeEndObject();
    }
    json.writeEndArray();
    long omitted = findings.operationCount() - findings.operations().size();
    omitted("operation_failures_omitted", omitted);
  }
}
