package org.schedlab.scenario.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Checks values against as much of JSON Schema as the scenario schema uses. */
final class JsonSchema {
  private final Map<String, Object> root;

  JsonSchema(Map<String, Object> root) {
    this.root = root;
  }

  /** Returns what is wrong with a value; nothing if it is valid. */
  List<String> problems(Object value) {
    List<String> problems = new ArrayList<>();
    check(root, value, "$", problems);
    return problems;
  }

  /** Returns a definition. */
  Map<String, Object> definition(String name) {
    return map(map(root.get("$defs")).get(name));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  static List<?> list(Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }

  private void check(Map<String, Object> schema, Object value, String path, List<String> problems) {
    schema.forEach(
        (keyword, rule) -> {
          if (!holds(schema, keyword, rule, value, path, problems)) {
            problems.add(path + ": " + keyword + " " + rule + " does not hold for " + value);
          }
        });
  }

  private boolean holds(
      Map<String, Object> schema,
      String keyword,
      Object rule,
      Object value,
      String path,
      List<String> problems) {
    switch (keyword) {
      case "$ref":
        check(
            definition(String.valueOf(rule).substring("#/$defs/".length())), value, path, problems);
        return true;
      case "type":
        return (rule instanceof List<?> types ? types : List.of(rule))
            .stream().anyMatch(type -> isA(type, value));
      case "enum":
        return list(rule).contains(value);
      case "const":
        return rule.equals(value);
      case "anyOf":
        return list(rule).stream().anyMatch(branch -> isValid(map(branch), value, path));
      case "pattern":
        return !(value instanceof String text)
            || Pattern.compile(String.valueOf(rule)).matcher(text).find();
      case "minLength":
        return !(value instanceof String text) || text.length() >= (Integer) rule;
      case "minimum":
        return !(value instanceof Number) || number(value).compareTo(number(rule)) >= 0;
      case "maximum":
        return !(value instanceof Number) || number(value).compareTo(number(rule)) <= 0;
      case "exclusiveMinimum":
        return !(value instanceof Number) || number(value).compareTo(number(rule)) > 0;
      case "description", "default", "title", "$schema", "$defs":
        return true;
      default:
        return holdsInside(schema, keyword, rule, value, path, problems);
    }
  }

  private boolean holdsInside(
      Map<String, Object> schema,
      String keyword,
      Object rule,
      Object value,
      String path,
      List<String> problems) {
    Map<String, Object> entries = value instanceof Map<?, ?> ? map(value) : Map.of();
    List<?> items = value instanceof List<?> list ? list : List.of();
    switch (keyword) {
      case "minItems":
        return !(value instanceof List<?>) || items.size() >= (Integer) rule;
      case "items":
        items.forEach(item -> check(map(rule), item, path + "[]", problems));
        return true;
      case "minProperties":
        return !(value instanceof Map<?, ?>) || entries.size() >= (Integer) rule;
      case "maxProperties":
        return entries.size() <= (Integer) rule;
      case "required":
        return !(value instanceof Map<?, ?>) || entries.keySet().containsAll(list(rule));
      case "dependentRequired":
        return map(rule).entrySet().stream()
            .filter(dependency -> entries.containsKey(dependency.getKey()))
            .allMatch(dependency -> entries.keySet().containsAll(list(dependency.getValue())));
      case "properties":
        map(rule)
            .forEach(
                (key, inner) -> {
                  if (entries.containsKey(key)) {
                    check(map(inner), entries.get(key), path + "." + key, problems);
                  }
                });
        return true;
      case "additionalProperties":
        Map<?, ?> known = map(schema.getOrDefault("properties", Map.of()));
        List<?> others = entries.keySet().stream().filter(key -> !known.containsKey(key)).toList();
        if (rule instanceof Boolean allowed) {
          return allowed || others.isEmpty();
        }
        others.forEach(key -> check(map(rule), entries.get(key), path + "." + key, problems));
        return true;
      default:
        throw new IllegalArgumentException("a keyword that this checker does not know: " + keyword);
    }
  }

  private boolean isValid(Map<String, Object> schema, Object value, String path) {
    List<String> problems = new ArrayList<>();
    check(schema, value, path, problems);
    return problems.isEmpty();
  }

  private static boolean isA(Object type, Object value) {
    return switch (String.valueOf(type)) {
      case "object" -> value instanceof Map<?, ?>;
      case "array" -> value instanceof List<?>;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "null" -> value == null;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Number && number(value).stripTrailingZeros().scale() <= 0;
      default -> throw new IllegalArgumentException("no type " + type);
    };
  }

  private static BigDecimal number(Object value) {
    return new BigDecimal(String.valueOf(value));
  }
}
