package org.schedlab.scenario.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.TimeSource;

/** Reads how long an operation waits, and the registers that hear how that went. */
final class WaitingReader {
  private final ValueReader values;
  private final Problems problems;
  private final DistributionReader times;

  WaitingReader(ValueReader values, DistributionReader times) {
    this.values = values;
    this.problems = values.problems();
    this.times = times;
  }

  /** Reads an operation that waits, unless {@code nonblocking: true} says otherwise. */
  Waiting read(Fields fields, List<String> registers) {
    boolean attempt = isAttempt(fields);
    if (attempt && registers.stream().noneMatch(fields::has)) {
      problems.add(
          fields.markOf("nonblocking"),
          "`nonblocking` needs "
              + either(registers)
              + " beside it, for else nobody hears whether it succeeded");
    }
    return waiting(fields, registers, attempt);
  }

  /** Reads an operation of coroutines, which raises an error that no register gets. */
  Waiting raising(Fields fields, List<String> registers) {
    return waiting(fields, registers, isAttempt(fields));
  }

  private boolean isAttempt(Fields fields) {
    boolean attempt =
        fields.allows("nonblocking")
            && values.flag(fields.get("nonblocking"), "`nonblocking`", false);
    if (attempt && fields.has("timeout")) {
      problems.add(
          fields.markOf("nonblocking"),
          "`nonblocking` does not wait at all, so there is nothing to time out; give it or"
              + " `timeout`");
    }
    return attempt;
  }

  /** Reads an operation that is always an attempt: it gives up where it would have to wait. */
  Waiting attempt(Fields fields, List<String> registers) {
    if (registers.stream().noneMatch(fields::has)) {
      String needed = either(registers);
      fields.lacks(registers.get(0), needed + ", for else nobody hears whether it succeeded");
    }
    return waiting(fields, registers, true);
  }

  private Waiting waiting(Fields fields, List<String> registers, boolean attempt) {
    TimeSource timeout =
        fields.allows("timeout") && fields.has("timeout")
            ? times.read(fields.get("timeout"), "`timeout`")
            : null;
    Map<String, String> keys = new LinkedHashMap<>();
    for (String key : registers) {
      String register = register(fields, key);
      String other = register == null ? null : keys.putIfAbsent(register, key);
      if (other != null) {
        problems.add(
            fields.get(key).mark(),
            "`" + other + "` and `" + key + "` need a register of their own each");
      }
    }
    String into = registers.contains("into") ? register(fields, "into") : null;
    String error = registers.contains("error") ? register(fields, "error") : null;
    return new Waiting(attempt, timeout, into, error);
  }

  /** Returns the register that a key names, or null. */
  String register(Fields fields, String key) {
    return fields.allows(key) ? values.identifier(fields.get(key), "`" + key + "`") : null;
  }

  /** Returns keys as a choice: {@code `into` or `error`}. */
  static String either(List<String> keys) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < keys.size(); i++) {
      text.append(i == 0 ? "" : i == keys.size() - 1 ? " or " : ", ");
      text.append('`').append(keys.get(i)).append('`');
    }
    return text.toString();
  }
}
