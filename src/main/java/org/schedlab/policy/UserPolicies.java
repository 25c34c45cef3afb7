package org.schedlab.policy;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policies written by users that this process has loaded, by the names of their files. A
 * process loads them before it reads a scenario, and only one that was started to run them does.
 */
public final class UserPolicies {
  private static final Map<String, PolicyDescriptor> LOADED = new ConcurrentHashMap<>();

  private UserPolicies() {}

  /**
   * Says whether a policy's name means a file and not an entry of the registry: it ends in {@code
   * .java} or {@code .jar}, or has a slash, as a folder's must.
   */
  public static boolean isFile(String name) {
    return name.endsWith(".java")
        || name.endsWith(".jar")
        || name.indexOf('/') >= 0
        || name.indexOf('\\') >= 0;
  }

  /**
   * Makes a policy known.
   *
   * @param file as the user names it
   */
  public static void add(String file, PolicyDescriptor policy) {
    LOADED.put(file, policy);
  }

  /** Returns the policy of that file, if it has been loaded. */
  public static Optional<PolicyDescriptor> named(String file) {
    return Optional.ofNullable(LOADED.get(file));
  }

  /** Says whether this process runs code of users. */
  public static boolean areLoaded() {
    return !LOADED.isEmpty();
  }

  /** Says whether a policy was written by a user. */
  public static boolean isOne(PolicyDescriptor policy) {
    return LOADED.containsValue(policy);
  }
}
