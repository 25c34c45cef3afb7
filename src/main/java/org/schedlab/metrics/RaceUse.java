package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.schedlab.races.Access;
import org.schedlab.races.HappensBefore;
import org.schedlab.races.HappensBefore.Released;
import org.schedlab.races.LockSets;
import org.schedlab.races.Race;
import org.schedlab.races.RaceDetector;
import org.schedlab.races.SharedUse;
import org.schedlab.trace.AccessKind;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/**
 * How threads share variables: what orders their accesses, which race, which updates are lost.
 *
 * <p>Ordered are, besides what one thread does: an unlock and later locks of the same mutex, a
 * start and the child, an end and the join, a post and every later wait of that semaphore, a
 * message and who receives it, a write of an atomic variable and later reads of it, all who come to
 * a barrier and all who leave it. A signal alone orders nothing.
 *
 * <p>The threads that run the same coroutines count as one: what these do among themselves in user
 * space orders them, and is not followed. Updates are lost between coroutines all the same.
 */
public final class RaceUse implements TraceSink {
  /** How many pairs of racing accesses are kept. */
  public static final int RACES = 1_000;

  /** With more threads that use variables nothing is looked for any more. */
  public static final int AGENTS = 2_000;

  /** Where the variables of a process or a segment lie among all. */
  private static final class Block {
    private final int owner;
    private final boolean segment;
    private final IntFunction<String> nameOf;
    private int[] numbers = new int[0];

    Block(int owner, boolean segment, IntFunction<String> nameOf) {
      this.owner = owner;
      this.segment = segment;
      this.nameOf = nameOf;
    }
  }

  /** A cell of a block. */
  private record Place(Block block, int cell) {}

  /** A message that is on its way. */
  private record Message(int channel, long number) {}

  private final IntUnaryOperator coroutineOf;
  private final HappensBefore order = new HappensBefore();
  private final LockSets sets = new LockSets();
  private final RaceDetector detector = new RaceDetector(order, RACES, false);
  private final SharedUse use = new SharedUse(sets);

  // By process and by segment; null where none of its variables is known.
  private Block[] ofProcess = new Block[0];
  private Block[] ofSegment = new Block[0];
  private final List<Place> places = new ArrayList<>();

  /** By thread: its number among those whose events are ordered, plus 1; 0 for none yet. */
  private int[] agents = new int[0];

  private final List<Integer> threads = new ArrayList<>();

  /** By thread that runs coroutines: the first that runs the same. */
  private final Map<Integer, Integer> firstCarrier = new HashMap<>(2);

  private final Map<Integer, Integer> processOf = new HashMap<>();

  // By what events are ordered.
  private Released[] locks = new Released[0];
  private final Map<Integer, Released> readers = new HashMap<>(2);
  private final Map<Integer, Released> streams = new HashMap<>(2);
  private final Map<Message, Released> messages = new HashMap<>(2);
  private final Map<Integer, Released> processes = new HashMap<>();
  private final Map<Integer, Released> atomics = new HashMap<>();

  /** The readers-writer locks. */
  private final BitSet rwLocks = new BitSet();

  private final Map<Integer, ChannelKind> channels = new HashMap<>();

  /** By thread and readers-writer lock: how it is held. */
  private final Map<Long, LockMode> held = new HashMap<>(2);

  // The last access, as long as nothing else is told: one more like it changes nothing but numbers.
  private int lastThread = NONE;
  private Block lastBlock;
  private int lastCell;
  private int lastLine;
  private AccessKind lastKind;
  private SharedUse.Variable lastVariable;

  private long takings;
  private boolean omitted;
  private boolean shared;

  /**
   * @param coroutineOf the coroutine whose turn it is in a thread, or NONE
   */
  public RaceUse(IntUnaryOperator coroutineOf) {
    this.coroutineOf = coroutineOf;
  }

  /** Looks for no races from now on. */
  public void turnOff() {
    lastThread = NONE;
    omitted = true;
  }

  // --- who and what there is

  @Override
  public void variablesMade(long time, int process, IntFunction<String> nameOf) {
    ofProcess = grown(ofProcess, process);
    ofProcess[process] = new Block(process, false, nameOf);
    shared = true;
  }

  @Override
  public void sharedVariablesMade(long time, int segment, IntFunction<String> nameOf) {
    ofSegment = grown(ofSegment, segment);
    ofSegment[segment] = new Block(segment, true, nameOf);
    shared = true;
  }

  @Override
  public void carrierMade(long time, int thread, int first, String runtime) {
    lastThread = NONE;
    firstCarrier.put(thread, first);
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    if (shared && processOf.put(thread, process) != null) {
      // The ids of ended threads are used again: what they did could not be told apart.
      lastThread = NONE;
      omitted = true;
    }
  }

  @Override
  public void syncObjectMade(long time, int object, SyncKind kind, String name, int process) {
    if (kind == SyncKind.RW_LOCK) {
      lastThread = NONE;
      for (int agent = 0; agent < threads.size() && rwLocks.isEmpty(); agent++) {
        // Until now nobody's reads and writes had to be told apart.
        use.copy(2 * agent, 2 * agent + 1);
      }
      rwLocks.set(object);
    }
  }

  @Override
  public void channelMade(
      long time, int channel, ChannelKind kind, String name, int process, long capacity) {
    channels.put(channel, kind);
  }

  private int agent(int thread) {
    int runner = firstCarrier.isEmpty() ? thread : firstCarrier.getOrDefault(thread, thread);
    if (runner >= agents.length) {
      agents = Arrays.copyOf(agents, Math.max(runner + 1, 2 * agents.length));
    }
    if (agents[runner] == 0) {
      threads.add(runner);
      agents[runner] = threads.size();
      omitted |= threads.size() > AGENTS;
    }
    return agents[runner] - 1;
  }

  private Released lock(int object) {
    if (object >= locks.length) {
      locks = Arrays.copyOf(locks, Math.max(object + 1, 2 * locks.length));
    }
    if (locks[object] == null) {
      locks[object] = new Released();
    }
    return locks[object];
  }

  private static <T> Released of(Map<T, Released> all, T which) {
    return all.computeIfAbsent(which, key -> new Released());
  }

  // --- what orders

  /**
   * Takes note that accesses before may be ordered with those after; says whether to look at it.
   */
  private boolean orders() {
    lastThread = NONE;
    return shared && !omitted;
  }

  @Override
  public void startedBy(long time, int thread, int parent) {
    if (orders()) {
      order.order(agent(parent), agent(thread));
    }
  }

  @Override
  public void joined(long time, int thread, int ended) {
    if (orders()) {
      order.order(agent(ended), agent(thread));
    }
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    if (orders() && processOf.containsKey(thread)) {
      order.release(agent(thread), of(processes, processOf.get(thread)));
    }
  }

  @Override
  public void waited(long time, int thread, int child) {
    if (orders()) {
      order.acquire(agent(thread), of(processes, child));
    }
  }

  @Override
  public void acquired(long time, int thread, int lock, LockMode mode, Acquisition how, int line) {
    if (!orders()) {
      return;
    }
    int agent = agent(thread);
    order.acquire(agent, lock(lock));
    if (mode == LockMode.PASSED) {
      return;
    }
    if (rwLocks.isEmpty()) {
      use.acquired(forReads(agent), lock, takings++);
      return;
    }
    boolean shares = rwLocks.get(lock);
    if (mode == LockMode.EXCLUSIVE) {
      use.acquired(forWrites(agent), lock, takings);
      if (shares) {
        order.acquire(agent, of(readers, lock));
      }
    }
    use.acquired(forReads(agent), lock, takings++);
    if (shares) {
      held.put((long) thread << Integer.SIZE | lock, mode);
    }
  }

  @Override
  public void released(long time, int thread, int lock) {
    if (!orders()) {
      return;
    }
    int agent = agent(thread);
    boolean shares = rwLocks.get(lock);
    LockMode mode = shares ? held.remove((long) thread << Integer.SIZE | lock) : null;
    order.release(agent, mode == LockMode.SHARED ? of(readers, lock) : lock(lock));
    use.released(forReads(agent), lock);
    if (!rwLocks.isEmpty()) {
      use.released(forWrites(agent), lock);
    }
  }

  /** A lock that others may hold to read protects no writes. */
  private static int forReads(int agent) {
    return 2 * agent;
  }

  private int forWrites(int agent) {
    return rwLocks.isEmpty() ? 2 * agent : 2 * agent + 1;
  }

  @Override
  public void arrived(long time, int thread, int barrier) {
    if (orders()) {
      order.release(agent(thread), lock(barrier));
    }
  }

  @Override
  public void unitsHeld(long time, int thread, int resource, long units) {
    if (orders()) {
      // Who has which unit is not known: each taking and giving back follows all before it.
      order.acquire(agent(thread), lock(resource));
      order.release(agent(thread), lock(resource));
    }
  }

  @Override
  public void sent(long time, int thread, int channel, long message, long bytes, boolean last) {
    if (orders()) {
      order.release(
          agent(thread),
          isQueue(channel) ? of(messages, new Message(channel, message)) : of(streams, channel));
    }
  }

  private boolean isQueue(int channel) {
    return channels.get(channel) == ChannelKind.MESSAGE_QUEUE;
  }

  @Override
  public void received(long time, int thread, int channel, long bytes) {
    if (orders() && !isQueue(channel)) {
      order.acquire(agent(thread), of(streams, channel));
    }
  }

  @Override
  public void delivered(long time, int thread, int channel, long message, long sentAt) {
    Released sent = !orders() ? null : messages.remove(new Message(channel, message));
    if (sent != null) {
      order.acquire(agent(thread), sent);
    }
  }

  // --- accesses

  @Override
  public void accessed(
      long time, int thread, AccessKind kind, int process, int cell, long value, int line) {
    if (process >= ofProcess.length || ofProcess[process] == null) {
      variablesMade(time, process, RaceUse::numbered);
    }
    access(time, thread, kind, ofProcess[process], cell, line);
  }

  @Override
  public void sharedAccessed(
      long time, int thread, AccessKind kind, int segment, int cell, long value, int line) {
    if (segment >= ofSegment.length || ofSegment[segment] == null) {
      sharedVariablesMade(time, segment, RaceUse::numbered);
    }
    access(time, thread, kind, ofSegment[segment], cell, line);
  }

  /** Cells that were never named are called by their numbers. */
  private static String numbered(int cell) {
    return "cell " + cell;
  }

  private static Block[] grown(Block[] blocks, int index) {
    return index < blocks.length
        ? blocks
        : Arrays.copyOf(blocks, Math.max(index + 1, 2 * blocks.length));
  }

  private void access(long time, int thread, AccessKind kind, Block block, int cell, int line) {
    lastRace = false;
    lastLost = false;
    if (thread == lastThread
        && block == lastBlock
        && cell == lastCell
        && line == lastLine
        && kind == lastKind) {
      lastVariable.accessedAgain(kind == AccessKind.STORE);
      return;
    }
    lastThread = NONE;
    int agent = agent(thread);
    if (omitted) {
      return;
    }
    int number = number(block, cell);
    boolean atomic = kind != AccessKind.LOAD && kind != AccessKind.STORE;
    boolean write = kind != AccessKind.LOAD && kind != AccessKind.ATOMIC_LOAD;
    int holder = write ? forWrites(agent) : forReads(agent);
    if (atomic && kind != AccessKind.ATOMIC_STORE) {
      order.acquire(agent, of(atomics, number));
    }
    lastRace = detector.access(number, agent, write, atomic, line, time, use.held(holder));
    int coroutine = coroutineOf.applyAsInt(thread);
    int doer = coroutine == NONE ? 2 * thread : 2 * coroutine + 1;
    lastLost = use.access(number, doer, write, atomic, line, holder);
    if (atomic && write) {
      order.release(agent, of(atomics, number));
    }
    if (!atomic && firstCarrier.isEmpty()) {
      lastThread = thread;
      lastBlock = block;
      lastCell = cell;
      lastLine = line;
      lastKind = kind;
      lastVariable = use.of(number);
    }
  }

  private boolean lastRace;
  private boolean lastLost;

  private int number(Block block, int cell) {
    if (cell >= block.numbers.length) {
      block.numbers = Arrays.copyOf(block.numbers, Math.max(cell + 1, 2 * block.numbers.length));
    }
    if (block.numbers[cell] == 0) {
      places.add(new Place(block, cell));
      block.numbers[cell] = places.size();
    }
    return block.numbers[cell] - 1;
  }

  /** Says whether the last access raced with one before it, as none has before. */
  boolean lastRaced() {
    return lastRace;
  }

  /** Says whether the last access lost another's update. */
  boolean lastLost() {
    return lastLost;
  }

  // --- what came of it

  /** A variable that somebody accessed. */
  public final class Variable {
    private final int number;
    private final SharedUse.Variable known;

    private Variable(int number) {
      this.number = number;
      this.known = use.of(number);
    }

    /** Returns what programs call it, such as {@code x} or {@code a[1]}. */
    public String name() {
      return places.get(number).block.nameOf.apply(places.get(number).cell);
    }

    /** Returns the process that it belongs to, or the segment. */
    public int owner() {
      return places.get(number).block.owner;
    }

    /** Says whether it lies in a shared memory segment. */
    public boolean isInSegment() {
      return places.get(number).block.segment;
    }

    /** Returns how it was used. */
    public SharedUse.Variable use() {
      return known;
    }

    /** Returns the first races over it. */
    public List<Race> races() {
      return detector.races().stream().filter(race -> race.cell() == number).toList();
    }
  }

  /** Returns the variables that were accessed, in the order of their first access. */
  public List<Variable> variables() {
    List<Variable> variables = new ArrayList<>();
    for (int number = 0; number < places.size() && !omitted; number++) {
      variables.add(new Variable(number));
    }
    return Collections.unmodifiableList(variables);
  }

  /** Returns how many pairs of accesses race, in all. */
  public long pairs() {
    return detector.pairs();
  }

  /** Returns the thread that made an access of a race. */
  public int threadOf(Access access) {
    return threads.get(access.agent());
  }

  /** Says whether a user of a variable is a coroutine. */
  public static boolean isCoroutine(int agent) {
    return (agent & 1) != 0;
  }

  /** Returns which thread or coroutine a user of a variable is. */
  public static int idOf(int agent) {
    return agent >> 1;
  }

  /** Returns the locks of a set, ascending. */
  public int[] locks(int set) {
    return sets.locks(set);
  }

  /** Says whether there were too many threads to look for races. */
  public boolean isOmitted() {
    return omitted;
  }
}
