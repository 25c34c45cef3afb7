package org.schedlab.policy;

import java.util.Arrays;
import org.schedlab.kernel.Task;

/** The running threads of a queue, at most one for each of its CPUs; in no particular order. */
final class RunningTasks {
  private Task[] tasks = new Task[2];
  private int size;

  int size() {
    return size;
  }

  Task get(int index) {
    return tasks[index];
  }

  void add(Task task) {
    if (size == tasks.length) {
      tasks = Arrays.copyOf(tasks, 2 * size);
    }
    tasks[size++] = task;
  }

  /** Takes a thread out; returns whether it was there. */
  boolean remove(Task task) {
    for (int i = 0; i < size; i++) {
      if (tasks[i] == task) {
        size--;
        tasks[i] = tasks[size];
        tasks[size] = null;
        return true;
      }
    }
    return false;
  }

  boolean contains(Task task) {
    for (int i = 0; i < size; i++) {
      if (tasks[i] == task) {
        return true;
      }
    }
    return false;
  }
}
