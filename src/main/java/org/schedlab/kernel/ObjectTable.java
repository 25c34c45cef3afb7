package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.schedlab.cost.CostModel;
import org.schedlab.program.Instruction;
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
 * the file declares it has the ends that its programs name, from the beginning of the run: as if a
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

  /** Makes the objects of the file, and gives the planned processes the ends that they name. */
  void makeCommon(List<SharedObject> declared, List<Process> planned) {
    common = make(declared, TraceSink.NONE);
    for (KernelObject object : common) {
      commonEnds |= object instanceof Channel || object instanceof Segment;
    }
    for (Process process : planned) {
      process.setObjects(process.objects(), common);
      openNamed(process, process.plannedPrograms());
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
        channel.ends.forEach(process.descriptors::open);
      }
    }
  }

  /** Gives a process that another one has made the ends that its programs name. */
  void openNamed(Process process, List<Program> programs) {
    if (commonEnds) {
      Set<Program> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      programs.forEach(program -> openNamed(process, program, seen));
    }
  }

  private void openNamed(Process process, Program program, Set<Program> seen) {
    if (program == null || !seen.add(program)) {
      return;
    }
    program.forEach(
        instruction -> {
          if (instruction.message != null) {
            open(process, instruction.opcode, instruction.message);
          }
          if (instruction.polled != null) {
            instruction.polled.forEach(port -> open(process, instruction.opcode, port));
          }
          if (instruction.cell != null && instruction.cell.segment() < 0) {
            process.use((Segment) process.object(instruction.cell.segment()));
          }
          if (instruction.seed != null) {
            openNamed(process, instruction.seed.program().get(), seen);
          }
          if (instruction.opcode == Opcode.EXEC) {
            instruction
                .process
                .threads()
                .forEach(thread -> openNamed(process, thread.program().get(), seen));
          }
          if (instruction.child != null) {
            openNamed(process, instruction.child.get(), seen);
          }
        });
  }

  private static void open(Process process, Opcode opcode, Instruction.Message port) {
    // Who connects to an address does not listen there.
    if (port.connection() < 0 && port.object() < 0 && opcode != Opcode.CONNECT) {
      Channel channel = (Channel) process.object(port.object());
      process.descriptors.open(channel.end(port.end(), port.write()));
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
    copy.process.descriptors.inherit(caller.process.descriptors);
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
    process.segments().removeIf(segment -> !isCommon(segment));
  }

  /** Says whether the file declares it. */
  boolean isCommon(KernelObject object) {
    return Arrays.asList(common).contains(object);
  }
}
