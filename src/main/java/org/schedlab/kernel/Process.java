package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process: it owns memory, and threads that share it. */
final class Process {
  final int id;
  final String name;

  /** The cells of its variables: what its threads share. */
  final long[] memory;

  final long workingSetBytes;

  /** Its threads that have not ended, in no order; each knows its place here. */
  private final List<KernelThread> living = new ArrayList<>();

  /** Its threads that wait for others to end. */
  final List<KernelThread> joiners = new ArrayList<>();

  private final Map<String, Group> groups = new HashMap<>();
  private int repeats;
  boolean started;

  /** How many threads of one name have been made, and how many of them have not ended. */
  private static final class Group {
    private int made;
    private int living;
  }

  Process(int id, ProcessPlan plan) {
    this.id = id;
    this.name = plan.name();
    this.memory = plan.memory().clone();
    this.workingSetBytes = plan.workingSetBytes();
  }

  /** Returns its threads that have not ended, in the order in which they were made. */
  List<KernelThread> threads() {
    List<KernelThread> threads = new ArrayList<>(living);
    threads.sort(Comparator.comparingInt(KernelThread::order));
    return threads;
  }

  void add(KernelThread thread) {
    thread.placeInProcess = living.size();
    living.add(thread);
    Group own = group(thread.name);
    own.made++;
    own.living++;
    if (thread.groupName != null) {
      Group all = group(thread.groupName);
      all.made++;
      all.living++;
    }
  }

  void remove(KernelThread thread) {
    KernelThread last = living.remove(living.size() - 1);
    if (last != thread) {
      // The last one takes the place: a list that closes its gaps would cost its length each time.
      living.set(thread.placeInProcess, last);
      last.placeInProcess = thread.placeInProcess;
    }
    group(thread.name).living--;
    if (thread.groupName != null) {
      group(thread.groupName).living--;
    }
  }

  /** Says whether threads of the name have been made and all of them have ended. */
  boolean allEnded(String threadName) {
    Group group = groups.get(threadName);
    return group != null && group.made > 0 && group.living == 0;
  }

  /** Returns a name for another thread, told apart from one that was there before. */
  String unusedName(String wanted) {
    Group group = groups.get(wanted);
    return group == null ? wanted : wanted + "#" + (++repeats + 1);
  }

  private Group group(String threadName) {
    return groups.computeIfAbsent(threadName, key -> new Group());
  }
}
