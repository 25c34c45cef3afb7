package org.schedlab.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.machine.Device;
import org.schedlab.program.Location;

/** Requests to devices for which no thread sleeps: their coroutines wait, in user space. */
final class AsyncRequests {
  /** A request under way; {@code device} is -1 for a private one without a queue. */
  private record Pending(KernelThread thread, int request, int device) {}

  private final Kernel kernel;
  private final Clock clock;
  private final List<Device> devices;
  private final Map<Integer, Pending> pending = new HashMap<>();
  private int made;

  AsyncRequests(Kernel kernel, Clock clock, List<Device> devices) {
    this.kernel = kernel;
    this.clock = clock;
    this.devices = devices;
  }

  /** Has a device serve a request of the coroutine whose turn it is. */
  void submit(KernelThread thread, int device, long nanos, Location at) {
    int id = made++;
    pending.put(id, new Pending(thread, thread.runtime.request(), device));
    if (device < 0 || devices.get(device).submit(~id, nanos)) {
      kernel.scheduleRequest(~id, clock.after(nanos, at));
    }
  }

  /** A request has been served: whoever made it may have ended meanwhile. */
  void served(int id) {
    Pending request = pending.remove(id);
    if (request.device >= 0) {
      kernel.serveNext(request.device);
    }
    if (request.thread.state != KernelThread.State.ENDED) {
      request.thread.runtime.served(request.request);
      kernel.wakeForEvent(request.thread);
    }
  }
}
