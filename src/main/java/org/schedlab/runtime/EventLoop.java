package org.schedlab.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.schedlab.program.Errno;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.program.SharedObject;
import org.schedlab.program.UserRuntime;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.TraceSink;

/**
 * An event loop: coroutines that take turns in one thread. A coroutine runs until it awaits
 * something that is not there, yields or ends; those that are ready run in the order in which they
 * became so. The loop works in turns, as asyncio's does: before each turn it looks which requests
 * have been served and which timers are due, in this order, and then all that are ready by then run
 * once. When nobody is ready it makes a system call and its thread sleeps.
 */
final class EventLoop implements UserRuntime {
  /** What a coroutine is told whose error has no number of its own. */
  private static final int SOME_ERROR = 1;

  /** A point in time at which a suspension ends, or gives up. */
  private record Timer(long time, long order, Coroutine coroutine, int suspension, boolean limit) {}

  private final int thread;
  private final String taskName;
  private final RuntimeCosts costs;
  private final Host host;
  private final TraceSink trace;
  private final IntSupplier ids;

  private final Map<String, Coroutine> latest = new HashMap<>();
  private final Map<String, Integer> namesakes = new HashMap<>();
  private final List<Coroutine> failed = new ArrayList<>(0);
  private final Map<String, Coroutine> byTaskName = new HashMap<>();
  private final Map<Integer, Channel> channels = new HashMap<>();
  private final Map<Integer, AsyncLock> locks = new HashMap<>();
  private final Set<Coroutine> suspended = new LinkedHashSet<>();

  private final Deque<Coroutine> ready = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::time).thenComparingLong(Timer::order));
  private final Map<Integer, Timer> requests = new HashMap<>();
  private final Deque<Timer> servedRequests = new ArrayDeque<>();
  private int requested;
  private long timersMade;

  private Coroutine current;

  /** Who runs next, while the switch to it is under way. */
  private Coroutine chosen;

  /** How many of the ready ones belong to the turn in progress. */
  private int leftInTurn;

  private int living;
  private long cost;

  private final Instruction resume = Instruction.of(Opcode.SWITCH_COROUTINE);
  private final Instruction make = Instruction.of(Opcode.MAKE_COROUTINE);
  private final Instruction awaitEvents = Instruction.of(Opcode.AWAIT_EVENTS);
  private final Instruction pause = Instruction.of(Opcode.PAUSE);
  private final Instruction end = Instruction.of(Opcode.END);

  EventLoop(
      int thread,
      String taskName,
      List<Instruction.CoroutineSeed> seeds,
      RuntimeCosts costs,
      Host host,
      TraceSink trace,
      IntSupplier ids) {
    this.thread = thread;
    this.taskName = taskName;
    this.costs = costs;
    this.host = host;
    this.trace = trace;
    this.ids = ids;
    seeds.forEach(this::makeAll);
  }

  // --- what the thread asks

  @Override
  public Instruction next() {
    for (int step = 0; step < Execution.LOCAL_STRETCH; step++) {
      Instruction own = current == null ? choose() : null;
      if (own == null && (current.pending == null || caught())) {
        own = step();
      }
      if (current != null && current.state != Coroutine.State.RUNNING) {
        current = null;
      }
      if (own != null) {
        return own;
      }
    }
    return pause;
  }

  /**
   * Goes on with the coroutine whose turn it is; returns null where the thread has nothing to do.
   */
  private Instruction step() {
    Execution execution = current.execution;
    Instruction instruction = execution.fetch(host);
    if (execution.dividedByZero()) {
      return instruction;
    }
    current.awaiting = instruction;
    if (instruction.opcode == Opcode.END) {
      finish(current, null);
    } else if (instruction.opcode == Opcode.YIELD) {
      letOthersPass();
    } else if (instruction.opcode.isOfRuntime()) {
      cost = carryOut(instruction);
      if (execution.dividedByZero()) {
        return instruction;
      }
      return cost > 0 ? make : null;
    } else {
      return instruction;
    }
    return null;
  }

  /** Chooses who runs next; returns an instruction of the loop's own where that comes before. */
  private Instruction choose() {
    if (chosen != null) {
      // The switch to it is over.
      begin(chosen);
      return null;
    }
    if (leftInTurn == 0) {
      takeEvents();
      leftInTurn = ready.size();
    }
    if (leftInTurn == 0) {
      return living == 0 ? end : awaitEvents;
    }
    leftInTurn--;
    chosen = ready.poll();
    if (costs.resume() > 0) {
      cost = costs.resume();
      return resume;
    }
    begin(chosen);
    return null;
  }

  private void begin(Coroutine coroutine) {
    chosen = null;
    current = coroutine;
    coroutine.refusal = null;
    coroutine.state = Coroutine.State.RUNNING;
    trace.coroutineResumed(host.now(), coroutine.id);
  }

  /** An error is raised where a coroutine awaits; says whether its program catches it. */
  private boolean caught() {
    String error = current.pending;
    Instruction awaiting = current.awaiting;
    current.pending = null;
    if (awaiting == null || awaiting.error < 0) {
      finish(current, error);
      return false;
    }
    current.execution.setRegister(awaiting.error, number(error));
    return true;
  }

  private static long number(String error) {
    return Errno.named(error).map(Errno::number).orElse(SOME_ERROR);
  }

  @Override
  public Execution current() {
    return current == null ? null : current.execution;
  }

  @Override
  public RandomGenerator random() {
    return current.random;
  }

  @Override
  public long cost() {
    return cost;
  }

  // --- birth and death

  private void makeAll(Instruction.CoroutineSeed seed) {
    for (int i = 0; i < seed.count(); i++) {
      makeOne(seed, seed.count() == 1 ? seed.name() : seed.name() + "[" + i + "]");
    }
  }

  private Coroutine makeOne(Instruction.CoroutineSeed seed, String wanted) {
    int before = namesakes.merge(wanted, 1, Integer::sum) - 1;
    String name = before == 0 ? wanted : wanted + "#" + (before + 1);
    String full = taskName + "/" + name;
    Execution execution = new Execution(seed.program().get());
    Coroutine made = new Coroutine(ids.getAsInt(), name, full, execution, host.random(full));
    latest.put(wanted, made);
    byTaskName.put(full, made);
    living++;
    trace.coroutineMade(host.now(), made.id, thread, full);
    ready.add(made);
    return made;
  }

  private void finish(Coroutine coroutine, String error) {
    coroutine.state = Coroutine.State.ENDED;
    coroutine.error = error;
    living--;
    trace.coroutineEnded(host.now(), coroutine.id, error);
    if (error != null && !error.equals(Errno.ECANCELED.name())) {
      failed.add(coroutine);
    }
    List<Coroutine.Listener> listeners = List.copyOf(coroutine.listeners);
    coroutine.listeners.clear();
    listeners.forEach(listener -> listener.ended(coroutine));
  }

  @Override
  public void closed() {
    for (Coroutine coroutine : failed) {
      if (!coroutine.retrieved) {
        trace.errorNeverRetrieved(host.now(), coroutine.id, coroutine.error);
      }
    }
  }

  // --- suspending and going on

  private void suspend(Instruction at, AwaitCause cause, String what, Runnable withdrawal) {
    Coroutine coroutine = current;
    coroutine.state = Coroutine.State.SUSPENDED;
    coroutine.awaiting = at;
    coroutine.suspension++;
    coroutine.withdrawal = withdrawal;
    coroutine.tasks = List.of();
    coroutine.awaited = cause.label() + (what == null ? "" : " " + what);
    suspended.add(coroutine);
    trace.coroutineSuspended(host.now(), coroutine.id, cause, what);
    if (at.time != null) {
      addTimer(coroutine, at.time.draw(coroutine.random), true);
    }
  }

  private void addTimer(Coroutine coroutine, long length, boolean limit) {
    timers.add(
        new Timer(host.now() + length, timersMade++, coroutine, coroutine.suspension, limit));
  }

  private void letOthersPass() {
    current.state = Coroutine.State.READY;
    current.awaiting = null;
    trace.coroutineSuspended(host.now(), current.id, null, null);
    ready.add(current);
    trace.coroutineReady(host.now(), current.id, host.now());
  }

  /** What a coroutine awaits is there. */
  private void goOn(Coroutine coroutine) {
    goOn(coroutine, host.now());
  }

  /** What a coroutine awaits has been there since a time. */
  private void goOn(Coroutine coroutine, long since) {
    Instruction awaiting = coroutine.awaiting;
    coroutine.execution.setRegister(awaiting.register, coroutine.given);
    coroutine.execution.setRegister(awaiting.error, 0);
    makeReady(coroutine, since);
  }

  private void makeReady(Coroutine coroutine, long since) {
    coroutine.state = Coroutine.State.READY;
    coroutine.withdrawal = null;
    suspended.remove(coroutine);
    ready.add(coroutine);
    trace.coroutineReady(host.now(), coroutine.id, since);
  }

  /** A suspension ends by an error instead of what was awaited. */
  private void goOnWith(Coroutine coroutine, String error) {
    if (coroutine.withdrawal != null) {
      coroutine.withdrawal.run();
    }
    coroutine.pending = error;
    makeReady(coroutine, host.now());
  }

  // --- events

  @Override
  public int request() {
    Coroutine coroutine = current;
    Instruction at = coroutine.awaiting;
    suspend(at, AwaitCause.DEVICE, at.target < 0 ? null : host.device(at.target), null);
    int request = requested++;
    requests.put(request, new Timer(0, 0, coroutine, coroutine.suspension, false));
    current = null;
    return request;
  }

  @Override
  public void served(int request) {
    Timer made = requests.remove(request);
    servedRequests.add(new Timer(host.now(), 0, made.coroutine, made.suspension, false));
  }

  private void takeEvents() {
    while (!servedRequests.isEmpty()) {
      fire(servedRequests.poll());
    }
    while (!timers.isEmpty() && timers.peek().time <= host.now()) {
      fire(timers.poll());
    }
  }

  private void fire(Timer event) {
    Coroutine coroutine = event.coroutine;
    if (coroutine.state != Coroutine.State.SUSPENDED || coroutine.suspension != event.suspension) {
      return;
    }
    if (event.limit) {
      cancelAwaited(coroutine);
      goOnWith(coroutine, Errno.ETIMEDOUT.name());
    } else {
      coroutine.given = 1;
      goOn(coroutine, event.time);
    }
  }

  @Override
  public boolean hasEvents() {
    dropStale();
    return !servedRequests.isEmpty() || !timers.isEmpty() && timers.peek().time <= host.now();
  }

  private void dropStale() {
    while (!timers.isEmpty()) {
      Timer first = timers.peek();
      boolean means =
          first.coroutine.state == Coroutine.State.SUSPENDED
              && first.coroutine.suspension == first.suspension;
      if (means) {
        return;
      }
      timers.poll();
    }
  }

  @Override
  public long nextTimer() {
    dropStale();
    return timers.isEmpty() ? Long.MAX_VALUE : timers.peek().time;
  }

  // --- what coroutines ask of the loop

  /**
   * Carries an operation out.
   *
   * @return what making coroutines for it takes
   */
  private long carryOut(Instruction instruction) {
    switch (instruction.opcode) {
      case AWAIT_TIMER -> {
        long length = instruction.length.draw(current.random);
        suspend(instruction, AwaitCause.TIMER, null, null);
        addTimer(current, length, false);
      }
      case AWAIT_TASK -> awaitTask(instruction);
      case AWAIT_GROUP -> {
        return awaitGroup(instruction);
      }
      case AWAIT_MUTEX -> awaitLock(instruction, AwaitCause.MUTEX);
      case AWAIT_SEMAPHORE -> awaitLock(instruction, AwaitCause.SEMAPHORE);
      case LEAVE -> leave(instruction);
      case ASYNC -> {
        Instruction.CoroutineSeed seed = instruction.group.members().get(0);
        makeAll(seed);
        return seed.count() * costs.create();
      }
      case PUT -> put(instruction);
      case GET -> get(instruction);
      case CANCEL -> cancel(find(instruction, instruction.text));
      case RAISE -> finish(current, instruction.text);
      default -> throw new IllegalStateException(instruction.opcode + " is not the loop's");
    }
    return 0;
  }

  /** The operation succeeded and the coroutine goes on at once. */
  private void pass(Instruction instruction, long into) {
    current.execution.setRegister(instruction.register, into);
    current.execution.setRegister(instruction.error, 0);
  }

  /** An error is raised in the coroutine whose turn it is. */
  private void raise(Instruction at, String error) {
    current.awaiting = at;
    current.pending = error;
  }

  private Coroutine find(Instruction instruction, String name) {
    Coroutine found = latest.get(name);
    if (found == null) {
      raise(instruction, Errno.EINVAL.name());
    }
    return found;
  }

  private void awaitTask(Instruction instruction) {
    Coroutine task = find(instruction, instruction.text);
    if (task == null) {
      return;
    }
    task.retrieved = true;
    if (task.hasEnded()) {
      if (task.error != null) {
        raise(instruction, task.error);
      } else {
        pass(instruction, 1);
      }
      return;
    }
    Coroutine waiter = current;
    Coroutine.Listener listener = ended -> tellEnd(waiter, ended);
    task.listeners.add(listener);
    suspend(instruction, AwaitCause.TASK, task.name, () -> task.listeners.remove(listener));
    waiter.tasks = List.of(task);
  }

  private void tellEnd(Coroutine waiter, Coroutine ended) {
    waiter.withdrawal = null;
    if (ended.error != null) {
      goOnWith(waiter, ended.error);
    } else {
      waiter.given = 1;
      goOn(waiter);
    }
  }

  private long awaitGroup(Instruction instruction) {
    List<Coroutine> members = new ArrayList<>();
    long price = 0;
    for (Instruction.CoroutineSeed seed : instruction.group.members()) {
      if (seed.program() != null) {
        members.add(makeOne(seed, seed.name()));
        price += costs.create();
      } else {
        Coroutine member = find(instruction, seed.name());
        if (member == null) {
          return price;
        }
        members.add(member);
      }
    }
    new Group(instruction, members).await();
    return price;
  }

  /** Several coroutines that one awaits: all of them, or the first. */
  private final class Group implements Coroutine.Listener {
    private final Instruction instruction;
    private final List<Coroutine> members;
    private final Coroutine waiter = current;
    private int left;

    Group(Instruction instruction, List<Coroutine> members) {
      this.instruction = instruction;
      this.members = members;
    }

    void await() {
      for (Coroutine member : members) {
        member.retrieved = true;
        if (!member.hasEnded()) {
          left++;
        } else if (member.error != null) {
          raise(instruction, member.error);
          return;
        } else if (instruction.group.first()) {
          pass(instruction, members.indexOf(member));
          return;
        }
      }
      if (left == 0) {
        pass(instruction, 1);
        return;
      }
      members.stream().filter(m -> !m.hasEnded()).forEach(m -> m.listeners.add(this));
      suspend(instruction, AwaitCause.GROUP, null, this::withdraw);
      waiter.tasks = members;
    }

    private void withdraw() {
      members.forEach(member -> member.listeners.remove(this));
    }

    @Override
    public void ended(Coroutine coroutine) {
      left--;
      if (coroutine.error != null) {
        goOnWith(waiter, coroutine.error);
      } else if (instruction.group.first() || left == 0) {
        withdraw();
        waiter.given = instruction.group.first() ? members.indexOf(coroutine) : 1;
        goOn(waiter);
      }
    }
  }

  private AsyncLock lock(int object) {
    return locks.computeIfAbsent(
        object,
        key ->
            host.object(key) instanceof SharedObject.AsyncSemaphore semaphore
                ? AsyncLock.semaphore(semaphore.value())
                : AsyncLock.mutex());
  }

  private void awaitLock(Instruction instruction, AwaitCause cause) {
    AsyncLock lock = lock(instruction.target);
    if (lock.isFree()) {
      lock.take(current);
      pass(instruction, 1);
      return;
    }
    Coroutine waiter = current;
    lock.waiters.add(waiter);
    waiter.given = 1;
    suspend(
        instruction,
        cause,
        host.object(instruction.target).name(),
        () -> lock.waiters.remove(waiter));
  }

  private void leave(Instruction instruction) {
    AsyncLock lock = lock(instruction.target);
    if (!lock.mayBeLeftBy(current)) {
      raise(instruction, Errno.EPERM.name());
      return;
    }
    passOn(lock);
  }

  /** A lock is given back: the first who waits for it has it, unless he is cancelled meanwhile. */
  private void passOn(AsyncLock lock) {
    Coroutine next = lock.leave();
    if (next != null) {
      goOn(next);
      next.refusal = () -> passOn(lock);
    }
  }

  private Channel channel(int object) {
    return channels.computeIfAbsent(
        object, key -> new Channel(((SharedObject.Channel) host.object(key)).capacity()));
  }

  private void put(Instruction instruction) {
    Channel channel = channel(instruction.target);
    long value = instruction.value.evaluate(current.execution);
    if (current.execution.dividedByZero()) {
      return;
    }
    if (!channel.getters.isEmpty()) {
      hand(channel, value);
      pass(instruction, 1);
    } else if (!channel.isFull()) {
      channel.put(value);
      pass(instruction, 1);
    } else if (instruction.shared) {
      raise(instruction, Errno.EAGAIN.name());
    } else {
      Coroutine putter = current;
      putter.given = value;
      channel.putters.add(putter);
      suspend(
          instruction,
          AwaitCause.FULL,
          host.object(instruction.target).name(),
          () -> channel.putters.remove(putter));
    }
  }

  /** Gives a value to the first who waits for one; it is the next one's if he is cancelled. */
  private void hand(Channel channel, long value) {
    Coroutine getter = channel.getters.poll();
    if (getter == null) {
      channel.putBack(value);
      return;
    }
    getter.given = value;
    goOn(getter);
    getter.refusal = () -> hand(channel, value);
  }

  private void get(Instruction instruction) {
    Channel channel = channel(instruction.target);
    if (!channel.isEmpty()) {
      pass(instruction, channel.take());
      Coroutine putter = channel.putters.poll();
      if (putter != null) {
        channel.put(putter.given);
        putter.given = 1;
        goOn(putter);
      }
    } else if (instruction.shared) {
      raise(instruction, Errno.EAGAIN.name());
    } else {
      Coroutine getter = current;
      channel.getters.add(getter);
      suspend(
          instruction,
          AwaitCause.EMPTY,
          host.object(instruction.target).name(),
          () -> channel.getters.remove(getter));
    }
  }

  /** Cancels what a coroutine awaits that has waited too long for it. */
  private void cancelAwaited(Coroutine waiter) {
    waiter.tasks.forEach(this::cancel);
  }

  private void cancel(Coroutine coroutine) {
    if (coroutine == null || coroutine.hasEnded()) {
      return;
    }
    String canceled = Errno.ECANCELED.name();
    switch (coroutine.state) {
      case SUSPENDED -> goOnWith(coroutine, canceled);
      case READY, RUNNING -> {
        if (coroutine.refusal != null) {
          coroutine.refusal.run();
          coroutine.refusal = null;
        }
        coroutine.pending = canceled;
      }
      default -> {}
    }
  }

  // --- what others ask

  @Override
  public Execution execution(String name) {
    Coroutine found = byTaskName.get(name);
    return found == null ? null : found.execution;
  }

  @Override
  public List<String> waits() {
    return suspended.stream().map(c -> c.name + " waits for " + c.awaited).toList();
  }
}
