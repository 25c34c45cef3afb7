package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.SharedObject;
import org.schedlab.program.SharedObject.Mutex;
import org.schedlab.program.SharedObject.Segment;
import org.schedlab.program.Variable;

/**
 * The objects that one place declares, a process or the file, and around a process's the file's.
 * Two of these are never equal.
 */
final class SharedObjects {
  private final SharedObjects outer;
  private final List<SharedObject> declared = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  /** Mutexes whose ceiling the file leaves out, and the most urgent priority found so far. */
  private final Map<String, Long> openCeilings = new LinkedHashMap<>();

  /**
   * Makes a place without objects.
   *
   * @param outer the file's, or null for those of the file themselves
   */
  SharedObjects(SharedObjects outer) {
    this.outer = outer;
  }

  /**
   * Declares an object whose name this place does not have yet.
   *
   * @param openCeiling whether it is a mutex whose ceiling follows from those who lock it
   */
  void declare(SharedObject object, boolean openCeiling) {
    indexes.put(object.name(), declared.size());
    declared.add(object);
    if (openCeiling) {
      openCeilings.put(object.name(), null);
    }
  }

  /** Returns the object of that name that this place declares, or null. */
  SharedObject own(String name) {
    Integer index = indexes.get(name);
    return index == null ? null : declared.get(index);
  }

  /** Returns the object that a name means here, or null. A process's own hides the file's. */
  SharedObject find(String name) {
    SharedObject own = own(name);
    return own != null || outer == null ? own : outer.find(name);
  }

  /** Returns the place that declares the object that a name means here. */
  SharedObjects placeOf(String name) {
    return own(name) != null || outer == null ? this : outer.placeOf(name);
  }

  /** Returns the objects of the file, which every process sees. */
  SharedObjects ofFile() {
    return outer == null ? this : outer;
  }

  /** Returns the names that mean an object of that kind here. */
  Set<String> names(ObjectKind kind) {
    Set<String> names = new LinkedHashSet<>();
    for (SharedObject object : declared) {
      if (ObjectKind.of(object) == kind) {
        names.add(object.name());
      }
    }
    if (outer != null) {
      outer.names(kind).stream().filter(name -> own(name) == null).forEach(names::add);
    }
    return names;
  }

  /** Returns the place's own objects in order; ceilings found later appear in the same list. */
  List<SharedObject> declared() {
    return Collections.unmodifiableList(declared);
  }

  /** Returns the shared memory that this place declares. */
  List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    for (SharedObject object : declared) {
      if (object instanceof Segment segment) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /** Returns the variables of all shared memory seen here; a process's own hide the file's. */
  Map<String, Variable> variables() {
    Map<String, Variable> variables = new LinkedHashMap<>();
    if (outer != null) {
      variables.putAll(outer.variables());
    }
    for (Segment segment : segments()) {
      variables.putAll(Image.byName(segment.variables()));
    }
    return variables;
  }

  /** Says whether a ceiling follows from who locks a mutex, here or in the file. */
  boolean hasOpenCeilings() {
    return !openCeilings.isEmpty() || outer != null && outer.hasOpenCeilings();
  }

  /** Takes note that a thread of that priority may lock a mutex. */
  void mayLock(String mutex, long priority, boolean highFirst) {
    if (own(mutex) == null) {
      if (outer != null) {
        outer.mayLock(mutex, priority, highFirst);
      }
    } else if (openCeilings.containsKey(mutex)) {
      Long before = openCeilings.get(mutex);
      if (before == null || (highFirst ? priority > before : priority < before)) {
        openCeilings.put(mutex, priority);
        Mutex m = (Mutex) own(mutex);
        declared.set(
            indexes.get(mutex),
            new Mutex(m.name(), m.kind(), m.protocol(), priority, m.order(), m.location()));
      }
    }
  }
}
