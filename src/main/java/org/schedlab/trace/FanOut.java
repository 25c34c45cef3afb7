package org.schedlab.trace;

import java.util.function.IntFunction;

/** Passes every fact on to several sinks, in their order. */
final class FanOut implements TraceSink {
  private final TraceSink[] sinks;

  FanOut(TraceSink[] sinks) {
    this.sinks = sinks;
  }

  @Override
  public void processStarted(long time, int process, String name) {
    for (TraceSink sink : sinks) {
      sink.processStarted(time, process, name);
    }
  }

  @Override
  public boolean explains() {
    for (TraceSink sink : sinks) {
      if (sink.explains()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void decided(long time, int cpu, Decision decision) {
    for (TraceSink sink : sinks) {
      sink.decided(time, cpu, decision);
    }
  }

  @Override
  public void decisionLeftOut(long time, int cpu) {
    for (TraceSink sink : sinks) {
      sink.decisionLeftOut(time, cpu);
    }
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    for (TraceSink sink : sinks) {
      sink.threadCreated(time, thread, process, name);
    }
  }

  @Override
  public void groupMade(int group, String name, int parent, long uncounted) {
    for (TraceSink sink : sinks) {
      sink.groupMade(group, name, parent, uncounted);
    }
  }

  @Override
  public void generated(long time, int thread, int group, long number) {
    for (TraceSink sink : sinks) {
      sink.generated(time, thread, group, number);
    }
  }

  @Override
  public void startedBy(long time, int thread, int parent) {
    for (TraceSink sink : sinks) {
      sink.startedBy(time, thread, parent);
    }
  }

  @Override
  public void joined(long time, int thread, int ended) {
    for (TraceSink sink : sinks) {
      sink.joined(time, thread, ended);
    }
  }

  @Override
  public void waited(long time, int thread, int child) {
    for (TraceSink sink : sinks) {
      sink.waited(time, thread, child);
    }
  }

  @Override
  public void arrived(long time, int thread, int barrier) {
    for (TraceSink sink : sinks) {
      sink.arrived(time, thread, barrier);
    }
  }

  @Override
  public void madeReady(long time, int thread) {
    for (TraceSink sink : sinks) {
      sink.madeReady(time, thread);
    }
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    for (TraceSink sink : sinks) {
      sink.dispatched(time, thread, cpu);
    }
  }

  @Override
  public void handedOver(long time, int cpu, int from, int to, Departure why) {
    for (TraceSink sink : sinks) {
      sink.handedOver(time, cpu, from, to, why);
    }
  }

  @Override
  public void started(long time, int thread, int cpu) {
    for (TraceSink sink : sinks) {
      sink.started(time, thread, cpu);
    }
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    for (TraceSink sink : sinks) {
      sink.preempted(time, thread, cpu, why);
    }
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    for (TraceSink sink : sinks) {
      sink.blocked(time, thread, cpu, cause, object);
    }
  }

  @Override
  public void woken(long time, int thread, int waker) {
    for (TraceSink sink : sinks) {
      sink.woken(time, thread, waker);
    }
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    for (TraceSink sink : sinks) {
      sink.exited(time, thread, cpu, code);
    }
  }

  @Override
  public void switched(long time, int cpu, int from, int to, boolean voluntary) {
    for (TraceSink sink : sinks) {
      sink.switched(time, cpu, from, to, voluntary);
    }
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    for (TraceSink sink : sinks) {
      sink.charged(cpu, thread, account, from, to);
    }
  }

  @Override
  public void systemCall(long time, int thread) {
    for (TraceSink sink : sinks) {
      sink.systemCall(time, thread);
    }
  }

  @Override
  public void jobReleased(long time, int thread, long absoluteDeadline) {
    for (TraceSink sink : sinks) {
      sink.jobReleased(time, thread, absoluteDeadline);
    }
  }

  @Override
  public void jobCompleted(long time, int thread) {
    for (TraceSink sink : sinks) {
      sink.jobCompleted(time, thread);
    }
  }

  @Override
  public void burstEstimated(long time, int thread, long nanos) {
    for (TraceSink sink : sinks) {
      sink.burstEstimated(time, thread, nanos);
    }
  }

  @Override
  public void accessed(
      long time, int thread, AccessKind kind, int process, int cell, long value, int line) {
    for (TraceSink sink : sinks) {
      sink.accessed(time, thread, kind, process, cell, value, line);
    }
  }

  @Override
  public void assertionFailed(long time, int thread, String text, int line, int column) {
    for (TraceSink sink : sinks) {
      sink.assertionFailed(time, thread, text, line, column);
    }
  }

  @Override
  public void faulted(long time, int thread, Fault fault, String detail, int line, int column) {
    for (TraceSink sink : sinks) {
      sink.faulted(time, thread, fault, detail, line, column);
    }
  }

  @Override
  public void finished(long time) {
    for (TraceSink sink : sinks) {
      sink.finished(time);
    }
  }

  @Override
  public void variablesMade(long time, int process, IntFunction<String> nameOf) {
    for (TraceSink sink : sinks) {
      sink.variablesMade(time, process, nameOf);
    }
  }

  @Override
  public void sharedVariablesMade(long time, int segment, IntFunction<String> nameOf) {
    for (TraceSink sink : sinks) {
      sink.sharedVariablesMade(time, segment, nameOf);
    }
  }

  @Override
  public void childStarted(long time, int process, int parent, boolean fork) {
    for (TraceSink sink : sinks) {
      sink.childStarted(time, process, parent, fork);
    }
  }

  @Override
  public void executed(long time, int process) {
    for (TraceSink sink : sinks) {
      sink.executed(time, process);
    }
  }

  @Override
  public void processEnded(long time, int process, int code) {
    for (TraceSink sink : sinks) {
      sink.processEnded(time, process, code);
    }
  }

  @Override
  public void orphaned(long time, int process) {
    for (TraceSink sink : sinks) {
      sink.orphaned(time, process);
    }
  }

  @Override
  public void reaped(long time, int process, int parent) {
    for (TraceSink sink : sinks) {
      sink.reaped(time, process, parent);
    }
  }

  @Override
  public void regionMapped(
      long time,
      int process,
      int region,
      RegionKind kind,
      String name,
      long firstPage,
      long pages) {
    for (TraceSink sink : sinks) {
      sink.regionMapped(time, process, region, kind, name, firstPage, pages);
    }
  }

  @Override
  public void referenced(
      long time, int thread, int process, long page, boolean write, boolean inTlb) {
    for (TraceSink sink : sinks) {
      sink.referenced(time, thread, process, page, write, inTlb);
    }
  }

  @Override
  public void pageFaulted(long time, int thread, int process, long page, PageFault fault) {
    for (TraceSink sink : sinks) {
      sink.pageFaulted(time, thread, process, page, fault);
    }
  }

  @Override
  public void pageLoaded(long time, int process, long page, long pages, int frame) {
    for (TraceSink sink : sinks) {
      sink.pageLoaded(time, process, page, pages, frame);
    }
  }

  @Override
  public void pageDropped(long time, int process, long page, long pages, int frame, PageDrop why) {
    for (TraceSink sink : sinks) {
      sink.pageDropped(time, process, page, pages, frame, why);
    }
  }

  @Override
  public void translationsShotDown(long time, int process, int cpu, int others) {
    for (TraceSink sink : sinks) {
      sink.translationsShotDown(time, process, cpu, others);
    }
  }

  @Override
  public void stackClosed(
      long time, int thread, long reserved, long resident, long deepest, int calls) {
    for (TraceSink sink : sinks) {
      sink.stackClosed(time, thread, reserved, resident, deepest, calls);
    }
  }

  @Override
  public void memoryClosed(long time, int process, MemoryMap map) {
    for (TraceSink sink : sinks) {
      sink.memoryClosed(time, process, map);
    }
  }

  @Override
  public void syncObjectMade(long time, int object, SyncKind kind, String name, int process) {
    for (TraceSink sink : sinks) {
      sink.syncObjectMade(time, object, kind, name, process);
    }
  }

  @Override
  public void acquired(
      long time, int thread, int object, LockMode mode, Acquisition how, int line) {
    for (TraceSink sink : sinks) {
      sink.acquired(time, thread, object, mode, how, line);
    }
  }

  @Override
  public void released(long time, int thread, int object) {
    for (TraceSink sink : sinks) {
      sink.released(time, thread, object);
    }
  }

  @Override
  public void signalled(long time, int thread, int object, int woken) {
    for (TraceSink sink : sinks) {
      sink.signalled(time, thread, object, woken);
    }
  }

  @Override
  public void priorityEffective(long time, int thread, long urgency, int lender) {
    for (TraceSink sink : sinks) {
      sink.priorityEffective(time, thread, urgency, lender);
    }
  }

  @Override
  public void operationFailed(
      long time, int thread, int object, String error, String detail, int line, int column) {
    for (TraceSink sink : sinks) {
      sink.operationFailed(time, thread, object, error, detail, line, column);
    }
  }

  @Override
  public void deadlocked(long time, Deadlock deadlock) {
    for (TraceSink sink : sinks) {
      sink.deadlocked(time, deadlock);
    }
  }

  @Override
  public void suspended(long time, int thread) {
    for (TraceSink sink : sinks) {
      sink.suspended(time, thread);
    }
  }

  @Override
  public void channelMade(
      long time, int channel, ChannelKind kind, String name, int process, long capacity) {
    for (TraceSink sink : sinks) {
      sink.channelMade(time, channel, kind, name, process, capacity);
    }
  }

  @Override
  public void channelCalled(
      long time, int thread, int channel, boolean resumed, long nanos, long copyNanos) {
    for (TraceSink sink : sinks) {
      sink.channelCalled(time, thread, channel, resumed, nanos, copyNanos);
    }
  }

  @Override
  public void sent(long time, int thread, int channel, long message, long bytes, boolean last) {
    for (TraceSink sink : sinks) {
      sink.sent(time, thread, channel, message, bytes, last);
    }
  }

  @Override
  public void received(long time, int thread, int channel, long bytes) {
    for (TraceSink sink : sinks) {
      sink.received(time, thread, channel, bytes);
    }
  }

  @Override
  public void delivered(long time, int thread, int channel, long message, long sentAt) {
    for (TraceSink sink : sinks) {
      sink.delivered(time, thread, channel, message, sentAt);
    }
  }

  @Override
  public void endClosed(long time, int channel, int process, String end, int left) {
    for (TraceSink sink : sinks) {
      sink.endClosed(time, channel, process, end, left);
    }
  }

  @Override
  public void sharedAccessed(
      long time, int thread, AccessKind kind, int segment, int cell, long value, int line) {
    for (TraceSink sink : sinks) {
      sink.sharedAccessed(time, thread, kind, segment, cell, value, line);
    }
  }

  @Override
  public void signalSent(long time, int thread, int process, String signal) {
    for (TraceSink sink : sinks) {
      sink.signalSent(time, thread, process, signal);
    }
  }

  @Override
  public void stopped(long time, int process) {
    for (TraceSink sink : sinks) {
      sink.stopped(time, process);
    }
  }

  @Override
  public void continued(long time, int process) {
    for (TraceSink sink : sinks) {
      sink.continued(time, process);
    }
  }

  @Override
  public void unitsHeld(long time, int thread, int resource, long units) {
    for (TraceSink sink : sinks) {
      sink.unitsHeld(time, thread, resource, units);
    }
  }

  @Override
  public void discarded(long time, int channel, long bytes) {
    for (TraceSink sink : sinks) {
      sink.discarded(time, channel, bytes);
    }
  }

  @Override
  public void carrierMade(long time, int thread, int first, String runtime) {
    for (TraceSink sink : sinks) {
      sink.carrierMade(time, thread, first, runtime);
    }
  }

  @Override
  public void coroutineMade(long time, int coroutine, int thread, String name) {
    for (TraceSink sink : sinks) {
      sink.coroutineMade(time, coroutine, thread, name);
    }
  }

  @Override
  public void coroutineReady(long time, int coroutine, int thread, long since) {
    for (TraceSink sink : sinks) {
      sink.coroutineReady(time, coroutine, thread, since);
    }
  }

  @Override
  public void coroutineStolen(long time, int coroutine, int thread) {
    for (TraceSink sink : sinks) {
      sink.coroutineStolen(time, coroutine, thread);
    }
  }

  @Override
  public void coroutineMemory(long time, int coroutine, long reserved, long resident) {
    for (TraceSink sink : sinks) {
      sink.coroutineMemory(time, coroutine, reserved, resident);
    }
  }

  @Override
  public void coroutineResumed(long time, int coroutine) {
    for (TraceSink sink : sinks) {
      sink.coroutineResumed(time, coroutine);
    }
  }

  @Override
  public void coroutineSuspended(long time, int coroutine, AwaitCause cause, String what) {
    for (TraceSink sink : sinks) {
      sink.coroutineSuspended(time, coroutine, cause, what);
    }
  }

  @Override
  public void coroutineEnded(long time, int coroutine, String error) {
    for (TraceSink sink : sinks) {
      sink.coroutineEnded(time, coroutine, error);
    }
  }

  @Override
  public void errorNeverRetrieved(long time, int coroutine, String error) {
    for (TraceSink sink : sinks) {
      sink.errorNeverRetrieved(time, coroutine, error);
    }
  }
}
