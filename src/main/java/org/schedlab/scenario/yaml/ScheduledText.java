package org.schedlab.scenario.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The text of a scenario that is another one with a schedule. What the other states of its own run
 * is left out: it need not hold of this one. Where nothing else is changed the text is kept line by
 * line, comments and all, so that line numbers mean the same in both.
 */
public final class ScheduledText {
  /** What a scenario states of one run, or that it is none. */
  private static final Set<String> OF_ONE_RUN =
      Set.of("expect", "deadlock", "until", "schedule", "models");

  private static final String SCHEMA = "# yaml-language-server:";
  private static final int WIDTH = 100;

  /** Collections of so many scalars are written in one line. */
  private static final int SHORT = 12;

  private final String file;
  private final String content;
  private final String name;
  private final String about;
  private final List<String> tasks;

  private ScheduledText(
      String file, String content, String name, String about, List<String> tasks) {
    this.file = file;
    this.content = content;
    this.name = name;
    this.about = about;
    this.tasks = tasks;
  }

  /**
   * Returns the text of the new scenario.
   *
   * @param file the scenario as it was
   * @param overrides what was changed in it
   * @param name of the new one
   * @param about a line on what the schedule shows
   * @param tasks full names of threads, one for each step
   * @throws IOException if the file cannot be read
   */
  public static String of(
      Path file, Overrides overrides, String name, String about, List<String> tasks)
      throws IOException, InvalidScenarioException {
    return of(Files.readString(file), file.toString(), overrides, name, about, tasks);
  }

  static String of(
      String content,
      String file,
      Overrides overrides,
      String name,
      String about,
      List<String> tasks)
      throws InvalidScenarioException {
    ScheduledText text = new ScheduledText(file, content, name, about, tasks);
    if (overrides.equals(Overrides.NONE)) {
      String kept = text.lineByLine();
      if (kept != null && text.isRead(kept)) {
        return kept;
      }
    }
    return text.anew(overrides);
  }

  private boolean isRead(String text) {
    try {
      return ScenarioReader.read(text, file, Overrides.NONE).schedule() != null;
    } catch (InvalidScenarioException e) {
      return false;
    }
  }

  // --- with the lines of the file

  /** Returns null where entries do not begin lines of their own. */
  private String lineByLine() {
    String[] lines = content.replace("\r\n", "\n").split("\n", -1);
    if (!(new Yaml().compose(new StringReader(content)) instanceof MappingNode root)
        || root.getFlowStyle() != FlowStyle.BLOCK
        || root.getStartMark().getColumn() != 0) {
      return null;
    }
    boolean named = false;
    for (NodeTuple entry : root.getValue()) {
      String key = ((ScalarNode) entry.getKeyNode()).getValue();
      int from = entry.getKeyNode().getStartMark().getLine();
      int to = entry.getValueNode().getEndMark().getLine();
      if (to > from && entry.getValueNode().getEndMark().getColumn() == 0) {
        to--;
      }
      if (key.equals("name")) {
        named = true;
        comment(lines, from + 1, to);
        lines[from] = "name: " + quoted(name);
      } else if (OF_ONE_RUN.contains(key)) {
        comment(lines, from, to);
      }
    }
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line.startsWith(SCHEMA) ? "#" : line).append('\n');
    }
    String body = text.toString().stripTrailing() + "\n\n";
    return body + "# " + about + "\n" + (named ? "" : "name: " + quoted(name) + "\n") + schedule();
  }

  private static void comment(String[] lines, int from, int to) {
    for (int i = from; i <= to && i < lines.length; i++) {
      lines[i] = lines[i].isBlank() || lines[i].startsWith("#") ? lines[i] : "# " + lines[i];
    }
  }

  private String schedule() {
    StringBuilder text = new StringBuilder("schedule: [");
    int column = text.length();
    for (int i = 0; i < tasks.size(); i++) {
      String word = quoted(tasks.get(i)) + (i + 1 < tasks.size() ? ", " : "");
      if (column + word.length() > WIDTH) {
        text.setLength(text.length() - 1);
        text.append("\n  ");
        column = 2;
      }
      text.append(word);
      column += word.length();
    }
    return text + "]\n";
  }

  /** Returns a name as it stands in a list within brackets. */
  public static String quoted(String name) {
    return name.matches("[A-Za-z_][\\w/.-]*") ? name : '"' + name.replace("\"", "\\\"") + '"';
  }

  // --- all anew

  private String anew(Overrides overrides) throws InvalidScenarioException {
    Source source = Source.file(file, content);
    Problems problems = new Problems(source);
    Value root = YamlTree.parse(content, source, problems);
    Value changed = new OverrideApplier(problems).apply(root, overrides);
    problems.throwIfAny();
    List<NodeTuple> entries = new ArrayList<>();
    entries.add(new NodeTuple(word("name", true), word(name, false)));
    for (Entry entry : ((Entries) changed).entries()) {
      String key = entry.key().text();
      if (!OF_ONE_RUN.contains(key) && !key.equals("name")) {
        entries.add(new NodeTuple(node(entry.key()), node(entry.value())));
      }
    }
    DumperOptions options = new DumperOptions();
    options.setWidth(WIDTH);
    StringWriter written = new StringWriter();
    new Yaml(options).serialize(new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK), written);
    return written + "\n# " + about + "\n" + schedule();
  }

  private static Node node(Value value) {
    FlowStyle style = size(value) <= SHORT ? FlowStyle.FLOW : FlowStyle.BLOCK;
    if (value instanceof Items items) {
      List<Node> nodes = items.items().stream().map(ScheduledText::node).toList();
      return new SequenceNode(Tag.SEQ, nodes, style);
    }
    if (value instanceof Entries map) {
      List<NodeTuple> entries = new ArrayList<>();
      map.entries().forEach(e -> entries.add(new NodeTuple(node(e.key()), node(e.value()))));
      return new MappingNode(Tag.MAP, entries, style);
    }
    Scalar scalar = (Scalar) value;
    return word(scalar.text(), scalar.plain() || scalar.mark().source().isOption());
  }

  private static int size(Value value) {
    if (value instanceof Items items) {
      return 1 + items.items().stream().mapToInt(ScheduledText::size).sum();
    }
    return value instanceof Entries map
        ? map.entries().stream().mapToInt(entry -> 1 + size(entry.value())).sum()
        : 1;
  }

  private static ScalarNode word(String text, boolean plain) {
    boolean bare = plain || text.matches("[A-Za-z_][\\w.-]*");
    Tag tag = bare ? new Resolver().resolve(NodeId.scalar, text, true) : Tag.STR;
    ScalarStyle style = bare ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
    return new ScalarNode(tag, text, null, null, style);
  }
}
