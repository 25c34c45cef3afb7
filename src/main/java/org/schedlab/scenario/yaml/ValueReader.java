package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/**
 * Reads words, numbers, durations and sizes. Each method takes null for a key that is not there,
 * and gives the fallback for that and for what it has reported as wrong.
 */
final class ValueReader {
  private static final int LONGEST_NAME = 200;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Pattern GLUED = Pattern.compile("([A-Za-z_][\\w-]*):(\\S.*)");

  private final Problems problems;
  private final TimeUnit unit;

  ValueReader(Problems problems, TimeUnit unit) {
    this.problems = problems;
    this.unit = unit;
  }

  Problems problems() {
    return problems;
  }

  TimeUnit unit() {
    return unit;
  }

  /** Returns a scalar's text as it is written, or null. */
  String text(Value value, String what) {
    if (value == null) {
      return null;
    }
    if (value instanceof Scalar scalar && !scalar.isNull()) {
      return scalar.text();
    }
    boolean empty = value instanceof Scalar;
    problems.add(
        value.mark(),
        empty ? what + " has no value" : what + " must be a single value, not " + value.shown());
    return null;
  }

  /** Returns one of the given words. */
  String choice(Value value, String what, List<String> choices, String fallback) {
    String text = text(value, what);
    if (text == null) {
      return fallback;
    }
    if (!choices.contains(text)) {
      problems.add(
          value.mark(),
          what + " cannot be " + value.shown() + Spelling.suggestion(text, choices, "allowed"));
      return fallback;
    }
    return text;
  }

  boolean flag(Value value, String what, boolean fallback) {
    return choice(value, what, List.of("true", "false"), String.valueOf(fallback)).equals("true");
  }

  long integer(Value value, String what, long min, long max, long fallback) {
    String text = text(value, what);
    if (text == null) {
      return fallback;
    }
    String allowed = what + " must be a whole number" + range(min, max);
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      problems.add(value.mark(), allowed + ", not " + value.shown());
      return fallback;
    }
    try {
      Durations.refuseOctal(text.replaceFirst("[+-]", ""));
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
      problems.add(value.mark(), allowed + ", not " + value.shown());
    } catch (NumberFormatException e) {
      problems.add(value.mark(), allowed + ", not " + value.shown());
    } catch (IllegalArgumentException e) {
      problems.add(value.mark(), what + ": " + e.getMessage());
    }
    return fallback;
  }

  private static String range(long min, long max) {
    if (min == Long.MIN_VALUE && max == Long.MAX_VALUE) {
      return " of 64 bits";
    }
    if (min == max) {
      return ", " + min;
    }
    return max == Long.MAX_VALUE ? " of at least " + min : " from " + min + " to " + max;
  }

  /** Returns a decimal number above 0 without a unit, such as a weight. */
  double positive(Value value, String what, double fallback) {
    String text = text(value, what);
    if (text == null) {
      return fallback;
    }
    try {
      double number = Durations.number(text).doubleValue();
      if (number > 0) {
        return number;
      }
      problems.add(value.mark(), what + " must be above 0, not " + value.shown());
    } catch (IllegalArgumentException e) {
      problems.add(value.mark(), what + ": " + e.getMessage());
    }
    return fallback;
  }

  /** Returns a duration in nanoseconds of at least {@code min} (0 or 1). */
  long duration(Value value, String what, long min, long fallback) {
    String text = text(value, what);
    if (text == null) {
      return fallback;
    }
    try {
      long nanos = Durations.parse(text, unit);
      if (nanos >= min) {
        return nanos;
      }
      problems.add(value.mark(), what + " must be at least 1 ns, not " + value.shown());
    } catch (IllegalArgumentException e) {
      problems.add(value.mark(), what + ": " + e.getMessage());
    }
    return fallback;
  }

  /** Returns a size in bytes. */
  long size(Value value, String what, long min, long fallback) {
    String text = text(value, what);
    if (text == null) {
      return fallback;
    }
    try {
      long bytes = Sizes.parse(text);
      if (bytes >= min) {
        return bytes;
      }
      problems.add(
          value.mark(),
          what
              + " must be at least "
              + min
              + (min == 1 ? " byte" : " bytes")
              + ", not "
              + value.shown());
    } catch (IllegalArgumentException e) {
      problems.add(value.mark(), what + ": " + e.getMessage());
    }
    return fallback;
  }

  /** Returns what to say of a word such as {@code name:P1}, else the empty text. */
  static String gluedColon(String text) {
    Matcher matcher = GLUED.matcher(text);
    return matcher.matches()
        ? "put a blank after the colon: `" + Sizes.cut(matcher.replaceFirst("$1: $2")) + "`"
        : "";
  }

  /** Returns the items of a list; what is no list is reported and has none. */
  List<Value> list(Value value, String what) {
    if (value instanceof Items items) {
      return items.items();
    }
    if (value != null) {
      problems.add(value.mark(), what + " must be a list, not " + value.shown());
    }
    return List.of();
  }

  /** Returns a list's numbers, or one number as a list of it; without those that were wrong. */
  List<Long> integers(Value value, String what, long min, long max) {
    if (value == null) {
      return List.of();
    }
    List<Long> numbers = new ArrayList<>();
    List<Value> items = value instanceof Items list ? list.items() : List.of(value);
    for (Value item : items) {
      long number = integer(item, what, min, max, Long.MIN_VALUE);
      if (number != Long.MIN_VALUE) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Returns the name of a process, thread, program or device, or null. */
  String name(Value value, String what) {
    String text = text(value, what);
    if (text == null) {
      return null;
    }
    boolean allowed =
        !text.isEmpty()
            && text.length() <= LONGEST_NAME
            && text.codePoints().allMatch(ValueReader::isNamePart);
    if (!allowed) {
      problems.add(
          value.mark(),
          what + " may have letters, digits, `_`, `-` and `.` only, not " + value.shown());
      return null;
    }
    return text;
  }

  /** Many scripts write vowels as marks of their own, so that no word is without them. */
  private static boolean isNamePart(int c) {
    return Character.isLetterOrDigit(c)
        || switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> c == '_' || c == '-' || c == '.';
        };
  }

  /** Returns the name of a variable or register, or null. */
  String identifier(Value value, String what) {
    String text = text(value, what);
    if (text == null) {
      return null;
    }
    if (text.length() > LONGEST_NAME || !IDENTIFIER.matcher(text).matches()) {
      problems.add(
          value.mark(),
          what
              + " must be a name of letters, digits and `_` that begins with a letter, not "
              + value.shown());
      return null;
    }
    return text;
  }
}
