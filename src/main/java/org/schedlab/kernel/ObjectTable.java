package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.schedlab.cost.CostModel;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.program.Opcode;
import org.schedlab.program.Program;
import org.schedlab.program.SharedObject;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/**
 * All that threads share besides their processes' memory: makes it when the run or a process
 * begins, and sees to what a forked child has of it.
 *
 * <p>A process has both ends open of a pipe or socket pair that it declares itself. Of those that
 * the file declares it has the ends that its programs name, from the beginning of the run, as if a
 * shell had set them up.
 */
final class ObjectTable {
  private final Clock clock;
  private final TraceSink trace;
  private final CostModel costs;
  private KernelObject[] common = {};
  private int made;
  private boolean commonEnds;

  /** All segments, in the order in which they were made. */
  private final List<Segment> segments = new ArrayList<>(0);

  ObjectTable(Clock clock, TraceSink trace, CostModel costs) {
    this.clock = clock;
    this.trace = trace;
    this.costs = costs;
  }

  List<Segment> segments() {
    return segments;
  }

  // --- birth

  /**
   * Makes the objects of the file, and gives the planned processes the ends that they name.
   *
   * @param later the programs of processes that are made as they arrive
   */
  void makeCommon(List<SharedObject> declared, List<Process> planned, List<Program> later) {
    common = make(declared, TraceSink.NONE);
    for (KernelObject object : common) {
      commonEnds |= object instanceof Channel || object instanceof Segment;
    }
    for (Process process : planned) {
      process.setObjects(process.objects(), common);
      open(process, process.plannedPrograms());
    }
    if (commonEnds) {
      closeUnnamed(planned, later);
    }
  }

  /** Gives a process of a workload what all share, and the ends that it names. */
  void adopt(Process process) {
    process.setObjects(process.objects(), common);
    if (commonEnds) {
      open(process, process.plannedPrograms());
    }
  }

  /** Makes the objects of a process that begins. */
  void makeOwn(Process process) {
    KernelObject[] own = make(process.declaredObjects(), process.id);
    process.setObjects(own, common);
    for (KernelObject object : own) {
      if (object instanceof Segment segment) {
        process.use(segment);
      } else if (object instanceof Channel channel) {
        channel.ends.forEach(process.descriptors()::open);
      }
    }
  }

  /** Gives a process that another one has made the ends that its programs name. */
  void openNamed(Process process, List<Instruction.ThreadSeed> threads) {
    if (commonEnds) {
      List<Program> programs = new ArrayList<>();
      threads.forEach(thread -> addPrograms(thread.program().get(), thread.loop(), programs));
      open(process, programs);
    }
  }

  /** Adds the programs of a thread: its own, and those of the coroutines that it begins with. */
  static void addPrograms(Program program, Instruction.LoopSeed loop, List<Program> programs) {
    programs.add(program);
    if (loop != null) {
      loop.coroutines().forEach(coroutine -> programs.add(coroutine.program().get()));
    }
  }

  private void open(Process process, List<Program> programs) {
    if (!commonEnds) {
      return;
    }
    for (Instruction instruction : reachable(programs, false)) {
      namedBy(instruction).forEach(process.descriptors()::open);
      if (instruction.cell != null && instruction.cell.segment() < 0) {
        process.use((Segment) common[-1 - instruction.cell.segment()]);
      }
    }
  }

  /** What no program names is closed from the beginning: nobody will ever have it open. */
  private void closeUnnamed(List<Process> planned, List<Program> later) {
    List<Endpoint> unopened = new ArrayList<>(0);
    for (KernelObject object : common) {
      if (object instanceof Channel channel) {
        channel.ends.stream().filter(end -> end.users() == 0).forEach(unopened::add);
      }
    }
    if (unopened.isEmpty()) {
      return;
    }
    List<Program> programs = new ArrayList<>(later);
    planned.forEach(process -> programs.addAll(process.plannedPrograms()));
    reachable(programs, true).forEach(instruction -> unopened.removeAll(namedBy(instruction)));
    unopened.forEach(Endpoint::neverOpens);
  }

  /** Returns the ends of the file's channels that an instruction names. */
  private List<Endpoint> namedBy(Instruction instruction) {
    List<Instruction.Message> ports =
        instruction.polled != null
            ? instruction.polled
            : instruction.message != null ? List.of(instruction.message) : List.of();
    List<Endpoint> ends = new ArrayList<>(ports.size());
    for (Instruction.Message port : ports) {
      // Who connects to an address does not listen there.
      boolean here = port.connection() < 0 && port.object() < 0;
      if (here && instruction.opcode != Opcode.CONNECT) {
        ends.add(((Channel) common[-1 - port.object()]).end(port.end(), port.write()));
      }
    }
    return ends;
  }

  /**
   * Returns the instructions of programs, and of all that these start by thread, coroutine, fork
   * and exec.
   *
   * @param spawned whether by spawn too, which makes a process with ends of its own
   */
  private static List<Instruction> reachable(List<Program> programs, boolean spawned) {
    List<Program> open = new ArrayList<>(programs);
    Set<Program> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Instruction> all = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      Program program = open.get(i);
      if (program != null && seen.add(program)) {
        program.forEach(
            instruction -> {
              all.add(instruction);
              addStarted(instruction, spawned, open);
            });
      }
    }
    return all;
  }

  private static void addStarted(Instruction instruction, boolean spawned, List<Program> programs) {
    if (instruction.seed != null) {
      addPrograms(instruction.seed.program().get(), instruction.seed.loop(), programs);
    }
    if (instruction.opcode == Opcode.EXEC || spawned && instruction.opcode == Opcode.SPAWN) {
      instruction
          .process
          .threads()
          .forEach(thread -> addPrograms(thread.program().get(), thread.loop(), programs));
    }
    if (instruction.child != null) {
      programs.add(instruction.child.get());
    }
    if (instruction.group != null) {
      instruction.group.members().stream()
          .filter(member -> member.program() != null)
          .forEach(member -> programs.add(member.program().get()));
    }
  }

  private KernelObject[] make(List<SharedObject> declared, int process) {
    KernelObject[] objects = new KernelObject[declared.size()];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = make(declared.get(i), process);
    }
    return objects;
  }

  private KernelObject make(SharedObject declared, int process) {
    int id = made++;
    if (declared instanceof SharedObject.Segment segment) {
      Segment object = new Segment(id, segment, process == TraceSink.NONE);
      segments.add(object);
      tell(object, ChannelKind.SHARED_MEMORY, process, object.bytes());
      trace.sharedVariablesMade(clock.now(), id, Layout.names(object.variables()));
      return object;
    }
    if (declared instanceof SharedObject.Resource resource) {
      trace.syncObjectMade(clock.now(), id, SyncKind.RESOURCE, resource.name(), process);
      return new Resource(id, resource);
    }
    if (declared instanceof SharedObject.Pipe
        || declared instanceof SharedObject.MessageQueue
        || declared instanceof SharedObject.Socket) {
      Channel channel = new Channel(id, declared, costs);
      tell(channel, channel.kind, process, channel.capacity);
      return channel;
    }
    if (declared instanceof SharedObject.Channel
        || declared instanceof SharedObject.AsyncMutex
        || declared instanceof SharedObject.AsyncSemaphore) {
      return new UserObject(id, declared);
    }
    SyncObject object = new SyncObject(id, declared);
    trace.syncObjectMade(clock.now(), id, object.kind, object.name(), process);
    return object;
  }

  private void tell(KernelObject object, ChannelKind kind, int process, long capacity) {
    trace.channelMade(clock.now(), object.id, kind, object.name(), process, capacity);
  }

  // --- fork and exec

  /**
   * Gives a forked child what its parent has: copies of locks, for they lie in its memory, and the
   * same pipes, queues, sockets and segments. What the caller holds, its copy holds.
   */
  void copy(KernelThread caller, KernelThread copy) {
    KernelObject[] originals = caller.process.objects();
    KernelObject[] copies = new KernelObject[originals.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] =
          originals[i] instanceof SyncObject lock ? copied(lock, caller, copy) : originals[i];
    }
    copy.process.setObjects(copies, common);
    copy.process.descriptors().inherit(caller.process.descriptors());
    caller.process.segments().forEach(copy.process::use);
  }

  private SyncObject copied(SyncObject original, KernelThread caller, KernelThread copy) {
    SyncObject object = (SyncObject) make(original.declared, copy.process.id);
    object.becomeCopyOf(original, caller, copy);
    LockMode mode = object.modeHeldBy(copy);
    if (mode != null) {
      trace.acquired(clock.now(), copy.id, object.id, mode, Acquisition.AT_ONCE, 0);
    }
    return object;
  }

  /** A process has no objects of its own any more. */
  void drop(Process process) {
    process.setObjects(new KernelObject[0], common);
    process.keepSegments(this::isCommon);
  }

  /** Says whether the file declares it. */
  boolean isCommon(KernelObject object) {
    return Arrays.asList(common).contains(object);
  }
}
