package org.schedlab.policy;

import java.util.List;
import java.util.Optional;

/** The registry of scheduling policies: one entry each, in the order of the documentation. */
public final class Policies {
  private Policies() {}

  private static final List<String> HEAD_OR_TAIL = List.of("head", "tail");

  private static final List<PolicyDescriptor> ALL =
      List.of(
          new PolicyDescriptor(
              "fcfs",
              "first come, first served: the head of the queue runs until it blocks or ends",
              "Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., 5.3.1",
              List.of(),
              (context, parameters) -> new FirstComeFirstServed()),
          new PolicyDescriptor(
              "sjf",
              "shortest job first: the shortest next CPU burst runs until it blocks or ends",
              "Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., 5.3.2",
              List.of(
                  Parameter.estimate(
                      "estimate", "how the next burst is known: exactly, or from past bursts")),
              (context, parameters) -> new ShortestJobFirst(parameters.estimate("estimate"))),
          new PolicyDescriptor(
              "srtf",
              "shortest remaining time first: a strictly shorter burst takes the CPU at once",
              "Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., 5.3.2",
              List.of(),
              (context, parameters) -> new ShortestRemainingTimeFirst()),
          new PolicyDescriptor(
              "hrrn",
              "highest response ratio next: largest (waiting + burst) / burst, until it blocks",
              "Brinch Hansen 1971; Stallings, Operating Systems, 9th ed., 9.2",
              List.of(),
              (context, parameters) -> new HighestResponseRatioNext(context)),
          new PolicyDescriptor(
              "round-robin",
              "one first-in-first-out queue; each thread runs at most one quantum at a time",
              "Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., 5.3.3",
              List.of(Parameter.duration("quantum", 4L, "how long a thread runs at a time")),
              (context, parameters) -> new RoundRobin(parameters.duration("quantum"))),
          new PolicyDescriptor(
              "priority",
              "the most urgent thread runs; equals in order of entry, or in turn with a quantum",
              "Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., 5.3.4; POSIX"
                  + " SCHED_FIFO and SCHED_RR",
              List.of(
                  Parameter.flag(
                      "preemptive", true, "whether a more urgent thread takes the CPU at once"),
                  Parameter.duration("quantum", null, "turn of threads of equal priority"),
                  Parameter.duration(
                      "aging", null, "every so much waiting raises a thread by one, until it runs"),
                  Parameter.choice(
                      "preempted_to",
                      "head",
                      HEAD_OR_TAIL,
                      "where a preempted thread goes in the queue of its priority")),
              (context, parameters) -> new PriorityScheduling(context, parameters)),
          new PolicyDescriptor(
              "feedback",
              "queues of falling priority; whoever uses up a quantum while others wait goes down",
              "Stallings, Operating Systems, 9th ed., 9.2",
              List.of(
                  Parameter.integer("queues", 8, "how many queues"),
                  Parameter.duration("quantum", 1L, "the first queue's quantum"),
                  Parameter.integer(
                      "growth", 1, "each queue's quantum is so many times the one's above")),
              (context, parameters) -> new Feedback(parameters)),
          new PolicyDescriptor(
              "rate-monotonic",
              "the shorter the period, the more urgent; preemptive",
              "Liu and Layland, Scheduling Algorithms for Multiprogramming, JACM 20(1), 1973",
              List.of(),
              (context, parameters) -> DeadlineScheduling.rateMonotonic()),
          new PolicyDescriptor(
              "deadline-monotonic",
              "the shorter the relative deadline, the more urgent; preemptive",
              "Leung and Whitehead, Performance Evaluation 2(4), 1982",
              List.of(),
              (context, parameters) -> DeadlineScheduling.deadlineMonotonic()),
          new PolicyDescriptor(
              "edf",
              "earliest deadline first: the job whose deadline is nearest runs; preemptive",
              "Liu and Layland, Scheduling Algorithms for Multiprogramming, JACM 20(1), 1973",
              List.of(),
              (context, parameters) -> DeadlineScheduling.earliestDeadlineFirst()));

  /** Returns all policies. */
  public static List<PolicyDescriptor> all() {
    return ALL;
  }

  /** Returns the policy of that name, if there is one. */
  public static Optional<PolicyDescriptor> named(String name) {
    return ALL.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }
}
