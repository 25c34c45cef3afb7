package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/**
 * What threads did with each lock, semaphore, condition variable, barrier and resource.
 *
 * <p>A hold lasts from the moment a thread gets a lock until it gives it up as often as it took it.
 * One that goes on ends with the process whose lock it is, or with the run; not with the thread,
 * for the lock stays locked. A wait at a condition variable lasts until the thread has its mutex
 * back, and is counted there: it is no contention for the mutex. A resource is held by processes:
 * as long as one holds any of its units.
 */
public final class LockUse implements TraceSink {
  /** The error of a wait whose time was up. */
  static final String TIMED_OUT = "ETIMEDOUT";

  /** By id; null where the id is a channel's. */
  private LockTimes[] objects = new LockTimes[4];

  private final List<LockTimes> all = new ArrayList<>();

  // By thread: its process.
  private int[] processOf = new int[0];

  // The objects of each process: the last one made, and by object the one made before it.
  private int[] lastOf = new int[0];
  private int[] before = new int[0];

  // By thread: at what it waits, or NONE, and since when.
  private int[] waitsAt = new int[0];
  private long[] waitsSince = new long[0];

  /** Says whether the object of a blocked thread is one of those counted here. */
  static boolean isSync(BlockCause cause) {
    return switch (cause) {
      case MUTEX, SEMAPHORE, CONDITION, BARRIER, READ_LOCK, WRITE_LOCK, RESOURCE -> true;
      default -> false;
    };
  }

  /** Returns the array, grown so that it has the index; what is new is NONE. */
  static int[] grown(int[] array, int index) {
    if (index < array.length) {
      return array;
    }
    int[] larger = Arrays.copyOf(array, Math.max(index + 1, array.length * 2));
    Arrays.fill(larger, array.length, larger.length, NONE);
    return larger;
  }

  @Override
  public void syncObjectMade(long time, int object, SyncKind kind, String name, int process) {
    if (object >= objects.length) {
      objects = Arrays.copyOf(objects, Math.max(object + 1, objects.length * 2));
    }
    objects[object] = new LockTimes(kind, name, process);
    all.add(objects[object]);
    before = grown(before, object);
    if (process != NONE) {
      lastOf = grown(lastOf, process);
      before[object] = lastOf[process];
      lastOf[process] = object;
    }
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    processOf = grown(processOf, thread);
    processOf[thread] = process;
  }

  @Override
  public void processEnded(long time, int process, int code) {
    int object = process < lastOf.length ? lastOf[process] : NONE;
    while (object != NONE) {
      objects[object].close(time);
      object = before[object];
    }
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    if (!isSync(cause)) {
      return;
    }
    if (thread >= waitsAt.length) {
      waitsAt = grown(waitsAt, thread);
      waitsSince = Arrays.copyOf(waitsSince, waitsAt.length);
    }
    waitsAt[thread] = object;
    waitsSince[thread] = time;
    objects[object].enqueue();
  }

  @Override
  public void woken(long time, int thread, int waker) {
    leave(thread);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    leave(thread);
  }

  private int waitsAt(int thread) {
    return thread < waitsAt.length ? waitsAt[thread] : NONE;
  }

  private void leave(int thread) {
    int object = waitsAt(thread);
    if (object != NONE) {
      objects[object].dequeue();
      waitsAt[thread] = NONE;
    }
  }

  @Override
  public void acquired(
      long time, int thread, int object, LockMode mode, Acquisition how, int line) {
    boolean waited = how == Acquisition.WAITED;
    int at = waited ? waitsAt(thread) : NONE;
    // Who used its CPU to wait was not blocked.
    objects[object].acquire(at == object || (waited && at == NONE));
    if (at != NONE) {
      objects[at].endWait(time - waitsSince[thread]);
      leave(thread);
    }
    if (mode != LockMode.PASSED) {
      objects[object].hold(time, thread);
    }
  }

  @Override
  public void unitsHeld(long time, int thread, int resource, long units) {
    objects[resource].holdUnits(time, processOf[thread], units > 0);
  }

  @Override
  public void released(long time, int thread, int object) {
    objects[object].release(time, thread);
  }

  @Override
  public void signalled(long time, int thread, int object, int woken) {
    objects[object].signal(woken == 0);
  }

  @Override
  public void operationFailed(
      long time, int thread, int object, String error, String detail, int line, int column) {
    if (error.equals(TIMED_OUT) && isKnown(object)) {
      objects[object].timeOut();
    }
  }

  @Override
  public void finished(long time) {
    all.forEach(object -> object.close(time));
  }

  /** Returns the objects in the order in which they were made. */
  public List<LockTimes> all() {
    return Collections.unmodifiableList(all);
  }

  /** Returns how many objects there were. */
  public int count() {
    return all.size();
  }

  /** Says whether an id is that of a lock or the like; else it may be a channel's. */
  public boolean isKnown(int object) {
    return object >= 0 && object < objects.length && objects[object] != null;
  }

  public LockTimes of(int object) {
    return objects[object];
  }
}
