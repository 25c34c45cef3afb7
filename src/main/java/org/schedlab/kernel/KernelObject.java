package org.schedlab.kernel;

import org.schedlab.program.SharedObject;

/** Something that a scenario declares and threads share, as the kernel keeps it. */
abstract class KernelObject {
  final int id;
  final SharedObject declared;

  KernelObject(int id, SharedObject declared) {
    this.id = id;
    this.declared = declared;
  }

  String name() {
    return declared.name();
  }

  /** Returns kind and name, as messages have them. */
  abstract String label();
}
