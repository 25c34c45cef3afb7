package org.schedlab.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.schedlab.program.Errno;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Numbered;
import org.schedlab.program.UserRuntime.Host;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.TraceSink;

/**
 * The coroutines of a runtime: their births and ends, what ends their suspensions, and the carriers
 * that run them.
 */
final class Coroutines {
  /** What a coroutine is told whose error has no number of its own. */
  private static final int SOME_ERROR = 1;

  /** A request to a device, for which a coroutine is suspended. */
  private static final class Request {
    private final Coroutine coroutine;
    private final int suspension;
    private long served;

    Request(Coroutine coroutine) {
      this.coroutine = coroutine;
      this.suspension = coroutine.suspension;
    }
  }

  private final String name;
  private final RuntimeCosts costs;
  private final TraceSink trace;
  private final IntSupplier ids;
  private final AwaitOperations operations = new AwaitOperations(this);
  private final List<Carrier> carriers = new ArrayList<>(1);

  private final List<Coroutine> all = new ArrayList<>();
  private final Map<String, Coroutine> latest = new HashMap<>();
  private final Timers timers = new Timers();
  private final Deque<Request> served = new ArrayDeque<>();
  private long suspensions;
  private int living;

  // What several carriers need of each other.
  private int searching;

  /** Who is to wake a sleeper before its next operation; null for nobody. */
  private Carrier waker;

  /** The sleeper that the clock wakes for the next timer; null for none. */
  private Carrier watcher;

  private long watched;

  /** Whether a carrier looks what has come: until it is done, the next timer may still change. */
  private boolean looking;

  /**
   * @param name what stands before the names of all
   */
  Coroutines(String name, RuntimeCosts costs, TraceSink trace, IntSupplier ids) {
    this.name = name;
    this.costs = costs;
    this.trace = trace;
    this.ids = ids;
  }

  String name() {
    return name;
  }

  RuntimeCosts costs() {
    return costs;
  }

  // --- birth and death

  /** Makes the coroutines that a seed says. */
  void makeAll(Carrier maker, Instruction.CoroutineSeed seed) {
    for (int i = 0; i < seed.count(); i++) {
      make(maker, seed, Numbered.name(seed.name(), seed.count(), i));
    }
  }

  Coroutine make(Carrier maker, Instruction.CoroutineSeed seed, String wanted) {
    Coroutine before = latest.get(wanted);
    int namesakes = before == null ? 0 : before.namesakes + 1;
    String own = namesakes == 0 ? wanted : wanted + "#" + (namesakes + 1);
    String full = name + "/" + own;
    Execution execution = new Execution(seed.program().get());
    Host host = maker.host();
    Coroutine made = new Coroutine(ids.getAsInt(), own, namesakes, execution, host.random(full));
    latest.put(wanted, made);
    all.add(made);
    living++;
    trace.coroutineMade(host.now(), made.id, maker.thread(), full);
    tellMemory(host, made);
    maker.enqueue(made);
    return made;
  }

  /** A coroutine's call takes room, for which its memory may have to grow. */
  void noteCall(Host host, Coroutine coroutine) {
    long calls = coroutine.execution.stackBytes();
    if (calls > coroutine.mostCallBytes) {
      long before = costs.memory().resident(coroutine.mostCallBytes);
      coroutine.mostCallBytes = calls;
      if (costs.memory().resident(calls) > before) {
        tellMemory(host, coroutine);
      }
    }
  }

  private void tellMemory(Host host, Coroutine coroutine) {
    long calls = coroutine.mostCallBytes;
    CoroutineMemory memory = costs.memory();
    trace.coroutineMemory(host.now(), coroutine.id, memory.reserved(calls), memory.resident(calls));
  }

  void finish(Carrier carrier, Coroutine coroutine, String error) {
    coroutine.state = Coroutine.State.ENDED;
    coroutine.error = error;
    living--;
    trace.coroutineEnded(carrier.host().now(), coroutine.id, error);
    coroutine.takeListeners().forEach(listener -> listener.ended(carrier, coroutine));
    if (living == 0) {
      // All that sleep are to end.
      waker = carrier;
    }
  }

  /** Says whether every coroutine has ended. */
  boolean areOver() {
    return living == 0;
  }

  /** A carrier has ended; the last one tells of the errors that nobody heard of. */
  void closed(Carrier carrier) {
    carriers.remove(carrier);
    if (watcher == carrier) {
      watcher = null;
    }
    if (!carriers.isEmpty()) {
      return;
    }
    for (Coroutine coroutine : all) {
      boolean failed = coroutine.error != null && !coroutine.error.equals(Errno.ECANCELED.name());
      if (failed && !coroutine.retrieved) {
        trace.errorNeverRetrieved(carrier.host().now(), coroutine.id, coroutine.error);
      }
    }
  }

  /**
   * An error is raised where a coroutine awaits.
   *
   * @return whether its program catches it
   */
  boolean catches(Carrier carrier, Coroutine coroutine) {
    String error = coroutine.pending;
    Instruction awaiting = coroutine.awaiting;
    coroutine.pending = null;
    if (awaiting == null || awaiting.error < 0) {
      finish(carrier, coroutine, error);
      return false;
    }
    coroutine.execution.setRegister(awaiting.error, number(error));
    return true;
  }

  private static long number(String error) {
    return Errno.named(error).map(Errno::number).orElse(SOME_ERROR);
  }

  /**
   * Carries out what a coroutine asks of its runtime.
   *
   * @return what making coroutines for it takes
   */
  long carryOut(Carrier carrier, Coroutine coroutine, Instruction instruction) {
    return operations.carryOut(carrier, coroutine, instruction);
  }

  /** Returns the coroutine of that name that was made last, or null. */
  Coroutine latest(String wanted) {
    return latest.get(wanted);
  }

  // --- suspending and going on

  /**
   * A coroutine gives its turn up until something is there.
   *
   * @param what the name of what it awaits, or null
   * @param withdrawal takes it out of where it waits; null where there is nothing to be taken out
   *     of
   */
  void suspend(
      Carrier carrier,
      Coroutine coroutine,
      Instruction at,
      AwaitCause cause,
      String what,
      Runnable withdrawal) {
    coroutine.state = Coroutine.State.SUSPENDED;
    coroutine.awaiting = at;
    coroutine.suspension++;
    coroutine.withdrawal = withdrawal;
    coroutine.tasks = List.of();
    coroutine.cause = cause;
    coroutine.awaited = what;
    coroutine.suspendedAs = suspensions++;
    Host host = carrier.host();
    trace.coroutineSuspended(host.now(), coroutine.id, cause, what);
    if (at.time != null) {
      addTimer(host, coroutine, at.time.draw(coroutine.random), true);
    }
  }

  /** A suspended coroutine goes on, or is given up on, after some time. */
  void addTimer(Host host, Coroutine coroutine, long length, boolean limit) {
    timers.add(host.now() + length, coroutine, limit);
    timersChanged();
  }

  void letOthersPass(Carrier carrier, Coroutine coroutine) {
    coroutine.awaiting = null;
    trace.coroutineSuspended(carrier.host().now(), coroutine.id, null, null);
    enqueue(carrier, coroutine, carrier.host().now());
  }

  /** What a coroutine awaits is there. */
  void goOn(Carrier carrier, Coroutine coroutine) {
    goOn(carrier, coroutine, carrier.host().now());
  }

  /** What a coroutine awaits has been there since a time. */
  private void goOn(Carrier carrier, Coroutine coroutine, long since) {
    enqueue(carrier, coroutine, since);
  }

  /** A suspension ends by an error instead of what was awaited. */
  void goOnWith(Carrier carrier, Coroutine coroutine, String error) {
    if (coroutine.withdrawal != null) {
      coroutine.withdrawal.run();
    }
    coroutine.pending = error;
    enqueue(carrier, coroutine, carrier.host().now());
  }

  /** A coroutine is ready, in the queue of the carrier that made it so. */
  private void enqueue(Carrier carrier, Coroutine coroutine, long since) {
    coroutine.state = Coroutine.State.READY;
    coroutine.withdrawal = null;
    trace.coroutineReady(carrier.host().now(), coroutine.id, carrier.thread(), since);
    carrier.enqueue(coroutine);
    if (watcher != null) {
      timersChanged();
    }
  }

  // --- events

  /** A coroutine suspends for a device; returns what tells that it has been served. */
  Object request(Carrier carrier, Coroutine coroutine) {
    Instruction at = coroutine.awaiting;
    String device = at.target < 0 ? null : carrier.host().device(at.target);
    suspend(carrier, coroutine, at, AwaitCause.DEVICE, device, null);
    Request request = new Request(coroutine);
    if (coroutine.toCancel) {
      // It was cancelled while it made the request, which nobody waits for.
      coroutine.toCancel = false;
      goOnWith(carrier, coroutine, Errno.ECANCELED.name());
    }
    return request;
  }

  /** A request has been served: a sleeper looks, first of all the one that made it. */
  void served(Carrier carrier, Object request) {
    Request made = (Request) request;
    made.served = carrier.host().now();
    served.add(made);
    Carrier sleeper = carrier.isAsleep() ? carrier : sleeper();
    if (sleeper != null) {
      sleeper.host().wake(null);
    }
  }

  /** What is due by now makes coroutines ready. */
  void takeEvents(Carrier carrier) {
    looking = true;
    while (!served.isEmpty()) {
      Request request = served.poll();
      Coroutine coroutine = request.coroutine;
      boolean waits = coroutine.state == Coroutine.State.SUSPENDED;
      if (waits && coroutine.suspension == request.suspension) {
        comes(carrier, coroutine, request.served);
      }
    }
    for (long time = timers.next(); time <= carrier.host().now(); time = timers.next()) {
      Coroutine coroutine = timers.coroutine();
      boolean limit = timers.isLimit();
      timers.remove();
      if (limit) {
        operations.cancelAwaited(carrier, coroutine);
        goOnWith(carrier, coroutine, Errno.ETIMEDOUT.name());
      } else {
        comes(carrier, coroutine, time);
      }
    }
    looking = false;
  }

  private void comes(Carrier carrier, Coroutine coroutine, long since) {
    coroutine.given = 1;
    goOn(carrier, coroutine, since);
  }

  boolean hasEvents(long now) {
    return !served.isEmpty() || timers.next() <= now;
  }

  // --- carriers

  /** Adds a carrier; returns how many there are. */
  int add(Carrier carrier) {
    carriers.add(carrier);
    return carriers.size();
  }

  Carrier firstCarrier() {
    return carriers.get(0);
  }

  /** Returns the first carrier that sleeps, or null. */
  private Carrier sleeper() {
    for (Carrier carrier : carriers) {
      if (carrier.isAsleep()) {
        return carrier;
      }
    }
    return null;
  }

  /** Says whether a carrier has been woken and has not looked yet what has come. */
  private boolean isOneToLook() {
    for (Carrier carrier : carriers) {
      if (carrier.isToLook()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the next carrier behind one that has somebody in its queue, or null. */
  Carrier victimFor(Carrier thief) {
    int own = carriers.indexOf(thief);
    for (int i = 1; i < carriers.size(); i++) {
      Carrier other = carriers.get((own + i) % carriers.size());
      if (other.hasReady()) {
        return other;
      }
    }
    return null;
  }

  /** A carrier has made somebody ready: one sleeper at a time is to come and look. */
  void madeReady(Carrier maker) {
    if (carriers.size() > 1 && waker == null && searching == 0 && sleeper() != null) {
      waker = maker;
    }
  }

  /** Says whether a carrier is to wake one that sleeps. */
  boolean isToWake(Carrier carrier) {
    if (waker == carrier && sleeper() == null) {
      waker = null;
    }
    return waker == carrier;
  }

  /** Wakes a carrier to look for somebody to run; all where there will never be anybody. */
  void wake(Host by) {
    waker = null;
    for (Carrier carrier : carriers) {
      if (carrier.isAsleep()) {
        if (living > 0) {
          searching++;
          carrier.wakeToSearch(by);
          return;
        }
        carrier.host().wake(by);
      }
    }
  }

  /** A carrier that was to look has found somebody: if there are more, the next one looks. */
  void foundSomebody(Carrier finder) {
    searching--;
    for (Carrier carrier : carriers) {
      if (carrier.hasReady()) {
        madeReady(finder);
        return;
      }
    }
  }

  /** A carrier that was to look sleeps again. */
  void foundNobody() {
    searching--;
  }

  /** Another timer may be the next one while carriers sleep. */
  void timersChanged() {
    if (carriers.size() > 1 && !looking) {
      watchTimers();
    }
  }

  /**
   * Has the clock wake the first sleeper when the next timer is due; nobody while one that has been
   * woken has not looked yet.
   */
  void watchTimers() {
    Carrier sleeper = isOneToLook() ? null : sleeper();
    long time = sleeper == null ? Long.MAX_VALUE : timers.next();
    if (sleeper == watcher && time == watched) {
      return;
    }
    if (watcher != null && watcher.isAsleep()) {
      watcher.host().setAlarm(Long.MAX_VALUE);
    }
    watcher = sleeper;
    watched = time;
    if (watcher != null) {
      watcher.host().setAlarm(watched);
    }
  }

  // --- what others ask

  /** Returns where a coroutine stands or ended, by its full name; or null. */
  Execution execution(String fullName) {
    if (!fullName.startsWith(name + "/")) {
      return null;
    }
    String wanted = fullName.substring(name.length() + 1);
    return all.stream()
        .filter(coroutine -> coroutine.name.equals(wanted))
        .map(coroutine -> coroutine.execution)
        .findFirst()
        .orElse(null);
  }

  /** Says what each suspended coroutine waits for; by the first carrier, for all. */
  List<String> waits(Carrier carrier) {
    if (carriers.indexOf(carrier) > 0) {
      return List.of();
    }
    return all.stream()
        .filter(coroutine -> coroutine.state == Coroutine.State.SUSPENDED)
        .sorted(Comparator.comparingLong(coroutine -> coroutine.suspendedAs))
        .map(Coroutine::describeWait)
        .toList();
  }
}
