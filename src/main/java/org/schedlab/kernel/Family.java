package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.program.Program;
import org.schedlab.program.Signal;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.TraceSink;

/**
 * Processes that make processes: children, zombies and orphans, as POSIX has them. A process that
 * has ended is a zombie until its parent waits for it; where the parent has ended before, init has
 * taken its place, which waits at once.
 */
final class Family {
  /** With a signal's number, the exit code of a process that it ended, as in sh. */
  private static final int SIGNALLED = 128;

  /** What a wait gives where there is no child to wait for. */
  private static final int NO_CHILD = -1;

  private final Kernel kernel;
  private final Clock clock;
  private final TraceSink trace;
  private final List<Process> processes;

  /** How many processes have been given a name; made when the first is. */
  private Map<String, Integer> namesakes;

  Family(Kernel kernel, Clock clock, TraceSink trace, List<Process> processes) {
    this.kernel = kernel;
    this.clock = clock;
    this.trace = trace;
    this.processes = processes;
  }

  // --- birth

  void spawn(KernelThread caller, Instruction instruction) {
    Instruction.ProcessSeed seed = instruction.process;
    for (int i = 0; i < seed.count(); i++) {
      String wanted = seed.count() == 1 ? seed.name() : seed.name() + "[" + i + "]";
      String name = unusedName(wanted);
      ProcessPlan plan =
          new ProcessPlan(
              name,
              seed.variables(),
              seed.memory(),
              seed.workingSetBytes(),
              seed.sizes(),
              seed.objects(),
              seed.claims(),
              List.of());
      Process child = enter(plan, caller.process);
      kernel.startProcess(child);
      trace.childStarted(clock.now(), child.id, caller.process.id, false);
      kernel.objects().openNamed(child, seed.threads());
      for (Instruction.ThreadSeed thread : seed.threads()) {
        for (String threadName : Numbered.names(thread.name(), thread.count())) {
          kernel.startThread(
              child,
              new ThreadPlan(
                  threadName.isEmpty() ? name : name + "/" + threadName,
                  threadName,
                  thread.program().get(),
                  thread.loop(),
                  thread.attributes(),
                  ThreadPlan.NOT_PERIODIC,
                  clock.now()),
              caller,
              instruction.location);
        }
      }
    }
  }

  void fork(Core core, KernelThread caller, Instruction instruction) {
    Process parent = caller.process;
    String name = unusedName(instruction.text);
    ProcessPlan plan =
        new ProcessPlan(
            name,
            parent.variables(),
            parent.memory,
            parent.workingSetBytes,
            parent.sizes,
            List.of(),
            parent.claims(),
            List.of());
    Process child = enter(plan, parent);
    trace.processStarted(clock.now(), child.id, name);
    kernel.tellVariables(child);
    child.start();
    trace.childStarted(clock.now(), child.id, parent.id, true);
    caller.execution.setRegister(instruction.register, child.id + 1L);
    Execution execution;
    Program program;
    if (instruction.child == null) {
      execution = new Execution(caller.execution);
      execution.setRegister(instruction.register, 0);
      program = null;
    } else {
      program = instruction.child.get();
      execution = new Execution(program);
    }
    ThreadPlan thread =
        new ThreadPlan(
            name,
            "",
            program,
            null,
            instruction.seed == null ? caller.attributes() : instruction.seed.attributes(),
            ThreadPlan.NOT_PERIODIC,
            clock.now());
    kernel.startCopy(core, caller, child, thread, execution, instruction.location);
  }

  private Process enter(ProcessPlan plan, Process parent) {
    Process child = kernel.enter(plan);
    child.parent = parent;
    parent.addChild(child);
    return child;
  }

  private String unusedName(String wanted) {
    if (namesakes == null) {
      namesakes = new HashMap<>();
      processes.forEach(process -> namesakes.put(process.name(), 1));
    }
    int before = namesakes.merge(wanted, 1, Integer::sum) - 1;
    return before == 0 ? wanted : wanted + "#" + (before + 1);
  }

  // --- another program

  void exec(Core core, KernelThread caller, Instruction instruction) {
    Process process = caller.process;
    for (KernelThread thread : process.threads()) {
      if (thread != caller) {
        kernel.end(thread, 0);
      }
    }
    process.toCome = 0;
    Instruction.ProcessSeed seed = instruction.process;
    trace.executed(clock.now(), process.id);
    process.replaceMemory(seed.variables(), seed.memory());
    kernel.tellVariables(process);
    caller.begin(new Execution(seed.threads().get(0).program().get()));
    kernel.replaceMemory(core, caller, instruction.location);
  }

  // --- death

  /** The last thread of a process has ended. */
  void ended(Process process, int code, int cpu, int waker) {
    process.exitCode = code;
    trace.processEnded(clock.now(), process.id, code);
    for (Process child : process.children()) {
      child.parent = null;
      if (child.isGone()) {
        trace.reaped(clock.now(), child.id, TraceSink.NONE);
      } else {
        trace.orphaned(clock.now(), child.id);
      }
    }
    process.dropChildren();
    if (process.parent == null) {
      trace.reaped(clock.now(), process.id, TraceSink.NONE);
      return;
    }
    for (KernelThread waiter : List.copyOf(process.parent.waiters())) {
      // An earlier waiter may have taken the only child that this one waits for.
      if (tryReap(waiter, waiter.waiting)) {
        process.parent.removeWaiter(waiter);
        waiter.waiting = null;
        kernel.wakeBy(waiter, cpu, waker);
      }
    }
  }

  void await(Core core, KernelThread thread, Instruction wait) {
    if (tryReap(thread, wait)) {
      kernel.passBlockingPoint(core, thread);
      return;
    }
    thread.waiting = wait;
    thread.process.addWaiter(thread);
    thread.systemCallPaid = true;
    kernel.block(core, BlockCause.CHILD, TraceSink.NONE);
  }

  /** Reaps what a wait asks for, if it has come to that; returns whether the wait is over. */
  private boolean tryReap(KernelThread thread, Instruction wait) {
    Process parent = thread.process;
    boolean any = wait.text.equals(Operation.WaitFor.ANY);
    List<Process> gone = new ArrayList<>();
    int asked = 0;
    for (Process child : parent.children()) {
      if (any || wait.text.equals(Operation.WaitFor.ALL) || child.isCalled(wait.text)) {
        asked++;
        if (child.isGone()) {
          gone.add(child);
        }
      }
    }
    if (asked == 0) {
      thread.execution.setRegister(wait.register, NO_CHILD);
      return true;
    }
    if (any ? gone.isEmpty() : gone.size() < asked) {
      return false;
    }
    gone.sort((a, b) -> Long.compare(a.endOrder, b.endOrder));
    for (Process child : any ? gone.subList(0, 1) : gone) {
      parent.children().remove(child);
      thread.execution.setRegister(wait.register, child.exitCode);
      trace.reaped(clock.now(), child.id, parent.id);
      trace.waited(clock.now(), thread.id, child.id);
    }
    return true;
  }

  void kill(KernelThread sender, Instruction instruction) {
    Signal signal = instruction.signal;
    for (Process process : processes) {
      if (process.isAlive() && process.isCalled(instruction.text)) {
        trace.signalSent(clock.now(), sender.id, process.id, signal.fullName());
        if (signal == Signal.TERM && process.stopped) {
          process.toTerminate = true;
        } else if (signal.ends()) {
          kernel.exitProcess(process, SIGNALLED + signal.number());
        } else if (signal == Signal.STOP) {
          kernel.stop(process);
        } else {
          kernel.goOn(process, sender);
          if (process.toTerminate) {
            kernel.exitProcess(process, SIGNALLED + Signal.TERM.number());
          }
        }
      }
    }
  }
}
