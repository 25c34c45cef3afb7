package org.schedlab.trace;

/** What a blocked thread waits for. */
public enum BlockCause {
  /** A device; the object is the device's id, or -1 for a private one. */
  IO("I/O"),
  /** Its own timer; no object. */
  SLEEP("sleep"),
  /** Other threads' end; the object is the thread waited for, or -1 for several. */
  JOIN("join"),
  /** A page on its way from or to a device; the object is the device's id. */
  PAGE_FAULT("page fault"),
  /** A frame, all of which are on their way from or to a device; no object. */
  FRAME("free frame"),
  /** A mutex; the object is its id, as for all that follow. */
  MUTEX("mutex"),
  SEMAPHORE("semaphore"),
  CONDITION("condition"),
  BARRIER("barrier"),
  READ_LOCK("read lock"),
  WRITE_LOCK("write lock"),
  /** A resource. */
  RESOURCE("resource"),
  /** Something to receive; the object is the channel's id, as for the next three. */
  EMPTY("empty"),
  /** Room to send. */
  FULL("full"),
  /** Somebody to connect. */
  ACCEPT("accept"),
  /** Room for one more connection that waits to be accepted. */
  CONNECT("connect"),
  /** The first of several channels to be ready; no object. */
  POLL("poll"),
  /** Another thread to wake it, at a variable; the object is the segment it lies in, or -1. */
  FUTEX("futex"),
  /** Something that one of its coroutines awaits, for none is ready; no object. */
  EVENTS("events"),
  /** A signal that lets its process go on; no object. */
  STOPPED("stopped"),
  /** The end of children; no object. */
  CHILD("child"),
  /** The release of its next periodic job; no object. */
  RELEASE("next release");

  private final String label;

  BlockCause(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
