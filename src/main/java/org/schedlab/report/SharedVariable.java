package org.schedlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.schedlab.metrics.RaceUse;
import org.schedlab.races.Access;
import org.schedlab.races.LockSets;
import org.schedlab.races.Race;
import org.schedlab.races.SharedUse;

/** A variable that several threads or coroutines used, and what is to be said of it. */
final class SharedVariable {
  /** What a run shows of a variable. */
  enum Judgement {
    /** Two accesses that nothing orders. */
    RACE("data race"),
    /** All accesses are ordered, but an update was lost between a read and a write. */
    LOST_UPDATE("lost update"),
    /** Nothing raced this time, but no lock is held at all accesses. */
    ORDERED("ordered this time"),
    /** Each access is locked, but others can come between a read and the write that follows it. */
    BROKEN("check and act apart"),
    ATOMIC("atomic"),
    READ_ONLY("only read"),
    PROTECTED("protected");

    private final String label;

    Judgement(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private final Run run;
  private final RaceUse.Variable variable;
  private final SharedUse.Variable use;

  private SharedVariable(Run run, RaceUse.Variable variable) {
    this.run = run;
    this.variable = variable;
    this.use = variable.use();
  }

  /** Returns the variables that more than one thread or coroutine used. */
  static List<SharedVariable> of(Run run) {
    return run.metrics().races().variables().stream()
        .filter(variable -> variable.use().agents().size() > 1)
        .map(variable -> new SharedVariable(run, variable))
        .toList();
  }

  String name() {
    return variable.name();
  }

  /** Returns the process that it belongs to; of shared memory the segment. */
  String owner() {
    return variable.isInSegment()
        ? run.objectName(variable.owner())
        : run.metrics().lives().name(variable.owner());
  }

  SharedUse.Variable use() {
    return use;
  }

  List<Race> races() {
    return variable.races();
  }

  /** Returns the names of those who used it, in the order of their first access. */
  List<String> users() {
    return use.agents().stream().map(this::nameOf).toList();
  }

  private String nameOf(int agent) {
    int id = RaceUse.idOf(agent);
    return RaceUse.isCoroutine(agent)
        ? run.metrics().coroutines().of(id).name()
        : run.tasks().name(id);
  }

  /** Returns the thread that made an access of a race. */
  String threadOf(Access access) {
    return run.tasks().name(run.metrics().races().threadOf(access));
  }

  /** Returns the names of the locks in a set. */
  List<String> locks(int set) {
    return Arrays.stream(run.metrics().races().locks(set)).mapToObj(run::objectName).toList();
  }

  /** Returns the locks that all plain accesses had in common since others came; null for none. */
  List<String> commonLocks() {
    return use.candidates() < 0 ? null : locks(use.candidates());
  }

  Judgement verdict() {
    if (!races().isEmpty()) {
      return Judgement.RACE;
    } else if (use.lost() > 0) {
      return Judgement.LOST_UPDATE;
    } else if (!use.isPlain()) {
      return Judgement.ATOMIC;
    } else if (writes() == 0) {
      return Judgement.READ_ONLY;
    } else if (use.candidates() == LockSets.EMPTY) {
      return Judgement.ORDERED;
    }
    return use.broken().isEmpty() ? Judgement.PROTECTED : Judgement.BROKEN;
  }

  long reads() {
    return use.agents().stream().mapToLong(agent -> use.counts(agent)[0]).sum();
  }

  long writes() {
    return use.agents().stream().mapToLong(agent -> use.counts(agent)[1]).sum();
  }

  /** Says what would protect it; empty where nothing is needed. */
  String advice() {
    List<SharedUse.Broken> broken = use.broken();
    return switch (verdict()) {
      case ATOMIC, READ_ONLY, PROTECTED, ORDERED -> "";
      case LOST_UPDATE, BROKEN -> together(broken);
      case RACE ->
          usualLock() >= 0
              ? "hold " + run.objectName(usualLock()) + " at " + lines(unlocked()) + " too"
              : broken.isEmpty()
                  ? "a mutex around each access, or an atomic variable"
                  : together(broken);
    };
  }

  private String together(List<SharedUse.Broken> broken) {
    boolean coroutines = use.agents().stream().allMatch(RaceUse::isCoroutine);
    String mutex = coroutines ? "an async mutex" : "a mutex";
    if (broken.isEmpty()) {
      return "one critical section around each read and the write that follows it";
    }
    SharedUse.Broken first = broken.get(0);
    return first.loadPlace() == first.storePlace()
        ? mutex + " around line " + first.loadPlace() + ", or an atomic operation there"
        : mutex + " held from line " + first.loadPlace() + " to line " + first.storePlace();
  }

  /** Returns the lock with which most plain accesses were made, or -1. */
  private int usualLock() {
    int best = -1;
    long most = 0;
    for (Map.Entry<Integer, Long> uses : use.uses().entrySet()) {
      for (int lock : run.metrics().races().locks(uses.getKey())) {
        if (uses.getValue() > most) {
          most = uses.getValue();
          best = lock;
        }
      }
    }
    return best;
  }

  /** Returns the lines of racing accesses that did not hold the usual lock. */
  private IntStream unlocked() {
    int usual = usualLock();
    return races().stream()
        .flatMap(race -> List.of(race.first(), race.second()).stream())
        .filter(access -> !holds(access, usual))
        .mapToInt(Access::place)
        .distinct()
        .sorted();
  }

  private boolean holds(Access access, int lock) {
    return Arrays.stream(run.metrics().races().locks(access.locks())).anyMatch(l -> l == lock);
  }

  private static String lines(IntStream numbers) {
    List<String> all = new ArrayList<>();
    numbers.forEach(line -> all.add(Integer.toString(line)));
    String word = all.size() == 1 ? "line " : "lines ";
    return all.isEmpty() ? "every access" : word + all.stream().collect(Collectors.joining(", "));
  }
}
