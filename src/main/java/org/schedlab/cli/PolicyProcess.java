package org.schedlab.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.cli.CommandLine;
import org.schedlab.plugin.Callback;
import org.schedlab.plugin.FlightRecorder;
import org.schedlab.plugin.PolicyWatch;
import org.schedlab.policy.UserPolicies;

/**
 * Has a command line with policies of the user's own carried out by a process of its own, and
 * outlives whatever becomes of that.
 */
final class PolicyProcess {
  private static final long LOOK_MILLIS = 100;

  /** The process looks after itself; only one that can no longer do so is ended from outside. */
  private static final long GRACE_MILLIS = 5_000;

  private final Console console;
  private final PolicyLimits limits;
  private final List<String> files;

  /**
   * What came of a process.
   *
   * @param workload of a conformance check that was run last, from 1
   * @param wasStopped whether it ended because of a policy that could not be stopped
   */
  record Result(int status, long workload, boolean wasStopped) {}

  /**
   * @param console where results go; null for a process whose output nobody sees
   * @param files the policies, as the user names them
   */
  PolicyProcess(Console console, PolicyLimits limits, List<String> files) {
    this.console = console;
    this.limits = limits;
    this.files = List.copyOf(files);
  }

  /** Returns the policies of a command line that are files and that this process has not loaded. */
  static List<String> files(CommandLine line) {
    Set<String> files = new LinkedHashSet<>();
    if (line.hasOption("policy")) {
      files.add(line.getOptionValue("policy"));
    }
    if (line.hasOption("policies")) {
      for (String policy : CompareCommand.split(line.getOptionValue("policies"), ',')) {
        files.add(CompareCommand.split(policy, ':').get(0).strip());
      }
    }
    files.removeIf(name -> !UserPolicies.isFile(name) || UserPolicies.named(name).isPresent());
    return List.copyOf(files);
  }

  /** Runs a command line; returns the exit status. */
  int run(List<String> args) throws IOException {
    return run(args, console.out(), console.err()).status();
  }

  /**
   * Runs a command line.
   *
   * @param out where its results go
   * @param err where everything else goes
   */
  Result run(List<String> args, PrintStream out, PrintStream err) throws IOException {
    Path recording = Files.createTempFile("schedlab", ".policy");
    try {
      FlightRecorder recorder = new FlightRecorder(recording);
      ProcessBuilder builder = new ProcessBuilder(command(recording, args));
      if (console != null) {
        builder.environment().put("COLUMNS", Integer.toString(console.width()));
      }
      Process process = builder.start();
      Thread killer = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(killer);
      try {
        process.getOutputStream().close();
        Thread results = pump(process.getInputStream(), out);
        Thread messages = pump(process.getErrorStream(), err);
        boolean stopped = await(process, recorder);
        results.join();
        messages.join();
        int status = status(process.exitValue(), stopped, recorder, err);
        return new Result(status, recorder.workload(), recorder.isStopped() || !recorder.isDone());
      } finally {
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(killer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(recording);
    }
  }

  private List<String> command(Path recording, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + limits.memoryMegabytes() + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:MaxMetaspaceSize=512m");
    command.add("-Xshare:auto");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PolicyChild.class.getName());
    command.add(recording.toString());
    command.add(Long.toString(limits.callMillis()));
    command.add(Integer.toString(limits.memoryMegabytes()));
    command.add(Integer.toString(files.size()));
    command.addAll(files);
    command.addAll(args);
    return command;
  }

  private static Thread pump(InputStream from, PrintStream to) {
    Thread pump =
        new Thread(
            () -> {
              byte[] buffer = new byte[8192];
              try {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                  to.write(buffer, 0, n);
                  to.flush();
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "policy output");
    pump.setDaemon(true);
    pump.start();
    return pump;
  }

  /** Waits for the end; says whether it had to be brought about. */
  private boolean await(Process process, FlightRecorder recorder) throws InterruptedException {
    long most = (limits.callMillis() + GRACE_MILLIS) / LOOK_MILLIS;
    long seen = -1;
    long looks = 0;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      boolean stands = recorder.callback() != null && recorder.calls() == seen;
      seen = recorder.calls();
      looks = stands ? looks + 1 : 0;
      if (looks > most) {
        process.destroyForcibly().waitFor();
        return true;
      }
    }
    return false;
  }

  private int status(int exit, boolean stopped, FlightRecorder recorder, PrintStream err) {
    if (recorder.isDone()) {
      return exit;
    }
    Callback callback = recorder.callback();
    if (callback == null) {
      err.print("schedlab: the process that runs the policy ended with status " + exit + "\n");
      return ExitStatus.BAD_INPUT;
    }
    String file = files.get(Math.min(recorder.policy(), files.size() - 1));
    String what =
        stopped ? "did not return; its process was killed" : "ended its process, status " + exit;
    err.print(file + ": " + PolicyWatch.moment(callback, recorder.time()) + " " + what + "\n");
    return ExitStatus.BAD_INPUT;
  }
}
