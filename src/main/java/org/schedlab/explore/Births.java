package org.schedlab.explore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Instruction;
import org.schedlab.program.Numbered;
import org.schedlab.program.Program;
import org.schedlab.program.SharedObject;

/**
 * The threads and processes that programs make, as a machine comes to know of them. Who is who
 * depends on who makes it, by which instruction and as its how-manieth, and not on the schedule.
 */
final class Births {
  /** Whom a thread makes by an instruction, as its so-manieth. */
  private record Birth(int parent, int count, int index, Instruction by) {}

  private final Machine machine;
  private final Map<Birth, Integer> threads = new HashMap<>();
  private final Map<Birth, Integer> processes = new HashMap<>();

  Births(Machine machine) {
    this.machine = machine;
  }

  /**
   * Returns the thread that another one starts.
   *
   * @param count how many threads and processes the parent has made before
   * @param index which of those that one instruction makes
   */
  int thread(int parent, int count, int index, Instruction by) {
    Birth birth = new Birth(parent, count, index, by);
    Integer known = threads.get(birth);
    if (known != null) {
      return known;
    }
    int process = machine.thread(parent).process;
    Instruction.ThreadSeed seed = by.seed;
    String wanted = Numbered.name(seed.name(), seed.count(), index);
    String name = machine.unusedThreadName(process, wanted);
    String full = machine.process(process).name + "/" + name;
    int slot =
        machine.add(process, full, wanted, seed.program().get(), seed.attributes().stackBytes());
    threads.put(birth, slot);
    return slot;
  }

  /** Returns the process that a thread spawns; parameters as of {@link #thread}. */
  int spawned(int parent, int count, int index, Instruction by) {
    Birth birth = new Birth(parent, count, index, by);
    Integer known = processes.get(birth);
    if (known != null) {
      return known;
    }
    Instruction.ProcessSeed seed = by.process;
    String wanted = Numbered.name(seed.name(), seed.count(), index);
    int of = machine.thread(parent).process;
    int number = machine.add(wanted, of, seed.variables(), seed.objects(), Code.of(seed));
    String name = machine.process(number).name;
    for (Instruction.ThreadSeed thread : seed.threads()) {
      for (String own : Numbered.names(thread.name(), thread.count())) {
        String full = own.isEmpty() ? name : name + "/" + own;
        machine.addFirst(
            number, full, own, thread.program().get(), thread.attributes().stackBytes());
      }
    }
    processes.put(birth, number);
    return number;
  }

  /** Returns the process that a thread forks, with one thread that is like it. */
  int forked(int parent, int count, Instruction by) {
    Birth birth = new Birth(parent, count, 0, by);
    Integer known = processes.get(birth);
    if (known != null) {
      return known;
    }
    ProcessForm original = machine.process(machine.thread(parent).process);
    int[] own = original.ownObjects.clone();
    for (int i = 0; i < own.length; i++) {
      SharedObject object = machine.object(own[i]);
      boolean shared = ChannelUse.isChannel(object) || object instanceof SharedObject.Segment;
      own[i] = shared ? own[i] : machine.addObject(object);
    }
    Program program = by.child == null ? machine.thread(parent).program : by.child.get();
    int number =
        machine.add(
            machine.form(
                by.text,
                machine.thread(parent).process,
                machine.variablesOf(original),
                own,
                original.segments,
                original.ends,
                original.ordersEnds || Code.ordersEnds(List.of(program))));
    long stack =
        by.seed == null ? machine.thread(parent).stackBytes : by.seed.attributes().stackBytes();
    machine.addFirst(number, machine.process(number).name, "", program, stack);
    processes.put(birth, number);
    return number;
  }
}
