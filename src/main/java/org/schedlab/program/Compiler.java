package org.schedlab.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Turns operations as written into a flat program, for one process: loops become jumps, {@code add}
 * a load and a store, and every name an index. Expects operations that were found valid.
 */
public final class Compiler {
  private final Scope scope;
  private final Map<List<Operation>, Program> programs = new IdentityHashMap<>();

  /** Compilers for processes that programs make: a program may make processes that run itself. */
  private final Map<Operation, Compiler> nested;

  /** What the names of a process's programs mean. */
  public interface Scope {
    /** Returns the place of a variable. {@code index} of the result is null. */
    Instruction.Cell variable(String name);

    /** Returns the id of a device. */
    int device(String name);

    /** Returns the operations of a named program. */
    List<Operation> program(String name);

    /**
     * Returns an object that threads wait at: the process's own count from 0 up, those of all
     * processes from -1 down.
     */
    int object(String name);

    /** Returns the scope of a process that this one makes. */
    Scope with(List<Variable> variables, List<SharedObject> objects);
  }

  public Compiler(Scope scope) {
    this(scope, new IdentityHashMap<>());
  }

  private Compiler(Scope scope, Map<Operation, Compiler> nested) {
    this.scope = scope;
    this.nested = nested;
  }

  private Compiler nested(Operation maker, List<Variable> variables, List<SharedObject> objects) {
    return nested.computeIfAbsent(
        maker, key -> new Compiler(scope.with(variables, objects), nested));
  }

  /** Compiles what a thread runs; the same list gives the same program. */
  public Program compile(List<Operation> operations) {
    Program known = programs.get(operations);
    if (known == null) {
      known = new Unit().compile(operations);
      programs.put(operations, known);
    }
    return known;
  }

  private Instruction.ThreadSeed seed(Operation.ThreadTemplate thread) {
    return new Instruction.ThreadSeed(
        thread.name(),
        thread.count(),
        () -> compile(thread.program()),
        seed(thread.loop()),
        thread.attributes());
  }

  /** Compiles what a thread does that runs coroutines; null gives null. */
  public Instruction.LoopSeed seed(Operation.Loop loop) {
    return loop == null
        ? null
        : new Instruction.LoopSeed(
            loop.runtime(), loop.carriers(), loop.coroutines().stream().map(this::seed).toList());
  }

  private Instruction.CoroutineSeed seed(Operation.CoroutineTemplate coroutine) {
    return new Instruction.CoroutineSeed(
        coroutine.name(), coroutine.count(), () -> compile(coroutine.program()));
  }

  private Instruction.CoroutineSeed seed(Operation.Member member) {
    List<Operation> program = member.program();
    return new Instruction.CoroutineSeed(
        member.name(), 1, program == null ? null : () -> compile(program));
  }

  /** One program in the making. */
  private final class Unit {
    private final List<Instruction.Builder> code = new ArrayList<>();
    private final Map<String, Integer> registers = new LinkedHashMap<>();
    private final Map<String, Integer> entries = new HashMap<>();
    private final Map<Instruction.Builder, String> calls = new LinkedHashMap<>();

    Program compile(List<Operation> operations) {
      emitAll(operations);
      emit(Opcode.END, operations.isEmpty() ? Location.NONE : last(operations).location());
      List<Instruction.Builder> open = new ArrayList<>(calls.keySet());
      for (int i = 0; i < open.size(); i++) {
        open.get(i).target(entry(calls.get(open.get(i))));
        // Compiling a called program may have added calls of its own.
        for (Instruction.Builder call : calls.keySet()) {
          if (!open.contains(call)) {
            open.add(call);
          }
        }
      }
      List<Instruction> built = new ArrayList<>(code.size());
      for (Instruction.Builder builder : code) {
        built.add(builder.build());
      }
      return new Program(built, new ArrayList<>(registers.keySet()));
    }

    private int entry(String name) {
      Integer known = entries.get(name);
      if (known != null) {
        return known;
      }
      int entry = code.size();
      entries.put(name, entry);
      List<Operation> operations = scope.program(name);
      emitAll(operations);
      emit(Opcode.RETURN, operations.isEmpty() ? Location.NONE : last(operations).location());
      return entry;
    }

    private void emitAll(List<Operation> operations) {
      for (Operation operation : operations) {
        emit(operation);
      }
    }

    private Instruction.Builder emit(Opcode opcode, Location location) {
      Instruction.Builder builder = Instruction.of(opcode, location);
      code.add(builder);
      return builder;
    }

    private void emit(Operation operation) {
      Location at = operation.location();
      if (operation instanceof Operation.Compute compute) {
        emit(Opcode.COMPUTE, at).time(compute.time());
      } else if (operation instanceof Operation.Io io) {
        int device = io.device() == null ? -1 : scope.device(io.device());
        emit(Opcode.IO, at).time(io.time()).target(device);
      } else if (operation instanceof Operation.Sleep sleep) {
        emit(Opcode.SLEEP, at).time(sleep.time()).flag(sleep.until());
      } else if (operation instanceof Operation.Yield) {
        emit(Opcode.YIELD, at);
      } else if (operation instanceof Operation.Exit exit) {
        emit(Opcode.EXIT, at).value(formula(exit.code()));
      } else if (operation instanceof Operation.Join join) {
        emit(Opcode.JOIN, at).text(join.name());
      } else if (operation instanceof Operation.StartThread start) {
        emit(Opcode.START_THREAD, at).seed(seed(start.thread()));
      } else if (operation instanceof Operation.Call call) {
        calls.put(emit(Opcode.CALL, at).frameBytes(call.frameBytes()), call.program());
      } else if (!emitControlFlow(operation, at)
          && !emitPaging(operation, at)
          && !emitProcesses(operation, at)
          && !emitSynchronization(operation, at)
          && !emitCommunication(operation, at)
          && !emitCoroutines(operation, at)) {
        emitMemoryAccess(operation, at);
      }
    }

    private boolean emitPaging(Operation operation, Location at) {
      if (operation instanceof Operation.Touch touch) {
        emit(Opcode.TOUCH, at)
            .text(touch.region())
            .pages(touch.pages())
            .bytes(touch.offset())
            .flag(touch.write());
      } else if (operation instanceof Operation.Alloc alloc) {
        emit(Opcode.ALLOC, at)
            .text(alloc.region())
            .bytes(alloc.bytes())
            .shared(alloc.shared())
            .flag(alloc.large());
      } else if (operation instanceof Operation.Free free) {
        emit(Opcode.FREE, at).text(free.region()).bytes(free.bytes());
      } else {
        return false;
      }
      return true;
    }

    private boolean emitSynchronization(Operation operation, Location at) {
      if (operation instanceof Operation.Lock lock) {
        waiting(emit(Opcode.LOCK, at).target(scope.object(lock.mutex())), lock.waiting());
      } else if (operation instanceof Operation.Unlock unlock) {
        waiting(emit(Opcode.UNLOCK, at).target(scope.object(unlock.mutex())), unlock.waiting());
      } else if (operation instanceof Operation.SemWait wait) {
        waiting(emit(Opcode.SEM_WAIT, at).target(scope.object(wait.semaphore())), wait.waiting());
      } else if (operation instanceof Operation.SemPost post) {
        emit(Opcode.SEM_POST, at).target(scope.object(post.semaphore()));
      } else if (operation instanceof Operation.CondWait wait) {
        Instruction.Builder builder = emit(Opcode.COND_WAIT, at);
        builder.target(scope.object(wait.condition())).mutex(scope.object(wait.mutex()));
        waiting(builder, wait.waiting());
      } else if (operation instanceof Operation.CondSignal signal) {
        emit(Opcode.COND_SIGNAL, at)
            .target(scope.object(signal.condition()))
            .flag(signal.broadcast());
      } else if (operation instanceof Operation.BarrierWait wait) {
        waiting(emit(Opcode.BARRIER_WAIT, at).target(scope.object(wait.barrier())), wait.waiting());
      } else if (operation instanceof Operation.RwLock lock) {
        Instruction.Builder builder = emit(Opcode.RW_LOCK, at).flag(lock.write());
        waiting(builder.target(scope.object(lock.lock())), lock.waiting());
      } else if (operation instanceof Operation.RwUnlock unlock) {
        waiting(emit(Opcode.RW_UNLOCK, at).target(scope.object(unlock.lock())), unlock.waiting());
      } else {
        return false;
      }
      return true;
    }

    private boolean emitCommunication(Operation operation, Location at) {
      if (operation instanceof Operation.Send send) {
        waiting(emit(Opcode.SEND, at).message(message(send)), send.waiting());
      } else if (operation instanceof Operation.Receive receive) {
        waiting(emit(Opcode.RECEIVE, at).message(message(receive)), receive.waiting());
      } else if (operation instanceof Operation.Close close) {
        waiting(emit(Opcode.CLOSE, at).message(port(close.port(), false)), close.waiting());
      } else if (operation instanceof Operation.Listen listen) {
        Instruction.Message port = port(Operation.Port.of(listen.socket()), false);
        waiting(emit(Opcode.LISTEN, at).message(port).bytes(listen.backlog()), listen.waiting());
      } else if (operation instanceof Operation.Accept accept) {
        Instruction.Message port = port(Operation.Port.of(accept.socket()), false);
        waiting(emit(Opcode.ACCEPT, at).message(port), accept.waiting());
      } else if (operation instanceof Operation.Connect connect) {
        Instruction.Message port = port(Operation.Port.of(connect.socket()), true);
        waiting(emit(Opcode.CONNECT, at).message(port), connect.waiting());
      } else if (operation instanceof Operation.Poll poll) {
        List<Instruction.Message> ports =
            poll.ports().stream().map(polled -> port(polled.port(), polled.write())).toList();
        waiting(emit(Opcode.POLL, at).polled(ports), poll.waiting());
      } else if (operation instanceof Operation.FutexWait wait) {
        Instruction.Builder builder = emit(Opcode.FUTEX_WAIT, at).cell(cell(wait.variable()));
        waiting(builder.expected(formula(wait.expected())), wait.waiting());
      } else if (operation instanceof Operation.FutexWake wake) {
        emit(Opcode.FUTEX_WAKE, at)
            .cell(cell(wake.variable()))
            .value(formula(wake.count()))
            .register(optionalRegister(wake.into()));
      } else if (operation instanceof Operation.Acquire acquire) {
        waiting(emit(Opcode.ACQUIRE, at).units(units(acquire.units())), acquire.waiting());
      } else if (operation instanceof Operation.Release release) {
        waiting(emit(Opcode.RELEASE, at).units(units(release.units())), release.waiting());
      } else {
        return false;
      }
      return true;
    }

    private boolean emitCoroutines(Operation operation, Location at) {
      if (operation instanceof Operation.Await await) {
        waiting(awaited(await.awaited(), at), await.waiting());
      } else if (operation instanceof Operation.Async async) {
        emit(Opcode.ASYNC, at)
            .group(new Instruction.CoroutineGroup(List.of(seed(async.coroutine())), false));
      } else if (operation instanceof Operation.Put put) {
        Instruction.Builder builder = emit(Opcode.PUT, at).target(scope.object(put.channel()));
        waiting(builder.value(formula(put.value())), put.waiting());
      } else if (operation instanceof Operation.Get get) {
        waiting(emit(Opcode.GET, at).target(scope.object(get.channel())), get.waiting());
      } else if (operation instanceof Operation.Leave leave) {
        emit(Opcode.LEAVE, at).target(scope.object(leave.object()));
      } else if (operation instanceof Operation.Cancel cancel) {
        emit(Opcode.CANCEL, at).text(cancel.name());
      } else if (operation instanceof Operation.Raise raise) {
        emit(Opcode.RAISE, at).text(raise.error());
      } else {
        return false;
      }
      return true;
    }

    private Instruction.Builder awaited(Operation.Awaited awaited, Location at) {
      if (awaited instanceof Operation.Awaited.Device device) {
        int target = device.device() == null ? -1 : scope.device(device.device());
        return emit(Opcode.AWAIT_DEVICE, at).length(device.time()).target(target);
      } else if (awaited instanceof Operation.Awaited.Timer timer) {
        return emit(Opcode.AWAIT_TIMER, at).length(timer.time()).flag(timer.until());
      } else if (awaited instanceof Operation.Awaited.Task task) {
        return emit(Opcode.AWAIT_TASK, at).text(task.name());
      } else if (awaited instanceof Operation.Awaited.Lock lock) {
        return emit(Opcode.AWAIT_MUTEX, at).target(scope.object(lock.mutex()));
      } else if (awaited instanceof Operation.Awaited.Semaphore semaphore) {
        return emit(Opcode.AWAIT_SEMAPHORE, at).target(scope.object(semaphore.semaphore()));
      }
      Operation.Awaited.Group group = (Operation.Awaited.Group) awaited;
      return emit(Opcode.AWAIT_GROUP, at)
          .group(
              new Instruction.CoroutineGroup(
                  group.members().stream().map(Compiler.this::seed).toList(), group.first()));
    }

    private Instruction.Message port(Operation.Port port, boolean write) {
      return message(port, write, null, null, null, null, null);
    }

    private Instruction.Message message(Operation.Send send) {
      return message(
          send.port(), true, send.bytes(), send.priority(), send.value(), send.count(), null);
    }

    private Instruction.Message message(Operation.Receive receive) {
      return message(
          receive.port(), false, receive.bytes(), null, null, receive.count(), receive.priority());
    }

    private Instruction.Message message(
        Operation.Port port,
        boolean write,
        Expression bytes,
        Expression priority,
        Expression value,
        String count,
        String priorityInto) {
      return new Instruction.Message(
          port.object() == null ? 0 : scope.object(port.object()),
          port.end(),
          optionalRegister(port.connection()),
          write,
          optionalFormula(bytes),
          optionalFormula(priority),
          optionalFormula(value),
          optionalRegister(count),
          optionalRegister(priorityInto));
    }

    private Formula optionalFormula(Expression expression) {
      return expression == null ? null : formula(expression);
    }

    private List<Instruction.Units> units(List<Operation.Units> demanded) {
      return demanded.stream()
          .map(units -> new Instruction.Units(scope.object(units.resource()), units.count()))
          .toList();
    }

    private void waiting(Instruction.Builder builder, Operation.Waiting waiting) {
      builder
          .shared(waiting.attempt())
          .time(waiting.timeout())
          .register(optionalRegister(waiting.into()))
          .error(optionalRegister(waiting.error()));
    }

    private boolean emitProcesses(Operation operation, Location at) {
      if (operation instanceof Operation.Spawn spawn) {
        Operation.ProcessTemplate made = spawn.process();
        Compiler compiler = nested(spawn, made.variables(), made.objects());
        emit(Opcode.SPAWN, at)
            .process(
                new Instruction.ProcessSeed(
                    made.name(),
                    made.count(),
                    made.variables(),
                    Layout.initial(made.variables()),
                    made.threads().stream().map(compiler::seed).toList(),
                    made.workingSetBytes(),
                    made.memory(),
                    made.objects(),
                    made.claims()));
      } else if (operation instanceof Operation.Fork fork) {
        List<Operation> program = fork.program();
        Instruction.Builder builder = emit(Opcode.FORK, at);
        if (fork.attributes() != null) {
          Supplier<Program> child = () -> Compiler.this.compile(program);
          builder.seed(new Instruction.ThreadSeed("", 1, child, null, fork.attributes()));
        }
        builder
            .text(fork.name())
            .register(optionalRegister(fork.into()))
            .child(program == null ? null : () -> Compiler.this.compile(program));
      } else if (operation instanceof Operation.Exec exec) {
        Operation.ThreadTemplate thread =
            new Operation.ThreadTemplate(
                "", 1, exec.program(), null, Operation.Attributes.DEFAULT, exec.location());
        emit(Opcode.EXEC, at)
            .process(
                new Instruction.ProcessSeed(
                    "",
                    1,
                    exec.variables(),
                    Layout.initial(exec.variables()),
                    List.of(nested(exec, exec.variables(), List.of()).seed(thread)),
                    0,
                    MemorySizes.DEFAULT,
                    List.of(),
                    Map.of()));
      } else if (operation instanceof Operation.WaitFor wait) {
        emit(Opcode.WAIT, at).text(wait.child()).register(optionalRegister(wait.into()));
      } else if (operation instanceof Operation.Kill kill) {
        emit(Opcode.KILL, at).text(kill.process()).signal(kill.signal());
      } else {
        return false;
      }
      return true;
    }

    private boolean emitControlFlow(Operation operation, Location at) {
      if (operation instanceof Operation.Repeat repeat) {
        Instruction.Builder begin = emit(Opcode.LOOP_BEGIN, at).value(formula(repeat.times()));
        int body = code.size();
        emitAll(repeat.body());
        emit(Opcode.LOOP_NEXT, at).target(body);
        begin.target(code.size());
      } else if (operation instanceof Operation.While loop) {
        int top = code.size();
        Instruction.Builder test = emit(Opcode.JUMP_IF_ZERO, at).value(formula(loop.condition()));
        emitAll(loop.body());
        emit(Opcode.JUMP, at).target(top);
        test.target(code.size());
      } else if (operation instanceof Operation.If choice) {
        Instruction.Builder test = emit(Opcode.JUMP_IF_ZERO, at).value(formula(choice.condition()));
        emitAll(choice.then());
        Instruction.Builder skip = emit(Opcode.JUMP, at);
        test.target(code.size());
        emitAll(choice.otherwise());
        skip.target(code.size());
      } else {
        return false;
      }
      return true;
    }

    private void emitMemoryAccess(Operation operation, Location at) {
      if (operation instanceof Operation.Set set) {
        emit(Opcode.SET, at).register(register(set.register())).value(formula(set.value()));
      } else if (operation instanceof Operation.Load load) {
        emit(Opcode.LOAD, at).register(register(load.register())).cell(cell(load.from()));
      } else if (operation instanceof Operation.Store store) {
        emit(Opcode.STORE, at).cell(cell(store.to())).value(formula(store.value()));
      } else if (operation instanceof Operation.Add add) {
        int scratch = register(" sum");
        emit(Opcode.LOAD, at).register(scratch).cell(cell(add.to()));
        Formula sum =
            Formula.binary(
                Expression.BinaryOperator.ADD, Formula.register(scratch), formula(add.value()));
        emit(Opcode.STORE, at).cell(cell(add.to())).value(sum);
      } else if (operation instanceof Operation.FetchAdd add) {
        emit(Opcode.FETCH_ADD, at)
            .register(optionalRegister(add.into()))
            .cell(cell(add.to()))
            .value(formula(add.value()));
      } else if (operation instanceof Operation.Exchange exchange) {
        emit(Opcode.EXCHANGE, at)
            .register(optionalRegister(exchange.into()))
            .cell(cell(exchange.to()))
            .value(formula(exchange.value()));
      } else if (operation instanceof Operation.CompareAndSwap cas) {
        emit(Opcode.COMPARE_AND_SWAP, at)
            .register(optionalRegister(cas.into()))
            .cell(cell(cas.to()))
            .expected(formula(cas.expected()))
            .value(formula(cas.update()));
      } else if (operation instanceof Operation.Assert check) {
        emitAssert(check, at);
      } else {
        throw new IllegalArgumentException("no instruction for " + operation);
      }
    }

    /** An assertion over variables is one load for each, then a local comparison. */
    private void emitAssert(Operation.Assert check, Location at) {
      Map<Expression, Integer> loaded = new LinkedHashMap<>();
      Formula condition = formula(check.condition(), loaded, at);
      emit(Opcode.ASSERT, at).value(condition).text(check.text());
    }

    private Formula formula(Expression expression) {
      return formula(expression, null, null);
    }

    /**
     * Resolves an expression's names.
     *
     * @param loads null where only registers are allowed; else collects the variables, for each of
     *     which a load is emitted
     */
    private Formula formula(Expression expression, Map<Expression, Integer> loads, Location at) {
      if (expression instanceof Expression.Literal literal) {
        return Formula.of(literal.value());
      }
      if (expression instanceof Expression.Unary unary) {
        return Formula.unary(unary.operator(), formula(unary.operand(), loads, at));
      }
      if (expression instanceof Expression.Binary binary) {
        Formula left = formula(binary.left(), loads, at);
        return Formula.binary(binary.operator(), left, formula(binary.right(), loads, at));
      }
      if (expression instanceof Expression.Element element) {
        Formula index = formula(element.index(), loads, at);
        return load(element, element.name(), index, loads, at);
      }
      String name = ((Expression.Name) expression).name();
      if (loads == null || scope.variable(name) == null) {
        Optional<Errno> error = Errno.named(name);
        if (error.isPresent() && !registers.containsKey(name)) {
          return Formula.of(error.get().number());
        }
        return Formula.register(register(name));
      }
      return load(expression, name, null, loads, at);
    }

    private Formula load(
        Expression of, String name, Formula index, Map<Expression, Integer> loads, Location at) {
      int scratch = register(" load " + loads.size());
      loads.put(of, scratch);
      Instruction.Cell cell = scope.variable(name);
      emit(Opcode.LOAD, at).register(scratch).cell(cell.at(index));
      return Formula.register(scratch);
    }

    private Instruction.Cell cell(Operation.Place place) {
      Instruction.Cell cell = scope.variable(place.variable());
      Formula index = place.index() == null ? null : formula(place.index());
      return cell.at(index);
    }

    private int optionalRegister(String name) {
      return name == null ? -1 : register(name);
    }

    /** Returns a register's index. Names with a blank in front cannot be written in a scenario. */
    private int register(String name) {
      return registers.computeIfAbsent(name, key -> registers.size());
    }
  }

  private static Operation last(List<Operation> operations) {
    return operations.get(operations.size() - 1);
  }
}
