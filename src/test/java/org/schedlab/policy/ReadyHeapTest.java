package org.schedlab.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.schedlab.kernel.Task;

/** The heap against a sorted list, with affinity and with one thread standing in it twice. */
class ReadyHeapTest {
  private record Entry(Task task, long first, long second, int home) {}

  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::first).thenComparingLong(Entry::second);

  /** A thread that may run on one CPU of two, or on both where {@code home} is 2. */
  private static Task task(int home) {
    return (Task)
        Proxy.newProxyInstance(
            Task.class.getClassLoader(),
            new Class<?>[] {Task.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "mayRunOn" -> home == 2 || home == (Integer) arguments[0];
                  case "name", "toString" -> "task";
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> throw new IllegalStateException(method.getName());
                });
  }

  @Test
  void agreesWithASortedListUnderRandomUse() {
    Random random = new Random(4);
    List<Task> tasks = new ArrayList<>();
    List<Integer> homes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      homes.add(random.nextInt(3));
      tasks.add(task(homes.get(i)));
    }
    ReadyHeap heap = new ReadyHeap();
    List<Entry> model = new ArrayList<>();
    for (int step = 0; step < 50_000; step++) {
      int cpu = random.nextInt(2);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          int who = random.nextInt(tasks.size());
          Entry entry = new Entry(tasks.get(who), random.nextInt(50), step, homes.get(who));
          heap.add(entry.task(), entry.first(), entry.second());
          model.add(entry);
        }
        case 2 -> assertThat(heap.poll(cpu)).isSameAs(taken(model, cpu, ORDER));
        case 3 -> assertThat(heap.pollLast(cpu)).isSameAs(taken(model, cpu, ORDER.reversed()));
        default -> {
          Entry least = model.stream().min(ORDER).orElse(null);
          if (least != null) {
            assertThat(heap.rootKey()).isEqualTo(least.first());
            assertThat(heap.rootSecondKey()).isEqualTo(least.second());
            assertThat(heap.pollRoot()).isSameAs(least.task());
            model.remove(least);
          }
        }
      }
      assertThat(heap.size()).isEqualTo(model.size());
    }
  }

  private static Task taken(List<Entry> model, int cpu, Comparator<Entry> order) {
    Entry first =
        model.stream().filter(e -> e.home() == 2 || e.home() == cpu).min(order).orElse(null);
    if (first == null) {
      return null;
    }
    model.remove(first);
    return first.task();
  }
}
