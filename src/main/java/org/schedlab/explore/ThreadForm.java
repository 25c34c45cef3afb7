package org.schedlab.explore;

import org.schedlab.program.Program;

/** What is fixed of a thread that there is, or may be. */
final class ThreadForm {
  final int process;
  final String name;

  /** What a join may call it. */
  final String wanted;

  final Program program;
  final boolean mayLoop;
  final boolean watched;

  /** How deep its calls may go, in bytes. */
  final long stackBytes;

  ThreadForm(
      int process, String name, String wanted, Program program, boolean watched, long stackBytes) {
    this.process = process;
    this.name = name;
    this.wanted = wanted;
    this.program = program;
    this.mayLoop = program.hasOpenLoop();
    this.watched = watched;
    this.stackBytes = stackBytes;
  }
}
