package org.schedlab.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.schedlab.program.Expression.BinaryOperator;

/**
 * Translates the small language of the worked cases on interleavings, which has labels and
 * branches, and here barriers and readers-writer locks besides. The line of an instruction is its
 * position there, labels counted.
 */
public final class ReferenceProgram {
  private final List<Instruction.Builder> code = new ArrayList<>();
  private final Map<String, Integer> registers = new LinkedHashMap<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Instruction.Builder, String> jumps = new LinkedHashMap<>();
  private final Map<String, Instruction.Cell> cells;
  private final ToIntFunction<String> objects;
  private final Function<String, Program> programs;
  private Location at;

  private ReferenceProgram(
      Map<String, Instruction.Cell> cells,
      ToIntFunction<String> objects,
      Function<String, Program> programs) {
    this.cells = cells;
    this.objects = objects;
    this.programs = programs;
  }

  /**
   * Translates a program.
   *
   * @param objects the number of each object among those of the process
   * @param programs of the threads that it starts
   */
  public static Program of(
      List<List<Object>> code,
      Map<String, Instruction.Cell> cells,
      ToIntFunction<String> objects,
      Function<String, Program> programs) {
    return new ReferenceProgram(cells, objects, programs).translate(code);
  }

  private Program translate(List<List<Object>> entries) {
    for (int i = 0; i < entries.size(); i++) {
      at = new Location(i, 1);
      translate(entries.get(i).get(0).toString(), entries.get(i));
    }
    emit(Opcode.END);
    jumps.forEach((jump, label) -> jump.target(labels.get(label)));
    return new Program(
        code.stream().map(Instruction.Builder::build).toList(),
        new ArrayList<>(registers.keySet()));
  }

  private Instruction.Builder emit(Opcode opcode) {
    Instruction.Builder builder = Instruction.of(opcode, at);
    code.add(builder);
    return builder;
  }

  private void translate(String name, List<Object> e) {
    switch (name) {
      case "load" -> emit(Opcode.LOAD).register(register(e.get(1))).cell(cell(e.get(2)));
      case "store" -> emit(Opcode.STORE).cell(cell(e.get(1))).value(value(e.get(2)));
      case "cas" ->
          emit(Opcode.COMPARE_AND_SWAP)
              .register(register(e.get(1)))
              .cell(cell(e.get(2)))
              .expected(value(e.get(3)))
              .value(value(e.get(4)));
      case "fadd" ->
          emit(Opcode.FETCH_ADD)
              .register(register(e.get(1)))
              .cell(cell(e.get(2)))
              .value(value(e.get(3)));
      case "xchg" ->
          emit(Opcode.EXCHANGE)
              .register(register(e.get(1)))
              .cell(cell(e.get(2)))
              .value(value(e.get(3)));
      case "lock" -> emit(Opcode.LOCK).target(object(e.get(1)));
      case "unlock" -> emit(Opcode.UNLOCK).target(object(e.get(1)));
      case "trylock" ->
          emit(Opcode.LOCK).shared(true).register(register(e.get(1))).target(object(e.get(2)));
      case "sem_wait" -> emit(Opcode.SEM_WAIT).target(object(e.get(1)));
      case "sem_post" -> emit(Opcode.SEM_POST).target(object(e.get(1)));
      case "try_sem" ->
          emit(Opcode.SEM_WAIT).shared(true).register(register(e.get(1))).target(object(e.get(2)));
      case "barrier_wait" -> emit(Opcode.BARRIER_WAIT).target(object(e.get(1)));
      case "read_lock" -> emit(Opcode.RW_LOCK).target(object(e.get(1)));
      case "write_lock" -> emit(Opcode.RW_LOCK).flag(true).target(object(e.get(1)));
      case "rw_unlock" -> emit(Opcode.RW_UNLOCK).target(object(e.get(1)));
      case "cond_wait" -> emit(Opcode.COND_WAIT).target(object(e.get(1))).mutex(object(e.get(2)));
      case "cond_signal" -> emit(Opcode.COND_SIGNAL).target(object(e.get(1)));
      case "cond_broadcast" -> emit(Opcode.COND_SIGNAL).target(object(e.get(1))).flag(true);
      case "spawn" -> {
        String thread = e.get(1).toString();
        emit(Opcode.START_THREAD)
            .seed(
                new Instruction.ThreadSeed(
                    thread, 1, () -> programs.apply(thread), null, Operation.Attributes.DEFAULT));
      }
      case "join" -> emit(Opcode.JOIN).text(e.get(1).toString());
      case "send" -> emit(Opcode.SEND).message(message(e.get(1), true, value(e.get(2))));
      case "recv" ->
          emit(Opcode.RECEIVE).register(register(e.get(1))).message(message(e.get(2), false, null));
      default -> translateLocal(name, e);
    }
  }

  private void translateLocal(String name, List<Object> e) {
    switch (name) {
      case "set" -> emit(Opcode.SET).register(register(e.get(1))).value(value(e.get(2)));
      case "add", "sub", "mul", "mod" ->
          emit(Opcode.SET)
              .register(register(e.get(1)))
              .value(Formula.binary(arithmetic(name), value(e.get(2)), value(e.get(3))));
      case "br" -> {
        Formula condition = comparison(e);
        jumps.put(
            emit(Opcode.JUMP_IF_ZERO).value(Formula.unary(Expression.UnaryOperator.NOT, condition)),
            e.get(4).toString());
      }
      case "jmp" -> jumps.put(emit(Opcode.JUMP), e.get(1).toString());
      case "assert" -> emit(Opcode.ASSERT).value(comparison(e)).text(e.toString());
      case "label" -> labels.put(e.get(1).toString(), code.size());
      case "nop" -> {}
      default -> throw new IllegalArgumentException("no instruction " + e);
    }
  }

  private static BinaryOperator arithmetic(String name) {
    return switch (name) {
      case "add" -> BinaryOperator.ADD;
      case "sub" -> BinaryOperator.SUBTRACT;
      case "mul" -> BinaryOperator.MULTIPLY;
      default -> BinaryOperator.REMAINDER;
    };
  }

  private Formula comparison(List<Object> e) {
    return Formula.binary(comparison(e.get(2).toString()), value(e.get(1)), value(e.get(3)));
  }

  /** Returns the operator that is written so. */
  public static BinaryOperator comparison(String symbol) {
    for (BinaryOperator operator : BinaryOperator.values()) {
      if (operator.symbol().equals(symbol)) {
        return operator;
      }
    }
    throw new IllegalArgumentException("no operator " + symbol);
  }

  private Instruction.Message message(Object channel, boolean write, Formula value) {
    return new Instruction.Message(object(channel), null, -1, write, null, null, value, -1, -1);
  }

  private int register(Object name) {
    return registers.computeIfAbsent(name.toString(), key -> registers.size());
  }

  private int object(Object name) {
    return objects.applyAsInt(name.toString());
  }

  private Formula value(Object operand) {
    return operand instanceof Number number
        ? Formula.of(number.longValue())
        : Formula.register(register(operand));
  }

  private Instruction.Cell cell(Object place) {
    if (place instanceof List<?> element) {
      return cells.get(element.get(0).toString()).at(value(element.get(1)));
    }
    return cells.get(place.toString());
  }
}
