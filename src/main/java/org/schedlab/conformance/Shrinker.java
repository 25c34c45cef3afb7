package org.schedlab.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes a failing scenario smaller as long as it fails in the same way: fewer processes, threads
 * and operations (in halves, quarters, … as in Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", IEEE TSE 28(2), 2002), fewer features, smaller numbers.
 */
public final class Shrinker {
  private final Predicate<Draft> fails;
  private int triesLeft;

  /**
   * @param fails whether a scenario still fails in the same way; false where it is no scenario
   * @param tries how many scenarios are tried at most
   */
  public Shrinker(Predicate<Draft> fails, int tries) {
    this.fails = fails;
    this.triesLeft = tries;
  }

  /** Where in a tree something stands: a chain of keys and indices. */
  private record Step(Step above, Object key) {}

  /** Returns a scenario that fails and of which no single part can be left out, if tries last. */
  public Draft shrink(Draft failing) {
    Draft smallest = failing;
    boolean smaller = true;
    while (smaller && triesLeft > 0) {
      smaller = false;
      for (Step at : places(smallest)) {
        Draft next = reduced(smallest, at);
        smaller |= next != smallest;
        smallest = next;
      }
    }
    return smallest;
  }

  /** Returns all places, the outermost first: leaving out a process spares looking into it. */
  private static List<Step> places(Draft draft) {
    List<Step> places = new ArrayList<>();
    places.add(null);
    for (int i = 0; i < places.size(); i++) {
      Step at = places.get(i);
      Object value = get(draft.root(), at);
      if (value instanceof Map<?, ?> map) {
        map.keySet().forEach(key -> places.add(new Step(at, key)));
      } else if (value instanceof List<?> list) {
        for (int index = 0; index < list.size(); index++) {
          places.add(new Step(at, index));
        }
      }
    }
    return places;
  }

  /** Returns what stands at a place, or null where smaller trees have no such place. */
  private static Object get(Object root, Step at) {
    if (at == null) {
      return root;
    }
    Object above = get(root, at.above());
    if (above instanceof Map<?, ?> map) {
      return map.get(at.key());
    }
    if (above instanceof List<?> list && at.key() instanceof Integer index) {
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private static Object with(Object root, Step at, Object value) {
    if (at == null) {
      return value;
    }
    Object above = get(root, at.above());
    Object changed;
    if (above instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>((Map<String, Object>) map);
      copy.put((String) at.key(), value);
      changed = copy;
    } else {
      List<Object> copy = new ArrayList<>((List<Object>) above);
      copy.set((Integer) at.key(), value);
      changed = copy;
    }
    return with(root, at.above(), changed);
  }

  private Draft reduced(Draft draft, Step at) {
    Object value = get(draft.root(), at);
    if (value instanceof List<?> list) {
      return fewer(draft, at, list);
    }
    if (value instanceof Map<?, ?> map) {
      return simpler(draft, at, map);
    }
    return value instanceof Long number ? lower(draft, at, number) : draft;
  }

  @SuppressWarnings("unchecked")
  private Draft attempt(Draft draft, Step at, Object value) {
    if (triesLeft <= 0) {
      return draft;
    }
    triesLeft--;
    Draft candidate = new Draft((Map<String, Object>) with(draft.root(), at, value));
    return fails.test(candidate) ? candidate : draft;
  }

  private Draft fewer(Draft draft, Step at, List<?> list) {
    Draft smallest = draft;
    List<Object> kept = new ArrayList<>(list);
    for (int chunk = kept.size(); chunk >= 1; chunk /= 2) {
      for (int from = kept.size() - chunk; from >= 0; from -= chunk) {
        List<Object> rest = new ArrayList<>(kept);
        rest.subList(from, from + chunk).clear();
        Draft next = rest.isEmpty() ? smallest : attempt(smallest, at, rest);
        if (next != smallest) {
          smallest = next;
          kept = rest;
          from = Math.min(from, kept.size());
        }
      }
    }
    return smallest;
  }

  private Draft simpler(Draft draft, Step at, Map<?, ?> map) {
    Draft smallest = draft;
    Map<Object, Object> kept = new LinkedHashMap<>(map);
    for (Object key : List.copyOf(kept.keySet())) {
      if (!key.equals("name")) {
        Map<Object, Object> rest = new LinkedHashMap<>(kept);
        rest.remove(key);
        Draft next = attempt(smallest, at, rest);
        if (next != smallest) {
          smallest = next;
          kept = rest;
        }
      }
    }
    // What a program does is simplest as a burst.
    if (kept.containsKey("program") || kept.containsKey("threads")) {
      Map<Object, Object> plain = new LinkedHashMap<>(kept);
      plain.keySet().removeAll(List.of("program", "threads", "mutexes"));
      plain.put("burst", 1L);
      smallest = attempt(smallest, at, plain);
    }
    return smallest;
  }

  private Draft lower(Draft draft, Step at, long number) {
    Draft smallest = draft;
    long kept = number;
    for (long smaller : new long[] {0, 1, number / 2, number - 1}) {
      if (Math.abs(smaller) < Math.abs(kept)) {
        Draft next = attempt(smallest, at, smaller);
        if (next != smallest) {
          smallest = next;
          kept = smaller;
        }
      }
    }
    return smallest;
  }
}
