package org.schedlab.program;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One instruction of a compiled program. Which fields mean something depends on {@link #opcode};
 * the others keep their defaults. Instructions are made by the compiler and never change.
 */
public final class Instruction {
  public final Opcode opcode;
  public final Location location;

  /** Destination register, or -1. */
  public final int register;

  /** The variable of a memory access. */
  public final Cell cell;

  /** The value to set, store or add; the condition; the number of turns; the exit code. */
  public final Formula value;

  /** The value that a compare-and-swap expects. */
  public final Formula expected;

  /** How long a computation, request or sleep takes; after how long an operation gives up. */
  public final TimeSource time;

  /** How long what a coroutine awaits takes. */
  public final TimeSource length;

  /**
   * Where to jump; the device (-1 for a private one); or an object: the process's own count from 0
   * up, those of all processes from -1 down.
   */
  public final int target;

  /** Bytes of stack that a call takes. */
  public final long frameBytes;

  /** The assertion as written, or a name: to join, to wait for, to kill, of a region, a child. */
  public final String text;

  /**
   * What a thread operation starts; of a fork, whose child has attributes of its own, the child.
   */
  public final ThreadSeed seed;

  /** What a spawn or exec starts. */
  public final ProcessSeed process;

  /** What a fork's child runs; null for what the parent goes on with. */
  public final Supplier<Program> child;

  /** The pages of a touch, by their numbers in the region called {@link #text}. */
  public final PageReferences pages;

  /** Bytes that are allocated or freed, or of an address into its page. */
  public final long bytes;

  /** The mutex of a wait at a condition variable, counted as {@link #target}. */
  public final int mutex;

  /** The register that gets the error number, or -1. */
  public final int error;

  /** What is sent or received, closed or polled. */
  public final Message message;

  /** The ports of a poll, in order. */
  public final List<Message> polled;

  /** Units of resources, by the numbers of these. */
  public final List<Units> units;

  /**
   * Whether memory is written, mapped by large pages, a readers-writer lock locked to write, or all
   * waiters are woken; whether a time counts from the start of the run.
   */
  public final boolean flag;

  /** Whether memory is shared with forked children; whether an operation gives up at once. */
  public final boolean shared;

  /** The coroutines that an operation makes or awaits. */
  public final CoroutineGroup group;

  /** The signal that a kill sends. */
  public final Signal signal;

  private Instruction(Builder b) {
    this.opcode = b.opcode;
    this.location = b.location;
    this.register = b.register;
    this.cell = b.cell;
    this.value = b.value;
    this.expected = b.expected;
    this.time = b.time;
    this.length = b.length;
    this.target = b.target;
    this.frameBytes = b.frameBytes;
    this.text = b.text;
    this.seed = b.seed;
    this.process = b.process;
    this.child = b.child;
    this.pages = b.pages;
    this.bytes = b.bytes;
    this.flag = b.flag;
    this.shared = b.shared;
    this.mutex = b.mutex;
    this.error = b.error;
    this.message = b.message;
    this.polled = b.polled;
    this.units = b.units;
    this.signal = b.signal;
    this.group = b.group;
  }

  /** Says whether the thread may have to sleep for it: a CPU burst ends here. */
  public boolean canBlock() {
    return opcode.canBlock() && !shared;
  }

  /** Returns an instruction that no scenario writes: one of a runtime's own. */
  public static Instruction of(Opcode opcode) {
    return of(opcode, Location.NONE).build();
  }

  static Builder of(Opcode opcode, Location location) {
    return new Builder(opcode, location);
  }

  /**
   * A variable's place in its process's memory.
   *
   * @param base its first cell
   * @param length how many cells it has
   * @param index which of them, counted from 0; null for a variable that is no array
   * @param atomic whether every access to it is atomic
   * @param segment the shared memory that it lies in, counted as {@link #target}; or {@link #OWN}
   */
  public record Cell(int base, int length, Formula index, boolean atomic, int segment) {
    /** Stands for the process's own memory. */
    public static final int OWN = Integer.MAX_VALUE;

    Cell at(Formula which) {
      return new Cell(base, length, which, atomic, segment);
    }
  }

  /**
   * What an operation on a pipe, queue or socket moves, and where.
   *
   * @param object counted as {@link #target}; meaningless for a connection
   * @param connection the register with the number of a connection, or -1
   * @param write whether a poll asks for writing
   * @param bytes null for a queue's whole message, and where nothing moves
   * @param priority null for 0
   * @param value null for 0
   * @param count the register that gets the number of bytes, or -1
   * @param priorityInto the register that gets a message's priority, or -1
   */
  public record Message(
      int object,
      Operation.Port.End end,
      int connection,
      boolean write,
      Formula bytes,
      Formula priority,
      Formula value,
      int count,
      int priorityInto) {}

  /** So many units of a resource, which is counted as {@link #target}. */
  public record Units(int resource, long count) {}

  /**
   * What a thread operation starts.
   *
   * @param program compiled when first needed: a program may start threads that run itself
   * @param loop the coroutines that it runs instead of the program, or null
   */
  public record ThreadSeed(
      String name,
      int count,
      Supplier<Program> program,
      LoopSeed loop,
      Operation.Attributes attributes) {}

  /**
   * What a thread does that runs coroutines.
   *
   * @param carriers how many threads run them together
   */
  public record LoopSeed(RuntimeKind runtime, int carriers, List<CoroutineSeed> coroutines) {}

  /**
   * A coroutine to be.
   *
   * @param program compiled when first needed; null for a coroutine that runs already
   */
  public record CoroutineSeed(String name, int count, Supplier<Program> program) {}

  /**
   * Several coroutines.
   *
   * @param first whether the first that ends is enough
   */
  public record CoroutineGroup(List<CoroutineSeed> members, boolean first) {}

  /**
   * What a spawn makes, or an exec makes of its process.
   *
   * @param name empty for an exec
   * @param memory first values of the variables' cells
   */
  public record ProcessSeed(
      String name,
      int count,
      List<Variable> variables,
      long[] memory,
      List<ThreadSeed> threads,
      long workingSetBytes,
      MemorySizes sizes,
      List<SharedObject> objects,
      Map<String, Long> claims) {}

  /** Collects an instruction's fields; jump targets are known late. */
  static final class Builder {
    private final Opcode opcode;
    private final Location location;
    private int register = -1;
    private Cell cell;
    private Formula value;
    private Formula expected;
    private TimeSource time;
    private TimeSource length;
    private int target = -1;
    private long frameBytes;
    private String text;
    private ThreadSeed seed;
    private ProcessSeed process;
    private Supplier<Program> child;
    private PageReferences pages;
    private long bytes;
    private boolean flag;
    private boolean shared;
    private int mutex;
    private int error = -1;
    private Message message;
    private List<Message> polled;
    private List<Units> units;
    private Signal signal;
    private CoroutineGroup group;

    private Builder(Opcode opcode, Location location) {
      this.opcode = opcode;
      this.location = location;
    }

    Builder register(int index) {
      this.register = index;
      return this;
    }

    Builder cell(Cell place) {
      this.cell = place;
      return this;
    }

    Builder value(Formula formula) {
      this.value = formula;
      return this;
    }

    Builder expected(Formula formula) {
      this.expected = formula;
      return this;
    }

    Builder length(TimeSource source) {
      this.length = source;
      return this;
    }

    Builder time(TimeSource source) {
      this.time = source;
      return this;
    }

    Builder target(int index) {
      this.target = index;
      return this;
    }

    Builder frameBytes(long bytes) {
      this.frameBytes = bytes;
      return this;
    }

    Builder text(String words) {
      this.text = words;
      return this;
    }

    Builder seed(ThreadSeed threads) {
      this.seed = threads;
      return this;
    }

    Builder process(ProcessSeed processes) {
      this.process = processes;
      return this;
    }

    Builder child(Supplier<Program> program) {
      this.child = program;
      return this;
    }

    Builder pages(PageReferences references) {
      this.pages = references;
      return this;
    }

    Builder bytes(long count) {
      this.bytes = count;
      return this;
    }

    Builder flag(boolean yes) {
      this.flag = yes;
      return this;
    }

    Builder mutex(int object) {
      this.mutex = object;
      return this;
    }

    Builder error(int index) {
      this.error = index;
      return this;
    }

    Builder message(Message moved) {
      this.message = moved;
      return this;
    }

    Builder polled(List<Message> ports) {
      this.polled = ports;
      return this;
    }

    Builder units(List<Units> demanded) {
      this.units = demanded;
      return this;
    }

    Builder signal(Signal sent) {
      this.signal = sent;
      return this;
    }

    Builder group(CoroutineGroup coroutines) {
      this.group = coroutines;
      return this;
    }

    Builder shared(boolean yes) {
      this.shared = yes;
      return this;
    }

    Instruction build() {
      return new Instruction(this);
    }
  }
}
