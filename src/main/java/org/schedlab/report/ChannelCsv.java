package org.schedlab.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.metrics.ChannelTimes;
import org.schedlab.metrics.ChannelTimes.Wait;
import org.schedlab.metrics.Latencies;
import org.schedlab.trace.TraceSink;

/** The table of channels for programs, as {@link CsvTables} the others. */
final class ChannelCsv {
  private static final int PLACES = Decimals.STATISTIC_PLACES;

  private final Run run;

  ChannelCsv(Run run) {
    this.run = run;
  }

  private String header(String name) {
    return name + "_" + run.unit().symbol();
  }

  void channels(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord(
        "channel",
        "kind",
        "process",
        "capacity",
        "messages",
        "bytes",
        "copies",
        header("copy_time"),
        header("kernel_time"),
        "system_calls",
        "switches",
        "blocked_full",
        header("blocked_full_time"),
        "blocked_empty",
        header("blocked_empty_time"),
        "occupancy_mean",
        "occupancy_max",
        "latency_count",
        header("latency_mean"),
        header("latency_p50"),
        header("latency_p95"),
        header("latency_p99"),
        header("latency_max"),
        "messages_per_second",
        "bytes_per_second",
        "loads",
        "stores",
        "atomics");
    for (ChannelTimes channel : run.metrics().channels().all()) {
      List<Object> row = new ArrayList<>();
      boolean common = channel.process() == TraceSink.NONE;
      row.add(channel.name());
      row.add(channel.kind().label());
      row.add(common ? null : run.metrics().lives().name(channel.process()));
      row.add(channel.capacity());
      if (channel.isSharedMemory()) {
        segment(row, channel);
      } else {
        stream(row, channel);
      }
      csv.printRecord(row);
    }
  }

  /** Adds the cells of a segment: of what only messages have, nothing. */
  private void segment(List<Object> row, ChannelTimes segment) {
    row.add(null);
    row.add(segment.bytes());
    row.add(null);
    row.add(null);
    row.add(run.exact(segment.kernelTime()));
    row.add(segment.systemCalls());
    row.add(segment.switches());
    for (int i = 0; i < 13; i++) {
      row.add(null);
    }
    row.add(ChannelTables.perSecond(segment.receivedBytes(), segment, PLACES));
    row.add(segment.loads());
    row.add(segment.stores());
    row.add(segment.atomics());
  }

  private void stream(List<Object> row, ChannelTimes channel) {
    row.add(channel.messages());
    row.add(channel.bytes());
    row.add(channel.copies());
    row.add(run.exact(channel.copyTime()));
    row.add(run.exact(channel.kernelTime()));
    row.add(channel.systemCalls());
    row.add(channel.switches());
    for (Wait wait : Wait.values()) {
      row.add(channel.waits(wait));
      row.add(run.exact(channel.waitTime(wait)));
    }
    row.add(ChannelTables.meanLevel(channel.level(), PLACES));
    row.add(channel.level().max());
    latencies(row, channel.latencies());
    row.add(ChannelTables.perSecond(channel.latencies().count(), channel, PLACES));
    row.add(ChannelTables.perSecond(channel.receivedBytes(), channel, PLACES));
    row.add(null);
    row.add(null);
    row.add(null);
  }

  private void latencies(List<Object> row, Latencies latencies) {
    boolean any = latencies.count() > 0;
    row.add(latencies.count());
    row.add(
        any
            ? new Averages.Mean(latencies.sum(), latencies.count()).in(run.unit().nanos(), PLACES)
            : null);
    for (int percent : new int[] {50, 95, 99}) {
      row.add(any ? run.exact(latencies.quantile(percent)) : null);
    }
    row.add(any ? run.exact(latencies.max()) : null);
  }
}
