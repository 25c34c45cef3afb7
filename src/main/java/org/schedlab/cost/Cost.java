package org.schedlab.cost;

import static org.schedlab.cost.Evidence.cited;
import static org.schedlab.cost.Evidence.estimate;
import static org.schedlab.cost.Evidence.measured;
import static org.schedlab.cost.Evidence.recalled;
import static org.schedlab.cost.Evidence.weak;
import static org.schedlab.cost.Figure.cortexM4;
import static org.schedlab.cost.Figure.cortexM4Cycles;
import static org.schedlab.cost.Figure.linux;
import static org.schedlab.cost.Figure.pentium;
import static org.schedlab.cost.Figure.textbook;
import static org.schedlab.cost.Source.BEND;
import static org.schedlab.cost.Source.BOOST;
import static org.schedlab.cost.Source.CMRX;
import static org.schedlab.cost.Source.COX;
import static org.schedlab.cost.Source.DEAN;
import static org.schedlab.cost.Source.DLANG;
import static org.schedlab.cost.Source.EMB;
import static org.schedlab.cost.Source.FBSD;
import static org.schedlab.cost.Source.FRT;
import static org.schedlab.cost.Source.GMS;
import static org.schedlab.cost.Source.GOLD;
import static org.schedlab.cost.Source.GOSRC;
import static org.schedlab.cost.Source.GREGG;
import static org.schedlab.cost.Source.JEP;
import static org.schedlab.cost.Source.JIMB;
import static org.schedlab.cost.Source.KERN;
import static org.schedlab.cost.Source.KOT;
import static org.schedlab.cost.Source.LDS;
import static org.schedlab.cost.Source.LMB;
import static org.schedlab.cost.Source.MAN;
import static org.schedlab.cost.Source.MAZ;
import static org.schedlab.cost.Source.NPTL;
import static org.schedlab.cost.Source.NV;
import static org.schedlab.cost.Source.ODF;
import static org.schedlab.cost.Source.ONEDFRK;
import static org.schedlab.cost.Source.OSC;
import static org.schedlab.cost.Source.PF;
import static org.schedlab.cost.Source.TLB;
import static org.schedlab.cost.Source.TLPI;
import static org.schedlab.cost.Source.TSAF;
import static org.schedlab.cost.Source.TSUNA;
import static org.schedlab.cost.Source.ZEPH;

import java.util.Arrays;
import java.util.Locale;

/**
 * The parameters of the cost model. Each constant says what it is, who charges it, and for every
 * {@link Profile} its value and what that rests on; a profile that is not named has 0, because the
 * machine has no such thing or no source gives a figure for it. Scenario files name a parameter by
 * its {@link #key}.
 *
 * <p>Times there and back contain their switches and system calls: they are what a simulation is to
 * come out at, not something to charge on top. docs/cost-model.md tells how the parts go together.
 */
public enum Cost {
  // --- MODE_SWITCH
  SYSCALL(
      Section.MODE_SWITCH,
      Mechanism.SYSTEM_CALL,
      Unit.NANOSECONDS,
      "entering and leaving the kernel for a system call, without mitigations",
      linux(
          80,
          "76 ns",
          "137 ns",
          cited(GMS, "mitigations off: 76 ns on a Xeon 6256, 136 ns on a Xeon 4110"),
          measured("118 ns for getppid, 142 to 155 ns for a read or write of one byte")),
      pentium(3_000, cited(LMB, "null system call, 2 to 5 us; 4 us on a Pentium Pro")),
      cortexM4(0, estimate("without user space a call into the kernel changes no privilege"))),
  SYSCALL_MITIGATION(
      Section.MODE_SWITCH,
      Mechanism.SYSTEM_CALL,
      Unit.NANOSECONDS,
      "what mitigations such as kernel page-table isolation add to a system call",
      linux(
          150,
          "139 ns",
          "560 ns",
          cited(GMS, "233 ns with and 76 ns without mitigations on one Xeon 6256"),
          cited(FBSD, "478 ns with isolation and PCID, 339 ns without"),
          cited(GREGG, "more than 800 % slower at worst without PCID")),
      pentium(0, estimate("Meltdown was found in 2018"))),
  SYSCALL_MPU(
      Section.MODE_SWITCH,
      Mechanism.PROTECTION,
      Unit.NANOSECONDS,
      "entering and leaving the kernel where a memory protection unit isolates user threads",
      cortexM4Cycles(
          250,
          estimate(
              "250 cycles with user space and MPU; a scenario that wants it sets syscall to it"))),
  VDSO_CALL(
      Section.MODE_SWITCH,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "reading the clock without entering the kernel",
      linux(20, "13 ns", "33 ns", cited(GMS, "clock_gettime, 13 to 33 ns"), measured("20.8 ns"))),
  FUNCTION_CALL(
      Section.MODE_SWITCH,
      Mechanism.INSTRUCTION,
      Unit.NANOSECONDS,
      "calling a function",
      linux(1, "1 ns", "2 ns", measured("0.99 ns"))),
  INSTRUCTION(
      Section.MODE_SWITCH,
      Mechanism.INSTRUCTION,
      Unit.NANOSECONDS,
      "a load or store that hits the first-level cache",
      linux(1, estimate("4 to 5 cycles at more than 3 GHz")),
      pentium(10, cited(LMB, "latency of the first-level cache")),
      cortexM4Cycles(2, estimate("2 cycles"))),

  // --- DIRECT_SWITCH
  CONTEXT_SWITCH(
      Section.DIRECT_SWITCH,
      Mechanism.SWITCH,
      Unit.NANOSECONDS,
      "a fixed amount for every switch: the knob of exercises; zero in every profile",
      linux(0, estimate("use thread_switch")),
      pentium(0, estimate("use thread_switch")),
      cortexM4(0, estimate("use thread_switch"))),
  THREAD_SWITCH(
      Section.DIRECT_SWITCH,
      Mechanism.SWITCH,
      Unit.NANOSECONDS,
      "saving and restoring registers, kernel stack and run queue, with both sides hot",
      linux(
          700,
          "500 ns",
          "1000 ns",
          measured("724 ns: 1141 ns for sched_yield with a switch, 417 ns without"),
          estimate("the range")),
      pentium(
          14_500,
          cited(
              LMB,
              "two processes without data, 10 to 66 us; 6 us on a Pentium Pro; switch and wake-up together")),
      cortexM4Cycles(
          519,
          cited(ZEPH, "k_yield, 519 cycles"),
          cited(EMB, "embOS: 252 cycles; 341 cycles on an ARM7"),
          recalled(FRT, "FreeRTOS on a Cortex-M3: 84 cycles"))),
  COOPERATIVE_SWITCH(
      Section.DIRECT_SWITCH,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "switching between tasks that yield, under FreeRTOS",
      cortexM4Cycles(
          141,
          cited(
              CMRX,
              "141 cycles for a cooperative switch; synchronisation 334, message 512, preemptive 551"))),
  BLOCK_WAKE(
      Section.DIRECT_SWITCH,
      Mechanism.WAKE_UP,
      Unit.NANOSECONDS,
      "putting a thread to sleep and waking it again, its system calls included, the switch not",
      linux(
          600,
          "400 ns",
          "1200 ns",
          cited(
              BEND,
              "1200 to 1500 ns for switch and wake-up together, pinned to a CPU; this list has 700 + 600"),
          cited(COX, "1467 ns for both"),
          cited(TSUNA, "1100 ns (Xeon E5440) to 1900 ns for both"),
          cited(JIMB, "1700 ns for both"),
          measured("900 ns: futex hand-off 1993, less wake 154, wait 218 and switch 724")),
      pentium(0, cited(LMB, "no figure of its own: it is part of thread_switch there")),
      cortexM4Cycles(
          170,
          cited(
              ZEPH,
              "taking a semaphore with a switch 689 cycles, less 519 for the switch; giving one 789"))),
  ADDRESS_SPACE_SWITCH(
      Section.DIRECT_SWITCH,
      Mechanism.SWITCH,
      Unit.NANOSECONDS,
      "changing to another process whose translations are still in the TLB",
      linux(
          100,
          "40 ns",
          "200 ns",
          cited(
              TSUNA,
              "processes cost 5 to 20 % more than threads: 1300 and 1100 ns on a Xeon E5440"),
          measured("40 ns with sched_yield, 54 ns with futexes")),
      pentium(0, cited(LMB, "no figure of its own: it is part of thread_switch there")),
      cortexM4Cycles(
          966,
          cited(ZEPH, "user to user 1485 cycles with an MPU, less 519 from kernel to kernel"))),
  ASID_SLOTS(
      Section.DIRECT_SWITCH,
      Mechanism.SWITCH,
      Unit.COUNT,
      "address spaces whose translations the TLB keeps apart",
      textbook(Profile.UNLIMITED),
      linux(
          6,
          "6",
          "6",
          cited(KERN, "TLB_NR_DYN_ASIDS of arch/x86"),
          measured("a step exactly between 6 and 7 processes in a ring")),
      pentium(0, estimate("the TLB of a Pentium has no tags")),
      cortexM4(Profile.UNLIMITED, estimate("without virtual memory no translation is lost"))),
  ASID_MISS(
      Section.DIRECT_SWITCH,
      Mechanism.SWITCH,
      Unit.NANOSECONDS,
      "changing to a process whose translations are lost: flush, and refill of the hot ones; instead of address_space_switch",
      linux(
          600,
          "550 ns",
          "1600 ns",
          measured(
              "575 ns without data, 780 to 870 with 64 KiB, 920 to 940 with 256 KiB, 1570 with 64 processes"),
          estimate("on CPUs without PCID every change of process")),
      pentium(0, cited(LMB, "no figure of its own: it is part of thread_switch there"))),
  EXTRA_TASKS(
      Section.DIRECT_SWITCH,
      Mechanism.SWITCH,
      Unit.NANOSECONDS,
      "what a switch costs more when four or more threads are ready or running",
      linux(
          0,
          "0",
          "1250 ns",
          measured(
              "ring of 2 tasks 1696 ns, of 3 tasks 2190, of 4 and more 2850; optional, so zero unless set"))),
  REMOTE_WAKE(
      Section.DIRECT_SWITCH,
      Mechanism.WAKE_UP,
      Unit.NANOSECONDS,
      "block_wake where another CPU does the waking",
      linux(
          3_000,
          "2200 ns",
          "4500 ns",
          cited(BEND, "2200 ns where threads are not pinned"),
          cited(TSUNA, "3000 to 4500 ns where threads are not pinned"))),

  // --- INDIRECT_SWITCH
  L1_CACHE(
      Section.INDIRECT_SWITCH,
      Mechanism.CACHE_LEVELS,
      Unit.BYTES,
      "size of the first-level data cache",
      textbook(Profile.UNLIMITED),
      linux(32 * Cost.KIB, estimate("differs from CPU to CPU"), measured("48 KiB")),
      pentium(8 * Cost.KIB, estimate("a usual machine of those years")),
      cortexM4(0, estimate("has no cache"))),
  L2_CACHE(
      Section.INDIRECT_SWITCH,
      Mechanism.REFILL,
      Unit.BYTES,
      "size of the cache in which working sets stay or are lost",
      textbook(Profile.UNLIMITED),
      linux(1_024 * Cost.KIB, estimate("differs from CPU to CPU"), measured("1 MiB")),
      pentium(256 * Cost.KIB, estimate("a usual machine of those years")),
      cortexM4(0, estimate("has no cache"))),
  L3_CACHE(
      Section.INDIRECT_SWITCH,
      Mechanism.CACHE_LEVELS,
      Unit.BYTES,
      "size of the last-level cache",
      textbook(Profile.UNLIMITED),
      linux(32_768 * Cost.KIB, estimate("differs from CPU to CPU"), measured("32 MiB")),
      pentium(0, estimate("has none")),
      cortexM4(0, estimate("has no cache"))),
  L2_HIT(
      Section.INDIRECT_SWITCH,
      Mechanism.CACHE_LEVELS,
      Unit.NANOSECONDS,
      "an access that the second-level cache serves",
      linux(4, "3.3 ns", "7 ns", measured("3.34 ns with 64 to 256 KiB"), cited(DEAN, "7 ns")),
      pentium(169, cited(LMB, "169 ns; 90 ns on a Pentium Pro"))),
  L3_HIT(
      Section.INDIRECT_SWITCH,
      Mechanism.CACHE_LEVELS,
      Unit.NANOSECONDS,
      "an access that the last-level cache serves",
      linux(15, "10 ns", "40 ns", measured("10 to 13 ns with 2 to 8 MiB"))),
  DRAM(
      Section.INDIRECT_SWITCH,
      Mechanism.CACHE_LEVELS,
      Unit.NANOSECONDS,
      "an access that main memory serves",
      linux(
          100,
          "67 ns",
          "200 ns",
          cited(DEAN, "100 ns; Chips and Cheese have 67 to 83 ns idle"),
          measured("139 to 171 ns with 4 KiB pages, 136 to 158 with 2 MiB pages")),
      pentium(320, cited(LMB, "320 ns; 194 ns on a Pentium Pro"))),
  CACHE_LINE(
      Section.INDIRECT_SWITCH,
      Mechanism.REFILL,
      Unit.BYTES,
      "bytes of a cache line",
      textbook(64),
      linux(64, estimate("as x86-64 CPUs have")),
      pentium(32, cited(LMB, "lines of 32 bytes")),
      cortexM4(32, estimate("has no cache; for scenarios that give it one"))),
  CACHE_REFILL_LINE(
      Section.INDIRECT_SWITCH,
      Mechanism.REFILL,
      Unit.NANOSECONDS,
      "fetching again a line that others have pushed out",
      linux(
          4,
          "0.2 ns",
          "170 ns",
          measured(
              "0.1 to 0.2 ns in sequence from the last-level cache, 10 to 13 at random; about 150 at random from main memory"),
          estimate("the mixture")),
      pentium(180, cited(LMB, "from main memory on a Pentium Pro: the plateau of figure 1"))),
  REFILL_LINE_L2(
      Section.INDIRECT_SWITCH,
      Mechanism.CACHE_LEVELS,
      Unit.NANOSECONDS,
      "fetching a line again from the second-level cache",
      linux(4, estimate("as l2_hit")),
      pentium(16, cited(LMB, "on a Pentium Pro"))),
  REFILL_LINE_DRAM(
      Section.INDIRECT_SWITCH,
      Mechanism.CACHE_LEVELS,
      Unit.NANOSECONDS,
      "fetching a line again from main memory, at random",
      linux(150, measured("about 150 ns")),
      pentium(180, cited(LMB, "on a Pentium Pro"))),
  INDIRECT_MAX(
      Section.INDIRECT_SWITCH,
      Mechanism.REFILL,
      Unit.NANOSECONDS,
      "the most that one refill costs",
      linux(
          30_000,
          "a few us",
          "over 1000 us",
          cited(TSUNA, "30 us, a rule of thumb and no measurement"),
          cited(LDS, "several us to more than 1000 us with 512 KiB of second-level cache"),
          measured(
              "1.45 us with 512 KiB each, 1.9 with 1 to 2 MiB, 4 with 4 MiB, 14 to 18 with 8 MiB")),
      pentium(361_000, cited(LMB, "eight processes of 64 KiB, Pentium Pro"))),
  TLB_L1_ENTRIES(
      Section.INDIRECT_SWITCH,
      Mechanism.TRANSLATION,
      Unit.COUNT,
      "translations that the first-level TLB holds",
      textbook(Profile.UNLIMITED),
      linux(
          64,
          "64",
          "96",
          weak(ONEDFRK, "96 on an Alder Lake"),
          measured("96, from the knee of a curve"))),
  TLB_L2_ENTRIES(
      Section.INDIRECT_SWITCH,
      Mechanism.TRANSLATION,
      Unit.COUNT,
      "translations that the second-level TLB holds",
      textbook(Profile.UNLIMITED),
      linux(
          2_048,
          "1536",
          "4096",
          weak(ONEDFRK, "2048 on an Alder Lake"),
          measured("4096, from the knee of a curve"))),
  TLB_L2_HIT(
      Section.INDIRECT_SWITCH,
      Mechanism.TRANSLATION,
      Unit.NANOSECONDS,
      "a translation that the second-level TLB serves",
      linux(2, "1.6 ns", "2.5 ns", measured("1.65 ns"))),
  TLB_MISS(
      Section.INDIRECT_SWITCH,
      Mechanism.TRANSLATION,
      Unit.NANOSECONDS,
      "walking the page tables for a translation",
      linux(
          15,
          "7 ns",
          "100 ns",
          cited(TLB, "about 10 ns"),
          weak(ONEDFRK, "20 to 50 cycles where the tables are in the cache, more than 200 cold"),
          measured("7 ns with 4096 pages to 20 ns with 16384, nested paging"))),

  // --- PAGE_FAULTS
  MINOR_FAULT(
      Section.PAGE_FAULTS,
      Mechanism.PAGE_FAULT,
      Unit.NANOSECONDS,
      "a page fault served from memory",
      linux(
          1_000,
          "575 ns",
          "4000 ns",
          cited(PF, "median 1013 ns, lowest 575, 95th percentile 4025"),
          measured(
              "1241 ns for a zeroed page, 632 to read the zero page, 37 a page with fault-around"))),
  COPY_ON_WRITE_FAULT(
      Section.PAGE_FAULTS,
      Mechanism.PAGE_FAULT,
      Unit.NANOSECONDS,
      "the first write to a page shared since fork: fault and copy of 4 KiB",
      linux(
          1_500,
          "1000 ns",
          "2000 ns",
          measured("1852 ns"),
          estimate("between that and bare metal"))),
  HUGE_PAGE_FAULT(
      Section.PAGE_FAULTS,
      Mechanism.PAGE_FAULT,
      Unit.NANOSECONDS,
      "a page fault that is given a page of 2 MiB",
      linux(75_000, "68 us", "77 us", measured("72 us"))),
  MAJOR_FAULT(
      Section.PAGE_FAULTS,
      Mechanism.PAGE_FAULT,
      Unit.NANOSECONDS,
      "a page fault served from a disk",
      linux(
          100_000,
          "38 us",
          "150 us",
          estimate("a disk on NVMe"),
          cited(DEAN, "a random read of 4 KiB from an SSD, 150 us"),
          measured("38 to 45 us on a virtual disk, perhaps cached by its host"),
          recalled(OSC, "exercises count 8 ms, and 200 ns for an access to memory")),
      pentium(10_000_000, estimate("10 ms or more, a hard disk"))),

  // --- CREATION
  FORK(
      Section.CREATION,
      Mechanism.PROCESSES,
      Unit.NANOSECONDS,
      "fork of a process without pages",
      linux(
          60_000,
          "37 us",
          "220 us",
          cited(DLANG, "60 us"),
          cited(TLPI, "220 us"),
          measured("37 us until fork returns in the parent, 106 us with exit and wait")),
      pentium(1_850_000, cited(LMB, "fork and exit, 0.9 to 3.1 ms; 500 us on a Pentium Pro"))),
  FORK_PAGE(
      Section.CREATION,
      Mechanism.PROCESSES,
      Unit.NANOSECONDS,
      "what fork takes more for each page of 4 KiB that is mapped",
      linux(
          70,
          "62 ns",
          "310 ns",
          cited(
              DLANG,
              "100 MiB in 3 ms and 1 GiB in 30 to 45 ms: 114 to 172 ns; another report has 312 on a Core 2"),
          measured("62 to 68 ns for fork, 126 to 145 with exit and wait"),
          cited(ODF, "sharing the page tables makes fork 65 times faster at 1 GB"))),
  VFORK(
      Section.CREATION,
      Mechanism.PROCESSES,
      Unit.NANOSECONDS,
      "vfork, whatever the size of the process",
      linux(
          22_000,
          "20 us",
          "35 us",
          cited(DLANG, "20 us, constant"),
          cited(TLPI, "35 us"),
          measured("21.4 us with nothing to 22.1 us with 1000 MiB"))),
  SPAWN_EXEC(
      Section.CREATION,
      Mechanism.PROCESSES,
      Unit.NANOSECONDS,
      "posix_spawn or vfork, with exec and exit",
      linux(
          400_000,
          "370 us",
          "1300 us",
          cited(TLPI, "vfork and exec 1032 us, fork and exec 1309 us"),
          measured("372 us static, 497 dynamic, 558 with a shell; the same for all sizes")),
      pentium(
          13_500_000,
          cited(LMB, "fork, exec and exit; 5 ms on a Pentium Pro; 30 ms with a shell"))),
  THREAD_CREATE(
      Section.CREATION,
      Mechanism.CREATE_THREAD,
      Unit.NANOSECONDS,
      "creating and starting a thread",
      linux(
          15_000,
          "10 us",
          "73 us",
          cited(JIMB, "17 us"),
          cited(NPTL, "100,000 threads in 2 s, 20 us each"),
          cited(BOOST, "52 to 73 us for each of 10,000 std::thread"),
          measured("16.5 us with join; 71 us for a platform thread of Java")),
      cortexM4Cycles(999, cited(ZEPH, "creating 396 cycles and starting 603"))),
  ASYNCIO_CREATE(
      Section.CREATION,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "creating a task of asyncio",
      linux(4_445, measured("4445 ns"))),
  CPP20_CREATE(
      Section.CREATION,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "creating a C++20 coroutine",
      linux(9, measured("8.6 ns"))),
  RUST_CREATE(
      Section.CREATION,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "spawning a task on tokio, a runtime of Rust",
      linux(
          300, "8 ns", "300 ns", cited(JIMB, "300 ns"), measured("7.7 ns for a future by itself"))),
  FIBER_CREATE(
      Section.CREATION,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "creating a Boost fiber, its stack included",
      linux(
          1_740,
          "1690 ns",
          "1790 ns",
          cited(BOOST, "skynet with one thread: 1690 to 1790 ns a fiber; the middle"))),
  GOROUTINE_CREATE(
      Section.CREATION,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "creating a goroutine",
      linux(
          455,
          "420 ns",
          "840 ns",
          cited(BOOST, "skynet: 420 to 490 ns a goroutine; the middle"),
          measured("610 to 840 ns (Go 1.19)"))),
  VIRTUAL_THREAD_CREATE(
      Section.CREATION,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "creating a virtual thread of Java",
      linux(455, "370 ns", "540 ns", measured("370 to 540 ns (JDK 25); the middle"))),
  PROCESS_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "resident memory of a small process",
      linux(
          1_200 * Cost.KIB,
          "456 KiB",
          "1500 KiB",
          measured(
              "700 KiB static, 1228 dynamic, 456 to 472 a forked child, 104 of them its own"))),
  PROCESS_KERNEL_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "memory that the kernel keeps for a process",
      linux(
          80 * Cost.KIB,
          "79 KiB",
          "87 KiB",
          measured(
              "kernel stack 16 KiB, slab 17.2, page tables 46; besides 36 to 64 of private memory"))),
  THREAD_STACK(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "address space for the stack of a thread",
      linux(
          8_192 * Cost.KIB, cited(JIMB, "the default of glibc, ulimit -s"), measured("8196.3 KiB")),
      cortexM4(88, cited(EMB, "the smallest stack of an embOS task"))),
  THREAD_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "resident memory of an idle thread",
      linux(
          32 * Cost.KIB,
          "20 KiB",
          "35 KiB",
          cited(JIMB, "20 KiB: 9.5 in user space, 10 in the kernel"),
          measured("35 KiB: 8.3 user, 16 kernel stack, 7.2 slab, 3 to 4 page tables"))),
  KERNEL_STACK(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "kernel stack of a thread",
      linux(
          16 * Cost.KIB,
          "8 KiB",
          "16 KiB",
          cited(KERN, "kernel-stacks.rst; its older text has 8 KiB"),
          measured("16 KiB")),
      pentium(8 * Cost.KIB, cited(KERN, "the older text of kernel-stacks.rst"))),
  TASK_STRUCT(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "what the kernel knows of a thread",
      linux(
          6_000,
          measured(
              "task_struct 5888 bytes; mm_struct 1600, signal 1152, sighand 2112, files 704, vma 192"))),
  TCB_FREERTOS(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "what FreeRTOS keeps of a task, without its stack",
      cortexM4(64, cited(FRT, "64 bytes; scheduler 236, queue 76 and its storage"))),
  TCB_EMBOS(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "what embOS keeps of a task, without its stack",
      cortexM4(36, cited(EMB, "36 bytes; the kernel itself 136"))),
  GOROUTINE_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "memory of an idle goroutine",
      linux(
          2_253,
          "2048 B",
          "2800 B",
          measured("2253 bytes resident"),
          cited(GOSRC, "the smallest stack has 2048 bytes"),
          cited(COX, "2.6 to 2.8 KB"))),
  GOROUTINE_STACK(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "first stack of a goroutine, part of goroutine_memory; it doubles when it is full",
      linux(2_048, cited(GOSRC, "_StackMin"))),
  FIBER_STACK(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "address space for the stack of a Boost fiber, which does not grow",
      linux(128 * Cost.KIB, recalled(BOOST, "the default of stack_traits on 64-bit POSIX"))),
  FIBER_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "resident memory of an idle Boost fiber",
      linux(
          4 * Cost.KIB,
          estimate("no figure found: the one page of its stack that it has touched"))),
  CPP_COROUTINE_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "frame of a C++20 coroutine",
      linux(56, measured("56 bytes"))),
  RUST_FUTURE_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "state of a Rust future",
      linux(
          80,
          "48 B",
          "80 B",
          measured("48 to 80 bytes"),
          cited(JIMB, "a few hundred bytes for a tokio task"))),
  KOTLIN_COROUTINE_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "memory of a Kotlin coroutine",
      linux(325, cited(KOT, "a million of them add 325 MB"))),
  GENERATOR_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "memory of a Python generator",
      linux(176, "176 B", "185 B", measured("176 bytes; 185 where allocations are traced"))),
  ASYNCIO_TASK_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "memory of a task of asyncio",
      linux(1_138, measured("1138 bytes"))),
  VIRTUAL_THREAD_MEMORY(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "heap of an idle virtual thread of Java",
      linux(
          1_516,
          measured("1516 bytes; 3174 resident"),
          cited(JEP, "stacks are objects of the heap; no figure"))),
  VIRTUAL_THREAD_RESIDENT(
      Section.CREATION,
      Mechanism.FOOTPRINT,
      Unit.BYTES,
      "resident memory of an idle virtual thread of Java",
      linux(3_174, measured("3174 bytes"))),

  // --- USER_LEVEL
  STACKFUL_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "switching between coroutines that have stacks, without the kernel",
      linux(
          10,
          "8 ns",
          "60 ns",
          cited(
              BOOST,
              "fcontext 9 ns or 19 cycles, Coroutine2 26 ns or 56 cycles; 43 to 63 cycles in older versions"),
          measured("7.7 ns for saving six registers"))),
  UCONTEXT_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "swapcontext, which sets the signal mask by a system call",
      linux(550, "160 ns", "700 ns", cited(BOOST, "547 ns or 1130 cycles"), measured("159 ns"))),
  STACKLESS_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "resuming a C++20 coroutine or polling a Rust future",
      linux(
          2,
          "0.5 ns",
          "3 ns",
          measured("C++ 1.3 to 1.6 ns; Rust 0.48, through a queue of 100 tasks 2.5"))),
  GOROUTINE_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "switching between goroutines",
      linux(
          170,
          "51 ns",
          "225 ns",
          cited(BEND, "about 170 ns"),
          recalled(COX, "225 ns"),
          measured("99 ns by a channel, 51 ns by Gosched (Go 1.19)"))),
  VIRTUAL_THREAD_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "switching between virtual threads of Java",
      linux(
          200,
          "137 ns",
          "450 ns",
          measured(
              "park and unpark 157 ns, yield 139 ns with one carrier (JDK 25); platform threads 2206"),
          cited(JEP, "no figure"))),
  ASYNCIO_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COROUTINES,
      Unit.NANOSECONDS,
      "switching between tasks of asyncio",
      linux(
          1_000,
          "877 ns",
          "2790 ns",
          measured(
              "877 ns with 100 tasks, 1319 with 2, 1725 for a turn of the loop with 1, 2790 by a Queue"))),
  GENERATOR_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "resuming a Python generator",
      linux(30, measured("31 ns; 9 ns in JavaScript"))),
  AWAIT_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "an await in JavaScript",
      linux(40, measured("35 to 39 ns; a turn of setImmediate 741 ns"))),
  TOKIO_SWITCH(
      Section.USER_LEVEL,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "switching between tasks of tokio",
      linux(200, cited(JIMB, "200 ns; 1.7 us where the cause is input or output becoming ready"))),

  // --- IPC
  PIPE_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by pipe, there and back: one byte, one CPU, two switches and their system calls included",
      linux(
          4_500,
          cited(GOLD, "162,441 messages a second, 6156 ns; 3762 ns by FIFO"),
          measured("4080 ns")),
      pentium(43_000, cited(LMB, "33 to 140 us; 31 us on a Pentium Pro"))),
  EVENTFD_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a signal by eventfd, there and back: one byte, one CPU, two switches and their system calls included",
      linux(4_000, measured("3740 ns"))),
  FUTEX_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by shared memory and futex, there and back: one byte, one CPU, two switches and their system calls included",
      linux(4_500, measured("4130 ns"))),
  POSIX_MQ_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by POSIX message queue, there and back: one byte, one CPU, two switches and their system calls included",
      linux(5_000, measured("4750 ns; 6230 ns for 4 KiB"))),
  SYSV_MQ_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by System V message queue, there and back: one byte, one CPU, two switches and their system calls included",
      linux(
          5_500,
          cited(GOLD, "232,253 messages a second, 4306 ns, without waiting"),
          measured("5290 ns"))),
  UNIX_DATAGRAM_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by Unix datagram socket, there and back: one byte, one CPU, two switches and their system calls included",
      linux(7_500, measured("7080 ns"))),
  UNIX_STREAM_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by Unix stream socket, there and back: one byte, one CPU, two switches and their system calls included",
      linux(8_000, cited(GOLD, "130,372 messages a second, 7670 ns"), measured("8120 ns"))),
  UDP_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by UDP within the machine, there and back: one byte, one CPU, two switches and their system calls included",
      linux(10_000, measured("9300 ns")),
      pentium(274_000, cited(LMB, "112 us on a Pentium Pro"))),
  TCP_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by TCP within the machine, there and back: one byte, one CPU, two switches and their system calls included",
      linux(13_000, cited(GOLD, "70,221 messages a second, 14241 ns"), measured("11950 ns")),
      pentium(1_149_000, cited(LMB, "467 to 1291 us; 263 us on a Pentium Pro"))),
  SPINNING_ROUND_TRIP(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "a message by shared memory, there and back, where two CPUs wait busily",
      linux(
          150,
          "60 ns",
          "420 ns",
          cited(GOLD, "4.70 million messages a second, 213 ns; 187 ns by mmap"),
          measured("60 ns where the CPUs share a cache, 410 ns where they do not"))),
  REMOTE_MESSAGE(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "what a message to an idle CPU takes more",
      linux(2_000, estimate("waking an idle CPU on bare metal"))),
  PIPE_MESSAGE(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "writing and reading a message in a pipe, the two system calls included, apart from bytes and switches",
      linux(440, measured("441 ns, from a straight line through streaming rates"))),
  PIPE_KIB(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "what each KiB of a message in a pipe takes more",
      linux(215, measured("0.214 ns a byte, here 0.21; half of the highest rate at 2.06 KB"))),
  UNIX_MESSAGE(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "writing and reading a message in a Unix socket, the two system calls included, apart from bytes and switches",
      linux(1_500, measured("1511 ns"))),
  UNIX_KIB(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "what each KiB of a message in a Unix socket takes more",
      linux(102, measured("0.099 ns a byte, here 0.10"))),
  TCP_MESSAGE(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "writing and reading a message over TCP within the machine, the two system calls included, apart from bytes and switches",
      linux(1_050, measured("1021 ns"))),
  TCP_KIB(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "what each KiB of a message over TCP within the machine takes more",
      linux(266, measured("0.265 ns a byte, here 0.26"))),
  MQ_MESSAGE(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "writing and reading a message in a message queue, the two system calls included, apart from bytes and switches",
      linux(1_200, measured("1221 ns"))),
  MQ_KIB(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "what each KiB of a message in a message queue takes more",
      linux(174, measured("0.167 ns a byte up to 8 KiB, here 0.17"))),
  UNIX_WAKE(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "what a message in a Unix socket takes more than one in a pipe where its receiver sleeps",
      linux(
          950,
          measured(
              "half of 8120 ns there and back less 1511 for the message, less the same for a pipe: 2040 less 441"))),
  TCP_WAKE(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.NANOSECONDS,
      "what a message over TCP within the machine takes more than one in a pipe where its receiver sleeps",
      linux(
          3_350,
          measured(
              "half of 11950 ns there and back less 1021 for the message, less the same for a pipe: 2040 less 441"))),
  PIPE_BANDWIDTH(
      Section.IPC,
      Mechanism.COMPARISON,
      Unit.BYTES_PER_SECOND,
      "the most that passes through a pipe",
      textbook(Profile.UNLIMITED),
      linux(
          4_000_000_000L,
          "3700 MB/s",
          "5200 MB/s",
          cited(
              MAZ,
              "3.5 GiB/s by write and read; 65 GiB/s by vmsplice with huge pages and busy waiting"),
          measured(
              "5171 MB/s in pieces of 256 KiB, 4963 of 64 KiB, 2814 of 4 KiB, 151 of 64 bytes")),
      pentium(20_500_000, cited(LMB, "12 to 34 MB/s; 73 MB/s on a Pentium Pro"))),
  PIPE_CAPACITY(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.BYTES,
      "bytes that a pipe holds before its writer blocks; a limit, the same in exercises",
      textbook(64 * Cost.KIB),
      linux(
          64 * Cost.KIB,
          cited(MAN, "65536 bytes in 16 slots"),
          measured("65536 writes of one byte fit")),
      pentium(4 * Cost.KIB, cited(LMB, "4096 bytes"))),
  PIPE_ATOMIC(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.BYTES,
      "PIPE_BUF: the longest write to a pipe that no other write cuts; a limit, the same in exercises",
      textbook(4 * Cost.KIB),
      linux(4 * Cost.KIB, cited(MAN, "4096 bytes")),
      pentium(4 * Cost.KIB, estimate("as today"))),
  MQ_MESSAGES(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.COUNT,
      "messages that a message queue holds; a limit, the same in exercises",
      textbook(10),
      linux(10, cited(MAN, "10"), measured("10, in at most 256 queues"))),
  MQ_MESSAGE_SIZE(
      Section.IPC,
      Mechanism.MESSAGES,
      Unit.BYTES,
      "the longest message of a message queue; a limit, the same in exercises",
      textbook(8 * Cost.KIB),
      linux(8 * Cost.KIB, cited(MAN, "8192 bytes"))),

  // --- SYNCHRONISATION
  ATOMIC(
      Section.SYNCHRONISATION,
      Mechanism.INSTRUCTION,
      Unit.NANOSECONDS,
      "an atomic operation, or an access to an atomic variable",
      linux(5, "4.7 ns", "20 ns", measured("4.75 ns"))),
  MUTEX_UNCONTENDED(
      Section.SYNCHRONISATION,
      Mechanism.LOCKS,
      Unit.NANOSECONDS,
      "locking and unlocking a mutex that nobody holds",
      linux(
          20,
          "4 ns",
          "50 ns",
          cited(DEAN, "25 ns"),
          measured("11.2 ns; 3.9 ns in a process with one thread")),
      cortexM4Cycles(118, cited(ZEPH, "lock 94 cycles, unlock 24"))),
  FUTEX_WAKE(
      Section.SYNCHRONISATION,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "waking by a futex on which nobody waits",
      linux(200, "150 ns", "250 ns", measured("154 ns; a wait that need not sleep 218"))),
  CONTENDED_HANDOFF(
      Section.SYNCHRONISATION,
      Mechanism.LOCKS,
      Unit.NANOSECONDS,
      "handing a lock to a thread that sleeps for it: wake-up and switch",
      linux(
          2_000,
          "1700 ns",
          "4500 ns",
          cited(TSUNA, "3000 to 4500 ns by futex, not pinned"),
          measured("1993 to 2047 ns on one CPU")),
      cortexM4Cycles(
          1_478,
          cited(
              ZEPH,
              "giving a semaphore with a switch 789 cycles, taking one 689; without 134 and 53"))),
  CACHE_LINE_TRANSFER(
      Section.SYNCHRONISATION,
      Mechanism.CACHE_LINES,
      Unit.NANOSECONDS,
      "moving a cache line from one CPU to another",
      linux(
          50,
          "16 ns",
          "200 ns",
          cited(
              NV,
              "20 to 51 ns on Intel desktops; EPYC 23 ns within and 107 across cache groups, 7773X 115"),
          measured("40 ns within, 200 across; false sharing makes a mutex of 11 ns take 50"))),
  SIGNAL_DELIVERY(
      Section.SYNCHRONISATION,
      Mechanism.SIGNALS,
      Unit.NANOSECONDS,
      "sending oneself a signal, running its handler and returning",
      linux(2_000, "1800 ns", "4000 ns", measured("1896 ns; sigaction 149")),
      pentium(23_000, cited(LMB, "14 us on a Pentium Pro; sigaction 8.5 us"))),

  // --- INTERRUPTS
  TIMER_TICK(
      Section.INTERRUPTS,
      Mechanism.TICK,
      Unit.NANOSECONDS,
      "one periodic timer interrupt",
      linux(
          2_000,
          "1200 ns",
          "15000 ns",
          cited(TSAF, "0.5 to 1.5 % at 1000 a second, 5 to 15 us with what is lost in caches"),
          measured("median gap 1460 ns, tenth percentile 1230, ninetieth 2050")),
      pentium(10_000, estimate("no figure in the tables")),
      cortexM4Cycles(508, cited(ZEPH, "from an interrupt back to the same thread, 508 cycles"))),
  TIMER_HZ(
      Section.INTERRUPTS,
      Mechanism.TICK,
      Unit.PER_SECOND,
      "timer interrupts a second on a busy CPU; 0 for none",
      linux(
          250,
          "100/s",
          "1000/s",
          cited(KERN, "a choice of the configuration; 250 is the usual one"),
          measured("250")),
      pentium(100, estimate("the usual rate of those years")),
      cortexM4(1_000, estimate("typical"))),
  TIMER_SLACK(
      Section.INTERRUPTS,
      Mechanism.SLEEP,
      Unit.NANOSECONDS,
      "how much later than asked a sleep ends",
      linux(
          50_000,
          "50 us",
          "50 us",
          cited(GMS, "50 us"),
          cited(MAN, "prctl: the default slack"),
          measured("65 us for a sleep of 1 us"))),
  INTERRUPT(
      Section.INTERRUPTS,
      Mechanism.DEVICE_INTERRUPT,
      Unit.NANOSECONDS,
      "one interrupt of a device or of a timer that was set",
      linux(2_000, estimate("as timer_tick")),
      pentium(10_000, estimate("as timer_tick")),
      cortexM4Cycles(508, estimate("as timer_tick"))),
  INTERRUPT_SWITCH(
      Section.INTERRUPTS,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "an interrupt that ends in another thread",
      cortexM4Cycles(554, cited(ZEPH, "554 cycles"))),
  IPI(
      Section.INTERRUPTS,
      Mechanism.SHOOTDOWN,
      Unit.NANOSECONDS,
      "an interrupt from CPU to CPU, and its answer",
      linux(
          2_000,
          "1000 ns",
          "3000 ns",
          weak(ONEDFRK, "1 to 3 us; unseel.com has 1 us and 0.2 us for each receiver"))),
  MIGRATION(
      Section.INTERRUPTS,
      Mechanism.MOVE,
      Unit.NANOSECONDS,
      "moving a thread to another CPU, the refill of its caches not included",
      linux(5_000, estimate("stopper thread, queueing and an interrupt between CPUs"))),
  MIGRATION_REFILL_256KIB(
      Section.INTERRUPTS,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "refilling a working set of 256 KiB after a move",
      linux(
          3_000,
          measured("1.2 us where the CPUs share the last-level cache, 5 us where they do not"))),
  MIGRATION_REFILL_1MIB(
      Section.INTERRUPTS,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "refilling a working set of 1 MiB after a move",
      linux(10_000, measured("2.4 us shared, 16.5 us not"))),
  MIGRATION_REFILL_4MIB(
      Section.INTERRUPTS,
      Mechanism.COMPARISON,
      Unit.NANOSECONDS,
      "refilling a working set of 4 MiB after a move",
      linux(40_000, measured("3.9 us shared, 63 us not"))),
  CACHE_HOT(
      Section.INTERRUPTS,
      Mechanism.BALANCING,
      Unit.NANOSECONDS,
      "for how long after it ran a thread counts as cache-hot and is not moved",
      linux(500_000, cited(KERN, "sysctl_sched_migration_cost")));

  private static final long KIB = 1_024;

  private final Section section;
  private final Mechanism mechanism;
  private final Unit unit;
  private final String meaning;
  private final Figure[] figures;

  Cost(Section section, Mechanism mechanism, Unit unit, String meaning, Figure... figures) {
    this.section = section;
    this.mechanism = mechanism;
    this.unit = unit;
    this.meaning = meaning;
    this.figures = Arrays.stream(Profile.values()).map(Figure::none).toArray(Figure[]::new);
    for (Figure figure : figures) {
      this.figures[figure.profile().ordinal()] = figure;
    }
  }

  /** Returns the name that scenario files use: {@code thread_switch}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Section section() {
    return section;
  }

  /** Returns who charges it. */
  public Mechanism mechanism() {
    return mechanism;
  }

  public Unit unit() {
    return unit;
  }

  /** Returns the value in a profile, in {@link #unit}s. */
  public long in(Profile profile) {
    return figure(profile).value();
  }

  /**
   * Returns the value in a profile as people write it; {@code -} for the 0 of something that the
   * machine has not, or no source gives for it.
   */
  public String text(Profile profile) {
    Figure figure = figure(profile);
    boolean absent = figure.value() == 0 && figure.evidence().isEmpty();
    return absent && profile != Profile.TEXTBOOK ? "-" : unit.format(figure.value());
  }

  /** Returns the value in a profile with what it rests on. */
  public Figure figure(Profile profile) {
    return figures[profile.ordinal()];
  }

  /** Returns what it is, as part of a sentence. */
  public String meaning() {
    return meaning;
  }
}
