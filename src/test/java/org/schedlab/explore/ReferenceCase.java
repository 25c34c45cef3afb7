package org.schedlab.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.schedlab.program.Expression;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.program.Location;
import org.schedlab.program.Program;
import org.schedlab.program.ReferenceProgram;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;

/** A program of the worked cases on interleavings, as a machine with a judge. */
final class ReferenceCase implements Judge {
  private final Map<String, Object> source;
  private final List<Variable> variables = new ArrayList<>();
  private final List<SharedObject> objects = new ArrayList<>();
  private final Map<String, List<List<Object>>> code = new LinkedHashMap<>();
  private final Map<String, Program> programs = new HashMap<>();
  private final Map<String, Instruction.Cell> cells;
  private final Machine machine;

  ReferenceCase(Map<String, Object> source) {
    this.source = source;
    declare();
    cells = Layout.cells(variables);
    for (Map<String, Object> thread : maps("threads")) {
      code.put(thread.get("name").toString(), instructions(thread.get("code")));
    }
    Machine.Builder builder =
        new Machine.Builder(
            List.of(),
            object -> {
              SharedObject.MessageQueue queue = (SharedObject.MessageQueue) object;
              return new long[] {queue.capacity(), 8};
            });
    int process = builder.process("P", variables, objects);
    for (String thread : code.keySet()) {
      if (!isSpawned(thread)) {
        builder.thread(process, "P/" + thread, thread, program(thread));
      }
    }
    for (String thread : code.keySet()) {
      builder.watch("P/" + thread);
    }
    machine = builder.build();
  }

  Machine machine() {
    return machine;
  }

  private boolean isSpawned(String thread) {
    return code.values().stream()
        .flatMap(List::stream)
        .anyMatch(entry -> entry.get(0).equals("spawn") && entry.get(1).equals(thread));
  }

  private Program program(String thread) {
    Program known = programs.get(thread);
    if (known == null) {
      known = ReferenceProgram.of(code.get(thread), cells, this::object, this::program);
      programs.put(thread, known);
    }
    return known;
  }

  private int object(String name) {
    for (int i = 0; i < objects.size(); i++) {
      if (objects.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no object " + name);
  }

  private void declare() {
    List<String> atomic = strings("volatile");
    map("vars")
        .forEach(
            (name, value) -> {
              boolean array = value instanceof List<?>;
              List<Long> initial = new ArrayList<>();
              for (Object each : array ? (List<?>) value : List.of(value)) {
                initial.add(((Number) each).longValue());
              }
              variables.add(
                  new Variable(name, initial, array, atomic.contains(name), Location.NONE));
            });
    SharedObject.Order fifo = SharedObject.Order.FIFO;
    for (String name : strings("mutexes")) {
      objects.add(
          new SharedObject.Mutex(
              name,
              SharedObject.MutexKind.PLAIN,
              SharedObject.Protocol.NONE,
              0,
              fifo,
              Location.NONE));
    }
    map("sems")
        .forEach(
            (name, value) ->
                objects.add(
                    new SharedObject.Semaphore(
                        name, ((Number) value).longValue(), fifo, Location.NONE)));
    for (String name : strings("conds")) {
      objects.add(new SharedObject.Condition(name, fifo, null, Location.NONE));
    }
    map("barriers")
        .forEach(
            (name, value) ->
                objects.add(
                    new SharedObject.Barrier(name, ((Number) value).intValue(), Location.NONE)));
    for (String name : strings("rwlocks")) {
      objects.add(new SharedObject.ReadersWriterLock(name, false, fifo, Location.NONE));
    }
    map("channels")
        .forEach(
            (name, value) -> {
              long capacity = value == null ? Long.MAX_VALUE : ((Number) value).longValue();
              objects.add(new SharedObject.MessageQueue(name, capacity, 8, fifo, Location.NONE));
            });
  }

  @SuppressWarnings("unchecked")
  private static List<List<Object>> instructions(Object value) {
    return (List<List<Object>>) value;
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> maps(String key) {
    return (List<Map<String, Object>>) source.get(key);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> map(String key) {
    return (Map<String, Object>) source.getOrDefault(key, Map.of());
  }

  @SuppressWarnings("unchecked")
  private List<String> strings(String key) {
    return (List<String>) source.getOrDefault(key, List.of());
  }

  // --- what is seen in the end

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int cell = 0; cell < machine.cellCount(); cell++) {
      names.add(machine.cellName(cell));
    }
    names.addAll(strings("observe"));
    return names;
  }

  @Override
  public long[] values(State state) {
    return names().stream().mapToLong(name -> value(state, name)).toArray();
  }

  private long value(State state, String name) {
    for (int cell = 0; cell < machine.cellCount(); cell++) {
      if (machine.cellName(cell).equals(name)) {
        return state.memory(cell);
      }
    }
    int dot = name.indexOf('.');
    for (int slot = 0; slot < machine.threadCount(); slot++) {
      if (machine.threadName(slot).equals("P/" + name.substring(0, dot))) {
        return state.execution(slot) == null
            ? 0
            : state.execution(slot).registerNamed(name.substring(dot + 1));
      }
    }
    return 0;
  }

  @Override
  public boolean holds(State state) {
    Object condition = source.get("final_assert");
    return condition == null || evaluate(condition, state) != 0;
  }

  private long evaluate(Object expression, State state) {
    if (expression instanceof Number number) {
      return number.longValue();
    }
    if (expression instanceof String name) {
      return value(state, name);
    }
    List<?> list = (List<?>) expression;
    String operator = list.get(0).toString();
    long first = evaluate(list.get(1), state);
    if (operator.equals("not")) {
      return first == 0 ? 1 : 0;
    }
    for (int i = 2; i < list.size(); i++) {
      long next = evaluate(list.get(i), state);
      first =
          switch (operator) {
            case "and" -> first != 0 && next != 0 ? 1 : 0;
            case "or" -> first != 0 || next != 0 ? 1 : 0;
            default -> Expression.apply(ReferenceProgram.comparison(operator), first, next);
          };
    }
    return first;
  }

  /** Returns the values of an outcome by name. */
  Map<String, Long> byName(Outcome outcome) {
    Map<String, Long> values = new TreeMap<>();
    List<String> names = names();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), outcome.values()[i]);
    }
    return values;
  }
}
