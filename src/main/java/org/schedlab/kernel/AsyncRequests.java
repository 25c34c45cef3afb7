package org.schedlab.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.schedlab.machine.Device;
import org.schedlab.program.Location;

/** Requests to devices for which no thread sleeps: their coroutines wait, in user space. */
final class AsyncRequests {
  /** A request under way; {@code device} is -1 for a private one without a queue. */
  private static final class Pending {
    private final KernelThread thread;

    /** What stands for it in the runtime of its thread. */
    private final Object request;

    private final int device;
    private boolean begun;
    private boolean withdrawn;

    Pending(KernelThread thread, Object request, int device) {
      this.thread = thread;
      this.request = request;
      this.device = device;
    }
  }

  private final Kernel kernel;
  private final Clock clock;
  private final List<Device> devices;

  /** By slot; null where it is free. */
  private final List<Pending> pending = new ArrayList<>();

  private final Deque<Integer> free = new ArrayDeque<>();

  AsyncRequests(Kernel kernel, Clock clock, List<Device> devices) {
    this.kernel = kernel;
    this.clock = clock;
    this.devices = devices;
  }

  /** Has a device serve a request of the coroutine whose turn it is. */
  void submit(KernelThread thread, int device, long nanos, Location at) {
    Pending request = new Pending(thread, thread.runtime.request(), device);
    int slot;
    if (free.isEmpty()) {
      slot = pending.size();
      pending.add(request);
    } else {
      slot = free.poll();
      pending.set(slot, request);
    }
    thread.asyncRequests++;
    if (device < 0 || devices.get(device).submit(~slot, nanos)) {
      begin(slot, clock.after(nanos, at));
    }
  }

  /** A device has begun to serve a request. */
  void begin(int slot, long served) {
    pending.get(slot).begun = true;
    kernel.scheduleRequest(~slot, served);
  }

  /** A request has been served; returns false where its thread has ended before. */
  boolean served(int slot) {
    Pending request = pending.set(slot, null);
    free.add(slot);
    if (request.withdrawn) {
      return false;
    }
    request.thread.asyncRequests--;
    if (request.device >= 0) {
      kernel.serveNext(request.device);
    }
    request.thread.runtime.served(request.request);
    kernel.interruptFor(request.thread);
    return true;
  }

  /**
   * A thread has ended: its requests are withdrawn.
   *
   * @return how many of them devices had begun with
   */
  int withdraw(KernelThread thread) {
    int begun = 0;
    for (int slot = 0; thread.asyncRequests > 0 && slot < pending.size(); slot++) {
      Pending request = pending.get(slot);
      if (request == null || request.thread != thread || request.withdrawn) {
        continue;
      }
      thread.asyncRequests--;
      request.withdrawn = true;
      if (request.begun) {
        // Its slot is taken until its time comes.
        begun++;
        if (request.device >= 0) {
          kernel.serveNext(request.device);
        }
      } else {
        devices.get(request.device).withdraw(~slot);
        pending.set(slot, null);
        free.add(slot);
      }
    }
    return begun;
  }
}
