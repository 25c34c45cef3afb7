package org.schedlab.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws small scenarios of a few threads that share variables x, y, z and objects of every kind, in
 * one process or in several with shared memory; all of it in one block of memory.
 */
public final class RandomPrograms {
  private final Random random;
  private int kinds;
  private boolean nested;
  private boolean families;

  public RandomPrograms(Random random) {
    this.random = random;
  }

  /** Returns the text of the next scenario. */
  public String next() {
    kinds = random.nextInt(9);
    boolean processes = random.nextInt(3) == 0;
    families = processes && random.nextBoolean();
    String variables =
        "variables: {x: 0, y: {value: 0, atomic: " + random.nextBoolean() + "}, z: [0, 0]}";
    String kind =
        pick("{m: {kind: plain}, n: {}}", "{m: {kind: recursive}, n: {kind: error-checking}}");
    String objects =
        """
        mutexes: %s
        semaphores: {s: %d}
        conditions: [c]
        barriers: {b: 2}
        rwlocks: [l]
        queues: {q: {capacity: %d, message_size: 8}}
        pipes: {p: {capacity: 4}}
        """
            .formatted(kind, random.nextInt(3), 1 + random.nextInt(2));
    int count = 2 + random.nextInt(2);
    StringBuilder text = new StringBuilder("machine: {cpus: " + (1 + random.nextInt(2)));
    text.append(", costs: ").append(pick("textbook", "linux-x86_64")).append("}\n");
    if (processes) {
      text.append("shared_memory: {seg: {").append(variables).append("}}\n").append(objects);
    }
    text.append("processes:\n");
    if (!processes) {
      text.append("  - name: P\n    ").append(variables).append("\n    ");
      text.append(objects.stripTrailing().replace("\n", "\n    ")).append("\n    threads:\n");
    }
    List<String> observed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nested = false;
      String program = "[set: {r: 0}, " + String.join(", ", code(count == 2 ? 5 : 3)) + "]";
      String name = "T" + i;
      text.append(processes ? "  - {name: " : "      - {name: ")
          .append(name)
          .append(", program: ")
          .append(program)
          .append("}\n");
      observed.add(name + ".r");
    }
    text.append("observe: [").append(String.join(", ", observed)).append("]\n");
    text.append("final: x ").append(pick("<", "!=")).append(' ').append(random.nextInt(3));
    return text.append('\n').toString();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private List<String> code(int longest) {
    List<String> code = new ArrayList<>();
    int length = 1 + random.nextInt(longest);
    for (int i = 0; i < length; i++) {
      code.add(random.nextInt(3) == 0 ? access() : operation(kinds));
      switch (random.nextInt(12)) {
        case 0 -> code.add("{if: r == " + random.nextInt(2) + ", then: [" + access() + "]}");
        case 1 -> code.add("{assert: r != 2}");
        case 2 -> code.add("{assert: x + y < 3}");
        case 3 -> code.add(pick("{compute: 2}", "{sleep: 3}", "yield", "{io: 1}"));
        case 4 -> code.add("{repeat: 2, do: [" + access() + "]}");
        default -> {}
      }
    }
    if (families && random.nextInt(2) == 0) {
      addFamily(code);
    } else if (kinds != 2 && !nested && random.nextInt(6) == 0) {
      nested = true;
      String child =
          "{thread: {name: W, program: [set: {r: 0}, " + access() + ", " + access() + "]}}";
      code.add(random.nextInt(code.size() + 1), child);
      if (random.nextBoolean()) {
        code.add("{join: W}");
        code.add(access());
      }
    }
    return code;
  }

  /** Adds processes that are made, and waits for them, at random places. */
  private void addFamily(List<String> code) {
    for (int i = random.nextInt(2); i >= 0; i--) {
      String ends = pick("", ", {exit: 3}");
      String child = "[set: {r: 0}, " + operation(kinds) + ", " + access() + ends + "]";
      String birth =
          switch (random.nextInt(4)) {
            case 0 -> "{fork: {name: F, into: r, program: " + child + "}}";
            case 1 ->
                "{fork: {name: F, into: r}}, {if: r == 0, then: [" + access() + ", {exit: 2}]}";
            case 2 -> "{spawn: {name: C, count: 2, program: [set: {r: 0}, " + access() + "]}}";
            default -> "{spawn: {name: C, program: " + child + "}}";
          };
      int at = random.nextInt(code.size() + 1);
      code.add(at, birth);
      if (random.nextInt(3) > 0) {
        String name = birth.contains("name: F") ? "F" : "C";
        String wait = "{wait: {process: " + pick("any", "all", name) + ", into: r}}";
        code.add(at + 1 + random.nextInt(code.size() - at), wait);
      }
    }
  }

  private String access() {
    String cell = pick("x", "x", "y", "\"z[1]\"");
    int value = random.nextInt(3);
    return switch (random.nextInt(7)) {
      case 0, 1 -> "{load: {r: " + cell + "}}";
      case 2 -> "{store: {" + cell + ": " + (random.nextBoolean() ? "r + 1" : "" + value) + "}}";
      case 3 ->
          "{cas: {variable: x, expect: " + value + ", update: " + random.nextInt(3) + ", into: r}}";
      case 4 -> "{fetch_add: {variable: x, add: 1, into: r}}";
      case 5 -> "{add: {x: 1}}";
      default -> "{exchange: {variable: x, value: " + value + ", into: r}}";
    };
  }

  private String operation(int kind) {
    String mutex = random.nextInt(3) == 0 ? "n" : "m";
    return switch (kind) {
      case 0 ->
          pick(
              "{lock: " + mutex + "}",
              "{unlock: " + mutex + "}",
              "{try_lock: {mutex: " + mutex + ", into: r}}");
      case 1 -> pick("{sem_wait: s}", "{sem_post: s}");
      case 2 ->
          pick(
              "{lock: m}",
              "{cond_wait: {condition: c, mutex: m}}",
              "{cond_signal: c}",
              "{cond_broadcast: c}",
              "{unlock: m}");
      case 3 -> pick("{send: {queue: q, bytes: 1, value: r}}", "{receive: {queue: q, into: r}}");
      case 4 -> random.nextInt(3) == 0 ? "{barrier_wait: b}" : access();
      case 5 -> pick("{read_lock: l}", "{write_lock: l}", "{rw_unlock: l}");
      case 6 ->
          pick(
              "{write: {pipe: p, bytes: 2, value: r + 1}}",
              "{write: {pipe: p, bytes: 1, value: 2}}",
              "{read: {pipe: p, bytes: " + (1 + random.nextInt(3)) + ", into: r}}");
      case 7 -> operation(random.nextInt(7));
      default -> access();
    };
  }
}
