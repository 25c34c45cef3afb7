package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.machine.Device;
import org.schedlab.program.Location;

/** Requests to devices for which no thread sleeps: their coroutines wait, in user space. */
final class AsyncRequests {
  /** A request under way; {@code device} is -1 for a private one without a queue. */
  private static final class Pending {
    private final KernelThread thread;
    private final int request;
    private final int device;
    private boolean begun;

    Pending(KernelThread thread, int request, int device) {
      this.thread = thread;
      this.request = request;
      this.device = device;
    }
  }

  private final Kernel kernel;
  private final Clock clock;
  private final List<Device> devices;
  private final Map<Integer, Pending> pending = new HashMap<>();

  /** By thread, the requests that it has made and that are not served. */
  private final Map<KernelThread, Map<Integer, Pending>> byThread = new HashMap<>();

  private int made;

  AsyncRequests(Kernel kernel, Clock clock, List<Device> devices) {
    this.kernel = kernel;
    this.clock = clock;
    this.devices = devices;
  }

  /** Has a device serve a request of the coroutine whose turn it is. */
  void submit(KernelThread thread, int device, long nanos, Location at) {
    int id = made++;
    Pending request = new Pending(thread, thread.runtime.request(), device);
    pending.put(id, request);
    byThread.computeIfAbsent(thread, key -> new LinkedHashMap<>()).put(id, request);
    if (device < 0 || devices.get(device).submit(~id, nanos)) {
      begin(id, clock.after(nanos, at));
    }
  }

  /** A device has begun to serve a request. */
  void begin(int id, long served) {
    pending.get(id).begun = true;
    kernel.scheduleRequest(~id, served);
  }

  /** A request has been served; returns false where its thread has ended before. */
  boolean served(int id) {
    Pending request = pending.remove(id);
    if (request == null) {
      return false;
    }
    byThread.get(request.thread).remove(id);
    if (request.device >= 0) {
      kernel.serveNext(request.device);
    }
    request.thread.runtime.served(request.request);
    kernel.wakeForEvent(request.thread);
    return true;
  }

  /**
   * A thread has ended: its requests are withdrawn.
   *
   * @return how many of them devices had begun with
   */
  int withdraw(KernelThread thread) {
    Map<Integer, Pending> own = byThread.remove(thread);
    if (own == null) {
      return 0;
    }
    int begun = 0;
    for (int id : new ArrayList<>(own.keySet())) {
      Pending request = pending.remove(id);
      if (request.begun) {
        begun++;
        if (request.device >= 0) {
          kernel.serveNext(request.device);
        }
      } else {
        devices.get(request.device).withdraw(~id);
      }
    }
    return begun;
  }
}
