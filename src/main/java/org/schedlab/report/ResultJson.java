package org.schedlab.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.schedlab.metrics.Findings;
import org.schedlab.metrics.JobTimes;
import org.schedlab.metrics.Ledger;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.metrics.Timeline;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.Account;
import org.schedlab.trace.TraceSink;

/**
 * Writes result.json. Times are exact decimals in the scenario's unit; averages are rounded
 * half-even to nine places; what has not come about is null.
 */
final class ResultJson {
  /** Keeps buffers for the next result. */
  private static final JsonFactory JSON = new JsonFactory();

  private final Run run;
  private final JsonGenerator json;
  private final MemoryJson memory;
  private final LockJson locks;
  private final ChannelJson channels;
  private final CoroutineJson coroutines;

  private ResultJson(Run run, JsonGenerator json) {
    this.run = run;
    this.json = json;
    this.memory = new MemoryJson(run, json);
    this.locks = new LockJson(run, json);
    this.channels = new ChannelJson(run, json);
    this.coroutines = new CoroutineJson(run, json);
  }

  /** Writes the whole result as UTF-8; does not close the stream. */
  static void write(Run run, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new LinePrinter());
      new ResultJson(run, json).result();
      json.writeRaw('\n');
    }
  }

  private void result() throws IOException {
    Scenario scenario = run.scenario();
    json.writeStartObject();
    json.writeStringField("scenario", scenario.name());
    json.writeNumberField("seed", scenario.seed());
    json.writeStringField("policy", scenario.policyName());
    json.writeStringField(
        "policy_label",
        scenario.policyLabel(value -> run.unit().format(value) + " " + run.unit().symbol()));
    json.writeStringField("time_unit", run.unit().symbol());
    time("makespan", run.metrics().makespan());
    json.writeStringField("exit", run.ending().exit());
    checks();
    averages();
    new SummaryReport(run).json(json);
    tasks();
    coroutines.coroutines();
    timeline();
    cpus();
    memory.memory();
    memory.processes();
    memory.details();
    costs();
    channels.ipc();
    channels.events();
    if (run.metrics().decisions().isPresent()) {
      new DecisionText(run, run.metrics().decisions().get()).write(json);
    }
    new RaceJson(run, json).races();
    locks.deadlocks();
    locks.locks();
    locks.failures();
    json.writeEndObject();
  }

  /** A time, or null for one that never came. */
  private void time(String key, long time) throws IOException {
    number(key, run.exact(time));
  }

  private void number(String key, String value) throws IOException {
    json.writeFieldName(key);
    number(value);
  }

  private void number(String value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private void checks() throws IOException {
    Ending ending = run.ending();
    Scenario scenario = run.scenario();
    if (scenario.finalCheck() != null) {
      json.writeObjectFieldStart("final");
      json.writeStringField("condition", scenario.finalCheck().text());
      json.writeFieldName("held");
      if (ending.finalCheckHeld() == null) {
        json.writeNull();
      } else {
        json.writeBoolean(ending.finalCheckHeld());
      }
      json.writeEndObject();
    }
    if (!scenario.observe().isEmpty()) {
      observed(scenario.observe(), ending.observed());
    }
    json.writeArrayFieldStart("expectations");
    for (UnmetExpectation unmet : run.unmet()) {
      json.writeStartObject();
      json.writeStringField("subject", unmet.subject());
      json.writeStringField("field", unmet.field());
      json.writeStringField("expected", unmet.expected());
      json.writeStringField("actual", unmet.actual());
      json.writeEndObject();
    }
    json.writeEndArray();
    findings(run.metrics().findings());
    if (!ending.stuck().isEmpty()) {
      json.writeArrayFieldStart("stuck");
      for (Ending.Stuck stuck : ending.stuck()) {
        json.writeStartObject();
        json.writeStringField("task", stuck.task());
        json.writeStringField("waits_for", stuck.waitsFor());
        time("since", stuck.since());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private void observed(List<Scenario.Observation> observations, List<Long> values)
      throws IOException {
    json.writeObjectFieldStart("observed");
    for (int i = 0; i < observations.size() && i < values.size(); i++) {
      Scenario.Observation observation = observations.get(i);
      String key = observation.task() + "." + observation.register();
      number(key, String.valueOf(values.get(i)));
    }
    json.writeEndObject();
  }

  private void findings(Findings findings) throws IOException {
    json.writeArrayFieldStart("assertions");
    for (Findings.FailedAssertion failed : findings.assertions()) {
      json.writeStartObject();
      finding(failed.time(), failed.thread(), failed.coroutine());
      json.writeStringField("assert", failed.text());
      json.writeNumberField("line", failed.line());
      json.writeNumberField("column", failed.column());
      json.writeEndObject();
    }
    json.writeEndArray();
    omitted("assertions_omitted", findings.assertionCount() - findings.assertions().size());
    json.writeArrayFieldStart("faults");
    for (Findings.FaultedThread fault : findings.faults()) {
      json.writeStartObject();
      finding(fault.time(), fault.thread(), fault.coroutine());
      json.writeStringField("fault", fault.fault().label());
      json.writeStringField("detail", fault.detail());
      json.writeNumberField("line", fault.line());
      json.writeNumberField("column", fault.column());
      json.writeEndObject();
    }
    json.writeEndArray();
    omitted("faults_omitted", findings.faultCount() - findings.faults().size());
  }

  private void finding(long time, int thread, int coroutine) throws IOException {
    time("time", time);
    json.writeStringField("task", run.tasks().name(thread));
    if (coroutine != TraceSink.NONE) {
      json.writeStringField("coroutine", run.metrics().coroutines().of(coroutine).name());
    }
  }

  private void omitted(String key, long count) throws IOException {
    if (count > 0) {
      json.writeNumberField(key, count);
    }
  }

  private void averages() throws IOException {
    json.writeObjectFieldStart("average");
    for (Averages.Field field : run.averages().all()) {
      number(field.key(), field.mean().in(run.unit().nanos(), Decimals.STATISTIC_PLACES));
    }
    json.writeEndObject();
  }

  private void tasks() throws IOException {
    int[] threads = run.threads().toArray();
    boolean folded = run.scenario().foldsJobs();
    if (folded || threads.length > run.scenario().report().taskLimit()) {
      long jobs = folded ? run.metrics().workload().arrived() : 0;
      json.writeNumberField("tasks_omitted", threads.length + jobs);
      return;
    }
    json.writeArrayFieldStart("tasks");
    for (int thread : threads) {
      task(run.tasks(), thread);
    }
    json.writeEndArray();
    omitted("predictions_omitted", run.metrics().forecasts().omitted());
  }

  private void task(TaskTimes tasks, int thread) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", tasks.name(thread));
    json.writeStringField("process", tasks.processName(thread));
    for (TaskField field : TaskField.TIMES) {
      time(field.key(), field.of(tasks, thread));
    }
    json.writeObjectFieldStart("switches");
    json.writeNumberField("voluntary", tasks.voluntarySwitches(thread));
    json.writeNumberField("involuntary", tasks.involuntarySwitches(thread));
    json.writeEndObject();
    json.writeNumberField("system_calls", tasks.systemCalls(thread));
    number("exit", tasks.hasEnded(thread) ? Integer.toString(tasks.exitCode(thread)) : null);
    if (tasks.hasJobs(thread)) {
      jobs(tasks.jobs(thread));
    }
    memory.stack(thread);
    List<Long> forecasts = run.metrics().forecasts().of(thread);
    if (!forecasts.isEmpty()) {
      json.writeArrayFieldStart("predictions");
      for (long forecast : forecasts) {
        number(run.unit().format(forecast));
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void jobs(JobTimes jobs) throws IOException {
    boolean any = jobs.completed() > 0;
    json.writeObjectFieldStart("jobs");
    json.writeNumberField("released", jobs.released());
    json.writeNumberField("completed", jobs.completed());
    json.writeNumberField("missed", jobs.missed());
    json.writeObjectFieldStart("response");
    time("min", any ? jobs.responseMin() : TaskTimes.NEVER);
    time("max", any ? jobs.responseMax() : TaskTimes.NEVER);
    time("sum", jobs.responseSum());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void timeline() throws IOException {
    Timeline timeline = run.metrics().timeline();
    if (timeline.isOmitted()) {
      json.writeNumberField("timeline_omitted", timeline.count());
      return;
    }
    json.writeArrayFieldStart("timeline");
    for (Timeline.Bar bar : timeline.bars()) {
      json.writeStartObject();
      json.writeNumberField("cpu", bar.cpu());
      json.writeStringField("task", run.tasks().name(bar.thread()));
      time("start", bar.start());
      time("end", bar.end());
      json.writeStringField("why", bar.why().label());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void cpus() throws IOException {
    Ledger ledger = run.metrics().ledger();
    json.writeArrayFieldStart("cpus");
    for (int cpu = 0; cpu < ledger.cpus(); cpu++) {
      json.writeStartObject();
      json.writeNumberField("cpu", cpu);
      time("busy", ledger.busy(cpu));
      time("overhead", ledger.overhead(cpu));
      time("idle", ledger.idle(cpu));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void costs() throws IOException {
    json.writeObjectFieldStart("costs");
    json.writeStringField("profile", run.scenario().machine().costs().profile().key());
    json.writeNumberField("system_calls", run.tasks().systemCalls());
    json.writeObjectFieldStart("accounts");
    for (Account account : Account.values()) {
      time(LedgerKeys.of(account), run.metrics().ledger().charged(account));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("switches");
    SwitchTable switches = run.metrics().switches();
    for (SwitchTable.Kind kind : SwitchTable.Kind.values()) {
      json.writeObjectFieldStart(LedgerKeys.of(kind));
      json.writeNumberField("count", switches.count(kind));
      time("direct", switches.direct(kind));
      time("indirect", switches.indirect(kind));
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
