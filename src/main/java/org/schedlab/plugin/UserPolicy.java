package org.schedlab.plugin;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.schedlab.kernel.RunStopped;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.SchedulingPolicy.Context;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.policy.PolicyParameters;

/**
 * A policy that a user has written: loaded from a file, and made anew for each ready queue, always
 * behind a {@link GuardedPolicy}.
 *
 * <p>It is the class that implements {@link SchedulingPolicy}, with a constructor that takes {@link
 * Context} and {@link PolicyParameters}, {@link Context}, or nothing. A static list of {@link
 * Parameter} by the name {@code PARAMETERS} says what may stand beside {@code policy:}.
 */
public final class UserPolicy {
  private static final String PARAMETERS = "PARAMETERS";
  private static final AtomicInteger LOADED = new AtomicInteger();

  private final PolicyFile file;
  private final PolicyWatch watch;
  private final int number = LOADED.getAndIncrement();
  private volatile Fault lastFault;
  private Constructor<?> constructor;
  private PolicyDescriptor descriptor;

  /** Which rule was broken where: faults that agree in this are the same one to a shrinker. */
  public record Fault(Callback callback, String rule) {}

  private UserPolicy(PolicyFile file, PolicyWatch watch) {
    this.file = file;
    this.watch = watch;
  }

  /**
   * Compiles a policy where it is source, and loads it.
   *
   * @param path a Java file, a folder of them, or a jar
   * @throws BadPolicyException if there is no policy in it that can be loaded
   */
  public static UserPolicy load(Path path, PolicyWatch watch)
      throws BadPolicyException, IOException {
    UserPolicy policy = new UserPolicy(new PolicyFile(path), watch);
    try {
      policy.load();
    } catch (RunStopped stopped) {
      throw new BadPolicyException(stopped.place() + ": " + stopped.getMessage());
    }
    return policy;
  }

  private void load() throws BadPolicyException, IOException {
    Map<String, byte[]> classes = file.classes();
    PolicyClasses loader = new PolicyClasses(classes);
    try {
      Class<?> type = only(loader, classes);
      constructor = constructor(type);
      descriptor =
          new PolicyDescriptor(
              file.name(),
              "a policy of one's own",
              file.name() + ", SHA-256 " + file.digest(),
              parameters(type),
              this::create,
              values -> Optional.empty(),
              false);
    } catch (LinkageError e) {
      throw new BadPolicyException(file.path() + ": cannot be loaded: " + e);
    } catch (ForbiddenClass e) {
      throw new BadPolicyException(file.path() + ": " + e.getMessage());
    }
  }

  private Class<?> only(ClassLoader loader, Map<String, byte[]> classes) throws BadPolicyException {
    List<Class<?>> found = new ArrayList<>();
    for (String name : classes.keySet()) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        boolean concrete = !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
        if (concrete && SchedulingPolicy.class.isAssignableFrom(type) && !type.isAnonymousClass()) {
          found.add(type);
        }
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(name + " was compiled", e);
      }
    }
    String wanted = file.name().replaceFirst("\\.java$", "");
    Optional<Class<?>> named =
        found.stream().filter(type -> type.getSimpleName().equals(wanted)).findFirst();
    if (found.isEmpty()) {
      throw new BadPolicyException(
          file.path() + ": no class here implements " + SchedulingPolicy.class.getName());
    }
    if (found.size() > 1 && named.isEmpty()) {
      throw new BadPolicyException(
          file.path()
              + ": several classes here are policies ("
              + String.join(", ", found.stream().map(Class::getName).toList())
              + "); name the file of one, or call one as the file");
    }
    return named.orElse(found.get(0));
  }

  private Constructor<?> constructor(Class<?> type) throws BadPolicyException {
    List<Class<?>[]> known =
        List.of(
            new Class<?>[] {Context.class, PolicyParameters.class},
            new Class<?>[] {Context.class},
            new Class<?>[] {});
    for (Class<?>[] takes : known) {
      try {
        Constructor<?> made = type.getDeclaredConstructor(takes);
        made.setAccessible(true);
        return made;
      } catch (NoSuchMethodException e) {
        // The next is tried.
      }
    }
    throw new BadPolicyException(
        file.path()
            + ": "
            + type.getSimpleName()
            + " needs a constructor that takes (Context, PolicyParameters), (Context) or nothing");
  }

  /** Returns what the class declares as its parameters; initialises the class. */
  private static Object declared(Class<?> type) throws ReflectiveOperationException {
    Field field = null;
    for (Field each : type.getDeclaredFields()) {
      field = each.getName().equals(PARAMETERS) ? each : field;
    }
    if (field == null || !Modifier.isStatic(field.getModifiers())) {
      Class.forName(type.getName(), true, type.getClassLoader());
      return List.of();
    }
    field.setAccessible(true);
    return field.get(null);
  }

  private List<Parameter> parameters(Class<?> type) throws BadPolicyException {
    try {
      return DeclaredParameters.of(guarded(Callback.STATIC_INITIALISER, 0, () -> declared(type)));
    } catch (BadPolicyException e) {
      throw new BadPolicyException(file.path() + ": " + e.getMessage());
    }
  }

  private SchedulingPolicy create(Context context, PolicyParameters parameters) {
    Object[] arguments = {context, parameters};
    Object[] taken = Arrays.copyOf(arguments, constructor.getParameterCount());
    SchedulingPolicy made =
        (SchedulingPolicy) guarded(Callback.CONSTRUCTOR, 0, () -> constructor.newInstance(taken));
    return new GuardedPolicy(this, made, context);
  }

  /** Something that runs a user's code. */
  @FunctionalInterface
  private interface Code<T> {
    T run() throws ReflectiveOperationException;
  }

  private <T> T guarded(Callback callback, long time, Code<T> code) {
    PolicyWatch.Call call = watch.own();
    watch.enter(call, this, callback, time);
    try {
      return code.run();
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw thrown(callback, PolicyWatch.moment(callback, time), e.getCause());
    } catch (Throwable e) {
      throw thrown(callback, PolicyWatch.moment(callback, time), e);
    } finally {
      watch.leave(call);
    }
  }

  /** Returns what stops the run after a policy has thrown something. */
  RunStopped thrown(Callback callback, String moment, Throwable thrown) {
    StackTraceElement frame = frame(thrown.getStackTrace());
    lastFault = new Fault(callback, "threw " + thrown.getClass().getName());
    return new RunStopped(
        moment + " " + what(thrown),
        frame == null ? file.path().toString() : file.source(frame.getFileName()),
        frame == null ? 0 : Math.max(0, frame.getLineNumber()));
  }

  private String what(Throwable thrown) {
    if (thrown instanceof ForbiddenClass) {
      return thrown.getMessage();
    }
    if (thrown instanceof StackOverflowError) {
      return "recurses without end (stack overflow)";
    }
    if (thrown instanceof OutOfMemoryError) {
      return "ran out of memory (" + watch.memoryMegabytes() + " MB; --policy-memory)";
    }
    String message = thrown.getMessage();
    return "threw " + thrown.getClass().getName() + (message == null ? "" : ": " + message);
  }

  /** Returns what stops the run after a policy has broken a rule. */
  RunStopped broken(Callback callback, String rule, String message) {
    lastFault = new Fault(callback, rule);
    return new RunStopped(message, file.path().toString(), 0);
  }

  /**
   * Returns the file with the line of the innermost of the user's frames, as far as it is there.
   */
  String place(StackTraceElement[] frames) {
    StackTraceElement frame = frame(frames);
    return frame == null
        ? file.path().toString()
        : file.source(frame.getFileName()) + ":" + frame.getLineNumber();
  }

  private static StackTraceElement frame(StackTraceElement[] frames) {
    for (StackTraceElement frame : frames) {
      if (PolicyClasses.NAME.equals(frame.getClassLoaderName()) && frame.getFileName() != null) {
        return frame;
      }
    }
    return null;
  }

  PolicyWatch watch() {
    return watch;
  }

  int number() {
    return number;
  }

  /** Returns how the registry lists it. */
  public PolicyDescriptor descriptor() {
    return descriptor;
  }

  /** Returns the rule that it broke last, or null. */
  public Fault lastFault() {
    return lastFault;
  }

  /** Forgets what went wrong before. */
  public void forgetFault() {
    lastFault = null;
  }
}
