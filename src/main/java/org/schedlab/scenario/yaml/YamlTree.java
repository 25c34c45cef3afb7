package org.schedlab.scenario.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Turns YAML text into values with places. No tag is honoured and nothing is resolved to a type:
 * {@code on}, {@code 010} and {@code 1:30} stay the text that they are.
 */
final class YamlTree {
  static final int MOST_CHARACTERS = 16 << 20;
  private static final int MOST_ALIASES = 10_000;
  private static final int DEEPEST = 100;

  /** Aliases of aliases can stand for more than any memory holds. */
  private static final long MOST_VALUES = 10_000_000;

  /**
   * The longest run of characters without a blank or punctuation. The parser's time grows with the
   * square of the run, so that a file of one word would take it a minute.
   */
  private static final int LONGEST_WORD = 1_000_000;

  /** Knows no words for numbers, dates or truth: all plain text stays text. */
  private static final Resolver NO_TYPES =
      new Resolver() {
        @Override
        protected void addImplicitResolvers() {
          // None.
        }
      };

  private static final Pattern GLUED = Pattern.compile("([A-Za-z_][\\w-]*):(\\S.*)");
  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final Pattern FRACTION = Pattern.compile("\\d+ ?[A-Za-z]*");

  /** A value and how large it is with its aliases written out. */
  private record Sized(Value value, long values, int depth) {}

  private final Source source;
  private final Problems problems;

  /** Only what has an anchor can be met again; null stands for what is being converted. */
  private final Map<Node, Sized> anchored = new IdentityHashMap<>();

  private boolean unusable;

  private YamlTree(Source source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /** Returns the value of a text, or null when it has none or cannot be read; then that is said. */
  static Value parse(String text, Source source, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    if (reportsLongWord(text, source, problems)) {
      return null;
    }
    Node root;
    try {
      root = new Composer(parser(text, options), NO_TYPES, options).getSingleNode();
    } catch (YAMLException e) {
      YamlSyntax.report(e, text, source, problems);
      return null;
    }
    if (root == null) {
      return null;
    }
    YamlTree tree = new YamlTree(source, problems);
    Value value = tree.convert(root).value();
    return tree.unusable ? null : value;
  }

  /**
   * Returns the parser that SnakeYAML's front door would give, without the constructors and
   * representers of Java objects that it makes besides.
   */
  static Parser parser(String text, LoaderOptions options) {
    return new ParserImpl(new StreamReader(new StringReader(text)), options);
  }

  private static boolean reportsLongWord(String text, Source source, Problems problems) {
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) <= ' ' || ",:[]{}\"'".indexOf(text.charAt(i)) >= 0) {
        if (i - start > LONGEST_WORD) {
          problems.add(
              YamlSyntax.place(text, start, source),
              "a word of " + (i - start) + " characters; the longest may have " + LONGEST_WORD);
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private Sized convert(Node node) {
    if (node.getAnchor() == null) {
      return convertNew(node);
    }
    if (anchored.containsKey(node)) {
      Sized known = anchored.get(node);
      return known != null ? known : unusable(node, "this value contains itself through an alias");
    }
    anchored.put(node, null);
    Sized value = convertNew(node);
    anchored.put(node, value);
    return value;
  }

  /** Reports what leaves nothing to check: everything said of its stand-in would be wrong. */
  private Sized unusable(Node node, String message) {
    unusable = true;
    problems.add(mark(node), message);
    return new Sized(new Scalar("", true, false, mark(node)), 1, 1);
  }

  private Sized sized(Node node, Value value, long values, int depth) {
    return values <= MOST_VALUES && depth <= DEEPEST
        ? new Sized(value, values, depth)
        : unusable(
            node,
            "with its aliases written out this is larger than a scenario may be ("
                + MOST_VALUES
                + " values, "
                + DEEPEST
                + " levels)");
  }

  private Sized convertNew(Node node) {
    Mark mark = mark(node);
    int at = source.isOption() ? 0 : source.indexOf(mark.line(), mark.column());
    if (!source.isOption() && source.line(mark.line()).startsWith("!", at)
        || !node.getTag().startsWith("tag:yaml.org,2002:")) {
      return unusable(
          node,
          "YAML reads a word that begins with `!` as a tag, and scenarios have none; an expression"
              + " that begins with `!` needs quotes: \"!flag\"");
    }
    if (node instanceof ScalarNode scalar) {
      boolean anchor = scalar.getAnchor() != null;
      return new Sized(new Scalar(scalar.getValue(), scalar.isPlain(), anchor, mark), 1, 1);
    }
    if (node instanceof MappingNode mapping) {
      return entries(mapping, mark);
    }
    List<Value> items = new ArrayList<>();
    long values = 1;
    int depth = 0;
    for (Node item : ((SequenceNode) node).getValue()) {
      Sized converted = convert(item);
      items.add(converted.value());
      values += converted.values();
      depth = Math.max(depth, converted.depth());
    }
    return sized(node, new Items(items, mark), values, depth + 1);
  }

  private Sized entries(MappingNode node, Mark mark) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Value> merged = new ArrayList<>();
    long values = 1;
    int depth = 0;
    NodeTuple before = null;
    for (NodeTuple tuple : node.getValue()) {
      Value key = convert(tuple.getKeyNode()).value();
      Sized value = convert(tuple.getValueNode());
      values += value.values() + 1;
      depth = Math.max(depth, value.depth());
      if (!(key instanceof Scalar name)) {
        problems.add(key.mark(), "a key must be a word, not " + key.shown());
      } else if (name.plain() && name.text().equals("<<")) {
        merged.add(value.value());
      } else if (before == null || !isFraction(before, tuple, name, value.value(), entries)) {
        add(split(new Entry(name, value.value())), entries);
      }
      before = tuple;
    }
    // A key of the map itself wins over a merged one, an earlier merge over a later one.
    merged.forEach(value -> merge(value, entries));
    return sized(node, new Entries(List.copyOf(entries.values()), mark), values, depth + 1);
  }

  private void add(Entry entry, Map<String, Entry> entries) {
    Scalar name = entry.key();
    Entry first = entries.putIfAbsent(name.text(), entry);
    if (first != null) {
      problems.add(
          name.mark(),
          "the key " + name.shown() + " stands here twice" + firstAt(first.key().mark()));
    }
  }

  /** Inside braces YAML reads {@code name:P1} as a key without a value; reads it as it is meant. */
  private Entry split(Entry entry) {
    Scalar key = entry.key();
    Matcher glued = GLUED.matcher(key.text());
    if (!isAbsent(entry.value()) || !key.plain() || !glued.matches()) {
      return entry;
    }
    Mark colon = ScalarText.markAt(key, glued.end(1));
    String name = glued.group(1);
    problems.add(colon, "put a blank after the colon: `" + name + ": " + glued.group(2) + "`");
    Mark after = ScalarText.markAt(key, glued.start(2));
    return new Entry(
        new Scalar(name, true, false, key.mark()), new Scalar(glued.group(2), true, false, after));
  }

  /** Says whether a key is the 5 of {@code {burst: 1,5}}, and then makes the value before 1.5. */
  private boolean isFraction(
      NodeTuple before, NodeTuple here, Scalar key, Value value, Map<String, Entry> entries) {
    boolean fraction =
        isAbsent(value)
            && key.plain()
            && FRACTION.matcher(key.text()).matches()
            && before.getKeyNode() instanceof ScalarNode named
            && before.getValueNode() instanceof ScalarNode whole
            && WHOLE.matcher(whole.getValue()).matches()
            && entries.containsKey(named.getValue())
            && whole.getEndMark().getLine() == here.getKeyNode().getStartMark().getLine()
            && whole.getEndMark().getColumn() + 1 == here.getKeyNode().getStartMark().getColumn();
    if (fraction) {
      Entry entry = entries.get(((ScalarNode) before.getKeyNode()).getValue());
      String number = ((ScalarNode) before.getValueNode()).getValue() + "." + key.text();
      Mark mark = entry.value().mark();
      problems.add(
          mark,
          "a comma ends the value inside {}; decimals have a point: write " + Sizes.cut(number));
      entries.put(
          entry.key().text(), new Entry(entry.key(), new Scalar(number, true, false, mark)));
    }
    return fraction;
  }

  private static boolean isAbsent(Value value) {
    return value instanceof Scalar scalar && scalar.plain() && scalar.text().isEmpty();
  }

  private static String firstAt(Mark mark) {
    return mark.line() == 0 ? "" : "; the first is in line " + mark.line();
  }

  private void merge(Value value, Map<String, Entry> entries) {
    if (value instanceof Entries map) {
      map.entries().forEach(entry -> entries.putIfAbsent(entry.key().text(), entry));
    } else if (value instanceof Items list
        && list.items().stream().allMatch(Entries.class::isInstance)) {
      list.items().forEach(item -> merge(item, entries));
    } else {
      problems.add(value.mark(), "`<<` merges a map or a list of maps, not " + value.shown());
    }
  }

  private Mark mark(Node node) {
    if (source.isOption()) {
      return new Mark(source, 0, 0);
    }
    return source.within(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }
}
