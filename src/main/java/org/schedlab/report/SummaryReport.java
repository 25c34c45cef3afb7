package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.metrics.GroupTimes;
import org.schedlab.metrics.JobStatistic;
import org.schedlab.report.GroupField.Statistic;
import org.schedlab.scenario.TimeUnit;

/** What is known of the jobs of a workload, group by group: as JSON, as CSV and for people. */
final class SummaryReport {
  private final Run run;
  private final List<GroupTimes> groups;

  SummaryReport(Run run) {
    this.run = run;
    this.groups = run.metrics().workload().groups();
  }

  /** Says whether there is a workload. */
  boolean exists() {
    return !groups.isEmpty();
  }

  private GroupField fields(GroupTimes group) {
    return new GroupField(group, run.unit(), Decimals.STATISTIC_PLACES);
  }

  void json(JsonGenerator json) throws IOException {
    if (!exists()) {
      return;
    }
    json.writeArrayFieldStart("summary");
    for (GroupTimes group : groups) {
      json.writeStartObject();
      json.writeStringField("group", group.name());
      json.writeNumberField("count", group.count());
      json.writeNumberField("unfinished", group.unfinished());
      for (Statistic statistic : Statistic.values()) {
        json.writeObjectFieldStart(statistic.key());
        for (String part : GroupField.PARTS) {
          number(json, part, fields(group).part(statistic, part));
        }
        json.writeEndObject();
      }
      for (String key : GroupField.OTHERS) {
        number(json, key, fields(group).other(key));
      }
      if (!isExact(group)) {
        json.writeBooleanField("exact", false);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String key, String value) throws IOException {
    json.writeFieldName(key);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private static boolean isExact(GroupTimes group) {
    return group.turnaround().isExact() && group.slowdown().isExact();
  }

  void csv(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    List<String> headers = new ArrayList<>(List.of("group", "count", "unfinished"));
    String symbol = "_" + run.unit().symbol();
    for (Statistic statistic : Statistic.values()) {
      String behind = statistic == Statistic.SLOWDOWN ? "" : symbol;
      GroupField.PARTS.forEach(part -> headers.add(statistic.key() + "_" + part + behind));
    }
    headers.addAll(List.of("throughput_per_s", "fairness", "longest_wait" + symbol));
    csv.printRecord(headers);
    for (GroupTimes group : groups) {
      List<Object> row = new ArrayList<>();
      row.add(group.name());
      row.add(group.count());
      row.add(group.unfinished());
      for (Statistic statistic : Statistic.values()) {
        GroupField.PARTS.forEach(part -> row.add(fields(group).part(statistic, part)));
      }
      GroupField.OTHERS.forEach(key -> row.add(fields(group).other(key)));
      csv.printRecord(row);
    }
  }

  /** Returns the tables; none where there is no workload. */
  List<Table> tables() {
    return exists() ? List.of(statistics(), shares()) : List.of();
  }

  private Table statistics() {
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            groups.stream()
                .flatMap(group -> Stream.of(group.turnaround(), group.waiting()))
                .filter(values -> values.count() > 0)
                .flatMapToLong(values -> LongStream.of(values.quantile(500), values.max())));
    Table.Builder table =
        new Table.Builder(style.title("Jobs of the workload")).words("group").words("of");
    GroupField.PARTS.forEach(table::number);
    for (GroupTimes group : groups) {
      for (Statistic statistic : Statistic.values()) {
        List<String> row = new ArrayList<>();
        row.add(statistic == Statistic.TURNAROUND ? group.name() : "");
        row.add(statistic.key());
        GroupField.PARTS.forEach(part -> row.add(cell(group, statistic, part, style)));
        table.row(row);
      }
    }
    boolean exact = groups.stream().allMatch(SummaryReport::isExact);
    String rounded = " Of so many jobs p50 to p99.9 are within 0.05 %.";
    return table
        .note("Slowdown is turnaround over running, without a unit." + (exact ? "" : rounded))
        .build();
  }

  private static String cell(GroupTimes group, Statistic statistic, String part, TimeStyle style) {
    JobStatistic values = statistic.of(group);
    if (values.count() == 0) {
      return "–";
    }
    if (statistic == Statistic.SLOWDOWN) {
      BigDecimal ratio =
          new BigDecimal(new GroupField(group, TimeUnit.NS, 3).part(statistic, part));
      return Decimals.plain(ratio.setScale(3, RoundingMode.HALF_EVEN));
    }
    return switch (part) {
      case "mean" -> style.mean(new Averages.Mean(values.sum(), values.count()));
      case "sd" -> style.time(Math.round(values.deviation()));
      case "p50" -> style.time(values.quantile(500));
      case "p95" -> style.time(values.quantile(950));
      case "p99" -> style.time(values.quantile(990));
      case "p99.9" -> style.time(values.quantile(999));
      default -> style.time(values.max());
    };
  }

  private Table shares() {
    TimeStyle style = TimeStyle.of(run.unit(), groups.stream().mapToLong(GroupTimes::longestWait));
    Table.Builder table =
        new Table.Builder(style.title("Throughput and fairness"))
            .words("group")
            .number("jobs")
            .number("unfinished")
            .number("jobs a second")
            .number("fairness")
            .number("longest wait");
    for (GroupTimes group : groups) {
      GroupField field = new GroupField(group, run.unit(), 3);
      table.row(
          List.of(
              group.name(),
              Long.toString(group.count()),
              Long.toString(group.unfinished()),
              dash(field.other("throughput")),
              dash(field.other("fairness")),
              style.time(group.longestWait())));
    }
    return table
        .note(
            "Fairness is Jain's index of running / turnaround: 1 where all jobs had the same share"
                + " of a CPU.")
        .build();
  }

  private static String dash(String value) {
    return value == null ? "–" : value;
  }
}
