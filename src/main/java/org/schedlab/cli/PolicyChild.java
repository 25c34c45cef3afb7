package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.plugin.BadPolicyException;
import org.schedlab.plugin.FlightRecorder;
import org.schedlab.plugin.PolicyWatch;
import org.schedlab.plugin.UserPolicy;
import org.schedlab.policy.UserPolicies;

/**
 * The process that runs policies written by users: loads them, and then does what the command line
 * says like any other. {@link PolicyProcess} starts it.
 */
final class PolicyChild {
  private final Console console = Console.system();
  private final FlightRecorder recorder;
  private final PolicyWatch watch;

  private PolicyChild(Path recording, int memoryMegabytes) throws IOException {
    this.recorder = new FlightRecorder(recording);
    this.watch = new PolicyWatch(recorder, memoryMegabytes);
  }

  /**
   * Runs a command line.
   *
   * @param args the recorder's file, the limits, the number of policies and their files, and then
   *     the command line
   */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    // Standard output is for results alone.
    System.setOut(System.err);
    PolicyLimits limits = new PolicyLimits(Long.parseLong(args[1]), Integer.parseInt(args[2]));
    int policies = Integer.parseInt(args[3]);
    List<String> rest = Arrays.asList(args).subList(4, args.length);
    PolicyChild child = new PolicyChild(Path.of(args[0]), limits.memoryMegabytes());
    child.guard(limits);
    int status =
        child.run(
            rest.subList(0, policies), rest.subList(policies, rest.size()).toArray(new String[0]));
    child.console.flush();
    child.recorder.done();
    // What shutdown hooks and threads of a user would still do is of no interest.
    Runtime.getRuntime().halt(status);
  }

  private void guard(PolicyLimits limits) {
    ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
    watch.start(
        limits.callMillis(),
        this::stop,
        () -> {
          if (parent != null && !parent.isAlive()) {
            Runtime.getRuntime().halt(ExitStatus.BAD_INPUT);
          }
        });
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  String exited = watch.exitedIn();
                  if (exited != null) {
                    stop(exited);
                  }
                }));
  }

  /**
   * Says what a policy did wrong and ends the process at once, for the policy cannot be stopped.
   */
  private void stop(String message) {
    console.err().print(message + "\n");
    console.err().flush();
    recorder.stopped();
    Runtime.getRuntime().halt(ExitStatus.BAD_INPUT);
  }

  private int run(List<String> files, String[] args) {
    Map<String, UserPolicy> loaded = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (String file : files) {
      try {
        UserPolicy policy = UserPolicy.load(FileNames.path(file), watch);
        UserPolicies.add(file, policy.descriptor());
        loaded.put(file, policy);
      } catch (BadPolicyException e) {
        problems.addAll(e.lines());
      } catch (UnusableFileException e) {
        problems.add("schedlab: " + e.getMessage());
      } catch (IOException e) {
        problems.add("schedlab: cannot read " + file + ": " + e.getMessage());
      }
    }
    problems.forEach(problem -> console.err().print(problem + "\n"));
    if (!problems.isEmpty()) {
      return ExitStatus.BAD_INPUT;
    }
    CheckPolicyCommand check = new CheckPolicyCommand(loaded, recorder);
    return new Main(console, check).run(args);
  }
}
