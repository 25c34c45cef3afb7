package org.schedlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.schedlab.kernel.Task;

/** The tree against a sorted map, with threads from all over the orders that there can be. */
class TicketTreeTest {
  /** A thread that may run on CPU 0 if its order is even. */
  private static Task task(int order) {
    return (Task)
        Proxy.newProxyInstance(
            Task.class.getClassLoader(),
            new Class<?>[] {Task.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "order" -> order;
                  case "mayRunOn" -> order % 2 == 0;
                  case "name", "toString" -> "task " + order;
                  case "hashCode" -> order;
                  case "equals" -> proxy == arguments[0];
                  default -> throw new IllegalStateException(method.getName());
                });
  }

  @Test
  void agreesWithASortedMapUnderRandomUse() {
    Random random = new Random(5);
    Task[] tasks = new Task[57];
    for (int i = 0; i < tasks.length; i++) {
      // Dense at first, then ever further apart, up to the largest order.
      tasks[i] = task(i < 30 ? i : Integer.MAX_VALUE >>> (tasks.length - 1 - i));
    }
    TicketTree tree = new TicketTree();
    TreeMap<Integer, Task> model = new TreeMap<>();
    Map<Integer, Long> tickets = new TreeMap<>();
    for (int step = 0; step < 20_000; step++) {
      Task task = tasks[random.nextInt(step < 1_000 ? 30 : tasks.length)];
      int order = task.order();
      if (!model.containsKey(order)) {
        model.put(order, task);
        tickets.put(order, (long) random.nextInt(5));
        tree.add(task, tickets.get(order));
      } else if (random.nextInt(3) == 0) {
        long more = random.nextInt(5) - tickets.get(order);
        tickets.merge(order, more, Long::sum);
        tree.change(task, more);
      } else {
        model.remove(order);
        tickets.remove(order);
        tree.remove(task);
      }
      assertThat(tree.size()).isEqualTo(model.size());
      assertThat(tree.tickets())
          .isEqualTo(tickets.values().stream().mapToLong(Long::longValue).sum());
      if (tree.tickets() > 0) {
        long ticket = random.nextLong(tree.tickets());
        assertThat(tree.holderOf(ticket)).isSameAs(model.get(holder(tickets, ticket)));
      }
      assertThat(tree.firstWhere(each -> each.mayRunOn(0)))
          .isSameAs(model.values().stream().filter(e -> e.mayRunOn(0)).findFirst().orElse(null));
      assertThat(tree.lastFor(0))
          .isSameAs(
              model.descendingMap().values().stream()
                  .filter(e -> e.mayRunOn(0))
                  .findFirst()
                  .orElse(null));
    }
  }

  private static int holder(Map<Integer, Long> tickets, long ticket) {
    long left = ticket;
    for (Map.Entry<Integer, Long> entry : tickets.entrySet()) {
      left -= entry.getValue();
      if (left < 0) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException();
  }

  @Test
  void doesNotTakeOutWhoIsNotThere() {
    TicketTree tree = new TicketTree();
    tree.add(task(1), 1);
    assertThatThrownBy(() -> tree.remove(task(2))).hasMessageContaining("task 2 is not ready");
  }
}
