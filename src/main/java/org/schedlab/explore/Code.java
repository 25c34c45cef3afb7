package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.program.Operation;
import org.schedlab.program.Program;

/** What can be said of programs without running them. */
final class Code {
  private Code() {}

  /**
   * Shows every instruction of programs, and of those that they start threads and forked children
   * with.
   *
   * @param spawned whether of the processes that they spawn, too
   */
  static void forEach(List<Program> programs, boolean spawned, Consumer<Instruction> action) {
    Map<Program, Boolean> seen = new IdentityHashMap<>();
    List<Program> open = new ArrayList<>(programs);
    while (!open.isEmpty()) {
      Program next = open.remove(open.size() - 1);
      if (seen.put(next, true) == null) {
        next.forEach(
            instruction -> {
              action.accept(instruction);
              addStarted(instruction, spawned, open);
            });
      }
    }
  }

  private static void addStarted(Instruction instruction, boolean spawned, List<Program> programs) {
    if (instruction.opcode == Opcode.START_THREAD && instruction.seed.loop() == null) {
      programs.add(instruction.seed.program().get());
    } else if (instruction.child != null) {
      programs.add(instruction.child.get());
    } else if (instruction.opcode == Opcode.SPAWN && spawned) {
      instruction.process.threads().stream()
          .filter(thread -> thread.loop() == null)
          .forEach(thread -> programs.add(thread.program().get()));
    }
  }

  /** Shows every instruction that sends to a pipe or a queue, or receives from it. */
  static void forEachMove(List<Program> programs, boolean spawned, Consumer<Instruction> action) {
    forEach(
        programs,
        spawned,
        instruction -> {
          boolean moves = instruction.opcode == Opcode.SEND || instruction.opcode == Opcode.RECEIVE;
          if (moves && instruction.message.connection() < 0) {
            action.accept(instruction);
          }
        });
  }

  /** Returns the ends that programs name, of the channels that the file declares. */
  static Set<Integer> ends(List<Program> programs, boolean spawned) {
    Set<Integer> ends = new HashSet<>();
    forEachMove(
        programs,
        spawned,
        instruction -> {
          int object = instruction.message.object();
          if (object < 0) {
            ends.add(Machine.end(-1 - object, instruction.opcode == Opcode.SEND));
          }
        });
    return ends;
  }

  /** Says whether it may matter to a process in which order its children end. */
  static boolean ordersEnds(List<Program> programs) {
    Set<String> names = new HashSet<>();
    boolean[] found = new boolean[3];
    forEach(
        programs,
        false,
        instruction -> {
          switch (instruction.opcode) {
            case WAIT -> {
              found[0] = true;
              boolean named =
                  !Set.of(Operation.WaitFor.ANY, Operation.WaitFor.ALL).contains(instruction.text);
              found[1] |= !named;
            }
            case SPAWN ->
                found[1] |=
                    instruction.process.count() > 1 || !names.add(instruction.process.name());
            case FORK -> found[1] |= !names.add(instruction.text);
            case LOOP_BEGIN -> found[2] = true;
            default -> {}
          }
        });
    boolean loops = found[2] || programs.stream().anyMatch(Program::hasOpenLoop);
    return found[0] && (found[1] || loops);
  }

  /** Returns the programs of what a spawn makes, one for each thread. */
  static List<Program> of(Instruction.ProcessSeed seed) {
    List<Program> programs = new ArrayList<>();
    for (Instruction.ThreadSeed thread : seed.threads()) {
      programs.addAll(Collections.nCopies(thread.count(), thread.program().get()));
    }
    return programs;
  }
}
