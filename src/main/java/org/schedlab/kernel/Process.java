package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.schedlab.kernel.memory.AddressSpace;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Program;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;
import org.schedlab.trace.MemoryMap;

/** A process: it owns memory, and threads that share it. */
final class Process {
  // Of millions of short processes most have none of these: they share lists that stay empty.
  private static final List<Process> NO_CHILDREN = List.of();
  private static final List<KernelThread> NO_WAITERS = List.of();
  private static final List<Segment> NO_SEGMENTS = List.of();
  private static final KernelObject[] NO_OBJECTS = {};

  final int id;

  /** A number that no other process of the run has, even where ids are used again. */
  int serial;

  private final ProcessPlan plan;

  /** Whether nobody keeps it in mind when it has ended. */
  private final boolean isOfNoConcern;

  /** Its name; of one of many generated ones, that without its number, until one asks. */
  private String name;

  /** Its number among generated ones, as long as the name lacks it; else -1. */
  private long number = -1;

  /** Who made it; null for init, which waits for nobody. */
  Process parent;

  private List<Process> children = NO_CHILDREN;

  private List<KernelThread> waiters = NO_WAITERS;

  /** The cells of its variables: what its threads share. */
  long[] memory;

  /** Which CPUs have the cache lines of atomic variables; null before one asks. */
  private long[] lineHolders;

  private List<Variable> variables;

  /** What its threads wait at for each other, and what those of all processes do. */
  private KernelObject[] objects = NO_OBJECTS;

  private KernelObject[] commonObjects = NO_OBJECTS;

  /** The ends of channels that it has open; null as long as it never had one. */
  private Descriptors descriptors;

  private List<Segment> segments = NO_SEGMENTS;

  /** Whether a signal has stopped all its threads. */
  boolean stopped;

  /** Whether a signal is to end it as soon as it is continued. */
  boolean toTerminate;

  long workingSetBytes;
  final MemorySizes sizes;

  /** Null where memory is not simulated, before it starts and after it has ended. */
  AddressSpace space;

  /** How many of its planned threads are still to arrive; none after exec. */
  int toCome;

  int exitCode;

  /** Of a generated process: which of the sources of a workload it comes from; else -1. */
  int source = -1;

  /** Who submitted it and waits for its end; -1 for nobody. */
  int customer = -1;

  /** Counts who ended before: a wait for any child reaps in this order. */
  long endOrder;

  /** Its threads that have not ended, in no order; each knows its place here. */
  private final List<KernelThread> living = new ArrayList<>(1);

  /** The group of threads without a name, which most processes have alone; null before one asks. */
  private JoinGroup unnamed;

  /** By the names of the others; made when there is one. */
  private Map<String, JoinGroup> groups = Map.of();

  private boolean started;
  private boolean ended;
  private boolean gone;

  Process(int id, int serial, ProcessPlan plan) {
    this.id = id;
    this.serial = serial;
    this.plan = plan;
    this.isOfNoConcern = plan.threads().size() == 1 && plan.threads().get(0).isOfNoConcern();
    this.name = plan.name();
    this.variables = plan.variables();
    this.memory = plan.memory().length == 0 ? plan.memory() : plan.memory().clone();
    this.workingSetBytes = plan.workingSetBytes();
    this.sizes = plan.sizes();
  }

  /** Says whether this process, which has ended, may serve as another one of a plan. */
  boolean canServeAgain(ProcessPlan next) {
    return plan == next && isOfNoConcern;
  }

  /** Makes it as new. */
  void renew(int newSerial) {
    serial = newSerial;
    name = plan.name();
    stopped = false;
    toTerminate = false;
    toCome = 0;
    exitCode = 0;
    endOrder = 0;
    unnamed.renew();
    started = false;
    ended = false;
    gone = false;
  }

  /** Makes it one of many generated processes, which are told apart by a number. */
  void setNumber(long ofGenerated) {
    number = ofGenerated;
  }

  String name() {
    if (number >= 0) {
      // Made only where somebody asks: a million jobs would make a million names.
      name = name + "[" + number + "]";
      number = -1;
    }
    return name;
  }

  /** Returns its children that it has not waited for, in the order in which they were made. */
  List<Process> children() {
    return children;
  }

  void addChild(Process child) {
    children = children == NO_CHILDREN ? new ArrayList<>(2) : children;
    children.add(child);
  }

  /** Has no children any more. */
  void dropChildren() {
    children = NO_CHILDREN;
  }

  /** Returns its threads that wait for children, in the order in which they began to wait. */
  List<KernelThread> waiters() {
    return waiters;
  }

  void addWaiter(KernelThread thread) {
    waiters = waiters == NO_WAITERS ? new ArrayList<>(2) : waiters;
    waiters.add(thread);
  }

  void removeWaiter(KernelThread thread) {
    if (waiters != NO_WAITERS) {
      waiters.remove(thread);
    }
  }

  /** Returns the ends of channels that it has open. */
  Descriptors descriptors() {
    descriptors = descriptors == null ? new Descriptors(this) : descriptors;
    return descriptors;
  }

  /** Returns the open ends of channels, of which there may be none. */
  List<Endpoint> openEnds() {
    return descriptors == null ? List.of() : descriptors.all();
  }

  List<SharedObject> declaredObjects() {
    return plan.objects();
  }

  /** Replaces its variables, as exec does. */
  void replaceMemory(List<Variable> others, long[] values) {
    variables = others;
    memory = values.clone();
    lineHolders = null;
    workingSetBytes = 0;
  }

  void setObjects(KernelObject[] own, KernelObject[] common) {
    objects = own;
    commonObjects = common;
  }

  KernelObject[] objects() {
    return objects;
  }

  /** Returns an object as programs count them: its own from 0 up, common ones from -1 down. */
  KernelObject object(int index) {
    return index >= 0 ? objects[index] : commonObjects[-1 - index];
  }

  /** Returns a lock or one of its friends, counted so. */
  SyncObject lock(int index) {
    return (SyncObject) object(index);
  }

  /** Returns the memory in which a variable lies: its own, or a segment's. */
  long[] memoryOf(Instruction.Cell cell) {
    return cell.segment() == Instruction.Cell.OWN
        ? memory
        : ((Segment) object(cell.segment())).cells;
  }

  Map<String, Long> claims() {
    return plan.claims();
  }

  /** Returns the resources that its threads may ask for. */
  List<Resource> resources() {
    return Stream.of(objects, commonObjects)
        .flatMap(Arrays::stream)
        .filter(Resource.class::isInstance)
        .map(Resource.class::cast)
        .toList();
  }

  /** Takes note that it maps a segment. */
  void use(Segment segment) {
    if (!segments.contains(segment)) {
      segments = segments == NO_SEGMENTS ? new ArrayList<>() : segments;
      segments.add(segment);
    }
  }

  /** Maps only those any more. */
  void keepSegments(Predicate<Segment> kept) {
    segments = new ArrayList<>(segments.stream().filter(kept).toList());
  }

  /** Returns the segments that it maps. */
  List<Segment> segments() {
    return segments;
  }

  /** Returns what the threads run that it begins with. */
  List<Program> plannedPrograms() {
    List<Program> programs = new ArrayList<>(plan.threads().size());
    for (ThreadPlan thread : plan.threads()) {
      ObjectTable.addPrograms(thread.program(), thread.loop(), programs);
    }
    return programs;
  }

  /** Returns which CPUs have the lines of the memory in which a variable lies. */
  long[] lineHolders(Instruction.Cell cell, int size) {
    if (cell.segment() != Instruction.Cell.OWN) {
      return ((Segment) object(cell.segment())).lineHolders(size);
    }
    if (lineHolders == null) {
      lineHolders = new long[size];
    }
    return lineHolders;
  }

  /** Returns how many units of a resource it will hold at most; -1 where it does not say. */
  long claim(KernelObject resource) {
    return isNamed(resource) ? plan.claims().getOrDefault(resource.name(), -1L) : -1;
  }

  /** Says whether its programs can name an object: an own one hides one of the file. */
  private boolean isNamed(KernelObject object) {
    String wanted = object.name();
    boolean hidden =
        plan.objects().stream().anyMatch(own -> own.name().equals(wanted))
            || Arrays.stream(objects).anyMatch(own -> own.name().equals(wanted));
    return Arrays.asList(hidden ? objects : commonObjects).contains(object);
  }

  List<Variable> variables() {
    return variables;
  }

  /** Returns where in its data region each variable lies, and what it holds. */
  List<MemoryMap.Cell> cells(int offsetBits) {
    List<MemoryMap.Cell> cells = new ArrayList<>();
    long address = space.data().first() << offsetBits;
    int base = 0;
    for (Variable variable : variables) {
      cells.add(
          new MemoryMap.Cell(
              variable.name(), address + (long) base * Layout.CELL_BYTES, memory[base]));
      base += variable.initial().size();
    }
    return cells;
  }

  /** Says whether no thread of it lives or is to come. */
  boolean isEmpty() {
    return living.isEmpty() && (ended || toCome == 0);
  }

  /**
   * Says that its last thread has ended.
   *
   * @param order counts the processes that have
   */
  void leave(long order) {
    gone = true;
    ended = true;
    endOrder = order;
  }

  /** Says whether it has begun and nothing ends it yet. */
  boolean isAlive() {
    return started && !ended;
  }

  boolean isStarted() {
    return started;
  }

  /** Says whether its last thread has ended: it is a zombie until somebody waits for it. */
  boolean isGone() {
    return gone;
  }

  /** Returns the first of its threads that has not ended, or null. */
  KernelThread firstThread() {
    List<KernelThread> threads = threads();
    return threads.isEmpty() ? null : threads.get(0);
  }

  /** Says whether a name means this process: its own, or that of its group or namesakes. */
  boolean isCalled(String wanted) {
    String plain = beforeMark(name(), '#');
    return name().equals(wanted) || plain.equals(wanted) || beforeMark(plain, '[').equals(wanted);
  }

  int livingThreads() {
    return living.size();
  }

  /** Returns its threads that have not ended, in the order in which they were made. */
  List<KernelThread> threads() {
    List<KernelThread> threads = new ArrayList<>(living);
    threads.sort(Comparator.comparingInt(KernelThread::order));
    return threads;
  }

  void add(KernelThread thread) {
    thread.placeInProcess = living.size();
    living.add(thread);
    String plain = beforeMark(thread.name, '#');
    String base = beforeMark(plain, '[');
    JoinGroup exact = join(thread.name);
    // Names without a mark, which most are, are looked up once.
    JoinGroup named = plain.equals(thread.name) ? exact : join(plain);
    JoinGroup common = base.equals(plain) ? named : join(base);
    named.namesakes++;
    if (named == exact && common == named) {
      thread.groups = exact.alone;
    } else {
      thread.groups = Stream.of(exact, named, common).distinct().toArray(JoinGroup[]::new);
    }
  }

  private JoinGroup join(String groupName) {
    JoinGroup group = group(groupName);
    group.add();
    return group;
  }

  private static String beforeMark(String threadName, char mark) {
    int at = threadName.indexOf(mark);
    return at > 0 ? threadName.substring(0, at) : threadName;
  }

  void remove(KernelThread thread) {
    KernelThread last = living.remove(living.size() - 1);
    if (last != thread) {
      // The last one takes the place: a list that closes its gaps would cost its length each time.
      living.set(thread.placeInProcess, last);
      last.placeInProcess = thread.placeInProcess;
    }
    for (JoinGroup group : thread.groups) {
      group.remove(thread.id);
    }
  }

  /** Returns a name for another thread, told apart from one that was there before. */
  String unusedName(String wanted) {
    int namesakes = group(wanted).namesakes;
    return namesakes == 0 ? wanted : wanted + "#" + (namesakes + 1);
  }

  /** Says that the process begins, if it has not; returns whether it had not. */
  boolean start() {
    boolean first = !started;
    started = true;
    return first;
  }

  /** Says that the process has ended as a whole: threads that are still to come never will. */
  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Returns the threads that a name means in {@code join}. */
  JoinGroup group(String threadName) {
    if (threadName.isEmpty()) {
      unnamed = unnamed == null ? new JoinGroup() : unnamed;
      return unnamed;
    }
    if (groups.isEmpty()) {
      groups = new HashMap<>();
    }
    return groups.computeIfAbsent(threadName, key -> new JoinGroup());
  }
}
