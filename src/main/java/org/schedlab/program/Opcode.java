package org.schedlab.program;

/** What an instruction does. The first group is local to the thread and takes no time. */
public enum Opcode {
  SET,
  ASSERT,
  JUMP,
  JUMP_IF_ZERO,
  LOOP_BEGIN,
  LOOP_NEXT,
  RETURN,
  /** Stands for a stretch of local instructions that was cut short, so that loops are noticed. */
  PAUSE,

  COMPUTE,
  CALL,
  LOAD,
  STORE,
  FETCH_ADD,
  EXCHANGE,
  COMPARE_AND_SWAP,
  TOUCH,

  /** From here on: system calls. */
  IO,
  SLEEP,
  YIELD,
  EXIT,
  START_THREAD,
  JOIN,
  ALLOC,
  FREE,
  SPAWN,
  FORK,
  EXEC,
  WAIT,
  KILL,
  SEND,
  RECEIVE,
  CLOSE,
  LISTEN,
  ACCEPT,
  CONNECT,
  POLL,
  FUTEX_WAIT,
  FUTEX_WAKE,
  ACQUIRE,
  RELEASE,

  /** From here on: what needs the kernel only where somebody must wait or be woken. */
  LOCK,
  UNLOCK,
  SEM_WAIT,
  SEM_POST,
  COND_WAIT,
  COND_SIGNAL,
  BARRIER_WAIT,
  RW_LOCK,
  RW_UNLOCK,

  /** From here on: what coroutines ask of the runtime that schedules them, in user space. */
  AWAIT_TIMER,
  AWAIT_TASK,
  AWAIT_GROUP,
  AWAIT_MUTEX,
  AWAIT_SEMAPHORE,
  ASYNC,
  PUT,
  GET,
  LEAVE,
  CANCEL,
  RAISE,

  /** From here on: what a runtime asks of its thread. */
  SWITCH_COROUTINE,
  MAKE_COROUTINE,
  /** Wakes another thread that runs coroutines, as there is one for it. */
  WAKE_CARRIER,
  /** A request to a device that does not block the thread. */
  AWAIT_DEVICE,
  /** Sleeps until a request is served or a timer is due. */
  AWAIT_EVENTS,

  /** The program is over. Not a system call that a program writes. */
  END;

  /** Says whether only the thread itself can notice the instruction. */
  public boolean isLocal() {
    return ordinal() < PAUSE.ordinal();
  }

  /** Says whether the instruction asks the kernel for something. */
  public boolean isSystemCall() {
    return ordinal() >= IO.ordinal() && ordinal() < LOCK.ordinal();
  }

  /** Says whether the instruction deals with pipes, queues, sockets, futexes or resources. */
  public boolean isCommunication() {
    return ordinal() >= SEND.ordinal() && ordinal() <= RELEASE.ordinal();
  }

  /** Says whether the instruction deals with locks and their friends. */
  public boolean isSynchronization() {
    return ordinal() >= LOCK.ordinal() && ordinal() < AWAIT_TIMER.ordinal();
  }

  /**
   * Says whether other threads can notice the instruction: it is a step of its own where all
   * schedules are looked at, or one is followed.
   */
  public boolean isStep() {
    return switch (this) {
      case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> true;
      case START_THREAD, JOIN, SPAWN, FORK, EXEC, WAIT, KILL -> true;
      default -> isCommunication() || isSynchronization();
    };
  }

  /** Says whether the thread may have to sleep for the instruction: a CPU burst ends here. */
  public boolean canBlock() {
    return switch (this) {
      case IO, SLEEP, JOIN, WAIT, LOCK, SEM_WAIT, COND_WAIT, BARRIER_WAIT, RW_LOCK -> true;
      case SEND, RECEIVE, ACCEPT, CONNECT, POLL, FUTEX_WAIT, ACQUIRE, AWAIT_EVENTS -> true;
      default -> false;
    };
  }

  /** Says whether the runtime of coroutines asks it of the thread that it runs in. */
  public boolean isOfThread() {
    return ordinal() >= SWITCH_COROUTINE.ordinal() && ordinal() <= AWAIT_EVENTS.ordinal();
  }

  /** Says whether a coroutine may be suspended at the instruction. */
  public boolean canSuspend() {
    return switch (this) {
      case AWAIT_TIMER, AWAIT_TASK, AWAIT_GROUP, AWAIT_MUTEX, AWAIT_SEMAPHORE, AWAIT_DEVICE -> true;
      case PUT, GET, YIELD -> true;
      default -> false;
    };
  }

  /** Says whether the runtime of a coroutine carries it out, in user space. */
  public boolean isOfRuntime() {
    return ordinal() >= AWAIT_TIMER.ordinal() && ordinal() <= RAISE.ordinal();
  }

  /** Says whether the instruction refers to memory by itself, or may by its working set. */
  public boolean refersToMemory() {
    return ordinal() >= COMPUTE.ordinal() && ordinal() <= TOUCH.ordinal();
  }
}
