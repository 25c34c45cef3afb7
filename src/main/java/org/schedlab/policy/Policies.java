package org.schedlab.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registry of scheduling policies: one entry each, in the order of the documentation. */
public final class Policies {
  private Policies() {}

  private static final List<String> HEAD_OR_TAIL = List.of("head", "tail");

  private static final List<Parameter> CFS =
      List.of(
          Parameter.duration("latency", 24L, "the time in which each ready thread runs once"),
          Parameter.duration("min_granularity", 3L, "the shortest slice"),
          Parameter.duration(
              "wakeup_granularity", 4L, "a woken thread takes the CPU when it is behind by more"));

  private static final List<Parameter> EEVDF =
      List.of(
          Parameter.duration(
              "base_slice", 3L, "what a thread requests at a time, unless it has a slice"));

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
              "mlfq",
              "multi-level feedback queue: whoever has used up its allotment goes one queue down",
              "Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 8",
              List.of(
                  Parameter.integer("queues", 3, "how many queues"),
                  Parameter.durations(
                      "quantum", 10, "each queue's, or a list from the highest queue down"),
                  Parameter.integers(
                      "allotment", 1, "so many quanta, or a list of them, and a thread goes down"),
                  Parameter.duration("boost", null, "every so often all go to the highest queue"),
                  Parameter.flag(
                      "io_resets", false, "whether sleeping gives back quantum and allotment"),
                  Parameter.flag(
                      "io_to_front",
                      false,
                      "whether a woken thread goes to the head of its queue")),
              MultiLevelFeedbackQueue::new,
              Policies::eachQueueHasAValue,
              false),
          new PolicyDescriptor(
              "multilevel-queue",
              "fixed classes, one above the other, each with a policy of its own",
              "Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., 5.3.5",
              List.of(
                  Parameter.classes("classes", "the classes, the highest first"),
                  Parameter.flag(
                      "preemptive", true, "whether a higher class takes the CPU of a lower one")),
              MultilevelQueue::create),
          new PolicyDescriptor(
              "unix",
              "traditional UNIX: now and then who has used the CPU falls behind who has not",
              "Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., exercise 5.14",
              List.of(
                  Parameter.duration("quantum", 100L, "turn of threads of equal priority"),
                  Parameter.duration("recalculate", 1000L, "how often priorities change"),
                  Parameter.duration("tick", 10L, "so much CPU time counts as one"),
                  Parameter.integer("base", 60, "the priority of a thread without recent use")),
              TraditionalUnix::new),
          new PolicyDescriptor(
              "las",
              "least attained service: the thread that has had the least CPU time runs",
              "Kleinrock, Queueing Systems, volume 2, 1976, 4.6 (FB)",
              List.of(Parameter.duration("quantum", 1L, "turn of threads that have had the same")),
              (context, parameters) -> new LeastAttainedService(parameters.duration("quantum"))),
          new PolicyDescriptor(
              "random",
              "every quantum one of the ready threads, each as likely as the others",
              "the yardstick: what a policy that knows something should beat",
              List.of(Parameter.duration("quantum", 4L, "how long a thread runs at a time")),
              (context, parameters) -> new RandomChoice(context, parameters.duration("quantum"))),
          new PolicyDescriptor(
              "lottery",
              "every quantum a ticket is drawn, and its holder runs",
              "Waldspurger and Weihl, Lottery Scheduling, OSDI 1994",
              List.of(
                  Parameter.duration("quantum", 1L, "how long a winner runs"),
                  Parameter.numbers(
                      "draws", "the draws, for exercises; an error when they run out"),
                  Parameter.flag(
                      "transfer",
                      false,
                      "whether who sleeps for a mutex lends its tickets to the holder"),
                  Parameter.flag(
                      "compensation",
                      false,
                      "whether using a part of a quantum gives more tickets until it wins"),
                  Parameter.currencies(
                      "currencies",
                      "{NAME: N} backed by base tickets, {NAME: {OTHER: N}} by others")),
              Lottery::new,
              Policies::currenciesStandAlone,
              false),
          new PolicyDescriptor(
              "stride",
              "the smallest pass runs a quantum and grows by 2^20 / tickets",
              "Waldspurger and Weihl, Stride Scheduling, MIT/LCS/TM-528, 1995",
              List.of(
                  Parameter.duration("quantum", 1L, "how long a thread runs at a time"),
                  Parameter.flag(
                      "start_at_stride", false, "whether a new thread joins a stride later")),
              (context, parameters) -> new Stride(parameters)),
          new PolicyDescriptor(
              "cfs",
              "Linux's completely fair scheduler: the smallest virtual run time runs",
              "Linux 6.5, kernel/sched/fair.c; Arpaci-Dusseau, Three Easy Pieces, chapter 9",
              CFS,
              (context, parameters) ->
                  new CompletelyFair(context, parameters, task -> NiceWeights.of(task.nice()))),
          new PolicyDescriptor(
              "eevdf",
              "earliest eligible virtual deadline first, Linux's fair scheduler since 6.6",
              "Stoica and Abdel-Wahab, TR 95-22, 1995; Linux 6.6, kernel/sched/fair.c",
              EEVDF,
              (context, parameters) ->
                  new EarliestEligible(
                      parameters.duration("base_slice"), task -> NiceWeights.of(task.nice()))),
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
              (context, parameters) -> DeadlineScheduling.earliestDeadlineFirst()),
          new PolicyDescriptor(
              "llf",
              "least laxity first: whoever has the least time to spare runs",
              "Mok, MIT/LCS/TR-297, 1983; Dertouzos and Mok, IEEE TSE 15(12), 1989",
              List.of(Parameter.duration("quantum", 1L, "laxities are compared every so often")),
              (context, parameters) -> new LeastLaxity(context, parameters.duration("quantum"))),
          new PolicyDescriptor(
              "cbs",
              "constant bandwidth servers: who overruns its reservation has its deadline put off",
              "Abeni and Buttazzo, RTSS 1998",
              List.of(),
              (context, parameters) -> new BandwidthServers(context, false)),
          new PolicyDescriptor(
              "linux",
              "Linux's classes: deadline above fifo and rr above fair above idle",
              "sched(7); Linux 6.6, kernel/sched",
              linuxParameters(),
              LinuxClasses::create),
          PolicyDescriptor.ideal(
              "ps",
              "processor sharing, an ideal: all ready threads run at once, each at an equal rate",
              "Kleinrock, Time-Shared Systems: A Theoretical Treatment, JACM 14(2), 1967"));

  private static List<Parameter> linuxParameters() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        Parameter.choice(
            "fair", "eevdf", List.of("eevdf", "cfs"), "how fair and idle threads share the CPU"));
    parameters.addAll(EEVDF);
    parameters.addAll(CFS);
    parameters.add(Parameter.duration("rr_quantum", 100L, "turn of threads of class rr"));
    return List.copyOf(parameters);
  }

  private static Optional<PolicyDescriptor.Mismatch> eachQueueHasAValue(PolicyParameters values) {
    int queues = values.integer("queues");
    for (String name : List.of("quantum", "allotment")) {
      int given = values.numbers(name).length;
      if (given != 1 && given != queues) {
        return Optional.of(
            new PolicyDescriptor.Mismatch(
                name,
                "`"
                    + name
                    + "` has "
                    + given
                    + " values for "
                    + queues
                    + " queues; give one for all, or one for each from the highest queue down"));
      }
    }
    return Optional.empty();
  }

  /** Returns all policies that a kernel can run. */
  public static List<PolicyDescriptor> real() {
    return ALL.stream().filter(policy -> !policy.isIdeal()).toList();
  }

  /** Returns all policies. */
  public static List<PolicyDescriptor> all() {
    return ALL;
  }

  /** Returns the policy of that name, or the user's of that file, if there is one. */
  public static Optional<PolicyDescriptor> named(String name) {
    return UserPolicies.isFile(name) ? UserPolicies.named(name) : builtIn(name);
  }

  private static Optional<PolicyDescriptor> builtIn(String name) {
    return ALL.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }

  private static Optional<PolicyDescriptor.Mismatch> currenciesStandAlone(PolicyParameters values) {
    boolean other = values.flag("transfer") || values.flag("compensation");
    return other && !values.currencies("currencies").isEmpty()
        ? Optional.of(
            new PolicyDescriptor.Mismatch(
                "currencies", "with `currencies`, tickets are neither lent nor compensated"))
        : Optional.empty();
  }

  /** Returns the currencies that tickets may be in, or none where a policy knows none. */
  public static List<String> currencies(PolicyDescriptor policy, PolicyParameters parameters) {
    return policy.parameter("currencies").isPresent()
        ? parameters.currencies("currencies").stream().map(Currency::name).toList()
        : List.of();
  }

  /** Says whether a policy is that of Linux's classes, with its own way to count priorities. */
  public static boolean isLinux(PolicyDescriptor policy) {
    return policy.name().equals("linux");
  }

  /** Returns the classes that threads may be in, or none where a policy knows no classes. */
  public static List<String> classes(PolicyDescriptor policy, PolicyParameters parameters) {
    if (isLinux(policy)) {
      return LinuxClasses.NAMES;
    }
    return policy.parameter("classes").isPresent()
        ? parameters.classes("classes").stream().map(QueueClass::name).distinct().toList()
        : List.of();
  }
}
