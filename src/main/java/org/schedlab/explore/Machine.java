package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.program.Location;
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

  /**
   * Variables that lie together.
   *
   * @param owner the process, or the segment of shared memory
   * @param base the number of the first one's first cell
   */
  public record Block(String owner, boolean segment, List<Variable> variables, int base) {}

  private final List<ProcessForm> processes = new ArrayList<>();
  private final List<ThreadForm> threads = new ArrayList<>();
  private final Births births = new Births(this);
  private final List<SharedObject> objects = new ArrayList<>();
  private final Map<Integer, Channels> channels = new HashMap<>();
  private final int[] commonObjects;
  private final Map<Integer, Integer> commonSegments = new HashMap<>();
  private final List<String> cellNames = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Set<String> watched;
  private final Function<SharedObject, long[]> capacities;
  private final Set<Integer> mayOpen = new HashSet<>();
  private final int initialThreads;
  private final long[] initialMemory;
  private final int initialObjects;
  private final boolean forks;
  private final boolean families;
  private long[] memory = {};
  private boolean locks;
  private boolean endsMatter;
  private boolean mayLoop;

  private Machine(Builder builder) {
    watched = Set.copyOf(builder.watched);
    capacities = builder.capacities;
    List<Program> programs = builder.threads.stream().map(ThreadDraft::program).toList();
    Set<Opcode> opcodes = EnumSet.noneOf(Opcode.class);
    Code.forEach(programs, true, instruction -> opcodes.add(instruction.opcode));
    forks = opcodes.contains(Opcode.FORK);
    families = forks || opcodes.contains(Opcode.SPAWN);
    commonObjects = addObjects(builder.common, -1, commonSegments);
    channels.putAll(ChannelUse.measure(commonObjects, objects, programs, true, capacities));
    for (int end : Code.ends(programs, true)) {
      mayOpen.add(end(commonObjects[end / 2], end % 2 == 1));
    }
    for (int i = 0; i < builder.processes.size(); i++) {
      int number = i;
      ProcessDraft draft = builder.processes.get(i);
      add(
          draft.name,
          -1,
          draft.variables,
          draft.objects,
          builder.threads.stream()
              .filter(thread -> thread.process == number)
              .map(ThreadDraft::program)
              .toList());
    }
    for (ThreadDraft draft : builder.threads) {
      addFirst(draft.process, draft.taskName, draft.name, draft.program, draft.stackBytes);
    }
    initialThreads = threads.size();
    initialMemory = memory;
    initialObjects = objects.size();
  }

  /** Adds a process without threads, which is to begin with programs. */
  int add(
      String wanted,
      int parent,
      List<Variable> variables,
      List<SharedObject> declared,
      List<Program> programs) {
    Map<Integer, Integer> segments = new HashMap<>(commonSegments);
    int[] own = addObjects(declared, 1, segments);
    Set<Integer> ends = new TreeSet<>();
    for (int end : Code.ends(programs, false)) {
      addEnd(commonObjects[end / 2], end % 2 == 1, ends);
    }
    for (int object : own) {
      addEnd(object, false, ends);
      addEnd(object, true, ends);
    }
    boolean ordersEnds = Code.ordersEnds(programs);
    processes.add(form(wanted, parent, variables, own, segments, ends, ordersEnds));
    channels.putAll(ChannelUse.measure(own, objects, programs, false, capacities));
    return processes.size() - 1;
  }

  ProcessForm form(
      String wanted,
      int parent,
      List<Variable> variables,
      int[] own,
      Map<Integer, Integer> segments,
      Set<Integer> ends,
      boolean ordersEnds) {
    String name = unusedProcessName(wanted);
    int base = addCells(name, false, variables);
    int family = addObject(null);
    endsMatter |= families || !ends.isEmpty();
    return new ProcessForm(
        name,
        wanted,
        parent,
        base,
        memory.length - base,
        own,
        segments,
        family,
        objects.size(),
        ends,
        ordersEnds);
  }

  private void addEnd(int object, boolean write, Set<Integer> ends) {
    if (isOpenToSeveral(object)) {
      ends.add(end(object, write));
    }
  }

  int add(ProcessForm process) {
    processes.add(process);
    return processes.size() - 1;
  }

  void addFirst(int process, String name, String wanted, Program program, long stackBytes) {
    int[] first = processes.get(process).firstThreads;
    processes.get(process).firstThreads = Arrays.copyOf(first, first.length + 1);
    processes.get(process).firstThreads[first.length] =
        add(process, name, wanted, program, stackBytes);
  }

  int add(int process, String name, String wanted, Program program, long stackBytes) {
    if (threads.size() == MOST_THREADS) {
      throw new UnexplorableException(
          "explore follows up to " + MOST_THREADS + " threads, and its schedules start more",
          Location.NONE);
    }
    ThreadForm thread =
        new ThreadForm(process, name, wanted, program, watched.contains(name), stackBytes);
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
      numbers[i] = addObject(declared.get(i));
      if (declared.get(i) instanceof SharedObject.Segment segment) {
        segments.put(sign > 0 ? i : -1 - i, addCells(segment.name(), true, segment.variables()));
      }
    }
    return numbers;
  }

  int addObject(SharedObject object) {
    objects.add(object);
    locks |= isLock(objects.size() - 1);
    return objects.size() - 1;
  }

  // --- channels

  /** Returns the number of an end of a pipe. */
  static int end(int object, boolean write) {
    return 2 * object + (write ? 1 : 0);
  }

  /** Says whether more than one process may have the ends of a pipe open. */
  boolean isOpenToSeveral(int object) {
    boolean common = Arrays.stream(commonObjects).anyMatch(each -> each == object);
    return objects.get(object) instanceof SharedObject.Pipe && (common || forks);
  }

  /** Says whether some process, there from the beginning or not, may have an end open. */
  boolean mayOpen(int end) {
    return mayOpen.contains(end);
  }

  /** Shows every instruction that may be carried out. */
  public void forEachInstruction(Consumer<Instruction> action) {
    List<Program> programs = new ArrayList<>();
    threads.subList(0, initialThreads).forEach(thread -> programs.add(thread.program));
    Code.forEach(programs, true, action);
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

  ThreadForm thread(int slot) {
    return threads.get(slot);
  }

  /** Returns the full name of a thread. */
  public String threadName(int slot) {
    return threads.get(slot).name;
  }

  // --- processes

  /** Returns who is whom of those that programs make. */
  Births births() {
    return births;
  }

  int processCount() {
    return processes.size();
  }

  ProcessForm process(int number) {
    return processes.get(number);
  }

  /** Returns a name for a thread, told apart from others of its process. */
  String unusedThreadName(int process, String wanted) {
    long before =
        threads.stream().filter(t -> t.process == process && t.wanted.equals(wanted)).count();
    return before == 0 ? wanted : wanted + "#" + (before + 1);
  }

  private String unusedProcessName(String wanted) {
    long before = processes.stream().filter(process -> process.wanted.equals(wanted)).count();
    return before == 0 ? wanted : wanted + "#" + (before + 1);
  }

  List<Variable> variablesOf(ProcessForm process) {
    return blocks.stream()
        .filter(block -> !block.segment() && block.base() == process.ownCells)
        .filter(block -> block.owner().equals(process.name))
        .findFirst()
        .orElseThrow()
        .variables();
  }

  /** Says whether a wait by name means a process. */
  boolean isCalled(int process, String name) {
    String wanted = processes.get(process).wanted;
    int mark = wanted.indexOf('[');
    return wanted.equals(name) || mark > 0 && wanted.substring(0, mark).equals(name);
  }

  /** Says whether some program makes processes. */
  boolean hasFamilies() {
    return families;
  }

  boolean hasForks() {
    return forks;
  }

  /** Says whether it may matter to others that threads of a process end. */
  boolean endMatters(int process) {
    if (!endsMatter) {
      return false;
    }
    ProcessForm of = processes.get(process);
    return !of.ends.isEmpty() || of.parent >= 0 && processes.get(of.parent).ordersEnds;
  }

  /** Returns the first values of all cells up to the last of a process. */
  long[] memoryUpTo(int process) {
    return Arrays.copyOf(memory, processes.get(process).ownCells + processes.get(process).cells);
  }

  /** Says whether a name in a join of a process means a thread. */
  boolean isMeant(String name, int process, int slot) {
    ThreadForm thread = threads.get(slot);
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

  /** Returns what memory holds in the beginning. */
  long[] memory() {
    return initialMemory.clone();
  }

  /** Returns how many cells of memory there are in the beginning. */
  public int cellCount() {
    return initialMemory.length;
  }

  /** Returns what a cell is called in all: {@code P.x}. */
  public String fullCellName(int cell) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      if (blocks.get(i).base() <= cell && !blocks.get(i).variables().isEmpty()) {
        return blocks.get(i).owner() + "." + cellNames.get(cell);
      }
    }
    return cellNames.get(cell);
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

  /** Returns how many objects there are in the beginning. */
  int objectCount() {
    return initialObjects;
  }

  /** Says whether there is any mutex or readers-writer lock. */
  boolean hasLocks() {
    return locks;
  }

  /** Says whether an object is a mutex or a readers-writer lock. */
  boolean isLock(int number) {
    SharedObject object = objects.get(number);
    return object instanceof SharedObject.Mutex || object instanceof SharedObject.ReadersWriterLock;
  }

  SharedObject object(int number) {
    return objects.get(number);
  }

  Channels channel(int number) {
    return channels.get(number);
  }

  // --- building

  private record ProcessDraft(String name, List<Variable> variables, List<SharedObject> objects) {}

  private record ThreadDraft(
      int process, String taskName, String name, Program program, long stackBytes) {}

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
      thread(process, taskName, name, program, Long.MAX_VALUE);
    }

    /** Adds a thread whose calls may go only so deep. */
    public void thread(
        int process, String taskName, String name, Program program, long stackBytes) {
      threads.add(new ThreadDraft(process, taskName, name, program, stackBytes));
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
