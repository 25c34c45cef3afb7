package org.schedlab.trace;

/** What threads wait at for each other. */
public enum SyncKind {
  MUTEX("mutex"),
  SPIN_LOCK("spin lock"),
  SEMAPHORE("semaphore"),
  CONDITION("condition variable"),
  BARRIER("barrier"),
  RW_LOCK("readers-writer lock"),
  RESOURCE("resource");

  private final String label;

  SyncKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
