package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.engine.RandomStream;
import org.schedlab.kernel.sync.WaitList;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;
import org.schedlab.program.UserRuntime;
import org.schedlab.trace.BlockCause;

/**
 * A thread as the kernel keeps it: what other systems call the thread control block. Only {@link
 * Kernel} changes its state.
 */
final class KernelThread extends SwitchedState implements Task, UserRuntime.Host {
  /** Where a thread is in its life. */
  enum State {
    NEW,
    READY,
    RUNNING,
    BLOCKED,
    ENDED
  }

  private static final List<SyncObject> NOTHING_HELD = List.of();

  // Identity, fixed.
  private int order;
  int slot;
  final String name;

  /** What may be joined and means this thread among others. */
  JoinGroup[] groups;

  /** Null for a generated thread, whose process has the same name. */
  private final String taskName;

  private final Operation.Attributes attributes;
  private final long ownPriority;

  /** The priority at which it now runs, its own or one that a lock gives it. */
  private long priority;

  final long period;
  RandomStream random;

  /** What schedules its coroutines; null where it runs a program. */
  UserRuntime runtime;

  /** How many requests of its coroutines are not served yet. */
  int asyncRequests;

  private final Kernel kernel;

  // State.
  int placeInProcess;
  int doomCode;

  // The current stint on a CPU and CPU burst.
  private long burst = -1;

  // Memory.
  /** What a reference that trapped waits for. */
  enum Trap {
    /** The kernel's service. */
    REFERENCE,
    /** The device that the service needs. */
    TRANSFER
  }

  // Sleeping and waking.
  BlockCause cause;
  long blockedSince;
  int device = -1;
  JoinGroup joining;

  /** The operation that it waits in, where others must end that wait. */
  Instruction waiting;

  /** What it sleeps at. */
  SyncObject waitsAt;

  /** Its system call on channels that is not over; null for none. */
  Call call;

  /** What is used for its calls; null before it makes one. */
  private Call reusedCall;

  /** The resource of which there were too few when it began to wait. */
  int lacks;

  /** Those with whom it sleeps at a variable; null where it does not. */
  WaitList<KernelThread> futex;

  /** The error that it is told of when it has got its mutex back; 0 for none. */
  int waitError;

  /** Whether its timer ends a wait at a condition variable as a signal would. */
  boolean wakesSpuriously;

  /** The mutexes that it holds, of those with a protocol. */
  private List<SyncObject> held = NOTHING_HELD;

  String joiningName;

  /** Counts who began to wait; joiners wake in this order. */
  long joinOrder;

  /** The key of the pending timer or device event; others in its name are stale. */
  long wakeKey = -1;

  int wakerCpu = -1;

  // Periodic work.
  long release;
  long absoluteDeadline = Long.MAX_VALUE;
  int pendingJobs;

  /**
   * @param execution where it begins
   */
  KernelThread(
      Kernel kernel,
      int id,
      int order,
      int slot,
      Process process,
      ThreadPlan plan,
      Execution execution,
      RandomStream random) {
    super(
        id, process, affinity(plan, kernel), kernel.simulatesMemory() ? new ThreadMemory() : null);
    this.kernel = kernel;
    this.order = order;
    this.slot = slot;
    this.taskName = plan.taskName();
    this.name = plan.name();
    this.attributes = plan.attributes();
    this.ownPriority = kernel.urgency(plan.attributes().priority());
    this.priority = ownPriority;
    this.period = plan.period();
    this.random = random;
    this.execution = execution;
  }

  /**
   * Makes it as new: another one of the same plan, of which {@link ThreadPlan#isOfNoConcern} is
   * true. What only threads change that deal with others stays as it is, and what it draws from.
   */
  void renew(int newOrder, int newSlot) {
    super.renew();
    order = newOrder;
    slot = newSlot;
    priority = ownPriority;
    doomCode = 0;
    burst = -1;
    cause = null;
    blockedSince = 0;
    device = -1;
    wakeKey = -1;
    wakerCpu = -1;
    release = 0;
    absoluteDeadline = Long.MAX_VALUE;
    pendingJobs = 0;
  }

  private static boolean[] affinity(ThreadPlan plan, Kernel kernel) {
    List<Integer> cpus = plan.attributes().affinity();
    if (cpus.isEmpty()) {
      return null;
    }
    boolean[] affinity = new boolean[kernel.cpuCount()];
    cpus.forEach(cpu -> affinity[cpu] = true);
    return affinity;
  }

  /** Returns the attributes for a thread that is to be like this one. */
  Operation.Attributes attributes() {
    return attributes;
  }

  /** Returns its own priority, the smaller the more urgent. */
  long ownPriority() {
    return ownPriority;
  }

  /** Returns the mutexes that it holds, of those with a protocol. */
  List<SyncObject> held() {
    return held;
  }

  /** Takes note that it holds a mutex with a protocol. */
  void hold(SyncObject object) {
    held = held == NOTHING_HELD ? new ArrayList<>(2) : held;
    if (!held.contains(object)) {
      held.add(object);
    }
  }

  /** Takes note that it does not hold a mutex any more; returns whether it did. */
  boolean letGo(SyncObject object) {
    return held != NOTHING_HELD && held.remove(object);
  }

  /** It makes a system call on channels. */
  void beginCall(Instruction instruction, Endpoint end) {
    reusedCall = reusedCall == null ? new Call(this) : reusedCall;
    reusedCall.begin(instruction, end);
    call = reusedCall;
  }

  void setPriority(long urgency) {
    priority = urgency;
  }

  /**
   * Returns its next instruction: the next of its program, or of the coroutine that has its turn.
   */
  Instruction fetch() {
    if (runtime == null) {
      return execution.fetch(this);
    }
    Instruction next = runtime.next();
    if (runtime.current() != null) {
      execution = runtime.current();
      random = (RandomStream) runtime.random();
    }
    return next;
  }

  @Override
  public void wake(UserRuntime.Host waker) {
    kernel.wakeForEvent(this, (KernelThread) waker);
  }

  @Override
  public void setAlarm(long time) {
    kernel.cancelTimer(this);
    if (time < Long.MAX_VALUE) {
      kernel.wakeAt(this, Math.max(kernel.now(), time));
    }
  }

  @Override
  public long now() {
    return kernel.now();
  }

  @Override
  public RandomStream random(String coroutine) {
    return kernel.randomOf(coroutine);
  }

  @Override
  public String device(int number) {
    return kernel.deviceName(number);
  }

  @Override
  public SharedObject object(int index) {
    return process.object(index).declared;
  }

  /** Begins another program. */
  void begin(Execution other) {
    execution = other;
    instruction = null;
    instructionLeft = -1;
    stallLeft = 0;
    if (memory != null) {
      memory.forgetReferences();
    }
  }

  boolean isPeriodic() {
    return period != ThreadPlan.NOT_PERIODIC;
  }

  long stackLimit() {
    return attributes.stackBytes();
  }

  long workingSetBytes() {
    return attributes.workingSetBytes();
  }

  /** The burst that was, is over: the next question about it looks ahead afresh. */
  void beginBurst() {
    burst = -1;
    burstComputed = 0;
    burstStartAttained = attained;
  }

  @Override
  public void failed(Instruction assertion) {
    kernel.assertionFailed(this, assertion);
  }

  @Override
  public int order() {
    return order;
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public String name() {
    return taskName == null ? process.name() : taskName;
  }

  @Override
  public long priority() {
    return priority;
  }

  @Override
  public int nice() {
    return attributes.nice();
  }

  @Override
  public int tickets() {
    return attributes.tickets();
  }

  @Override
  public String currency() {
    return attributes.share().currency();
  }

  @Override
  public long slice() {
    return attributes.share().slice();
  }

  @Override
  public String schedulingClass() {
    return attributes.share().schedulingClass();
  }

  @Override
  public long reservedRuntime() {
    return attributes.share().runtime();
  }

  @Override
  public long reservedPeriod() {
    return attributes.share().period();
  }

  @Override
  public long reservedDeadline() {
    return attributes.share().deadline();
  }

  @Override
  public long period() {
    return period;
  }

  @Override
  public long relativeDeadline() {
    if (attributes.deadline() >= 0) {
      return attributes.deadline();
    }
    return period;
  }

  @Override
  public long absoluteDeadline() {
    return absoluteDeadline;
  }

  @Override
  public long release() {
    return release;
  }

  @Override
  public long readySince() {
    return readySince;
  }

  @Override
  public long attained() {
    return attained + (core == null ? 0 : core.ownWorkSoFar(kernel.now()));
  }

  @Override
  public long burst() {
    if (burst < 0) {
      burst = burstComputed + kernel.forecast(this);
    }
    return burst;
  }

  @Override
  public long remainingBurst() {
    long computing = core == null ? 0 : core.instructionSoFar(kernel.now());
    if (burst >= 0 && burstComputed + computing > burst) {
      // Another thread's write has sent it another way than was foreseen.
      burst = burstComputed + kernel.forecast(this);
    }
    return Math.max(0, burst() - burstComputed - computing);
  }

  @Override
  public long burstSoFar() {
    return attained() - burstStartAttained;
  }

  @Override
  public long sliceLeft() {
    return sliceLeft;
  }

  @Override
  public long policyWord() {
    return policyWord;
  }

  @Override
  public void setPolicyWord(long word) {
    policyWord = word;
  }

  @Override
  public Object policyState() {
    return policyState;
  }

  @Override
  public void setPolicyState(Object state) {
    policyState = state;
  }

  @Override
  public boolean mayRunOn(int cpu) {
    return affinity == null || affinity[cpu];
  }

  @Override
  public boolean mayRunAnywhere() {
    return affinity == null;
  }

  /** Says whether the instruction in progress counts towards the CPU burst. */
  boolean isComputing() {
    return instruction != null && instruction.opcode == Opcode.COMPUTE;
  }
}
