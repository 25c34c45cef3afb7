package org.schedlab.scenario.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.schedlab.machine.PageGeometry;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.PagePattern;
import org.schedlab.program.PageReferences;
import org.schedlab.program.PageSet;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads {@code touch}. */
final class TouchReader {
  static final String HEAP = "heap";

  /** The regions that every process has. */
  static final List<String> REGIONS = List.of(HEAP, "data", "code", "stack");

  static final List<String> PATTERNS = List.of("sequential", "random", "zipf", "working-set");

  private static final long MOST_PAGE = 1L << 56;
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");
  private static final PageSet FIRST_PAGE = new PageSet.Range(0, 1, 1);

  /** Which pattern a parameter belongs to. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "exponent", "zipf",
          "locality", "working-set",
          "hot", "working-set",
          "phase", "working-set");

  private final ValueReader values;
  private final Problems problems;
  private final PageGeometry geometry;

  TouchReader(ValueReader values, PageGeometry geometry) {
    this.values = values;
    this.problems = values.problems();
    this.geometry = geometry;
  }

  /** Returns the operation; several of them for several addresses, none for what is no map. */
  List<Operation> touch(Value value, Location place) {
    Fields fields = Fields.of(value, Shapes.TOUCH, problems);
    if (!(value instanceof Entries)) {
      return List.of();
    }
    boolean write = values.flag(fields.get("write"), "`write`", false);
    if (fields.has("address")) {
      return addresses(fields, write, place);
    }
    if (!fields.has("pages")) {
      fields.lacks("pages", "`pages` or `address`");
      return List.of();
    }
    String region = values.text(fields.get("region"), "`region`");
    return List.of(
        new Operation.Touch(region == null ? HEAP : region, pattern(fields), 0, write, place));
  }

  private List<Operation> addresses(Fields fields, boolean write, Location place) {
    for (String key : Shapes.TOUCH.keys()) {
      if (fields.has(key) && !key.equals("address") && !key.equals("write")) {
        problems.add(
            fields.markOf(key),
            key.equals("pages")
                ? "`touch:` takes `pages` or `address`, not both"
                : "`" + key + "` goes with `pages`; an address says itself which page is meant");
      }
    }
    Value written = fields.get("address");
    List<Operation> touches = new ArrayList<>();
    for (Value item : written instanceof Items list ? list.items() : List.of(written)) {
      Long address = address(item);
      if (address != null) {
        PageSet page = new PageSet.Range(geometry.page(address), 1, 1);
        PageReferences once = new PagePattern.Sequential(page, 1);
        touches.add(new Operation.Touch(null, once, geometry.offset(address), write, place));
      }
    }
    if (written instanceof Items list && list.items().isEmpty()) {
      problems.add(written.mark(), "`address` needs at least one address");
    }
    return touches;
  }

  /** Returns an address of the address space, or null. */
  private Long address(Value value) {
    String text = values.text(value, "`address`");
    if (text == null) {
      return null;
    }
    long address;
    if (HEXADECIMAL.matcher(text).matches()) {
      address = Long.parseUnsignedLong(text.substring(2), 16);
    } else if (text.startsWith("0x") || text.startsWith("0X")) {
      problems.add(
          value.mark(),
          "`address` may have 1 to 16 hexadecimal digits after 0x, not " + value.shown());
      return null;
    } else {
      address = values.integer(value, "`address` (or hexadecimal, 0x1000)", 0, Long.MAX_VALUE, -1);
      if (address < 0) {
        return null;
      }
    }
    if (!geometry.contains(address)) {
      problems.add(
          value.mark(),
          "`address` is outside the address space, whose addresses have "
              + geometry.virtualBits()
              + " bits"
              + (geometry.signExtended() ? " and copies of the highest above them" : "")
              + ": "
              + value.shown());
      return null;
    }
    return address;
  }

  private PageReferences pattern(Fields fields) {
    String pattern = values.choice(fields.get("pattern"), "`pattern`", PATTERNS, PATTERNS.get(0));
    PARAMETERS.keySet().stream().sorted().forEach(key -> refuseForeign(fields, key, pattern));
    PageSet pages = pages(fields.get("pages"));
    long count =
        values.integer(fields.get("references"), "`references`", 1, Long.MAX_VALUE, pages.size());
    return switch (pattern) {
      case "random" -> new PagePattern.Uniform(pages, count);
      case "zipf" -> zipf(fields, pages, count);
      case "working-set" -> workingSet(fields, pages, count);
      default -> new PagePattern.Sequential(pages, count);
    };
  }

  private void refuseForeign(Fields fields, String key, String pattern) {
    String owner = PARAMETERS.get(key);
    if (fields.has(key) && !owner.equals(pattern)) {
      problems.add(fields.markOf(key), "`" + key + "` belongs to `pattern: " + owner + "`");
    }
  }

  private PageReferences zipf(Fields fields, PageSet pages, long count) {
    double exponent = values.positive(fields.get("exponent"), "`exponent`", 1);
    if (pages.size() > PagePattern.Zipf.MOST_PAGES) {
      problems.add(
          fields.get("pages").mark(),
          "`pattern: zipf` knows " + PagePattern.Zipf.MOST_PAGES + " pages at most");
      return new PagePattern.Sequential(pages, count);
    }
    return new PagePattern.Zipf(pages, count, exponent);
  }

  private PageReferences workingSet(Fields fields, PageSet pages, long count) {
    long size = pages.size();
    long hot = values.integer(fields.get("hot"), "`hot`", 1, size, Math.max(1, size / 10));
    long phase = values.integer(fields.get("phase"), "`phase`", 1, Long.MAX_VALUE, count);
    return new PagePattern.WorkingSet(pages, count, hot, locality(fields.get("locality")), phase);
  }

  private double locality(Value value) {
    String text = values.text(value, "`locality`");
    try {
      BigDecimal share = Durations.number(text == null ? "0.9" : text);
      if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
        return share.doubleValue();
      }
      problems.add(value.mark(), "`locality` must be a number from 0 to 1, not " + value.shown());
    } catch (IllegalArgumentException e) {
      problems.add(value.mark(), "`locality`: " + e.getMessage());
    }
    return 0;
  }

  private PageSet pages(Value value) {
    PageSet pages = FIRST_PAGE;
    if (value instanceof Entries) {
      pages = range(Fields.of(value, Shapes.PAGE_RANGE, problems));
    } else if (value instanceof Items items) {
      List<Long> numbers = values.integers(value, "a page of `pages`", 0, MOST_PAGE);
      if (!numbers.isEmpty()) {
        pages = new PageSet.Listed(numbers);
      } else if (items.items().isEmpty()) {
        problems.add(value.mark(), "`pages` needs at least one page");
      }
    } else if (value instanceof Scalar) {
      long count = values.integer(value, "`pages` (or a list or a range)", 1, PageSet.MOST, 1);
      pages = new PageSet.Range(0, count, 1);
    }
    if (pages.last() >>> geometry.pageBits() != 0) {
      problems.add(
          value.mark(),
          "the page "
              + pages.last()
              + " is outside the address space, which has "
              + (1L << geometry.pageBits())
              + " pages");
    }
    return pages;
  }

  private PageSet range(Fields fields) {
    long from = values.integer(fields.get("from"), "`from`", 0, MOST_PAGE, 0);
    long count = values.integer(fields.require("count"), "`count`", 1, PageSet.MOST, 1);
    // No range of so many pages in such strides exceeds 64 bits.
    long stride = values.integer(fields.get("stride"), "`stride`", 1, PageSet.MOST, 1);
    return new PageSet.Range(from, count, stride);
  }
}
