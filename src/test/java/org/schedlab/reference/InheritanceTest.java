package org.schedlab.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.testing.Ran;

/** Worked cases of priority inheritance and ceilings. */
class InheritanceTest {
  @Test
  void inheritanceExampleOfBurnsAndWellingsComesOut() throws Exception {
    for (Map<String, Object> worked : ReferenceCases.of("inheritance")) {
      for (String protocol : List.of("none", "inheritance", "ceiling")) {
        String key =
            switch (protocol) {
              case "none" -> "completion_no_protocol";
              case "inheritance" -> "completion_priority_inheritance";
              default -> "completion_immediate_ceiling";
            };
        TaskTimes tasks = Ran.scenario(scenarioOf(worked, protocol)).tasks();
        Map<String, Object> expected = ReferenceCases.map(worked.get(key));
        List<?> processes = (List<?>) worked.get("processes");
        for (int i = 0; i < processes.size(); i++) {
          String name = (String) ReferenceCases.map(processes.get(i)).get("name");
          assertThat(tasks.finish(i) / 1_000_000)
              .as("%s of %s", name, key)
              .isEqualTo((int) expected.get(name));
        }
      }
    }
  }

  private static String scenarioOf(Map<String, Object> worked, String protocol) {
    StringBuilder yaml =
        new StringBuilder("scheduler: {policy: priority, priority_order: high-first}\n");
    yaml.append("mutexes: {");
    ReferenceCases.map(worked.get("ceilings"))
        .forEach(
            (name, ceiling) ->
                yaml.append(name)
                    .append(": {protocol: ")
                    .append(protocol)
                    .append(protocol.equals("ceiling") ? ", ceiling: " + ceiling : "")
                    .append("}, "));
    yaml.append("}\nprocesses:\n");
    for (Object process : (List<?>) worked.get("processes")) {
      Map<String, Object> p = ReferenceCases.map(process);
      yaml.append("  - {name: ").append(p.get("name"));
      yaml.append(", arrival: ").append(p.get("release"));
      yaml.append(", priority: ").append(p.get("priority"));
      yaml.append(", program: [").append(programOf((String) p.get("sequence"))).append("]}\n");
    }
    return yaml.toString();
  }

  /** Equal letters in a row are one critical section, E is none. */
  private static String programOf(String sequence) {
    StringBuilder program = new StringBuilder();
    for (int from = 0; from < sequence.length(); ) {
      char lock = sequence.charAt(from);
      int to = from;
      while (to < sequence.length() && sequence.charAt(to) == lock) {
        to++;
      }
      String work = "{compute: " + (to - from) + "}, ";
      program.append(
          lock == 'E' ? work : "{lock: " + lock + "}, " + work + "{unlock: " + lock + "}, ");
      from = to;
    }
    return program.toString();
  }
}
