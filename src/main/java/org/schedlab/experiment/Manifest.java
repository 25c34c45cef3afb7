package org.schedlab.experiment;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.schedlab.policy.UserPolicies;
import org.schedlab.report.CompleteFiles;
import org.schedlab.report.LinePrinter;
import org.schedlab.scenario.yaml.Overrides;

/**
 * What a result was made of, and a summary of it: a flat list of words and values, written when all
 * else of the result is complete. A result whose manifest says what would be said today need not be
 * made again.
 */
final class Manifest {
  static final String FILE = "manifest.json";

  /** Finding it takes longer than a small file's sum; it is as new after each. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Manifest::newSha256);

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> entries = new LinkedHashMap<>();

  /** Adds what decides about a result. */
  static Manifest of(String version, String scenario, Path file, byte[] content, String options) {
    Manifest manifest = new Manifest();
    manifest.put("schedlab", version);
    manifest.put("scenario", scenario);
    manifest.put("file", file.toString().replace('\\', '/'));
    manifest.put("sha256", sha256(content));
    manifest.put("options", options);
    return manifest;
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(SHA_256.get().digest(content));
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns those options that change results, as a command line would give them. */
  static String options(Overrides overrides) {
    StringBuilder text = new StringBuilder();
    if (overrides.policy() != null) {
      text.append(" --policy ").append(overrides.policy());
      UserPolicies.named(overrides.policy())
          .ifPresent(own -> text.append(" (").append(own.source()).append(")"));
    }
    overrides.settings().forEach(setting -> text.append(" --set ").append(setting));
    if (overrides.quantum() != null) {
      text.append(" --quantum ").append(overrides.quantum());
    }
    if (overrides.seed() != null) {
      text.append(" --seed ").append(overrides.seed());
    }
    return text.toString().strip();
  }

  void put(String key, String value) {
    entries.put(key, value);
  }

  /** Returns a value, or null. */
  String get(String key) {
    return entries.get(key);
  }

  /** Says whether both agree on these entries. */
  boolean agrees(Manifest other, List<String> keys) {
    return keys.stream().allMatch(key -> Objects.equals(get(key), other.get(key)));
  }

  void write(CompleteFiles files) throws IOException {
    files.file(FILE, this::write);
  }

  private void write(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new LinePrinter());
      writeEntries(json);
      json.writeRaw('\n');
    }
  }

  private void writeEntries(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  /** Returns all on one line. */
  String line() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writeEntries(json);
    } catch (IOException e) {
      throw new IllegalStateException("text is written to memory", e);
    }
    return text.toString();
  }

  /** Returns the manifest in a file, or null where there is none that can be read. */
  static Manifest read(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns the manifest that a text is, or null where it is none. */
  static Manifest parse(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      Manifest manifest = new Manifest();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        manifest.put(key, json.nextToken() == JsonToken.VALUE_NULL ? null : json.getText());
      }
      return manifest;
    } catch (IOException e) {
      return null;
    }
  }
}
