package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.schedlab.metrics.ChannelTimes;
import org.schedlab.metrics.ChannelTimes.Wait;
import org.schedlab.metrics.SentSignals;
import org.schedlab.metrics.Wakeups;
import org.schedlab.trace.TraceSink;

/** The parts of result.json that speak of channels, signals and who wakes whom. */
final class ChannelJson {
  private static final int PLACES = Decimals.STATISTIC_PLACES;

  private final Run run;
  private final JsonGenerator json;

  ChannelJson(Run run, JsonGenerator json) {
    this.run = run;
    this.json = json;
  }

  private void time(String key, long time) throws IOException {
    number(key, run.exact(time));
  }

  private void number(String key, String value) throws IOException {
    json.writeFieldName(key);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  /** Writes the list of channels, which every result has. */
  void ipc() throws IOException {
    json.writeArrayFieldStart("ipc");
    for (ChannelTimes channel : run.metrics().channels().all()) {
      json.writeStartObject();
      json.writeStringField("name", channel.name());
      json.writeStringField("kind", channel.kind().label());
      json.writeFieldName("process");
      if (channel.process() == TraceSink.NONE) {
        json.writeNull();
      } else {
        json.writeString(run.metrics().lives().name(channel.process()));
      }
      json.writeNumberField("capacity", channel.capacity());
      if (channel.isSharedMemory()) {
        segment(channel);
      } else {
        stream(channel);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void segment(ChannelTimes segment) throws IOException {
    json.writeNumberField("loads", segment.loads());
    json.writeNumberField("stores", segment.stores());
    json.writeNumberField("atomics", segment.atomics());
    json.writeNumberField("bytes", segment.bytes());
    time("kernel_time", segment.kernelTime());
    json.writeNumberField("system_calls", segment.systemCalls());
    json.writeNumberField("switches", segment.switches());
    json.writeObjectFieldStart("throughput");
    number("accesses_per_second", ChannelTables.perSecond(segment.accesses(), segment, PLACES));
    number("bytes_per_second", ChannelTables.perSecond(segment.receivedBytes(), segment, PLACES));
    json.writeEndObject();
  }

  private void stream(ChannelTimes channel) throws IOException {
    json.writeNumberField("messages", channel.messages());
    json.writeNumberField("bytes", channel.bytes());
    json.writeNumberField("copies", channel.copies());
    time("copy_time", channel.copyTime());
    time("kernel_time", channel.kernelTime());
    json.writeNumberField("system_calls", channel.systemCalls());
    json.writeNumberField("switches", channel.switches());
    blocked("blocked_full", channel, Wait.FULL);
    blocked("blocked_empty", channel, Wait.EMPTY);
    json.writeObjectFieldStart("occupancy");
    number("mean", ChannelTables.meanLevel(channel.level(), PLACES));
    json.writeNumberField("max", channel.level().max());
    json.writeEndObject();
    LatencyJson.write(run, json, "latency", channel.latencies());
    long received = channel.latencies().count();
    json.writeObjectFieldStart("throughput");
    number("messages_per_second", ChannelTables.perSecond(received, channel, PLACES));
    number("bytes_per_second", ChannelTables.perSecond(channel.receivedBytes(), channel, PLACES));
    json.writeEndObject();
  }

  private void blocked(String key, ChannelTimes channel, Wait wait) throws IOException {
    json.writeObjectFieldStart(key);
    json.writeNumberField("times", channel.waits(wait));
    time("time", channel.waitTime(wait));
    json.writeEndObject();
  }

  /** Writes the signals that were sent, and the wake-ups where somebody asked for them. */
  void events() throws IOException {
    SentSignals sent = run.metrics().signals();
    if (sent.count() > 0) {
      signals(sent);
    }
    if (run.metrics().wakeups().isPresent()) {
      wakeups(run.metrics().wakeups().get());
    }
  }

  private void signals(SentSignals sent) throws IOException {
    json.writeArrayFieldStart("signals");
    for (SentSignals.SentSignal signal : sent.signals()) {
      json.writeStartObject();
      time("time", signal.time());
      json.writeStringField("from", run.tasks().name(signal.thread()));
      json.writeStringField("to", run.metrics().lives().name(signal.process()));
      json.writeStringField("signal", signal.signal());
      json.writeEndObject();
    }
    json.writeEndArray();
    omitted("signals_omitted", sent.count() - sent.signals().size());
  }

  private void wakeups(Wakeups wakeups) throws IOException {
    json.writeArrayFieldStart("wakeups");
    for (int i = 0; i < wakeups.kept(); i++) {
      json.writeStartObject();
      time("time", wakeups.time(i));
      json.writeFieldName("waker");
      if (wakeups.waker(i) == TraceSink.NONE) {
        json.writeNull();
      } else {
        json.writeString(run.tasks().name(wakeups.waker(i)));
      }
      json.writeStringField("woken", run.tasks().name(wakeups.woken(i)));
      json.writeStringField("waited_for", run.waitText(wakeups.cause(i), wakeups.object(i)));
      json.writeEndObject();
    }
    json.writeEndArray();
    omitted("wakeups_omitted", wakeups.count() - wakeups.kept());
  }

  private void omitted(String key, long count) throws IOException {
    if (count > 0) {
      json.writeNumberField(key, count);
    }
  }
}
