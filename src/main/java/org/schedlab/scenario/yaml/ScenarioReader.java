package org.schedlab.scenario.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.JobGroup;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.DeviceSpec;
import org.schedlab.scenario.Scenario.Machine;
import org.schedlab.scenario.Scenario.MemorySpec;
import org.schedlab.scenario.Scenario.NamedProgram;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.Schedule;
import org.schedlab.scenario.Scenario.Scheduler;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.scenario.yaml.Image.Runner;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;

/** Reads scenario files. */
public final class ScenarioReader {
  /** The largest scenario file, in bytes. */
  public static final long MAX_FILE_BYTES = 16L << 20;

  private static final List<String> DEADLOCK = List.of("expected");
  private static final List<String> AVOIDANCE = List.of("banker");

  /** The policies that always know the length of the next burst. */
  private static final List<String> LOOK_AHEAD = List.of("srtf", "hrrn", "llf");

  private static final List<String> UNITS = List.of("ns", "us", "ms", "s");
  private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String fileName;
  private final Problems problems;

  private ScenarioReader(String fileName, Problems problems) {
    this.fileName = fileName;
    this.problems = problems;
  }

  /**
   * Reads a scenario from a file in UTF-8.
   *
   * @throws InvalidScenarioException with everything that is wrong with it
   * @throws IOException if the file cannot be read at all
   */
  public static Scenario read(Path file, Overrides overrides)
      throws InvalidScenarioException, IOException {
    String text = text(file);
    return read(text, file.toString(), overrides);
  }

  /**
   * Reads a scenario from the bytes of a file.
   *
   * @throws InvalidScenarioException with everything that is wrong with it
   */
  public static Scenario read(Path file, byte[] content, Overrides overrides)
      throws InvalidScenarioException {
    return read(text(file, content), file.toString(), overrides);
  }

  /** Returns the text of a file in UTF-8. */
  static String text(Path file) throws InvalidScenarioException, IOException {
    long size = Files.size(file);
    refuseTooLarge(file, size);
    return text(file, Files.readAllBytes(file));
  }

  private static void refuseTooLarge(Path file, long size) throws InvalidScenarioException {
    if (size > MAX_FILE_BYTES) {
      throw wholeFile(
          file.toString(),
          "the file has " + size + " bytes; a scenario may have " + MAX_FILE_BYTES + " (16 MiB)");
    }
  }

  private static String text(Path file, byte[] bytes) throws InvalidScenarioException {
    refuseTooLarge(file, bytes.length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw wholeFile(file.toString(), "the file is not text in UTF-8");
    }
  }

  static String withoutExtension(Path file) {
    return withoutExtension(file.getFileName().toString());
  }

  private static String withoutExtension(String file) {
    for (String extension : EXTENSIONS) {
      if (file.endsWith(extension)) {
        return file.substring(0, file.length() - extension.length());
      }
    }
    return file;
  }

  /**
   * What a file is, seen from its beginning.
   *
   * @param name of the scenario: what it says, or the file's name without its ending
   * @param experiment whether it is an experiment rather than a scenario
   */
  public record Heading(String name, boolean experiment) {}

  /**
   * Returns what a file is, without reading it as a scenario.
   *
   * @throws IOException if the file cannot be read at all
   */
  public static Heading headingOf(Path file) throws IOException {
    String fallback = withoutExtension(file);
    try {
      String text = text(file);
      if (ExperimentReader.isExperiment(text)) {
        return new Heading(fallback, true);
      }
      String name = NameScan.name(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
      return new Heading(name == null || !isFolderName(name) ? fallback : name, false);
    } catch (InvalidScenarioException e) {
      return new Heading(fallback, false);
    }
  }

  /**
   * Returns a diagnostic made while a scenario ran, with the line it speaks of and a caret.
   *
   * @throws IOException if the file can no longer be read
   */
  public static Diagnostic withSnippet(Path file, Diagnostic diagnostic) throws IOException {
    if (diagnostic.line() == 0 || !diagnostic.file().equals(file.toString())) {
      return diagnostic;
    }
    Source source = Source.file(file.toString(), Files.readString(file));
    return new Diagnostic(
        diagnostic.file(),
        diagnostic.line(),
        diagnostic.column(),
        diagnostic.message(),
        source.snippet(diagnostic.line(), diagnostic.column()));
  }

  /**
   * Reads a scenario from its text.
   *
   * @param fileName the file as the user named it, for messages and the default name
   * @throws InvalidScenarioException with everything that is wrong with it, in the order of the
   *     file
   */
  public static Scenario read(String text, String fileName, Overrides overrides)
      throws InvalidScenarioException {
    String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    Source source = Source.file(fileName, content);
    Problems problems = new Problems(source);
    Value root = YamlTree.parse(content, source, problems);
    if (root == null) {
      problems.throwIfAny();
      problems.add(source.within(1, 1), "the file is empty; a scenario needs `processes`");
      problems.throwIfAny();
    }
    Value changed = new OverrideApplier(problems).apply(root, overrides);
    Scenario scenario = new ScenarioReader(fileName, problems).scenario(changed);
    problems.throwIfAny();
    return scenario;
  }

  private static InvalidScenarioException wholeFile(String fileName, String message) {
    return new InvalidScenarioException(List.of(new Diagnostic(fileName, 0, 0, message, "")));
  }

  private Scenario scenario(Value root) throws InvalidScenarioException {
    Fields fields = Fields.of(root, Shapes.SCENARIO, problems);
    String symbol =
        new ValueReader(problems, TimeUnit.MS)
            .choice(fields.get("time_unit"), "`time_unit`", UNITS, TimeUnit.MS.symbol());
    ValueReader values = new ValueReader(problems, TimeUnit.of(symbol).orElseThrow());
    MemoryReader memory = new MemoryReader(values);
    Machine machine = new MachineReader(values, memory).read(fields.get("machine"));
    Scheduler scheduler = new SchedulerReader(values).read(fields.get("scheduler"));

    DistributionReader times = new DistributionReader(values);
    AttributeReader attributes = new AttributeReader(values, machine.cpus(), scheduler);
    ExpressionReader expressions = new ExpressionReader(values, new ErrorNames(root));
    ObjectReader objects = new ObjectReader(values, times);
    ProgramTable table = new ProgramTable();
    Set<String> devices =
        machine.devices().stream().map(DeviceSpec::name).collect(Collectors.toSet());
    ProgramReader programReader =
        new ProgramReader(
            values,
            expressions,
            attributes,
            table,
            devices,
            memory,
            objects,
            new AwaitedNames(root));
    SharedObjects shared = objects.ofFile(fields);
    List<NamedProgram> programs = programs(fields.get("programs"), values, table, programReader);
    List<DeclaredProcess> processes = new ArrayList<>();
    if (root instanceof Entries && (fields.has("processes") || !fields.has("workload"))) {
      processes.addAll(
          new ProcessReader(values, times, attributes, programReader, memory, objects)
              .read(fields.require("processes")));
    }
    WorkloadReader workload =
        new WorkloadReader(
            values,
            times,
            attributes,
            programReader,
            shared,
            () -> seed(fields, values),
            fields.has("until"));
    if (fields.has("workload")) {
      workload.read(fields.get("workload"), Images.declared(processes).keySet());
      processes.addAll(workload.periodic());
    }
    Scopes scopes = new Scopes(table);
    boolean avoidance = avoidance(fields, values);
    ProgramChecks checks =
        new ProgramChecks(problems, table, scopes, programReader.places(), avoidance);
    programs.forEach(program -> checks.refuseEndlessThreads(program.name()));
    List<DeclaredProcess> checked = both(processes, workload.likeJobs());
    List<Image> images = Images.of(checked, scopes, objects.ofSpawned());
    refuseTooManyTasks(fields, images);
    checks.check(images, Images.declared(checked), programReader.children());
    Ceilings.set(images, scopes, scheduler.highFirst());
    Machine withMemory =
        new Machine(machine.cpus(), machine.costs(), machine.devices(), memory.spec());
    refuseUnforeseen(memory, images, scopes);
    refuseUnforeseenBursts(fields, scheduler, images);
    Supplier<List<Image>> named =
        () -> Images.of(both(processes, workload.named()), scopes, objects.ofSpawned());
    TaskIndex tasks = taskIndex(fields, named, shared, scopes);
    Comparison comparison = new ComparisonReader(values).read(fields.get("models"), root);
    return assemble(
        fields,
        values,
        withMemory,
        scheduler,
        programs,
        processes,
        shared,
        tasks,
        comparison,
        workload.groups());
  }

  private static List<DeclaredProcess> both(
      List<DeclaredProcess> processes, List<DeclaredProcess> jobs) {
    List<DeclaredProcess> both = new ArrayList<>(processes);
    both.addAll(jobs);
    return both;
  }

  /** Says whether resources are given by the banker's algorithm. */
  private static boolean avoidance(Fields fields, ValueReader values) {
    return !values.choice(fields.get("avoidance"), "`avoidance`", AVOIDANCE, "").isEmpty();
  }

  private static TaskIndex taskIndex(
      Fields fields, Supplier<List<Image>> images, SharedObjects shared, Scopes scopes) {
    boolean speaksOfTasks = fields.has("expect") || fields.has("final") || fields.has("observe");
    return TaskIndex.of(speaksOfTasks ? images.get() : List.of(), shared, scopes);
  }

  /** The optimal replacement rule looks ahead; not everything can be foreseen. */
  private void refuseUnforeseen(MemoryReader memory, List<Image> images, Scopes scopes) {
    MemorySpec spec = memory.spec();
    if (spec != null && spec.replacement() == ReplacementRule.OPT) {
      String problem = new OptimalCheck(spec, scopes).problem(images);
      if (problem != null) {
        problems.add(memory.placeOfRule(), problem);
      }
    }
  }

  /** How long an event loop computes until it sleeps depends on what comes meanwhile. */
  private void refuseUnforeseenBursts(Fields fields, Scheduler scheduler, List<Image> images) {
    boolean estimates = scheduler.policy().parameter("estimate").isPresent();
    boolean exact =
        LOOK_AHEAD.contains(scheduler.policyName())
            || estimates && scheduler.parameters().estimate("estimate").exact();
    boolean loops =
        images.stream().flatMap(image -> image.threads().stream()).anyMatch(Runner::isLoop);
    if (exact && loops) {
      problems.add(
          fields.markOf("scheduler"),
          "`"
              + scheduler.policyName()
              + "` must know how long each burst will be, and the bursts of an event loop cannot be"
              + " foreseen; use "
              + (estimates ? "" : "another policy, such as `sjf` with ")
              + "`estimate: {exponential: {alpha: 0.5, initial: 10}}`");
    }
  }

  private Scenario assemble(
      Fields fields,
      ValueReader values,
      Machine machine,
      Scheduler scheduler,
      List<NamedProgram> programs,
      List<DeclaredProcess> processes,
      SharedObjects shared,
      TaskIndex tasks,
      Comparison comparison,
      List<JobGroup> workload) {
    long until = values.duration(fields.get("until"), "`until`", 1, Scenario.FOREVER);
    refuseEndlessPeriods(fields, processes);
    FinalReader finals = new FinalReader(values, tasks);
    LimitReader limits = new LimitReader(values);
    List<ProcessSpec> expanded = new ArrayList<>();
    if (problems.none()) {
      processes.forEach(process -> expanded.addAll(process.expand()));
    }
    String description = values.text(fields.get("description"), "`description`");
    return new Scenario(
        fileName,
        name(fields.get("name"), values),
        description == null ? "" : description,
        values.unit(),
        seed(fields, values),
        until,
        machine,
        scheduler,
        List.copyOf(expanded),
        programs,
        List.copyOf(shared.declared()),
        !values.choice(fields.get("deadlock"), "`deadlock`", DEADLOCK, "").isEmpty(),
        avoidance(fields, values),
        comparison == null
            ? new ResultReader(values, tasks, workload).read(fields.get("expect"))
            : new ModelResultReader(values, comparison).read(fields.get("expect")),
        finals.finalCheck(fields.get("final")),
        finals.observe(fields.get("observe")),
        schedule(fields, values, comparison),
        limits.limits(fields.get("limits")),
        limits.report(fields.get("report")),
        comparison,
        workload);
  }

  private static long seed(Fields fields, ValueReader values) {
    return values.integer(fields.get("seed"), "`seed`", Long.MIN_VALUE, Long.MAX_VALUE, 0);
  }

  /** Returns the schedule that a run follows, or null; who is meant shows when it is followed. */
  private Schedule schedule(Fields fields, ValueReader values, Comparison comparison) {
    Value value = fields.get("schedule");
    if (value == null) {
      return null;
    }
    if (comparison != null) {
      problems.add(value.mark(), "`schedule` is for one run, and `models` compares several");
    }
    List<Schedule.Turn> turns = new ArrayList<>();
    for (Value item : values.list(value, "`schedule`")) {
      String task = values.text(item, "`schedule`");
      if (task != null) {
        turns.add(new Schedule.Turn(task, problems.remember(item.mark())));
      }
    }
    return new Schedule(List.copyOf(turns));
  }

  /** Returns the scenario's name, which is also the name of a folder of results. */
  private String name(Value value, ValueReader values) {
    String text = values.text(value, "`name`");
    if (text == null) {
      int folder = Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\'));
      return withoutExtension(fileName.substring(folder + 1));
    }
    if (!isFolderName(text)) {
      problems.add(
          value.mark(),
          "`name` names a folder of results: it cannot begin with a dot or contain / \\ : * ? \" < > |");
    }
    return text;
  }

  private static boolean isFolderName(String text) {
    return !text.isBlank()
        && !text.startsWith(".")
        && text.length() <= 200
        && text.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || "/\\:*?\"<>|".indexOf(c) >= 0);
  }

  private List<NamedProgram> programs(
      Value value, ValueReader values, ProgramTable table, ProgramReader reader) {
    if (!(value instanceof Entries map)) {
      if (value != null) {
        problems.add(
            value.mark(),
            "`programs` must be a map such as {fetch: [compute: 1]}, not " + value.shown());
      }
      return List.of();
    }
    map.entries().forEach(entry -> table.declare(entry.key().text()));
    List<NamedProgram> programs = new ArrayList<>();
    for (Entry entry : map.entries()) {
      values.name(entry.key(), "a program's name");
      String name = entry.key().text();
      table.fill(name, reader.operations(entry.value(), "the program `" + Sizes.cut(name) + "`"));
      programs.add(new NamedProgram(name, table.get(name), problems.remember(entry.key().mark())));
    }
    return List.copyOf(programs);
  }

  /** Ends the reading: what follows makes the name of every thread and coroutine. */
  private void refuseTooManyTasks(Fields fields, List<Image> images)
      throws InvalidScenarioException {
    long threads = images.stream().mapToLong(Image::threadCount).sum();
    if (threads > ProgramReader.MOST_THREADS) {
      problems.add(
          fields.markOf("processes"),
          "a scenario may have " + ProgramReader.MOST_THREADS + " threads, not " + threads);
      problems.throwIfAny();
    }
    long coroutines = images.stream().mapToLong(Image::coroutineCount).sum();
    if (coroutines > ProgramReader.MOST_THREADS) {
      problems.add(
          fields.markOf("processes"),
          "a scenario may have " + ProgramReader.MOST_THREADS + " coroutines, not " + coroutines);
      problems.throwIfAny();
    }
  }

  private void refuseEndlessPeriods(Fields fields, List<DeclaredProcess> processes) {
    if (fields.has("until")) {
      return;
    }
    for (DeclaredProcess process : processes) {
      for (DeclaredProcess.DeclaredThread thread : process.threads()) {
        if (thread.periodic() != null) {
          problems.add(
              thread.location(),
              "a periodic task releases jobs without end, so the scenario needs `until`, such as"
                  + " `until: 100`");
          return;
        }
      }
    }
  }
}
