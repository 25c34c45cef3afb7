package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.schedlab.kernel.sync.Barrier;
import org.schedlab.kernel.sync.CountingSemaphore;
import org.schedlab.kernel.sync.Mutex;
import org.schedlab.kernel.sync.ReadersWriterLock;
import org.schedlab.kernel.sync.WaitList;
import org.schedlab.program.SharedObject;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;

/** Something that threads wait at for each other, as the kernel keeps it. */
final class SyncObject extends KernelObject {
  final SyncKind kind;

  // One of these, by its kind.
  Mutex<KernelThread> mutex;
  CountingSemaphore<KernelThread> semaphore;
  WaitList<KernelThread> condition;
  Barrier<KernelThread> barrier;
  ReadersWriterLock<KernelThread> rwLock;

  /** Who uses its CPU to wait for it, in the order in which they began. */
  final List<KernelThread> spinners = new ArrayList<>(0);

  /** The CPU whose cache has its state. */
  int lastCpu = -1;

  SyncObject(int id, SharedObject declared) {
    super(id, declared);
    if (declared instanceof SharedObject.Mutex m) {
      kind = m.kind() == SharedObject.MutexKind.SPIN ? SyncKind.SPIN_LOCK : SyncKind.MUTEX;
      mutex =
          new Mutex<>(
              m.kind() == SharedObject.MutexKind.RECURSIVE,
              m.kind() == SharedObject.MutexKind.ERROR_CHECKING,
              ordered(m.order()));
    } else if (declared instanceof SharedObject.Semaphore s) {
      kind = SyncKind.SEMAPHORE;
      semaphore = new CountingSemaphore<>(s.value(), ordered(s.order()));
    } else if (declared instanceof SharedObject.Condition c) {
      kind = SyncKind.CONDITION;
      condition = new WaitList<>(ordered(c.order()));
    } else if (declared instanceof SharedObject.Barrier b) {
      kind = SyncKind.BARRIER;
      barrier = new Barrier<>(b.parties());
    } else {
      SharedObject.ReadersWriterLock l = (SharedObject.ReadersWriterLock) declared;
      kind = SyncKind.RW_LOCK;
      rwLock = new ReadersWriterLock<>(l.preferWriters(), ordered(l.order()));
    }
  }

  /** Returns by what waiters are ordered: their urgency, or null for the order of waiting. */
  static ToLongFunction<KernelThread> ordered(SharedObject.Order order) {
    return order == SharedObject.Order.PRIORITY ? KernelThread::priority : null;
  }

  @Override
  String label() {
    return kind.label() + " " + name();
  }

  /** Says whether waiters keep their CPU. */
  boolean spins() {
    return kind == SyncKind.SPIN_LOCK;
  }

  boolean inherits() {
    return protocol() == SharedObject.Protocol.INHERITANCE;
  }

  boolean hasCeiling() {
    return protocol() == SharedObject.Protocol.CEILING;
  }

  private SharedObject.Protocol protocol() {
    return declared instanceof SharedObject.Mutex m ? m.protocol() : SharedObject.Protocol.NONE;
  }

  /** Returns the ceiling, as the scenario counts priorities. */
  long ceiling() {
    return ((SharedObject.Mutex) declared).ceiling();
  }

  /**
   * Takes over the state of another object at a fork: counts, and who holds what. A lock that
   * another of the parent's threads holds stays locked in the child, for nobody there can unlock
   * it.
   */
  void becomeCopyOf(SyncObject original, KernelThread caller, KernelThread copy) {
    if (mutex != null) {
      mutex.becomeCopyOf(original.mutex, holder -> holder == caller ? copy : holder);
      if (mutex.holder() == copy && (inherits() || hasCeiling())) {
        copy.hold(this);
      }
    } else if (semaphore != null) {
      semaphore.becomeCopyOf(original.semaphore);
    } else if (rwLock != null) {
      rwLock.becomeCopyOf(original.rwLock, holder -> holder == caller ? copy : holder);
    }
  }

  /**
   * Says whether a thread locks a readers-writer lock that it holds already. Readers may read
   * twice; all else would wait for itself.
   */
  boolean isLockedAgain(KernelThread thread, boolean write) {
    return rwLock.isHeldBy(thread) && (write || rwLock.isWriteLocked());
  }

  /** Returns how a thread holds it, or null. */
  LockMode modeHeldBy(KernelThread thread) {
    if (mutex != null) {
      return mutex.holder() == thread ? LockMode.EXCLUSIVE : null;
    }
    if (rwLock == null || !rwLock.isHeldBy(thread)) {
      return null;
    }
    return rwLock.isWriteLocked() ? LockMode.EXCLUSIVE : LockMode.SHARED;
  }

  /** A thread waits no more. */
  void withdraw(KernelThread thread) {
    switch (kind) {
      case MUTEX, SPIN_LOCK -> mutex.withdraw(thread);
      case SEMAPHORE -> semaphore.withdraw(thread);
      case CONDITION -> condition.remove(thread);
      case BARRIER -> barrier.withdraw(thread);
      case RW_LOCK -> rwLock.withdraw(thread);
      case RESOURCE -> throw new IllegalStateException("resources are another's business");
    }
  }
}
