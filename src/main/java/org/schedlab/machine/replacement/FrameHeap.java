package org.schedlab.machine.replacement;

import java.util.Arrays;
import java.util.NoSuchElementException;

/** Frames by a number, the smallest first; among equals the one that was added first. */
final class FrameHeap {
  private int[] heap = new int[16];
  private int size;

  /** By frame: its number, when it was added, and where in the heap it stands. */
  private long[] keys = new long[16];

  private long[] added = new long[16];
  private int[] places = new int[16];
  private long additions;

  void add(int frame, long key) {
    if (frame >= keys.length) {
      int length = Math.max(frame + 1, 2 * keys.length);
      keys = Arrays.copyOf(keys, length);
      added = Arrays.copyOf(added, length);
      places = Arrays.copyOf(places, length);
    }
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    keys[frame] = key;
    added[frame] = additions++;
    put(frame, size++);
    up(frame);
  }

  /** Returns how many frames were added before a frame was. */
  long added(int frame) {
    return added[frame];
  }

  long key(int frame) {
    return keys[frame];
  }

  void change(int frame, long key) {
    keys[frame] = key;
    up(frame);
    down(frame);
  }

  void remove(int frame) {
    int place = places[frame];
    int moved = heap[--size];
    if (moved != frame) {
      put(moved, place);
      up(moved);
      down(moved);
    }
  }

  int first() {
    if (size == 0) {
      throw new NoSuchElementException("no page is in memory");
    }
    return heap[0];
  }

  private void up(int frame) {
    int place = places[frame];
    while (place > 0 && precedes(frame, heap[(place - 1) / 2])) {
      put(heap[(place - 1) / 2], place);
      place = (place - 1) / 2;
    }
    put(frame, place);
  }

  private void down(int frame) {
    int place = places[frame];
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && precedes(heap[child + 1], heap[child])) {
        child++;
      }
      if (precedes(frame, heap[child])) {
        break;
      }
      put(heap[child], place);
      place = child;
    }
    put(frame, place);
  }

  private void put(int frame, int place) {
    heap[place] = frame;
    places[frame] = place;
  }

  private boolean precedes(int one, int other) {
    return keys[one] != keys[other] ? keys[one] < keys[other] : added[one] < added[other];
  }
}
