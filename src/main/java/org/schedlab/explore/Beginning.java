package org.schedlab.explore;

import java.util.Arrays;
import java.util.List;

/**
 * Steps of a schedule that is not that being looked at: some of its events, and at last a step that
 * comes earlier than it did.
 */
final class Beginning {
  private Event[] events = new Event[16];
  private int count;
  private boolean hasLast;
  private int lastSlot;
  private int[] lastFootprint;

  // What the last step knows of others, besides what it conflicts with.
  private int[] lastBase;
  private int lastChannel;
  private int lastOrdinal;
  private boolean lastSends;
  private long lastCapacity;

  void clear() {
    count = 0;
    hasLast = false;
  }

  void add(Event event) {
    if (count == events.length) {
      events = Arrays.copyOf(events, 2 * count);
    }
    events[count++] = event;
  }

  int count() {
    return count;
  }

  Event event(int index) {
    return events[index];
  }

  /** Returns how many messages its events send or receive. */
  int messages(int channel, boolean sent) {
    int messages = 0;
    for (int i = 0; i < count; i++) {
      messages += events[i].channel == channel && events[i].sends() == sent ? 1 : 0;
    }
    return messages;
  }

  /** Sets the step that comes at last. */
  void setLast(int slot, int[] footprint, int[] base) {
    hasLast = true;
    lastSlot = slot;
    lastFootprint = footprint;
    lastBase = base;
    lastChannel = Event.NONE;
  }

  /** The last step is a message's. */
  void setMessage(int channel, int ordinal, boolean sends, long capacity) {
    lastChannel = channel;
    lastOrdinal = ordinal;
    lastSends = sends;
    lastCapacity = capacity;
  }

  boolean isEmpty() {
    return count == 0 && !hasLast;
  }

  /**
   * Says whether some way to go on from it is, but for the order of independent steps, one that a
   * thread begins.
   */
  boolean mayBeginWith(int slot, int[] footprint) {
    for (int i = 0; i < count; i++) {
      if (events[i].slot == slot) {
        return isFirst(i);
      }
    }
    if (hasLast && lastSlot == slot) {
      return isLastFirst();
    }
    for (int i = 0; i < count; i++) {
      if (Footprints.conflict(events[i].footprint, footprint)) {
        return false;
      }
    }
    return !hasLast || !Footprints.conflict(lastFootprint, footprint);
  }

  private boolean isFirst(int index) {
    for (int i = 0; i < index; i++) {
      if (events[index].follows(events[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean isLastFirst() {
    for (int i = 0; i < count; i++) {
      Event event = events[i];
      if (Event.at(lastBase, event.slot) >= event.number
          || Footprints.conflict(event.footprint, lastFootprint)
          || Event.enables(event, lastChannel, lastOrdinal, lastSends, lastCapacity)) {
        return false;
      }
    }
    return true;
  }

  /** Takes the first step of a thread out, if there is one. */
  void remove(int slot) {
    for (int i = 0; i < count; i++) {
      if (events[i].slot == slot) {
        System.arraycopy(events, i + 1, events, i, count - i - 1);
        count--;
        return;
      }
    }
    if (hasLast && lastSlot == slot) {
      hasLast = false;
    }
  }

  void appendTo(List<WakeupTree> level) {
    List<WakeupTree> end = level;
    for (int i = 0; i < count; i++) {
      WakeupTree step = new WakeupTree(events[i].slot, events[i].footprint);
      end.add(step);
      end = step.after;
    }
    if (hasLast) {
      end.add(new WakeupTree(lastSlot, lastFootprint));
    }
  }
}
