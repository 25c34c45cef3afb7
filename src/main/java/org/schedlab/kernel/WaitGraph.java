package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.schedlab.program.Location;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.TraceSink;

/**
 * Who waits for whom: a thread that waits for a lock needs all of its holders, one that joins all
 * whom it waits for. Each of these waits needs every one of them to go on, so a circle is a
 * deadlock (Coffman, Elphick and Shoshani, "System deadlocks", Computing Surveys 1971). A wait that
 * ends by a timer closes none. It is looked for when a thread begins to wait, which alone can close
 * one.
 */
final class WaitGraph {
  private final Clock clock;
  private final TraceSink trace;

  WaitGraph(Clock clock, TraceSink trace) {
    this.clock = clock;
    this.trace = trace;
  }

  /** Looks for a circle that a thread has just closed by waiting, and tells of it. */
  void check(KernelThread start) {
    List<KernelThread> path = new ArrayList<>();
    if (leadsTo(start, start, path, new HashSet<>())) {
      List<Deadlock.Link> links = new ArrayList<>();
      for (KernelThread thread : path) {
        Location at = thread.waiting == null ? Location.NONE : thread.waiting.location;
        SyncObject object = objectOf(thread);
        links.add(
            new Deadlock.Link(
                thread.id,
                object == null ? "the end of " + thread.joiningName : object.label(),
                object == null ? TraceSink.NONE : object.id,
                thread.blockedSince,
                at.line(),
                at.column()));
      }
      trace.deadlocked(clock.now(), new Deadlock(links, true));
    }
  }

  private static SyncObject objectOf(KernelThread thread) {
    return thread.spinsAt != null ? thread.spinsAt : thread.waitsAt;
  }

  /** Puts the way from a thread to the one sought on the path, both ends but the last included. */
  private static boolean leadsTo(
      KernelThread from, KernelThread sought, List<KernelThread> path, Set<KernelThread> seen) {
    if (!seen.add(from)) {
      return false;
    }
    path.add(from);
    for (KernelThread next : neededBy(from)) {
      if (next == sought || leadsTo(next, sought, path, seen)) {
        return true;
      }
    }
    path.remove(path.size() - 1);
    return false;
  }

  /** Returns the threads without which a thread cannot go on. */
  private static List<KernelThread> neededBy(KernelThread thread) {
    if (thread.spinsAt != null) {
      return holderOf(thread.spinsAt);
    }
    if (thread.state != KernelThread.State.BLOCKED || thread.wakeKey >= 0) {
      return List.of();
    }
    if (thread.cause == BlockCause.JOIN) {
      List<KernelThread> joined = new ArrayList<>();
      for (KernelThread other : thread.process.threads()) {
        if (Arrays.asList(other.groups).contains(thread.joining)) {
          joined.add(other);
        }
      }
      return joined;
    }
    SyncObject object = thread.waitsAt;
    if (object == null) {
      return List.of();
    }
    return switch (object.kind) {
      case MUTEX -> holderOf(object);
      case RW_LOCK -> holdersOf(object, thread.cause == BlockCause.READ_LOCK);
      default -> List.of();
    };
  }

  private static List<KernelThread> holderOf(SyncObject object) {
    KernelThread holder = object.mutex.holder();
    return holder == null ? List.of() : List.of(holder);
  }

  /** Where writers are preferred, a reader may wait for a writer that waits itself. */
  private static List<KernelThread> holdersOf(SyncObject object, boolean toRead) {
    KernelThread writer = object.rwLock.waitingWriters().peek();
    boolean behindWriter = toRead && writer != null && !object.rwLock.isWriteLocked();
    return behindWriter ? List.of(writer) : object.rwLock.holders();
  }
}
