package org.schedlab.cost;

/** Where the figures of the cost model come from. */
public enum Source {
  OWN(
      "SchedLab, own measurements and estimates; measured on a virtual machine with 2 CPUs of an AMD"
          + " EPYC (Zen 5, about 4.15 GHz) under KVM, Linux 6.18, HZ=250, gcc 12.2; medians of three"
          + " passes. Measurements across CPUs of a virtual machine are not used"),
  GMS("Georg Sauthoff, On the Costs of Syscalls, gms.tf, 2021; a table of 15 hosts"),
  BEND(
      "Eli Bendersky, Measuring context switching and memory overheads for Linux threads,"
          + " eli.thegreenplace.net, 2018; figures as others quote them"),
  TSUNA(
      "Benoit Sigoure (tsuna), How long does it take to make a context switch?, 2010, with additions"
          + " of 2013"),
  LDS("Chuanpeng Li, Chen Ding, Kai Shen, Quantifying the Cost of Context Switch, ExpCS 2007"),
  JIMB("Jim Blandy, context-switch, README, github.com/jimblandy/context-switch"),
  LMB(
      "Larry McVoy and Carl Staelin, lmbench: Portable Tools for Performance Analysis, USENIX 1996;"
          + " tables and data of figure 1 in github.com/intel/lmbench, doc/; Linux on Pentium: median"
          + " of six machines"),
  GOLD(
      "Peter Goldsborough, ipc-bench, README, github.com/goldsborough/ipc-bench (Core i5-4590S,"
          + " Ubuntu 20.04)"),
  BOOST(
      "Oliver Kowalke, Boost.Context, Boost.Coroutine2 and Boost.Fiber, performance pages of the"
          + " documentation (two Xeon E5-2620 v4, 2.2 GHz)"),
  NV("Nicolas Viennot, core-to-core-latency, README, github.com/nviennot/core-to-core-latency"),
  KERN("Linux kernel sources: kernel/sched/, arch/x86/, Documentation/ and its configuration"),
  ZEPH(
      "Zephyr Project, tests/benchmarks/latency_measure, sample output in the README, v3.5.0-rc1,"
          + " Cortex-M4 at 120 MHz"),
  EMB("SEGGER, embOS, product pages"),
  CMRX("CMRX, Thread-Metric results of FreeRTOS 10.3.1, cmrxrtos.org"),
  FRT("FreeRTOS, FAQ on memory use and performance, freertos.org"),
  GREGG("Brendan Gregg, KPTI/KAISER Meltdown Initial Performance Regressions, 2018; as quoted"),
  FBSD("Konstantin Belousov, FreeBSD review D13985, getppid on a Haswell"),
  TLPI(
      "Michael Kerrisk, The Linux Programming Interface, 2010, table 28-3 (kernel 2.6.27, x86-32);"
          + " as quoted"),
  DLANG("D programming language, issue 14770, 2015: timing fork and vfork"),
  ODF(
      "Kaiyang Zhao, Sishuai Gong, Pedro Fonseca, On-demand-fork, EuroSys 2021; the abstract was"
          + " read"),
  TSAF(
      "Dan Tsafrir, The Context-Switch Overhead Inflicted by Hardware Interrupts, ExpCS 2007; the"
          + " abstract was read"),
  PF("Page fault latency measurement, ddumbying.vercel.app (Linux 6.6, Core i7, 11th generation)"),
  TLB("TLB benchmark, notes.elimelt.com"),
  MAZ("Francesco Mazzoli, How fast are Linux pipes anyway?, mazzo.li, 2022"),
  DEAN("Jeff Dean and Peter Norvig, latency numbers every programmer should know"),
  NPTL(
      "Ulrich Drepper and Ingo Molnar, The Native POSIX Thread Library for Linux, 2003; as quoted"),
  COX("Katherine Cox-Buday, Concurrency in Go, 2017"),
  KOT("Wojciech Zurek, kotlin-thread-coroutine-tester, README on github.com"),
  GOSRC("The Go Authors, src/runtime/stack.go, the constant for the smallest stack"),
  JEP("JEP 444, Virtual Threads, 2023; gives no figure"),
  MAN("Linux manual pages pipe(7), mq_overview(7) and prctl(2)"),
  ONEDFRK("onedfrk newsletter, on TLBs and interrupts between CPUs; gives no sources of its own"),
  OSC(
      "Abraham Silberschatz, Peter Galvin, Greg Gagne, Operating System Concepts; the constants of"
          + " its exercises");

  private final String citation;

  Source(String citation) {
    this.citation = citation;
  }

  /** Returns author, title, place and year, as far as they are known. */
  public String citation() {
    return citation;
  }
}
