package org.schedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of events: time, then phase, then key. */
class EventQueueTest {
  private record Event(long time, Phase phase, long key, int subject) {}

  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::time)
          .thenComparing(Event::phase)
          .thenComparingLong(Event::key);

  @Test
  void eventsOfOneInstantComeByPhaseAndThenByKey() {
    EventQueue queue =
        new EventQueue(new Phase[] {Phase.OPERATION_END, Phase.QUANTUM}, new int[] {0, 0});
    queue.setAlarm(1, 5);
    queue.schedule(5, Phase.ARRIVAL, 1, 11);
    queue.schedule(5, Phase.ARRIVAL, 0, 10);
    queue.schedule(5, Phase.WAKE, 7, 12);
    queue.setAlarm(0, 5);
    List<Phase> phases = new ArrayList<>();
    List<Integer> subjects = new ArrayList<>();
    while (queue.nextTime() != EventQueue.NEVER) {
      queue.take();
      phases.add(queue.phase());
      subjects.add(queue.subject());
    }
    assertThat(phases)
        .containsExactly(
            Phase.OPERATION_END, Phase.WAKE, Phase.ARRIVAL, Phase.ARRIVAL, Phase.QUANTUM);
    assertThat(subjects).containsExactly(0, 12, 10, 11, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 64})
  void agreesWithASortedListUnderRandomUse(int cpus) {
    Random random = new Random(cpus);
    Phase[] phases = {Phase.OPERATION_END, Phase.TIMER_TICK, Phase.QUANTUM, Phase.POLICY_TIMER};
    Phase[] alarms = new Phase[4 * cpus];
    int[] subjects = new int[4 * cpus];
    for (int i = 0; i < alarms.length; i++) {
      alarms[i] = phases[i / cpus];
      subjects[i] = i % cpus;
    }
    EventQueue queue = new EventQueue(alarms, subjects);
    List<Event> scheduled = new ArrayList<>();
    Event[] set = new Event[alarms.length];
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          Phase phase = random.nextBoolean() ? Phase.WAKE : Phase.ARRIVAL;
          Event event = new Event(now + random.nextInt(20), phase, step, random.nextInt(99));
          queue.schedule(event.time(), event.phase(), event.key(), event.subject());
          scheduled.add(event);
        }
        case 1, 2 -> {
          int alarm = random.nextInt(alarms.length);
          boolean never = random.nextInt(4) == 0;
          long time = never ? EventQueue.NEVER : now + random.nextInt(20);
          queue.setAlarm(alarm, time);
          set[alarm] =
              never ? null : new Event(time, alarms[alarm], subjects[alarm], subjects[alarm]);
        }
        default -> {
          List<Event> all = new ArrayList<>(scheduled);
          Arrays.stream(set).filter(e -> e != null).forEach(all::add);
          Event next = all.stream().min(ORDER).orElse(null);
          assertThat(queue.nextTime()).isEqualTo(next == null ? EventQueue.NEVER : next.time());
          if (next != null) {
            queue.take();
            assertThat(queue.phase()).isEqualTo(next.phase());
            assertThat(queue.key()).isEqualTo(next.key());
            assertThat(queue.subject()).isEqualTo(next.subject());
            now = next.time();
            if (!scheduled.remove(next)) {
              set[Arrays.asList(set).indexOf(next)] = null;
            }
          }
        }
      }
    }
  }
}
