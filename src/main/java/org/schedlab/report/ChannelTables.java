package org.schedlab.report;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.schedlab.metrics.ChannelLevel;
import org.schedlab.metrics.ChannelTimes;
import org.schedlab.metrics.ChannelTimes.Wait;
import org.schedlab.metrics.Latencies;
import org.schedlab.metrics.TaskTimes;

/** What threads sent each other and what that took, for people. */
final class ChannelTables {
  private static final int PLACES = 3;
  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

  private final Run run;
  private final List<ChannelTimes> streams;
  private final List<ChannelTimes> segments;
  private final List<ChannelTimes> used;

  ChannelTables(Run run) {
    this.run = run;
    List<ChannelTimes> all = run.metrics().channels().all();
    this.streams = all.stream().filter(channel -> !channel.isSharedMemory()).toList();
    this.segments = all.stream().filter(ChannelTimes::isSharedMemory).toList();
    this.used = all.stream().filter(ChannelTimes::isUsed).toList();
  }

  /** Returns those that have rows. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    if (!streams.isEmpty()) {
      tables.add(channels());
      tables.add(waits());
    }
    if (!segments.isEmpty()) {
      tables.add(segments());
    }
    if (used.size() > 1) {
      tables.add(mechanisms());
    }
    return tables;
  }

  private static List<ChannelTimes> shown(List<ChannelTimes> all) {
    return all.stream().limit(Tables.ROWS).toList();
  }

  private static String note(String meaning, List<ChannelTimes> all) {
    String cut = Tables.cut(all.size(), shown(all).size());
    return cut.isEmpty() ? meaning : meaning + "\n" + cut;
  }

  /** Returns how many of something there were in a second; null where it took no time. */
  static String perSecond(long count, ChannelTimes channel, int places) {
    long nanos = channel.timeInUse();
    BigInteger scaled = BigInteger.valueOf(count).multiply(NANOS_PER_SECOND);
    return nanos == 0 ? null : Decimals.quotient(scaled, nanos, places);
  }

  /** Returns how much was in a channel on average over time; null where there was no time. */
  static String meanLevel(ChannelLevel level, int places) {
    return level.nanos() == 0 ? null : Decimals.quotient(level.area(), level.nanos(), places);
  }

  private static String dash(String number) {
    return number == null ? "–" : number;
  }

  private static String bytesPerSecond(ChannelTimes channel) {
    String number = perSecond(channel.receivedBytes(), channel, 0);
    return number == null ? "–" : Decimals.bytes(Long.parseLong(number)) + "/s";
  }

  private static String amount(ChannelTimes channel, long level) {
    String messages = level == 1 ? " message" : " messages";
    return channel.countsMessages() ? level + messages : Decimals.bytes(level);
  }

  Table channels() {
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            shown(streams).stream()
                .flatMapToLong(channel -> LongStream.of(channel.kernelTime(), channel.copyTime())));
    Table.Builder table =
        new Table.Builder(style.title("Channels"))
            .words("channel")
            .words("kind")
            .words("process")
            .number("capacity")
            .number("messages")
            .number("bytes")
            .number("system calls")
            .number("copies")
            .number("switches")
            .number("kernel time")
            .number("of it copying")
            .number("messages/s")
            .number("bytes/s");
    for (ChannelTimes channel : shown(streams)) {
      table.row(
          List.of(
              channel.name(),
              channel.kind().label(),
              LockTables.process(run, channel.process()),
              amount(channel, channel.capacity()),
              Long.toString(channel.messages()),
              Decimals.bytes(channel.bytes()),
              Long.toString(channel.systemCalls()),
              Long.toString(channel.copies()),
              Long.toString(channel.switches()),
              style.time(channel.kernelTime()),
              style.time(channel.copyTime()),
              dash(perSecond(channel.latencies().count(), channel, 1)),
              bytesPerSecond(channel)));
    }
    String meaning =
        "Copies: into the channel and out of it. Switches: because a thread slept for it. Per"
            + " second: received, from the first send to the last receipt.";
    return table.note(note(meaning, streams)).build();
  }

  Table waits() {
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            shown(streams).stream()
                .flatMapToLong(
                    channel ->
                        LongStream.of(
                            channel.waitTime(Wait.FULL),
                            channel.waitTime(Wait.EMPTY),
                            channel.latencies().max())));
    Table.Builder table =
        new Table.Builder(style.title("Waits and latencies at channels"))
            .words("channel")
            .number("was full")
            .number("for")
            .number("was empty")
            .number("for")
            .number("in it mean")
            .number("most")
            .number("latency mean")
            .number("p50")
            .number("p95")
            .number("p99")
            .number("max");
    for (ChannelTimes channel : shown(streams)) {
      List<String> row = new ArrayList<>();
      row.add(channel.name());
      for (Wait wait : Wait.values()) {
        row.add(channel.waits(wait) + "×");
        row.add(style.time(channel.waits(wait) == 0 ? TaskTimes.NEVER : channel.waitTime(wait)));
      }
      row.add(level(channel));
      row.add(amount(channel, channel.level().max()));
      row.add(meanLatency(channel, style));
      for (int percent : new int[] {50, 95, 99, 100}) {
        row.add(quantile(channel, percent, style));
      }
      table.row(row);
    }
    String meaning =
        "Full, empty: how often threads slept for it, and how long in all. Latency: from a"
            + " message's sender calling to its last byte received.";
    boolean exact = shown(streams).stream().allMatch(of -> of.latencies().isExact());
    String rounded =
        "\nOf more than " + Latencies.EXACT + " messages p50 to p99 are within 0.05 %.";
    return table.note(note(exact ? meaning : meaning + rounded, streams)).build();
  }

  private static String level(ChannelTimes channel) {
    ChannelLevel level = channel.level();
    if (!channel.countsMessages()) {
      String mean = meanLevel(level, 0);
      return mean == null ? "–" : Decimals.bytes(Long.parseLong(mean));
    }
    String mean = meanLevel(level, PLACES);
    return mean == null ? "–" : mean + (mean.equals("1") ? " message" : " messages");
  }

  private static String meanLatency(ChannelTimes channel, TimeStyle style) {
    Latencies latencies = channel.latencies();
    return latencies.count() == 0
        ? "–"
        : style.mean(new Averages.Mean(latencies.sum(), latencies.count()));
  }

  private static String quantile(ChannelTimes channel, int percent, TimeStyle style) {
    Latencies latencies = channel.latencies();
    if (latencies.count() == 0) {
      return "–";
    }
    return style.time(percent == 100 ? latencies.max() : latencies.quantile(percent));
  }

  Table segments() {
    Table.Builder table =
        new Table.Builder("Shared memory")
            .words("segment")
            .number("size")
            .number("loads")
            .number("stores")
            .number("atomics")
            .number("bytes")
            .number("system calls")
            .number("switches")
            .number("accesses/s")
            .number("bytes/s");
    for (ChannelTimes segment : shown(segments)) {
      table.row(
          List.of(
              segment.name(),
              Decimals.bytes(segment.capacity()),
              Long.toString(segment.loads()),
              Long.toString(segment.stores()),
              Long.toString(segment.atomics()),
              Decimals.bytes(segment.bytes()),
              Long.toString(segment.systemCalls()),
              Long.toString(segment.switches()),
              dash(perSecond(segment.accesses(), segment, 1)),
              bytesPerSecond(segment)));
    }
    return table
        .note(
            note(
                "Each access is of 8 bytes. System calls, switches: of futexes at its variables.",
                segments))
        .build();
  }

  /** Returns the channels that were used, by what a message took. */
  Table mechanisms() {
    List<ChannelTimes> shown = shown(used);
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            shown.stream()
                .flatMapToLong(
                    channel ->
                        LongStream.of(
                            channel.kernelTime() / Math.max(1, messages(channel)),
                            channel.copyTime() / Math.max(1, messages(channel)),
                            channel.latencies().max())));
    Table.Builder table =
        new Table.Builder(style.title("Mechanisms side by side"))
            .words("mechanism")
            .words("name")
            .number("messages")
            .number("bytes each")
            .number("system calls")
            .number("copies")
            .number("switches")
            .number("kernel time")
            .number("of it copying")
            .number("latency mean")
            .number("p95")
            .number("bytes/s");
    shown.forEach(channel -> table.row(mechanism(channel, style)));
    String meaning = "System calls, copies, switches and kernel time: of one message on average.";
    boolean shares = used.stream().anyMatch(ChannelTimes::isSharedMemory);
    String accesses = " Shared memory has no messages: what is counted are accesses of 8 bytes.";
    return table.note(note(shares ? meaning + accesses : meaning, used)).build();
  }

  private static long messages(ChannelTimes channel) {
    return channel.isSharedMemory() ? channel.accesses() : channel.messages();
  }

  private static List<String> mechanism(ChannelTimes channel, TimeStyle style) {
    long messages = messages(channel);
    return List.of(
        channel.kind().label(),
        channel.name(),
        Long.toString(messages),
        ratio(channel.bytes(), messages),
        ratio(channel.systemCalls(), messages),
        ratio(channel.copies(), messages),
        ratio(channel.switches(), messages),
        messages == 0 ? "–" : style.mean(Averages.mean(channel.kernelTime(), messages)),
        messages == 0 ? "–" : style.mean(Averages.mean(channel.copyTime(), messages)),
        meanLatency(channel, style),
        quantile(channel, 95, style),
        bytesPerSecond(channel));
  }

  private static String ratio(long part, long messages) {
    return messages == 0 ? "–" : Decimals.quotient(part, messages, PLACES);
  }
}
