package org.schedlab.scenario.yaml;

import java.util.HashSet;
import java.util.Set;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/**
 * Knows what async mutexes and semaphores a file declares anywhere: {@code unlock} and {@code
 * sem_post} of these are other operations than of the kernel's.
 */
final class AwaitedNames {
  private final Set<String> mutexes = new HashSet<>();
  private final Set<String> semaphores = new HashSet<>();

  AwaitedNames(Value root) {
    collect(root);
  }

  boolean isMutex(String name) {
    return mutexes.contains(name);
  }

  boolean isSemaphore(String name) {
    return semaphores.contains(name);
  }

  private void collect(Value value) {
    if (value instanceof Items list) {
      list.items().forEach(this::collect);
    } else if (value instanceof Entries map) {
      for (Entry entry : map.entries()) {
        String key = entry.key().text();
        if (key.equals(ObjectKind.ASYNC_MUTEX.declaredUnder())) {
          declared(entry.value(), mutexes);
        } else if (key.equals(ObjectKind.ASYNC_SEMAPHORE.declaredUnder())) {
          declared(entry.value(), semaphores);
        } else {
          collect(entry.value());
        }
      }
    }
  }

  private static void declared(Value value, Set<String> names) {
    if (value instanceof Entries map) {
      map.entries().forEach(entry -> names.add(entry.key().text()));
    } else if (value instanceof Items list) {
      for (Value item : list.items()) {
        if (item instanceof Scalar name) {
          names.add(name.text());
        }
      }
    }
  }
}
