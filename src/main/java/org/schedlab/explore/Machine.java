package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.program.Opcode;
import org.schedlab.program.Program;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;

/**
 * What an exploration is about: programs, memory, and objects, all numbered. It never changes, but
 * that it learns of threads that programs start: each has a number of its own, which depends on who
 * starts it as its how-manieth, and not on the schedule.
 */
public final class Machine {
  /** More threads than bits in a word cannot be told apart. */
  public static final int MOST_THREADS = Long.SIZE;

  /** A process: where its names lie. */
  private static final class Process {
    private final String name;
    private final int ownCells;
    private final int[] ownObjects;
    private final Map<Integer, Integer> segments;

    Process(String name, int ownCells, int[] ownObjects, Map<Integer, Integer> segments) {
      this.name = name;
      this.ownCells = ownCells;
      this.ownObjects = ownObjects;
      this.segments = segments;
    }
  }

  /** A thread that there is, or may be. */
  static final class Thread {
    final int process;
    final String name;

    /** What a join may call it. */
    final String wanted;

    final Program program;
    final boolean mayLoop;
    final boolean watched;

    private Thread(int process, String name, String wanted, Program program, boolean watched) {
      this.process = process;
      this.name = name;
      this.wanted = wanted;
      this.program = program;
      this.mayLoop = program.hasOpenLoop();
      this.watched = watched;
    }
  }

  /**
   * Variables that lie together.
   *
   * @param owner the process, or the segment of shared memory
   * @param base the number of the first one's first cell
   */
  public record Block(String owner, boolean segment, List<Variable> variables, int base) {}

  /** Which thread is meant: the one that a parent starts by an instruction, as its so-manieth. */
  private record Birth(int parent, int count, int index, Instruction by) {}

  private final List<Process> processes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Birth, Integer> births = new HashMap<>();
  private final List<SharedObject> objects = new ArrayList<>();
  private final List<Channels> channels = new ArrayList<>();
  private final int[] commonObjects;
  private final Map<Integer, Integer> commonSegments = new HashMap<>();
  private final List<String> cellNames = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Set<String> watched;
  private final int initialThreads;
  private long[] memory = {};
  private boolean mayLoop;

  private Machine(Builder builder) {
    watched = Set.copyOf(builder.watched);
    commonObjects = addObjects(builder.common, -1, commonSegments);
    for (ProcessDraft draft : builder.processes) {
      Map<Integer, Integer> segments = new HashMap<>(commonSegments);
      int base = addCells(draft.name, false, draft.variables);
      int[] own = addObjects(draft.objects, 1, segments);
      processes.add(new Process(draft.name, base, own, segments));
    }
    for (ThreadDraft draft : builder.threads) {
      add(draft.process, draft.taskName, draft.name, draft.program);
    }
    initialThreads = threads.size();
    measureChannels(builder.capacities);
  }

  private int add(int process, String name, String wanted, Program program) {
    if (threads.size() == MOST_THREADS) {
      throw new IllegalArgumentException(
          "more than " + MOST_THREADS + " threads cannot be explored");
    }
    Thread thread = new Thread(process, name, wanted, program, watched.contains(name));
    threads.add(thread);
    mayLoop |= thread.mayLoop;
    return threads.size() - 1;
  }

  private int addCells(String owner, boolean segment, List<Variable> variables) {
    int base = memory.length;
    blocks.add(new Block(owner, segment, variables, base));
    long[] initial = Layout.initial(variables);
    memory = Arrays.copyOf(memory, base + initial.length);
    System.arraycopy(initial, 0, memory, base, initial.length);
    IntFunction<String> names = Layout.names(variables);
    for (int cell = 0; cell < initial.length; cell++) {
      cellNames.add(names.apply(cell));
    }
    return base;
  }

  /**
   * Numbers objects.
   *
   * @param sign 1 for a process's own, -1 for those of all: as instructions count them
   */
  private int[] addObjects(List<SharedObject> declared, int sign, Map<Integer, Integer> segments) {
    int[] numbers = new int[declared.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = objects.size();
      objects.add(declared.get(i));
      channels.add(null);
      if (declared.get(i) instanceof SharedObject.Segment segment) {
        segments.put(sign > 0 ? i : -1 - i, addCells(segment.name(), true, segment.variables()));
      }
    }
    return numbers;
  }

  // --- channels

  /** How programs use a channel. */
  private static final class Usage {
    private final Set<Object> lengths = new HashSet<>();
    private boolean uneven;
  }

  private void measureChannels(Function<SharedObject, long[]> capacities) {
    Map<Integer, Usage> usages = new HashMap<>();
    for (int slot = 0; slot < threads.size(); slot++) {
      int process = threads.get(slot).process;
      forEach(threads.get(slot).program, instruction -> note(instruction, process, usages));
    }
    for (int i = 0; i < objects.size(); i++) {
      SharedObject object = objects.get(i);
      boolean queue = object instanceof SharedObject.MessageQueue;
      if (!queue && !(object instanceof SharedObject.Pipe)) {
        continue;
      }
      Usage usage = usages.getOrDefault(i, new Usage());
      long[] size = capacities.apply(object);
      boolean whole = !usage.uneven && (queue || usage.lengths.size() == 1);
      long length = 1;
      if (whole && !queue) {
        length = Math.max(1, (Long) usage.lengths.iterator().next());
      }
      channels.set(i, new Channels(size[0] / length, queue ? size[1] : 0, queue, whole));
    }
  }

  private void note(Instruction instruction, int process, Map<Integer, Usage> usages) {
    if (instruction.opcode != Opcode.SEND && instruction.opcode != Opcode.RECEIVE) {
      return;
    }
    Instruction.Message message = instruction.message;
    Usage usage = usages.computeIfAbsent(object(process, message.object()), channel -> new Usage());
    Long length = message.bytes() == null ? null : message.bytes().constant();
    usage.uneven |= instruction.shared || (message.priority() != null);
    usage.lengths.add(length == null ? instruction : length);
    usage.uneven |= length == null && message.bytes() != null;
  }

  /** Shows every instruction of a program and of those that it starts threads with. */
  private static void forEach(Program program, Consumer<Instruction> action) {
    Map<Program, Boolean> seen = new IdentityHashMap<>();
    List<Program> open = new ArrayList<>(List.of(program));
    while (!open.isEmpty()) {
      Program next = open.remove(open.size() - 1);
      if (seen.put(next, true) == null) {
        next.forEach(
            instruction -> {
              action.accept(instruction);
              if (instruction.opcode == Opcode.START_THREAD && instruction.seed.loop() == null) {
                open.add(instruction.seed.program().get());
              }
            });
      }
    }
  }

  /** Shows every instruction that may be carried out. */
  public void forEachInstruction(Consumer<Instruction> action) {
    for (int slot = 0; slot < initialThreads; slot++) {
      forEach(threads.get(slot).program, action);
    }
  }

  // --- threads

  /** Returns how many threads there are from the beginning. */
  int initialThreads() {
    return initialThreads;
  }

  /** Returns how many threads are known by now. */
  public int threadCount() {
    return threads.size();
  }

  Thread thread(int slot) {
    return threads.get(slot);
  }

  /** Returns the full name of a thread. */
  public String threadName(int slot) {
    return threads.get(slot).name;
  }

  /**
   * Returns the thread that another one starts.
   *
   * @param count how many the parent has started before
   * @param index which of those that one instruction starts
   */
  int born(int parent, int count, int index, Instruction by) {
    Birth birth = new Birth(parent, count, index, by);
    Integer known = births.get(birth);
    if (known != null) {
      return known;
    }
    int process = threads.get(parent).process;
    Instruction.ThreadSeed seed = by.seed;
    String wanted = seed.count() == 1 ? seed.name() : seed.name() + "[" + index + "]";
    long before =
        threads.stream().filter(t -> t.process == process && t.wanted.equals(wanted)).count();
    String name = before == 0 ? wanted : wanted + "#" + (before + 1);
    String processName = processes.get(process).name;
    int slot = add(process, processName + "/" + name, wanted, seed.program().get());
    births.put(birth, slot);
    return slot;
  }

  /** Says whether a name in a join of a process means a thread. */
  boolean isMeant(String name, int process, int slot) {
    Thread thread = threads.get(slot);
    return thread.process == process
        && (thread.wanted.equals(name) || thread.wanted.startsWith(name + "["));
  }

  /** Says whether a thread is the only one of its process. */
  boolean isAlone(int slot) {
    int process = threads.get(slot).process;
    return threads.stream().filter(thread -> thread.process == process).count() == 1;
  }

  /** Says whether some program may run forever. */
  boolean mayLoop() {
    return mayLoop;
  }

  // --- memory and objects

  long[] memory() {
    return memory.clone();
  }

  /** Returns how many cells of memory there are. */
  public int cellCount() {
    return memory.length;
  }

  /** Returns what a cell is called: {@code x}, or {@code a[1]}. */
  public String cellName(int cell) {
    return cellNames.get(cell);
  }

  /** Returns where the memory of a process that an access means begins. */
  int base(int process, Instruction.Cell cell) {
    return cell.segment() == Instruction.Cell.OWN
        ? processes.get(process).ownCells
        : processes.get(process).segments.get(cell.segment());
  }

  /** Returns the variables of all processes and segments. */
  public List<Block> blocks() {
    return Collections.unmodifiableList(blocks);
  }

  /** Returns the number of an object that an instruction of a process names. */
  int object(int process, int target) {
    return target >= 0 ? processes.get(process).ownObjects[target] : commonObjects[-1 - target];
  }

  int objectCount() {
    return objects.size();
  }

  SharedObject object(int number) {
    return objects.get(number);
  }

  Channels channel(int number) {
    return channels.get(number);
  }

  // --- building

  private record ProcessDraft(String name, List<Variable> variables, List<SharedObject> objects) {}

  private record ThreadDraft(int process, String taskName, String name, Program program) {}

  /** Collects what a machine consists of. */
  public static final class Builder {
    private final List<SharedObject> common;
    private final List<ProcessDraft> processes = new ArrayList<>();
    private final List<ThreadDraft> threads = new ArrayList<>();
    private final Set<String> watched = new HashSet<>();
    private final Function<SharedObject, long[]> capacities;

    /**
     * @param common the objects of all processes
     * @param capacities of pipes the bytes, of queues the messages and the bytes of the longest one
     */
    public Builder(List<SharedObject> common, Function<SharedObject, long[]> capacities) {
      this.common = common;
      this.capacities = capacities;
    }

    /** Adds a process; returns its number, from 0 up. */
    public int process(String name, List<Variable> variables, List<SharedObject> objects) {
      processes.add(new ProcessDraft(name, variables, objects));
      return processes.size() - 1;
    }

    /** Adds a thread that there is from the beginning. */
    public void thread(int process, String taskName, String name, Program program) {
      threads.add(new ThreadDraft(process, taskName, name, program));
    }

    /** The registers of a thread are asked for when it has ended. */
    public void watch(String taskName) {
      watched.add(taskName);
    }

    public Machine build() {
      return new Machine(this);
    }
  }
}
