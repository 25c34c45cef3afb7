package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.policy.Policies;

/** Knows where a key belongs that stands in the wrong map. */
final class KeyHomes {
  private static final List<Shape> MISTAKEN =
      List.of(Shapes.SCENARIO, Shapes.MACHINE, Shapes.SCHEDULER, Shapes.PROCESS, Shapes.THREAD);

  private KeyHomes() {}

  /** Returns what to say of a key that another map has, or null if there is no such map. */
  static String elsewhere(String key, Shape here) {
    String channel = ofOtherChannel(key, here);
    if (channel != null) {
      return channel;
    }
    if (!MISTAKEN.contains(here) || here.later().contains(key) || key.equals("name")) {
      return null;
    }
    String home = home(key, here);
    if (home == null) {
      return null;
    }
    String place = here == Shapes.SCENARIO ? "at the top of the file" : "in " + here.what();
    return "`" + Sizes.cut(key) + "` belongs " + home + ", not " + place;
  }

  /** Pipes, message queues and sockets have words of their own. */
  private static String ofOtherChannel(String key, Shape here) {
    if (key.equals("end")) {
      return null;
    }
    boolean ofPipe = key.equals(ObjectKind.PIPE.part());
    if (here == Shapes.POLLED && (ofPipe || key.equals(ObjectKind.QUEUE.part()))) {
      return "a pipe or a message queue stands here by its name alone, without braces";
    } else if (here == Shapes.WRITE && Shapes.SEND.keys().contains(key)) {
      return forOther(key, "send", "write");
    } else if (here == Shapes.READ && Shapes.RECEIVE.keys().contains(key)) {
      return forOther(key, "receive", "read");
    } else if (here == Shapes.SEND && ofPipe) {
      return forOther(key, "write", "send");
    }
    return here == Shapes.RECEIVE && ofPipe ? forOther(key, "read", "receive") : null;
  }

  private static String forOther(String key, String right, String wrong) {
    return "`" + key + "` belongs to `" + right + "`, not `" + wrong + "`";
  }

  private static String home(String key, Shape here) {
    if (here != Shapes.SCHEDULER && isOfScheduler(key)) {
      return "under `scheduler`";
    }
    boolean ofTask = here == Shapes.PROCESS || here == Shapes.THREAD;
    boolean ofProcess = Shapes.PROCESS.keys().contains(key);
    if (here == Shapes.MACHINE && Shapes.MEMORY.keys().contains(key)) {
      return "under `memory`";
    }
    boolean ofMachine = Shapes.MACHINE.keys().contains(key);
    if (here != Shapes.MACHINE && ofMachine && !(ofTask && ofProcess)) {
      return "under `machine`";
    }
    if (here == Shapes.SCENARIO && ofProcess) {
      return "under a process";
    }
    if (here == Shapes.PROCESS && Shapes.THREAD.keys().contains(key)) {
      return "to an entry of `threads`";
    }
    if (here == Shapes.THREAD && ofProcess) {
      return "to the process, beside its `threads`";
    }
    boolean ofScenario = Shapes.SCENARIO.keys().contains(key);
    if (ofScenario && !(ofProcess && !ofTask)) {
      return "to the top of the file";
    }
    return ofProcess && !ofTask ? "under a process" : null;
  }

  private static boolean isOfScheduler(String key) {
    return Shapes.SCHEDULER.keys().contains(key)
        || Policies.all().stream().anyMatch(policy -> policy.parameter(key).isPresent());
  }
}
