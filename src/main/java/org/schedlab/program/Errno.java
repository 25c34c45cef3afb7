package org.schedlab.program;

import java.util.Arrays;
import java.util.Optional;

/**
 * Errors that operations report, with the names of POSIX and the numbers of Linux on x86-64
 * (asm-generic/errno-base.h and errno.h). Programs may use the names in expressions.
 */
public enum Errno {
  EPERM(1, "the thread does not hold it"),
  EBADF(9, "the process does not have it open"),
  EAGAIN(11, "it would have to wait"),
  EBUSY(16, "somebody else holds it"),
  EINVAL(22, "that cannot be asked for"),
  EPIPE(32, "nobody is left to read it"),
  EDEADLK(35, "the thread holds it already"),
  EMSGSIZE(90, "a message may not be so long"),
  EADDRINUSE(98, "somebody listens there already"),
  ETIMEDOUT(110, "the time was up"),
  ECANCELED(125, "somebody has cancelled it"),
  ECONNREFUSED(111, "nobody listens there");

  private final int number;
  private final String meaning;

  Errno(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** Returns the number that {@code error: REGISTER} gets. */
  public int number() {
    return number;
  }

  /** Returns what it means, as part of a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Returns the error of that name. */
  public static Optional<Errno> named(String name) {
    return Arrays.stream(values()).filter(errno -> errno.name().equals(name)).findFirst();
  }
}
