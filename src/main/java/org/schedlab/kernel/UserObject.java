package org.schedlab.kernel;

import org.schedlab.program.SharedObject;

/** Something that lives in user space: the kernel knows only that it is declared. */
final class UserObject extends KernelObject {
  UserObject(int id, SharedObject declared) {
    super(id, declared);
  }

  @Override
  String label() {
    return name();
  }
}
