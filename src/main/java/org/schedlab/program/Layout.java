package org.schedlab.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** How the variables of a process lie in its memory: one after the other, a cell for each value. */
public final class Layout {
  /** Bytes of a cell. */
  public static final int CELL_BYTES = 8;

  private Layout() {}

  /** Returns where each variable lies; {@code index} of the results is null. */
  public static Map<String, Instruction.Cell> cells(List<Variable> variables) {
    return cells(variables, Instruction.Cell.OWN);
  }

  /** Returns where each variable of a shared memory segment lies. */
  public static Map<String, Instruction.Cell> cells(List<Variable> variables, int segment) {
    Map<String, Instruction.Cell> cells = new HashMap<>();
    int base = 0;
    for (Variable variable : variables) {
      int length = variable.initial().size();
      cells.put(
          variable.name(), new Instruction.Cell(base, length, null, variable.atomic(), segment));
      base += length;
    }
    return cells;
  }

  /** Returns what each cell is called: {@code x}, or {@code a[1]} of an array. */
  public static IntFunction<String> names(List<Variable> variables) {
    TreeMap<Integer, Variable> byBase = new TreeMap<>();
    int base = 0;
    for (Variable variable : variables) {
      byBase.put(base, variable);
      base += variable.initial().size();
    }
    return cell -> {
      Map.Entry<Integer, Variable> found = byBase.floorEntry(cell);
      Variable variable = found.getValue();
      return variable.array()
          ? variable.name() + "[" + (cell - found.getKey()) + "]"
          : variable.name();
    };
  }

  /** Returns the first values of all cells. */
  public static long[] initial(List<Variable> variables) {
    return variables.stream()
        .flatMap(variable -> variable.initial().stream())
        .mapToLong(Long::longValue)
        .toArray();
  }
}
