package org.schedlab.plugin;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The classes of one policy. They see the JDK without what a policy has no business with, and of
 * the simulator the policies' interface. A class that may not be used ends the call that needs it.
 */
final class PolicyClasses extends ClassLoader {
  /** The name by which stack traces tell a user's frames. */
  static final String NAME = "policy";

  private static final Set<String> INTERFACE =
      Set.of(
          "org.schedlab.kernel.SchedulingPolicy",
          "org.schedlab.kernel.Task",
          "org.schedlab.engine.RandomStream",
          "org.schedlab.policy.Parameter",
          "org.schedlab.policy.PolicyParameters",
          "org.schedlab.policy.Estimate");

  private static final String ONE_THREAD =
      "a policy runs in the simulator's thread and starts none";
  private static final String NO_PROCESS = "a policy neither ends this process nor starts others";
  private static final String NO_FILES = "a policy knows no files, network or windows";

  /** What of the JDK is not for policies, with the reason. */
  private static final Map<String, String> FORBIDDEN =
      Map.ofEntries(
          Map.entry("java.lang.Thread", ONE_THREAD),
          Map.entry("java.lang.Thread$Builder", ONE_THREAD),
          Map.entry("java.lang.ThreadGroup", ONE_THREAD),
          Map.entry("java.util.Timer", ONE_THREAD),
          Map.entry("java.util.concurrent.CompletableFuture", ONE_THREAD),
          Map.entry("java.util.concurrent.Executors", ONE_THREAD),
          Map.entry("java.util.concurrent.ForkJoinPool", ONE_THREAD),
          Map.entry("java.util.concurrent.ForkJoinTask", ONE_THREAD),
          Map.entry("java.util.concurrent.RecursiveAction", ONE_THREAD),
          Map.entry("java.util.concurrent.RecursiveTask", ONE_THREAD),
          Map.entry("java.util.concurrent.ScheduledThreadPoolExecutor", ONE_THREAD),
          Map.entry("java.util.concurrent.ThreadPoolExecutor", ONE_THREAD),
          Map.entry("java.lang.Process", NO_PROCESS),
          Map.entry("java.lang.ProcessBuilder", NO_PROCESS),
          Map.entry("java.lang.ProcessHandle", NO_PROCESS),
          Map.entry("java.lang.Runtime", NO_PROCESS));

  private static final List<String> FORBIDDEN_PARTS =
      List.of(
          "java.io.File",
          "java.io.RandomAccessFile",
          "java.nio.file.",
          "java.nio.channels.",
          "java.net.",
          "java.awt.",
          "javax.swing.");

  private final Map<String, byte[]> own;

  /**
   * @param own the policy's classes by their binary names
   */
  PolicyClasses(Map<String, byte[]> own) {
    super(NAME, ClassLoader.getPlatformClassLoader());
    this.own = own;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("org.schedlab.") && !own.containsKey(name)) {
      int nested = name.indexOf('$');
      if (INTERFACE.contains(nested < 0 ? name : name.substring(0, nested))) {
        return PolicyClasses.class.getClassLoader().loadClass(name);
      }
      throw new ForbiddenClass("uses " + name + ", which is not part of the policies' interface");
    }
    String reason = FORBIDDEN.get(name);
    if (reason == null && FORBIDDEN_PARTS.stream().anyMatch(name::startsWith)) {
      reason = NO_FILES;
    }
    if (reason != null) {
      throw new ForbiddenClass("uses " + name + "; " + reason);
    }
    return super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] code = own.get(name);
    if (code == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, code, 0, code.length);
  }
}
