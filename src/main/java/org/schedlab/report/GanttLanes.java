package org.schedlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.metrics.CoroutineStretches;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.InvertedStretches;
import org.schedlab.metrics.LoopTimes;
import org.schedlab.metrics.Moments;
import org.schedlab.metrics.Occupancy;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.Stretches;
import org.schedlab.metrics.Timeline;
import org.schedlab.metrics.Wakeups;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.TraceSink;

/** Lays a run out in lanes: exactly where its bars were kept, else from its occupancy. */
final class GanttLanes {
  private final Run run;
  private final RunMetrics metrics;
  private final Window window;
  private final int allCpus;
  private final int cpus;
  private final List<Integer> threads;

  /** By thread that is shown: its coroutines that are. */
  private final Map<Integer, List<CoroutineTimes>> coroutines = new HashMap<>();

  private int shownCoroutines;
  private final List<String> notes = new ArrayList<>();

  private GanttLanes(Run run, Window window, int maxOfEach) {
    this.run = run;
    this.metrics = run.metrics();
    this.window = window;
    this.allCpus = run.scenario().machine().cpus();
    this.cpus = Math.min(allCpus, maxOfEach);
    this.threads = run.threads().limit(Math.min(maxOfEach, Occupancy.THREADS)).boxed().toList();
    if (!metrics.coroutines().stretches().isOmitted()) {
      chooseCoroutines(maxOfEach);
    }
  }

  private void chooseCoroutines(int most) {
    for (LoopTimes loop : metrics.coroutines().loops()) {
      if (threads.contains(loop.thread())) {
        int room = most - shownCoroutines;
        List<CoroutineTimes> shown = loop.coroutines().stream().limit(room).toList();
        shownCoroutines += shown.size();
        coroutines.put(loop.thread(), shown);
      }
    }
  }

  /** Returns the chart of a window of a run, with so many CPUs and so many threads at most. */
  static Gantt of(Run run, Window window, int maxOfEach) {
    // A run of no time still needs an axis: one unit of it.
    long makespan = run.metrics().makespan();
    long shown = makespan == 0 ? run.unit().nanos() : makespan;
    return new GanttLanes(run, window.within(shown), maxOfEach).chart();
  }

  private Gantt chart() {
    boolean exact = !metrics.timeline().isOmitted() && !metrics.stretches().isOmitted();
    if (!exact) {
      // The bins know threads only.
      coroutines.clear();
      shownCoroutines = 0;
    }
    List<Gantt.Lane> lanes = exact ? exactLanes() : coalescedLanes();
    if (allCpus > cpus) {
      notes.add("the first " + cpus + " of " + allCpus + " CPUs");
    }
    long all = run.threads().count();
    if (all > threads.size()) {
      notes.add("the first " + threads.size() + " of " + all + " threads");
    }
    if (run.scenario().foldsJobs()) {
      notes.add("without lanes for jobs");
    }
    int allCoroutines = metrics.coroutines().all().size();
    if (allCoroutines > shownCoroutines) {
      String some = "the first " + shownCoroutines + " of " + allCoroutines + " coroutines";
      notes.add(shownCoroutines > 0 ? some : "without lanes for coroutines");
    }
    if (waitsForPages(lanes)) {
      notes.add("page faults wait for the device " + swapDevice());
    }
    if (!exact) {
      notes.add(
          "coalesced: "
              + metrics.timeline().count()
              + " bars, drawn as shares of stretches of "
              + Decimals.readable(metrics.occupancy().binWidth()));
    }
    return new Gantt(
        window.from(),
        window.to(),
        lanes,
        marks(exact),
        exact ? inversions() : List.of(),
        wakes(),
        List.copyOf(notes));
  }

  private static boolean waitsForPages(List<Gantt.Lane> lanes) {
    return lanes.stream()
        .flatMap(lane -> lane.spans().stream())
        .anyMatch(span -> span.state() == Gantt.State.PAGING);
  }

  /** Returns the declared device that swap space lies on, or the name of its own. */
  private String swapDevice() {
    Scenario.MemorySpec memory = run.scenario().machine().memory();
    boolean declared = memory != null && memory.swap().device() != null;
    return declared ? memory.swap().device() : "swap";
  }

  private List<Gantt.Lane> emptyLanes() {
    List<Gantt.Lane> lanes = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      lanes.add(new Gantt.Lane("CPU " + cpu, false, new ArrayList<>(), null));
    }
    for (int thread : threads) {
      String name = run.tasks().name(thread);
      lanes.add(new Gantt.Lane(name, false, new ArrayList<>(), null));
      for (CoroutineTimes coroutine : coroutinesOf(thread)) {
        lanes.add(new Gantt.Lane(coroutine.shortName(), true, new ArrayList<>(), null));
      }
    }
    return lanes;
  }

  private List<CoroutineTimes> coroutinesOf(int thread) {
    return coroutines.getOrDefault(thread, List.of());
  }

  /** Returns the lane of a thread by its id, or -1 for those that have none. */
  private int[] laneOfThread() {
    int[] lanes = new int[run.tasks().count()];
    Arrays.fill(lanes, -1);
    int lane = cpus;
    for (int thread : threads) {
      lanes[thread] = lane;
      lane += 1 + coroutinesOf(thread).size();
    }
    return lanes;
  }

  private int laneOfCpu(int cpu) {
    return cpu < cpus ? cpu : -1;
  }

  private List<Gantt.Lane> exactLanes() {
    List<Gantt.Lane> lanes = emptyLanes();
    int[] laneOf = laneOfThread();
    for (Timeline.Bar bar : metrics.timeline().bars()) {
      String name = run.tasks().name(bar.thread());
      add(lanes, laneOfCpu(bar.cpu()), Gantt.State.RUNNING, bar.start(), bar.end(), name);
      String cpu = allCpus == 1 ? "" : "CPU " + bar.cpu();
      add(lanes, laneOf[bar.thread()], Gantt.State.RUNNING, bar.start(), bar.end(), cpu);
    }
    Stretches stretches = metrics.stretches();
    for (int i = 0; i < stretches.count(); i++) {
      Gantt.State state = state(stretches, i);
      int thread = stretches.thread(i);
      if (thread != TraceSink.NONE) {
        String text = waitsFor(stretches, i);
        add(lanes, laneOf[thread], state, stretches.from(i), stretches.to(i), text);
      }
      add(lanes, laneOfCpu(stretches.cpu(i)), state, stretches.from(i), stretches.to(i), "");
    }
    addCoroutines(lanes, laneOf);
    for (Gantt.Lane lane : lanes) {
      // Of two that begin together the longer first: the kernel's time lies inside a bar.
      lane.spans()
          .sort(
              Comparator.comparingLong(Gantt.Span::from)
                  .thenComparing(Gantt.Span::to, Comparator.reverseOrder()));
    }
    return lanes;
  }

  private void addCoroutines(List<Gantt.Lane> lanes, int[] laneOfThread) {
    int[] laneOf = new int[metrics.coroutines().all().size()];
    Arrays.fill(laneOf, -1);
    coroutines.forEach(
        (thread, shown) -> {
          for (int i = 0; i < shown.size(); i++) {
            laneOf[shown.get(i).id()] = laneOfThread[thread] + 1 + i;
          }
        });
    CoroutineStretches stretches = metrics.coroutines().stretches();
    for (int i = 0; i < stretches.count(); i++) {
      Gantt.State state = state(stretches.kind(i));
      int lane = laneOf[stretches.coroutine(i)];
      add(lanes, lane, state, stretches.from(i), stretches.to(i), stretches.text(i));
    }
  }

  private static Gantt.State state(CoroutineStretches.Kind kind) {
    return switch (kind) {
      case RUNNING -> Gantt.State.RUNNING;
      case READY -> Gantt.State.READY;
      case BLOCKED -> Gantt.State.BLOCKED;
      case AWAITING -> Gantt.State.AWAITING;
      case SWITCH -> Gantt.State.SWITCH;
      case KERNEL -> Gantt.State.KERNEL;
    };
  }

  /** Returns the name of what a thread waits for; empty where a chart does not name it. */
  private String waitsFor(Stretches stretches, int index) {
    if (stretches.kind(index) != Stretches.Kind.BLOCKED) {
      return "";
    }
    BlockCause cause = stretches.cause(index);
    return switch (cause) {
      case POLL, FUTEX, EVENTS, STOPPED -> cause.label();
      case MUTEX, READ_LOCK, WRITE_LOCK, RESOURCE, SEMAPHORE, CONDITION, BARRIER ->
          run.objectName(stretches.object(index));
      case EMPTY, FULL, ACCEPT, CONNECT -> run.objectName(stretches.object(index));
      case IO, SLEEP, JOIN, CHILD, RELEASE, PAGE_FAULT, FRAME -> "";
    };
  }

  private static Gantt.State state(Stretches stretches, int index) {
    return switch (stretches.kind(index)) {
      case READY -> Gantt.State.READY;
      case BLOCKED -> state(stretches.cause(index));
      case SWITCH -> Gantt.State.SWITCH;
      case KERNEL -> Gantt.State.KERNEL;
      case COROUTINE_SWITCH -> Gantt.State.COROUTINE_SWITCH;
    };
  }

  private static Gantt.State state(BlockCause cause) {
    return switch (cause) {
      case PAGE_FAULT, FRAME -> Gantt.State.PAGING;
      case MUTEX, READ_LOCK, WRITE_LOCK, RESOURCE -> Gantt.State.LOCK;
      case SEMAPHORE, CONDITION, BARRIER -> Gantt.State.SIGNAL;
      case EMPTY, FULL, ACCEPT, CONNECT, POLL, FUTEX -> Gantt.State.COMMUNICATION;
      case IO, SLEEP, JOIN, CHILD, RELEASE, EVENTS, STOPPED -> Gantt.State.BLOCKED;
    };
  }

  private void add(
      List<Gantt.Lane> lanes, int lane, Gantt.State state, long from, long to, String text) {
    long start = Math.max(from, window.from());
    long end = Math.min(to, window.to());
    if (lane >= 0 && start < end) {
      lanes.get(lane).spans().add(new Gantt.Span(state, start, end, text));
    }
  }

  private List<Gantt.Lane> coalescedLanes() {
    Occupancy occupancy = metrics.occupancy();
    List<Gantt.Lane> lanes = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      int of = cpu;
      lanes.add(lane("CPU " + cpu, (bin, share) -> occupancy.ofCpu(of, bin, share)));
    }
    for (int thread : threads) {
      if (thread < occupancy.threads()) {
        String name = run.tasks().name(thread);
        lanes.add(lane(name, (bin, share) -> occupancy.ofThread(thread, bin, share)));
      }
    }
    return lanes;
  }

  private interface Source {
    long time(int bin, Occupancy.Share share);
  }

  private Gantt.Lane lane(String label, Source source) {
    Gantt.Shares shares = new Gantt.Shares(0, metrics.occupancy().binWidth(), Occupancy.BINS);
    for (int bin = 0; bin < Occupancy.BINS; bin++) {
      shares.add(Gantt.State.RUNNING, bin, source.time(bin, Occupancy.Share.RUNNING));
      shares.add(Gantt.State.READY, bin, source.time(bin, Occupancy.Share.READY));
      shares.add(Gantt.State.BLOCKED, bin, source.time(bin, Occupancy.Share.BLOCKED));
      // The bins do not tell the switches from the rest of the kernel's time.
      shares.add(Gantt.State.KERNEL, bin, source.time(bin, Occupancy.Share.OVERHEAD));
    }
    return new Gantt.Lane(label, false, List.of(), shares);
  }

  private List<Gantt.Inverted> inversions() {
    InvertedStretches stretches = metrics.inversions().stretches();
    int[] laneOf = laneOfThread();
    List<Gantt.Inverted> inverted = new ArrayList<>();
    for (int i = 0; i < stretches.count(); i++) {
      int lane = laneOf[stretches.thread(i)];
      long from = Math.max(stretches.from(i), window.from());
      long to = Math.min(stretches.to(i), window.to());
      if (lane >= 0 && from < to) {
        inverted.add(new Gantt.Inverted(lane, from, to));
      }
    }
    return inverted;
  }

  private List<Gantt.Wake> wakes() {
    if (metrics.wakeups().isEmpty()) {
      return List.of();
    }
    Wakeups wakeups = metrics.wakeups().get();
    int[] laneOf = laneOfThread();
    List<Gantt.Wake> wakes = new ArrayList<>();
    for (int i = 0; i < wakeups.kept(); i++) {
      int from = wakeups.waker(i) == TraceSink.NONE ? -1 : laneOf[wakeups.waker(i)];
      int to = laneOf[wakeups.woken(i)];
      long time = wakeups.time(i);
      if (from >= 0 && to >= 0 && time >= window.from() && time <= window.to()) {
        wakes.add(new Gantt.Wake(from, to, time));
      }
    }
    return wakes;
  }

  private List<Gantt.Mark> marks(boolean exact) {
    Moments moments = metrics.moments();
    int[] laneOf = laneOfThread();
    List<Gantt.Mark> marks = new ArrayList<>();
    for (int i = 0; i < moments.count(); i++) {
      int lane = laneOf[moments.thread(i)];
      long time = moments.time(i);
      boolean failure = moments.kind(i).compareTo(Moments.Kind.MISSED_DEADLINE) >= 0;
      boolean wanted = moments.kind(i) != Moments.Kind.EXIT && (exact || failure);
      if (wanted && lane >= 0 && time >= window.from() && time <= window.to()) {
        marks.add(new Gantt.Mark(moments.kind(i), lane, time));
      }
    }
    return marks;
  }
}
