package org.schedlab.program;

import java.util.ArrayList;
import java.util.List;

/** What {@code count} makes of a name. */
public final class Numbered {
  private Numbered() {}

  /** Returns the name of one of several: {@code name[i]}; of one alone the name. */
  public static String name(String name, int count, int index) {
    return count == 1 ? name : name + "[" + index + "]";
  }

  /** Returns all names, in order. */
  public static List<String> names(String name, int count) {
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(name(name, count, i));
    }
    return names;
  }
}
