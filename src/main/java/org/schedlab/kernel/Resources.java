package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.sync.Banker;
import org.schedlab.program.Errno;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.trace.Account;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.TraceSink;

/**
 * Gives units of resources to processes, all that a thread asks for at once or none, and takes them
 * back. Who cannot have them waits; when units come back, those who wait are looked at in order of
 * waiting, and each who can have what it asks for gets it. With avoidance nobody gets what might
 * lead to a deadlock, by the claims that processes make; without, deadlocks are found when somebody
 * begins to wait.
 */
final class Resources {
  private final Kernel kernel;
  private final Clock clock;
  private final TraceSink trace;
  private final List<Process> processes;
  private final boolean avoidance;
  private final long systemCall;
  private final long wake;

  /** What each process holds, of those that hold anything. */
  private final Map<Process, Map<Resource, Long>> held = new LinkedHashMap<>();

  private final List<KernelThread> waiting = new ArrayList<>();

  Resources(
      Kernel kernel,
      Clock clock,
      TraceSink trace,
      List<Process> processes,
      boolean avoidance,
      CostModel costs,
      long wake) {
    this.kernel = kernel;
    this.clock = clock;
    this.trace = trace;
    this.processes = processes;
    this.avoidance = avoidance;
    this.systemCall = costs.systemCall();
    this.wake = wake;
  }

  /** Adds the kernel's part of an operation to the core's next section. */
  void addKernelPart(Core core, Instruction instruction) {
    core.addPart(Account.MODE_SWITCH, systemCall);
    if (instruction.opcode == Opcode.RELEASE && !waiting.isEmpty()) {
      core.addPart(Account.WAKE_UP, wake * servedBy(core.current, instruction));
    }
  }

  /** Carries an operation out. */
  void perform(Core core, KernelThread thread, Instruction instruction) {
    if (instruction.opcode == Opcode.RELEASE) {
      release(thread, instruction);
    } else {
      acquire(core, thread, instruction);
    }
  }

  private static Resource resource(KernelThread thread, Instruction.Units units) {
    return (Resource) thread.process.object(units.resource());
  }

  private long heldBy(Process process, Resource resource) {
    return held.getOrDefault(process, Map.of()).getOrDefault(resource, 0L);
  }

  // --- asking

  private void acquire(Core core, KernelThread thread, Instruction instruction) {
    for (Instruction.Units units : instruction.units) {
      Resource resource = resource(thread, units);
      long wanted = heldBy(thread.process, resource) + units.count();
      long most = avoidance ? thread.process.claim(resource) : resource.units();
      if (wanted > most) {
        String limit = avoidance ? "it claimed " : "there are ";
        fail(
            thread,
            instruction,
            resource,
            Errno.EINVAL,
            "asks for " + wanted + " units of " + resource.label() + " in all; " + limit + most);
        return;
      }
    }
    if (mayHave(thread, instruction)) {
      take(thread, instruction);
      kernel.passBlockingPoint(core, thread);
    } else if (instruction.shared) {
      answer(thread, instruction, 0, Errno.EAGAIN.number());
    } else {
      await(core, thread, instruction);
    }
  }

  private boolean mayHave(KernelThread thread, Instruction instruction) {
    for (Instruction.Units units : instruction.units) {
      if (units.count() > resource(thread, units).free) {
        return false;
      }
    }
    return !avoidance || staysSafe(thread, instruction);
  }

  private boolean staysSafe(KernelThread thread, Instruction instruction) {
    move(thread, instruction, 1);
    boolean safe = isSafe();
    move(thread, instruction, -1);
    return safe;
  }

  /** Moves units to a process ({@code sign} 1) or back (-1), without telling anybody. */
  private void move(KernelThread thread, Instruction instruction, int sign) {
    Map<Resource, Long> own = held.computeIfAbsent(thread.process, key -> new LinkedHashMap<>());
    for (Instruction.Units units : instruction.units) {
      Resource resource = resource(thread, units);
      resource.free -= sign * units.count();
      own.merge(resource, sign * units.count(), Long::sum);
    }
  }

  private void take(KernelThread thread, Instruction instruction) {
    move(thread, instruction, 1);
    for (Instruction.Units units : instruction.units) {
      int resource = resource(thread, units).id;
      int line = instruction.location.line();
      boolean waited = thread.waiting != null && resource == thread.lacks;
      Acquisition how = waited ? Acquisition.WAITED : Acquisition.AT_ONCE;
      trace.acquired(clock.now(), thread.id, resource, LockMode.PASSED, how, line);
    }
    tell(thread, instruction);
    answer(thread, instruction, 1, 0);
  }

  private void tell(KernelThread thread, Instruction instruction) {
    for (Instruction.Units units : instruction.units) {
      Resource resource = resource(thread, units);
      long now = heldBy(thread.process, resource);
      trace.unitsHeld(clock.now(), thread.id, resource.id, now);
    }
  }

  private static void answer(KernelThread thread, Instruction instruction, int into, int error) {
    thread.execution.setRegister(instruction.register, into);
    thread.execution.setRegister(instruction.error, error);
  }

  private void fail(
      KernelThread thread, Instruction instruction, Resource resource, Errno error, String detail) {
    answer(thread, instruction, 0, error.number());
    int object = resource == null ? TraceSink.NONE : resource.id;
    kernel.failed(thread, object, error, detail, instruction.location);
  }

  // --- waiting

  private void await(Core core, KernelThread thread, Instruction instruction) {
    thread.systemCallPaid = true;
    thread.lacks = lacking(thread, instruction).id;
    kernel.block(core, BlockCause.RESOURCE, thread.lacks);
    thread.waiting = instruction;
    waiting.add(thread);
    kernel.limitWait(thread, instruction);
    detect(thread);
  }

  /** Returns the first resource of which there are too few, or the first of all. */
  private static Resource lacking(KernelThread thread, Instruction instruction) {
    for (Instruction.Units units : instruction.units) {
      Resource resource = resource(thread, units);
      if (units.count() > resource.free) {
        return resource;
      }
    }
    return resource(thread, instruction.units.get(0));
  }

  /** Says what a waiting thread asks for. */
  static String waitsFor(KernelThread thread) {
    StringBuilder words = new StringBuilder();
    for (Instruction.Units units : thread.waiting.units) {
      words.append(words.length() == 0 ? "" : " and ");
      words.append(units.count()).append(" of ").append(resource(thread, units).label());
    }
    return words.toString();
  }

  boolean isWaiting(KernelThread thread) {
    return waiting.contains(thread);
  }

  // --- giving back

  private void release(KernelThread thread, Instruction instruction) {
    for (Instruction.Units units : instruction.units) {
      Resource resource = resource(thread, units);
      long has = heldBy(thread.process, resource);
      if (units.count() > has) {
        fail(
            thread,
            instruction,
            resource,
            Errno.EPERM,
            "gives back " + units.count() + " units of " + resource.label() + " and holds " + has);
        return;
      }
    }
    move(thread, instruction, -1);
    tell(thread, instruction);
    answer(thread, instruction, 1, 0);
    serve(thread);
  }

  /** Returns how many that wait would go on if units were given back. */
  private int servedBy(KernelThread thread, Instruction release) {
    if (!holds(thread, release)) {
      return 0;
    }
    List<KernelThread> served = new ArrayList<>();
    move(thread, release, -1);
    for (int before = -1; before < served.size(); ) {
      before = served.size();
      for (KernelThread each : waiting) {
        if (!served.contains(each) && mayHave(each, each.waiting)) {
          move(each, each.waiting, 1);
          served.add(each);
        }
      }
    }
    served.forEach(each -> move(each, each.waiting, -1));
    move(thread, release, 1);
    return served.size();
  }

  private boolean holds(KernelThread thread, Instruction release) {
    return release.units.stream()
        .allMatch(units -> units.count() <= heldBy(thread.process, resource(thread, units)));
  }

  private void serve(KernelThread waker) {
    boolean served = true;
    while (served) {
      served = false;
      for (KernelThread thread : List.copyOf(waiting)) {
        if (mayHave(thread, thread.waiting)) {
          waiting.remove(thread);
          take(thread, thread.waiting);
          resume(thread, waker);
          served = true;
        }
      }
    }
  }

  private void resume(KernelThread thread, KernelThread waker) {
    kernel.cancelTimer(thread);
    thread.waiting = null;
    int cpu = waker == null ? thread.lastCpu : waker.lastCpu;
    kernel.wakeBy(thread, cpu, waker == null ? TraceSink.NONE : waker.id);
  }

  /** The time of a wait is up. */
  void timedOut(KernelThread thread) {
    Instruction instruction = thread.waiting;
    waiting.remove(thread);
    fail(thread, instruction, null, Errno.ETIMEDOUT, "has waited as long as it was to");
    resume(thread, null);
  }

  /** A thread that waits is to end. */
  void leave(KernelThread thread) {
    waiting.remove(thread);
  }

  /** A thread of a process has ended: those that are left may all wait for units. */
  void threadEnded(Process process) {
    if (!waiting.isEmpty() && !process.threads().isEmpty()) {
      detect(process.threads().get(0));
    }
  }

  /** A process has ended: what it held is free. */
  void ended(Process process) {
    Map<Resource, Long> own = held.isEmpty() ? null : held.remove(process);
    if (own != null) {
      own.forEach((resource, units) -> resource.free += units);
    }
    if (!waiting.isEmpty()) {
      serve(null);
    }
  }

  // --- the algorithms

  /** What the algorithms look at: by process and resource. */
  private record State(
      List<Process> processes, long[] available, long[][] allocation, long[][] need) {}

  /** All resources that anybody holds, claims or waits for, of which there is any say. */
  private boolean isSafe() {
    List<Process> living = processes.stream().filter(process -> !process.hasEnded()).toList();
    Set<Resource> resources = new LinkedHashSet<>();
    living.forEach(process -> resources.addAll(process.resources()));
    State state = state(living, resources);
    for (int p = 0; p < living.size(); p++) {
      int r = 0;
      for (Resource resource : resources) {
        long claim = Math.max(0, living.get(p).claim(resource));
        state.need[p][r] = Math.max(0, claim - state.allocation[p][r]);
        r++;
      }
    }
    return Banker.isSafe(state.available, state.allocation, state.need);
  }

  private State state(List<Process> among, Set<Resource> resources) {
    long[] available = resources.stream().mapToLong(resource -> resource.free).toArray();
    long[][] allocation = new long[among.size()][available.length];
    for (int p = 0; p < among.size(); p++) {
      int r = 0;
      for (Resource resource : resources) {
        allocation[p][r++] = heldBy(among.get(p), resource);
      }
    }
    return new State(among, available, allocation, new long[among.size()][available.length]);
  }

  /** Tells of a deadlock that a thread's waiting has brought about. */
  private void detect(KernelThread thread) {
    Set<Resource> resources = new LinkedHashSet<>();
    List<Process> stuck = new ArrayList<>();
    for (Process process : processes) {
      if (!process.hasEnded() && process.isStarted()) {
        resources.addAll(process.resources());
        if (waitsAltogether(process)) {
          stuck.add(process);
        }
      }
    }
    // Who does not wait may finish, and then gives back what it holds.
    List<Process> among = new ArrayList<>(stuck);
    State state = state(among, resources);
    List<Resource> columns = List.copyOf(resources);
    for (int r = 0; r < columns.size(); r++) {
      long bound = 0;
      for (Process process : among) {
        bound += heldBy(process, columns.get(r));
      }
      state.available[r] = columns.get(r).units() - bound;
    }
    for (int p = 0; p < among.size(); p++) {
      state.need[p] = leastAsked(among.get(p), columns);
    }
    List<Integer> finishing = Banker.order(state.available, state.allocation, state.need);
    List<Deadlock.Link> links = new ArrayList<>();
    boolean concerns = false;
    for (int p = 0; p < among.size(); p++) {
      if (!finishing.contains(p)) {
        concerns |= among.get(p) == thread.process;
        among.get(p).threads().forEach(each -> links.add(link(each)));
      }
    }
    if (concerns) {
      trace.deadlocked(clock.now(), new Deadlock(links, false));
    }
  }

  /** Says whether every thread of a process waits for resources, and does so without a timer. */
  private boolean waitsAltogether(Process process) {
    List<KernelThread> threads = process.threads();
    return !threads.isEmpty()
        && process.toCome == 0
        && threads.stream().allMatch(each -> waiting.contains(each) && each.wakeKey < 0);
  }

  /** Returns what a process needs at least so that one of its threads goes on. */
  private static long[] leastAsked(Process process, List<Resource> columns) {
    long[] least = null;
    for (KernelThread thread : process.threads()) {
      long[] asked = new long[columns.size()];
      for (Instruction.Units units : thread.waiting.units) {
        asked[columns.indexOf(resource(thread, units))] += units.count();
      }
      for (int r = 0; least != null && r < asked.length; r++) {
        asked[r] = Math.min(asked[r], least[r]);
      }
      least = asked;
    }
    return least;
  }

  private static Deadlock.Link link(KernelThread thread) {
    Instruction instruction = thread.waiting;
    return new Deadlock.Link(
        thread.id,
        waitsFor(thread),
        lacking(thread, instruction).id,
        thread.blockedSince,
        instruction.location.line(),
        instruction.location.column());
  }
}
