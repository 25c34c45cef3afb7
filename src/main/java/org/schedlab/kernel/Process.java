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

  private final Map<String, JoinGroup> groups = new HashMap<>();
  private boolean started;
  private boolean ended;

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
    String plain = beforeMark(thread.name, '#');
    join(thread, thread.name);
    join(thread, plain);
    join(thread, beforeMark(plain, '['));
    group(plain).namesakes++;
  }

  private void join(KernelThread thread, String groupName) {
    JoinGroup group = group(groupName);
    if (!thread.groups.contains(group)) {
      group.add();
      thread.groups.add(group);
    }
  }

  private static String beforeMark(String threadName, char mark) {
    int at = threadName.indexOf(mark);
    return at > 0 ? threadName.substring(0, at) : threadName;
  }

  void remove(KernelThread thread) {
    KernelThread last = living.remove(living.size() - 1);
    if (last != thread) {
      // The last one takes the place: a list that closes its gaps would cost its length each time.
      living.set(thread.placeInProcess, last);
      last.placeInProcess = thread.placeInProcess;
    }
    thread.groups.forEach(JoinGroup::remove);
  }

  /** Returns a name for another thread, told apart from one that was there before. */
  String unusedName(String wanted) {
    int namesakes = group(wanted).namesakes;
    return namesakes == 0 ? wanted : wanted + "#" + (namesakes + 1);
  }

  /** Says that the process begins, if it has not; returns whether it had not. */
  boolean start() {
    boolean first = !started;
    started = true;
    return first;
  }

  /** Says that the process has ended as a whole: threads that are still to come never will. */
  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Returns the threads that a name means in {@code join}. */
  JoinGroup group(String threadName) {
    return groups.computeIfAbsent(threadName, key -> new JoinGroup());
  }
}
