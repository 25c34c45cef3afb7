package org.schedlab.report;

/** What is shown of a run only when somebody asks for it: it is long. */
public enum Detail {
  /** A map of each process's memory as it was in the end. */
  MEMORY,
  /** Every reference to memory. */
  REFERENCES,
  /** Why each thread was chosen: who was ready, with which key, and by which rule. */
  DECISIONS,
  /** Who woke whom: in the chart, and each in a table. */
  WAKEUPS
}
