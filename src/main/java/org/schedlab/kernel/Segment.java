package org.schedlab.kernel;

import java.util.List;
import org.schedlab.kernel.memory.SharedPages;
import org.schedlab.program.Layout;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;
import org.schedlab.trace.ChannelKind;

/** A shared memory segment: its cells, and the pages that processes map. */
final class Segment extends KernelObject {
  final long[] cells;

  /** Where its pages are; it keeps them as long as it is. */
  final SharedPages pages = new SharedPages();

  private final boolean common;

  /**
   * @param common whether the file declares it, else a process
   */
  Segment(int id, SharedObject.Segment declared, boolean common) {
    super(id, declared);
    this.common = common;
    this.cells = Layout.initial(declared.variables());
  }

  /** Which CPUs have the cache lines of atomic variables; null before one asks. */
  private long[] lineHolders;

  /** Returns which CPUs have the lines of its variables. */
  long[] lineHolders(int size) {
    if (lineHolders == null) {
      lineHolders = new long[size];
    }
    return lineHolders;
  }

  List<Variable> variables() {
    return ((SharedObject.Segment) declared).variables();
  }

  long bytes() {
    return ((SharedObject.Segment) declared).bytes();
  }

  /** Returns what the region is called that it is mapped as, unlike all that programs allocate. */
  String regionName() {
    return common ? label() : "own " + label();
  }

  @Override
  String label() {
    return ChannelKind.SHARED_MEMORY.label() + " " + name();
  }
}
