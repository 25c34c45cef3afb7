package org.schedlab.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** Reads worked cases with their answers. JSON is YAML, and YAML is what the project reads. */
public final class ReferenceCases {
  private ReferenceCases() {}

  public static List<Map<String, Object>> of(String name) {
    return of(name, "cases");
  }

  public static List<Map<String, Object>> of(String name, String key) {
    try (InputStream in =
        ReferenceCases.class.getResourceAsStream("/reference/" + name + ".json")) {
      Map<String, Object> file = new Yaml().load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return list(file.get(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> list(Object value) {
    return (List<Map<String, Object>>) value;
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  public static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
