package org.schedlab.program;

import java.util.Arrays;

/**
 * Where a thread stands in its program: program counter, registers, loops and calls. It runs
 * thread-local instructions by itself and hands every other one to whoever runs the thread.
 */
public final class Execution {
  /** So many local instructions run in one go before a {@link Opcode#PAUSE} is handed out. */
  public static final int LOCAL_STRETCH = 1024;

  private static final long[] NONE = {};
  private static final int[] NO_CALLS = {};

  /** Hears of assertions that do not hold. */
  @FunctionalInterface
  public interface AssertionListener {
    void failed(Instruction assertion);
  }

  private final Program program;
  private int next;
  private final long[] registers;
  private long[] turns = NONE;
  private int loops;
  private int[] returns = NO_CALLS;
  private long[] frames = NONE;
  private int calls;
  private long stackBytes;
  private boolean dividedByZero;

  public Execution(Program program) {
    this.program = program;
    this.registers = program.registerCount() == 0 ? NONE : new long[program.registerCount()];
  }

  /**
   * Makes an execution that stands exactly where another stands, and goes its own way from there.
   */
  public Execution(Execution other) {
    program = other.program;
    next = other.next;
    registers = other.registers.length == 0 ? NONE : other.registers.clone();
    turns = Arrays.copyOf(other.turns, other.loops);
    loops = other.loops;
    returns = Arrays.copyOf(other.returns, other.calls);
    frames = Arrays.copyOf(other.frames, other.calls);
    calls = other.calls;
    stackBytes = other.stackBytes;
    dividedByZero = other.dividedByZero;
  }

  /**
   * Runs local instructions up to the next other one and returns that; the program counter then
   * stands behind it. After a division by zero it returns the instruction that divided.
   */
  public Instruction fetch(AssertionListener listener) {
    for (int step = 0; step < LOCAL_STRETCH; step++) {
      Instruction instruction = program.at(next++);
      if (!instruction.opcode.isLocal()) {
        return instruction;
      }
      runLocal(instruction, listener);
      if (dividedByZero) {
        return instruction;
      }
    }
    return Instruction.of(Opcode.PAUSE, program.at(next).location).build();
  }

  private void runLocal(Instruction instruction, AssertionListener listener) {
    switch (instruction.opcode) {
      case SET -> registers[instruction.register] = instruction.value.evaluate(this);
      case ASSERT -> {
        if (instruction.value.evaluate(this) == 0 && !dividedByZero) {
          listener.failed(instruction);
        }
      }
      case JUMP -> next = instruction.target;
      case JUMP_IF_ZERO -> {
        if (instruction.value.evaluate(this) == 0) {
          next = instruction.target;
        }
      }
      case LOOP_BEGIN -> beginLoop(instruction);
      case LOOP_NEXT -> {
        if (--turns[loops - 1] > 0) {
          next = instruction.target;
        } else {
          loops--;
        }
      }
      case RETURN -> {
        calls--;
        next = returns[calls];
        stackBytes -= frames[calls];
      }
      default -> throw new IllegalStateException(instruction.opcode + " is not local");
    }
  }

  private void beginLoop(Instruction instruction) {
    long count = instruction.value.evaluate(this);
    if (count <= 0) {
      next = instruction.target;
      return;
    }
    if (loops == turns.length) {
      turns = Arrays.copyOf(turns, Math.max(1, 2 * loops));
    }
    turns[loops++] = count;
  }

  /** Enters a called program. */
  public void call(Instruction call) {
    if (calls == returns.length) {
      returns = Arrays.copyOf(returns, Math.max(4, 2 * calls));
      frames = Arrays.copyOf(frames, returns.length);
    }
    returns[calls] = next;
    frames[calls] = call.frameBytes;
    calls++;
    stackBytes += call.frameBytes;
    next = call.target;
  }

  /** Returns the cell of memory that an access means, or -1 where its array has no such cell. */
  public int cell(Instruction access) {
    Instruction.Cell cell = access.cell;
    if (cell.index() == null) {
      return cell.base();
    }
    long index = cell.index().evaluate(this);
    return index < 0 || index >= cell.length() ? -1 : cell.base() + (int) index;
  }

  /**
   * Carries out a memory access in one step; returns whether it modified the cell. An access whose
   * operand divides by 0 does nothing.
   */
  public boolean access(Instruction access, long[] memory, int cell) {
    long old = memory[cell];
    switch (access.opcode) {
      case LOAD -> {
        registers[access.register] = old;
        return false;
      }
      case STORE, FETCH_ADD, EXCHANGE -> {
        long operand = access.value.evaluate(this);
        if (dividedByZero) {
          return false;
        }
        memory[cell] = access.opcode == Opcode.FETCH_ADD ? old + operand : operand;
        into(access, old);
        return true;
      }
      case COMPARE_AND_SWAP -> {
        long expected = access.expected.evaluate(this);
        long update = access.value.evaluate(this);
        boolean swaps = old == expected && !dividedByZero;
        if (swaps) {
          memory[cell] = update;
        }
        into(access, swaps ? 1 : 0);
        return swaps;
      }
      default -> throw new IllegalStateException(access.opcode + " touches no memory");
    }
  }

  private void into(Instruction instruction, long value) {
    setRegister(instruction.register, value);
  }

  /** Makes it as new. */
  public void renew() {
    restart();
    Arrays.fill(registers, 0);
    dividedByZero = false;
  }

  /** Goes back to the beginning, with registers kept: the next job of a periodic thread. */
  public void restart() {
    next = 0;
    loops = 0;
    calls = 0;
    stackBytes = 0;
  }

  /** Returns the place in the program of the instruction that is fetched next, from 0. */
  public int position() {
    return next;
  }

  /** Says whether two executions of one program will go on alike, whatever they meet. */
  public boolean standsAs(Execution other) {
    return next == other.next
        && loops == other.loops
        && calls == other.calls
        && Arrays.equals(registers, other.registers)
        && Arrays.equals(turns, 0, loops, other.turns, 0, loops)
        && Arrays.equals(returns, 0, calls, other.returns, 0, calls);
  }

  /** Returns a number that is the same for executions that {@linkplain #standsAs stand alike}. */
  public int standHash() {
    int hash = 31 * next + calls;
    for (long register : registers) {
      hash = 31 * hash + Long.hashCode(register);
    }
    for (int i = 0; i < loops; i++) {
      hash = 31 * hash + Long.hashCode(turns[i]);
    }
    for (int i = 0; i < calls; i++) {
      hash = 31 * hash + returns[i];
    }
    return hash;
  }

  public long register(int index) {
    return registers[index];
  }

  /** Gives a register a value; an index of -1 means none. */
  public void setRegister(int index, long value) {
    if (index >= 0) {
      registers[index] = value;
    }
  }

  /** Returns how many calls are under way. */
  public int depth() {
    return calls;
  }

  /** Says whether the program names a register so. */
  public boolean hasRegister(String name) {
    return program.registerIndex(name) >= 0;
  }

  /** Returns the value of a register that the program names, 0 when it names none such. */
  public long registerNamed(String name) {
    int index = program.registerIndex(name);
    return index < 0 ? 0 : registers[index];
  }

  /** Returns the bytes of stack that the calls now take. */
  public long stackBytes() {
    return stackBytes;
  }

  /** Says whether an expression divided by zero; the value it gave is then 0. */
  public boolean dividedByZero() {
    return dividedByZero;
  }

  long divideByZero() {
    dividedByZero = true;
    return 0;
  }
}
