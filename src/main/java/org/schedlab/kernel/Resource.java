package org.schedlab.kernel;

import org.schedlab.program.SharedObject;
import org.schedlab.trace.SyncKind;

/** A resource of which there are several units alike. */
final class Resource extends KernelObject {
  /** How many nobody holds. */
  long free;

  Resource(int id, SharedObject.Resource declared) {
    super(id, declared);
    this.free = declared.units();
  }

  long units() {
    return ((SharedObject.Resource) declared).units();
  }

  @Override
  String label() {
    return SyncKind.RESOURCE.label() + " " + name();
  }
}
