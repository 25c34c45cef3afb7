package org.schedlab.program;

import java.util.List;
import java.util.function.Consumer;

/** A compiled program: a flat array of instructions, beginning at 0, shared by its threads. */
public final class Program {
  private final Instruction[] instructions;
  private final List<String> registers;
  private final boolean dealsWithOthers;

  Program(List<Instruction> instructions, List<String> registers) {
    this.instructions = instructions.toArray(Instruction[]::new);
    this.registers = List.copyOf(registers);
    this.dealsWithOthers = instructions.stream().anyMatch(each -> each.opcode.isStep());
  }

  /** Shows every instruction, in order. */
  public void forEach(Consumer<Instruction> action) {
    for (Instruction instruction : instructions) {
      action.accept(instruction);
    }
  }

  /** Says whether it jumps back without counting turns: it may run forever. */
  public boolean hasOpenLoop() {
    for (int i = 0; i < instructions.length; i++) {
      Opcode opcode = instructions[i].opcode;
      boolean jumps = opcode == Opcode.JUMP || opcode == Opcode.JUMP_IF_ZERO;
      if (jumps && instructions[i].target <= i) {
        return true;
      }
    }
    return false;
  }

  /** Says whether it has instructions that other threads can notice. */
  public boolean dealsWithOthers() {
    return dealsWithOthers;
  }

  Instruction at(int index) {
    return instructions[index];
  }

  /** Returns how many registers a thread needs that runs the program. */
  int registerCount() {
    return registers.size();
  }

  /** Returns the index of a named register, or -1. */
  public int registerIndex(String name) {
    return registers.indexOf(name);
  }
}
