package org.schedlab.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A scenario as a tree of maps, lists, whole numbers and words, so that it can be written and made
 * smaller without knowing what it means.
 *
 * @param root maps are in order; values are {@code Map<String, Object>}, {@code List<Object>}, Long
 *     and String
 */
public record Draft(Map<String, Object> root) {
  /** Returns so many processes that compute for 5 units each, on one CPU. */
  public static Draft plain(int processes) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      Map<String, Object> process = new LinkedHashMap<>();
      process.put("name", "P" + i);
      process.put("burst", 5L);
      list.add(process);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", "check-policy-failure");
    root.put("processes", list);
    return new Draft(root);
  }

  /** Returns the text of a scenario file: a line for each key, and for each process. */
  public String yaml() {
    StringBuilder text = new StringBuilder();
    root.forEach(
        (key, value) -> {
          if (value instanceof List<?> list && key.equals("processes")) {
            text.append(key).append(":\n");
            list.forEach(item -> text.append("  - ").append(flow(item)).append('\n'));
          } else {
            text.append(key).append(": ").append(flow(value)).append('\n');
          }
        });
    return text.toString();
  }

  private static String flow(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Draft::flow).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.toString();
  }

  /** Returns how many processes it has. */
  public int processes() {
    return root.get("processes") instanceof List<?> list ? list.size() : 0;
  }
}
