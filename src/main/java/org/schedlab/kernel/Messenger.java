package org.schedlab.kernel;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.ipc.ByteStream;
import org.schedlab.kernel.ipc.Gate;
import org.schedlab.kernel.ipc.MessageQueue;
import org.schedlab.kernel.sync.WaitList;
import org.schedlab.program.Errno;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/**
 * Puts pipes, message queues and sockets on the clock. Every operation on them is a system call.
 *
 * <p>Who sleeps at a stream is woken when it could go on, and tries again when it has the CPU: what
 * it came for may be gone by then, and it sleeps again, first in line. What a queue or a listener
 * has for a sleeper it hands over at once.
 */
final class Messenger {
  /** The largest priority of a message (MQ_PRIO_MAX less 1, mq_overview(7)). */
  private static final long MOST_PRIORITY = 32_767;

  private final Kernel kernel;
  private final Clock clock;
  private final TraceSink trace;
  private final MessageCosts costs;

  Messenger(Kernel kernel, Clock clock, TraceSink trace, CostModel costs, long wake) {
    this.kernel = kernel;
    this.clock = clock;
    this.trace = trace;
    this.costs = new MessageCosts(costs, wake);
  }

  /** Adds the kernel's part of a call, as things stand, to the core's next section. */
  void addKernelPart(Core core, KernelThread thread, Instruction instruction) {
    Call call = callOf(thread, instruction);
    if (!call.resumed) {
      call.began = clock.now();
    }
    costs.addKernelPart(core, call);
  }

  // --- calls

  /** Carries a call out, as far as it goes. */
  void perform(Core core, KernelThread thread, Instruction instruction) {
    Call call = callOf(thread, instruction);
    if (call.end != null) {
      trace.channelCalled(
          clock.now(), thread.id, call.end.channel.id, call.resumed, call.nanos, call.copyNanos);
    }
    if (instruction.opcode == Opcode.POLL) {
      poll(core, thread, call);
      return;
    }
    if (instruction.opcode == Opcode.CONNECT) {
      connect(core, thread, call);
      return;
    }
    if (instruction.opcode == Opcode.LISTEN) {
      listen(thread, call);
      return;
    }
    // What has been handed over is the thread's, whoever of its process closes the end meanwhile.
    if (call.handed == null && !isOpen(thread, call)) {
      leaveLine(thread, call, thread);
      fail(thread, call, Errno.EBADF, "uses what its process does not have open");
      return;
    }
    switch (instruction.opcode) {
      case SEND -> {
        if (call.end.isQueue()) {
          sendMessage(core, thread, call);
        } else {
          write(core, thread, call);
        }
      }
      case RECEIVE -> {
        if (call.end.isQueue()) {
          receiveMessage(core, thread, call);
        } else {
          read(core, thread, call);
        }
      }
      case ACCEPT -> accept(core, thread, call);
      default -> {
        thread.process.descriptors().forget(call.end);
        finish(core, thread, call, 0);
        close(thread.process, call.end, thread);
      }
    }
  }

  private static Call callOf(KernelThread thread, Instruction instruction) {
    if (thread.call == null) {
      Instruction.Message port = instruction.message;
      thread.beginCall(instruction, port == null ? null : end(thread, port));
    }
    return thread.call;
  }

  private static Endpoint end(KernelThread thread, Instruction.Message port) {
    if (port.connection() >= 0) {
      long number = thread.execution.register(port.connection());
      return thread.process.descriptors().connection(number);
    }
    return ((Channel) thread.process.object(port.object())).end(port.end(), port.write());
  }

  private static boolean isOpen(KernelThread thread, Call call) {
    if (call.end == null) {
      return false;
    }
    Instruction.Message port = call.instruction.message;
    return port.connection() >= 0
        ? end(thread, port) == call.end
        : thread.process.descriptors().has(call.end);
  }

  /** The call is over, and gave a number of bytes. */
  private void finish(Core core, KernelThread thread, Call call, long count) {
    answer(thread, call, count, 0);
    if (!call.resumed && call.instruction.canBlock()) {
      kernel.passBlockingPoint(core, thread);
    }
  }

  private static void answer(KernelThread thread, Call call, long count, int error) {
    if (call.instruction.message != null) {
      thread.execution.setRegister(call.instruction.message.count(), count);
    }
    thread.execution.setRegister(call.instruction.error, error);
    thread.call = null;
  }

  private static void into(KernelThread thread, Call call, long value) {
    thread.execution.setRegister(call.instruction.register, value);
  }

  /** The call is over, and failed. */
  private void fail(KernelThread thread, Call call, Errno error, String detail) {
    if (error != Errno.EAGAIN) {
      int channel = call.end == null ? TraceSink.NONE : call.end.channel.id;
      kernel.failed(thread, channel, error, detail, call.instruction.location);
    }
    if (call.instruction.opcode != Opcode.RECEIVE) {
      into(thread, call, -1);
    }
    answer(thread, call, -1, error.number());
  }

  private void wouldBlock(KernelThread thread, Call call) {
    fail(thread, call, Errno.EAGAIN, "");
  }

  // --- sleeping and waking

  /**
   * The thread goes to sleep; the caller notes it down where it waits.
   *
   * @param again whether it tries again when it is woken; else who wakes it has done the rest
   */
  private void sleep(Core core, KernelThread thread, Call call, BlockCause cause, boolean again) {
    thread.systemCallPaid = true;
    kernel.block(core, cause, call.end == null ? TraceSink.NONE : call.end.channel.id);
    thread.instruction = again ? call.instruction : null;
    if (call.deadline < 0 && call.instruction.time != null) {
      long length = call.instruction.time.draw(thread.random);
      call.deadline = clock.after(length, call.instruction.location);
    }
    if (call.deadline >= 0) {
      // Who has waited for the CPU longer than that gives up at once.
      kernel.wakeAt(thread, Math.max(call.deadline, clock.now()));
    }
  }

  private void wake(KernelThread sleeper, KernelThread waker) {
    if (sleeper.call != null) {
      sleeper.call.resumed = true;
    }
    kernel.cancelTimer(sleeper);
    int cpu = waker == null ? TraceSink.NONE : waker.lastCpu;
    kernel.wakeBy(sleeper, cpu, waker == null ? TraceSink.NONE : waker.id);
  }

  private void wakeNext(Gate<KernelThread> gate, KernelThread waker) {
    if (gate.next() != null) {
      KernelThread sleeper = gate.wakeNext();
      sleeper.call.takeTurn(gate);
      wake(sleeper, waker);
    }
    wakeWatchers(gate, waker);
  }

  private void wakeAll(Gate<KernelThread> gate, KernelThread waker) {
    wakeEach(gate::takeAny, waker);
    wakeWatchers(gate, waker);
  }

  private void wakeWatchers(Gate<KernelThread> gate, KernelThread waker) {
    wakeEach(gate::takeWatcher, waker);
  }

  /** Wakes everybody, in the order in which they are taken; null ends it. */
  private void wakeEach(Supplier<KernelThread> taken, KernelThread waker) {
    for (KernelThread each = taken.get(); each != null; each = taken.get()) {
      each.call.withdraw();
      wake(each, waker);
    }
  }

  /** Wakes who can read, if somebody can. */
  private void wakeReaders(ByteStream<KernelThread> stream, KernelThread waker) {
    if (stream.hasEnded()) {
      wakeAll(stream.readers, waker);
    } else if (stream.isReadable()) {
      wakeNext(stream.readers, waker);
    }
  }

  /** Wakes who can write, if somebody can. */
  private void wakeWriters(ByteStream<KernelThread> stream, KernelThread waker) {
    if (stream.isBroken()) {
      wakeAll(stream.writers, waker);
      return;
    }
    KernelThread next = stream.writers.next();
    if (next != null && stream.room(next.call.total - next.call.moved, next.call.total) > 0) {
      wakeNext(stream.writers, waker);
    } else if (stream.isWritable()) {
      wakeWatchers(stream.writers, waker);
    }
  }

  // --- streams

  private void write(Core core, KernelThread thread, Call call) {
    ByteStream<KernelThread> stream = call.end.out;
    call.passTurn();
    if (stream == null || call.total < 0) {
      fail(thread, call, Errno.EINVAL, "writes what cannot be written");
      return;
    }
    if (stream.isBroken()) {
      breakPipe(thread, call);
      return;
    }
    long count = stream.room(call.total - call.moved, call.total);
    if (count > 0) {
      put(thread, call, stream, count);
    }
    if (call.moved == call.total) {
      finish(core, thread, call, call.total);
    } else if (call.instruction.shared) {
      if (call.moved > 0) {
        finish(core, thread, call, call.moved);
      } else {
        wouldBlock(thread, call);
      }
    } else {
      sleep(core, thread, call, BlockCause.FULL, true);
      call.sleepAt(stream.writers);
    }
    if (count > 0) {
      wakeReaders(stream, thread);
    }
    wakeWriters(stream, thread);
  }

  private void put(KernelThread thread, Call call, ByteStream<KernelThread> stream, long count) {
    if (call.message < 0) {
      call.message = call.end.channel.messages++;
    }
    call.moved += count;
    boolean last = call.moved == call.total || call.instruction.shared;
    stream.put(call.message, count, call.value, call.began, last);
    trace.sent(clock.now(), thread.id, call.end.channel.id, call.message, count, last);
  }

  /** Nobody will read what is written: the process ends, unless its program asks for the error. */
  private void breakPipe(KernelThread thread, Call call) {
    String detail = "writes to " + call.end.channel.label() + ", which nobody reads any more";
    if (call.instruction.error < 0) {
      thread.call = null;
      kernel.fault(thread, Fault.BROKEN_PIPE, detail, call.instruction.location);
    } else {
      long moved = call.moved;
      fail(thread, call, Errno.EPIPE, detail);
      if (moved > 0) {
        thread.execution.setRegister(call.instruction.message.count(), moved);
      }
    }
  }

  private void read(Core core, KernelThread thread, Call call) {
    ByteStream<KernelThread> stream = call.end.in;
    call.passTurn();
    if (stream == null || call.total < 0) {
      fail(thread, call, Errno.EINVAL, "reads what cannot be read");
      return;
    }
    if (call.total > 0 && !stream.isReadable()) {
      if (call.instruction.shared) {
        wouldBlock(thread, call);
      } else {
        sleep(core, thread, call, BlockCause.EMPTY, true);
        call.sleepAt(stream.readers);
      }
      return;
    }
    into(thread, call, stream.bytes() > 0 ? stream.firstValue() : 0);
    int channel = call.end.channel.id;
    long count = Math.min(call.total, stream.bytes());
    if (count > 0 || call.total > 0) {
      trace.received(clock.now(), thread.id, channel, count);
      stream.take(
          count,
          (message, sentAt) -> trace.delivered(clock.now(), thread.id, channel, message, sentAt));
    }
    finish(core, thread, call, count);
    if (count > 0) {
      wakeWriters(stream, thread);
    }
    wakeReaders(stream, thread);
  }

  // --- message queues

  private void sendMessage(Core core, KernelThread thread, Call call) {
    MessageQueue<KernelThread> queue = call.end.channel.queue;
    if (call.total > queue.messageSize()) {
      fail(
          thread,
          call,
          Errno.EMSGSIZE,
          "sends " + call.total + " bytes; a message has at most " + queue.messageSize());
    } else if (call.total < 0 || call.priority < 0 || call.priority > MOST_PRIORITY) {
      fail(
          thread,
          call,
          Errno.EINVAL,
          "sends " + call.total + " bytes with priority " + call.priority);
    } else if (!queue.isFull()) {
      MessageQueue.Message message = enter(thread, call);
      finish(core, thread, call, call.total);
      handOver(call.end.channel, message, thread);
    } else if (call.instruction.shared) {
      wouldBlock(thread, call);
    } else {
      sleep(core, thread, call, BlockCause.FULL, false);
      call.waitIn(queue.senders);
    }
  }

  /** A message enters its queue now. */
  private MessageQueue.Message enter(KernelThread sender, Call call) {
    Channel channel = call.end.channel;
    MessageQueue.Message message =
        new MessageQueue.Message(
            channel.messages++, call.total, call.priority, call.value, call.began);
    trace.sent(clock.now(), sender.id, channel.id, message.number(), message.bytes(), true);
    return message;
  }

  /** Gives a message to who waits for one, or puts it into the queue. */
  private void handOver(Channel channel, MessageQueue.Message message, KernelThread waker) {
    KernelThread receiver = channel.queue.receivers.take();
    if (receiver == null) {
      channel.queue.put(message);
      wakeEach(channel.queue.readWatchers::take, waker);
      return;
    }
    receiver.call.handed = message;
    receiver.call.withdraw();
    wake(receiver, waker);
  }

  private void receiveMessage(Core core, KernelThread thread, Call call) {
    Channel channel = call.end.channel;
    MessageQueue.Message message = call.handed;
    if (message == null && channel.queue.isEmpty()) {
      if (call.instruction.shared) {
        wouldBlock(thread, call);
      } else {
        sleep(core, thread, call, BlockCause.EMPTY, true);
        call.waitIn(channel.queue.receivers);
      }
      return;
    }
    boolean fromQueue = message == null;
    if (fromQueue) {
      message = channel.queue.take();
    }
    into(thread, call, message.value());
    thread.execution.setRegister(call.instruction.message.priorityInto(), message.priority());
    trace.received(clock.now(), thread.id, channel.id, message.bytes());
    trace.delivered(clock.now(), thread.id, channel.id, message.number(), message.sentAt());
    finish(core, thread, call, message.bytes());
    if (fromQueue) {
      fillUp(channel, thread);
    }
  }

  /** There is room in a queue: the message of the first sleeping sender takes it. */
  private void fillUp(Channel channel, KernelThread waker) {
    if (channel.queue.isFull()) {
      // It has got back the message of a receiver that has ended.
      return;
    }
    KernelThread sender = channel.queue.senders.take();
    if (sender == null) {
      wakeEach(channel.queue.writeWatchers::take, waker);
      return;
    }
    Call call = sender.call;
    call.withdraw();
    channel.queue.put(enter(sender, call));
    answer(sender, call, call.total, 0);
    wake(sender, waker);
  }

  // --- sockets

  private void listen(KernelThread thread, Call call) {
    Channel channel = call.end.channel;
    if (channel.isListening()) {
      fail(thread, call, Errno.EADDRINUSE, "listens at " + channel.label() + ", as somebody does");
      return;
    }
    thread.process.descriptors().open(call.end);
    channel.listen((int) call.instruction.bytes);
    answer(thread, call, 0, 0);
  }

  private void accept(Core core, KernelThread thread, Call call) {
    Channel channel = call.end.channel;
    if (!channel.isListening()) {
      fail(thread, call, Errno.EINVAL, "accepts at " + channel.label() + " without listening");
    } else if (!channel.pending.isEmpty()) {
      Endpoint accepted = channel.pending.poll();
      into(thread, call, thread.process.descriptors().connect(accepted));
      accepted.close(null);
      finish(core, thread, call, 0);
      admit(channel, thread);
    } else if (call.instruction.shared) {
      wouldBlock(thread, call);
    } else {
      sleep(core, thread, call, BlockCause.ACCEPT, false);
      call.waitIn(channel.acceptors);
    }
  }

  /** There is room for one more connection: the first that waits for it has it. */
  private void admit(Channel channel, KernelThread waker) {
    KernelThread connector = channel.connectors.take();
    if (connector != null) {
      Call call = connector.call;
      call.withdraw();
      establish(connector, call);
      answer(connector, call, 0, 0);
      wake(connector, waker);
    }
  }

  private void connect(Core core, KernelThread thread, Call call) {
    Channel channel = call.end.channel;
    if (!channel.isListening()) {
      fail(
          thread,
          call,
          Errno.ECONNREFUSED,
          "connects to " + channel.label() + ", where nobody listens");
    } else if (channel.admitsConnection()) {
      establish(thread, call);
      finish(core, thread, call, 0);
    } else if (call.instruction.shared) {
      wouldBlock(thread, call);
    } else {
      sleep(core, thread, call, BlockCause.CONNECT, false);
      call.waitIn(channel.connectors);
    }
  }

  /** Makes a connection; the other end goes to who waits to accept one, or waits itself. */
  private void establish(KernelThread client, Call call) {
    Channel channel = call.end.channel;
    List<Endpoint> ends = channel.connected("client", "server");
    into(client, call, client.process.descriptors().connect(ends.get(0)));
    Endpoint server = ends.get(1);
    KernelThread acceptor = channel.acceptors.take();
    if (acceptor == null) {
      server.open(null);
      channel.pending.add(server);
      wakeEach(channel.watchers::take, client);
      return;
    }
    Call accepting = acceptor.call;
    accepting.withdraw();
    into(acceptor, accepting, acceptor.process.descriptors().connect(server));
    answer(acceptor, accepting, 0, 0);
    wake(acceptor, client);
  }

  // --- poll

  private void poll(Core core, KernelThread thread, Call call) {
    Instruction instruction = call.instruction;
    for (int i = 0; i < instruction.polled.size(); i++) {
      Instruction.Message port = instruction.polled.get(i);
      Endpoint end = end(thread, port);
      if (end == null || port.connection() < 0 && !thread.process.descriptors().has(end)) {
        fail(thread, call, Errno.EBADF, "polls what its process does not have open");
        return;
      }
      if (isReady(end, port.write())) {
        into(thread, call, i);
        finish(core, thread, call, 0);
        return;
      }
    }
    if (instruction.shared) {
      into(thread, call, -1);
      answer(thread, call, 0, 0);
      return;
    }
    sleep(core, thread, call, BlockCause.POLL, true);
    for (Instruction.Message port : instruction.polled) {
      watch(thread, call, end(thread, port), port.write());
    }
  }

  private static boolean isReady(Endpoint end, boolean toWrite) {
    Channel channel = end.channel;
    if (channel.queue != null) {
      return toWrite ? !channel.queue.isFull() : !channel.queue.isEmpty();
    }
    ByteStream<KernelThread> stream = toWrite ? end.out : end.in;
    if (stream == null) {
      return !channel.pending.isEmpty();
    }
    return toWrite ? stream.isWritable() : stream.isReadable();
  }

  private static void watch(KernelThread thread, Call call, Endpoint end, boolean toWrite) {
    Channel channel = end.channel;
    ByteStream<KernelThread> stream = toWrite ? end.out : end.in;
    if (channel.queue != null) {
      call.waitIn(toWrite ? channel.queue.writeWatchers : channel.queue.readWatchers);
    } else if (stream == null) {
      call.waitIn(channel.watchers);
    } else {
      call.watch(toWrite ? stream.writers : stream.readers);
    }
  }

  // --- ends

  /** A process that has ended, or executes another program, closes what it does not keep. */
  void closeAllBut(Process process, Predicate<Endpoint> kept) {
    for (Endpoint end : process.openEnds()) {
      if (!kept.test(end)) {
        process.descriptors().forget(end);
        close(process, end, null);
      }
    }
  }

  private void close(Process process, Endpoint end, KernelThread waker) {
    boolean last = end.close(process);
    Channel channel = end.channel;
    trace.endClosed(clock.now(), channel.id, process.id, end.name, end.users());
    if (last) {
      hangUp(end, waker);
    }
  }

  /** Nobody has an end open any more: who waits at the other one hears of it. */
  private void hangUp(Endpoint end, KernelThread waker) {
    Channel channel = end.channel;
    if (end.in != null) {
      drop(channel, end.in);
      wakeWriters(end.in, waker);
    }
    if (end.out != null) {
      wakeReaders(end.out, waker);
    }
    if (channel.isListening() && channel.ends.contains(end)) {
      stopListening(channel, waker);
    }
  }

  /** Nobody will receive what is on its way. */
  private void drop(Channel channel, ByteStream<KernelThread> stream) {
    if (stream.bytes() > 0) {
      trace.discarded(clock.now(), channel.id, stream.bytes());
      stream.take(stream.bytes(), (message, sentAt) -> {});
    }
  }

  private void stopListening(Channel channel, KernelThread waker) {
    channel.stopListening();
    for (Endpoint waiting = channel.pending.poll();
        waiting != null;
        waiting = channel.pending.poll()) {
      if (waiting.close(null)) {
        hangUp(waiting, waker);
      }
    }
    refuse(channel.acceptors, Errno.EBADF, "accepts at what has been closed", waker);
    refuse(channel.connectors, Errno.ECONNREFUSED, "connects where nobody listens any more", waker);
    wakeEach(channel.watchers::take, waker);
  }

  private void refuse(
      WaitList<KernelThread> waiting, Errno error, String detail, KernelThread waker) {
    while (!waiting.isEmpty()) {
      KernelThread each = waiting.take();
      each.call.withdraw();
      fail(each, each.call, error, detail);
      wake(each, waker);
    }
  }

  // --- waits that end otherwise

  /** The time of a call is up. */
  void timedOut(KernelThread thread) {
    Call call = thread.call;
    leaveLine(thread, call, null);
    thread.instruction = null;
    if (call.instruction.opcode == Opcode.POLL) {
      into(thread, call, -1);
      answer(thread, call, 0, 0);
    } else {
      long moved = call.moved;
      fail(thread, call, Errno.ETIMEDOUT, "has waited as long as it was to");
      if (moved > 0) {
        thread.execution.setRegister(call.instruction.message.count(), moved);
      }
    }
    kernel.wakeBy(thread, thread.lastCpu, TraceSink.NONE);
  }

  /** A thread is to end. */
  void leave(KernelThread thread) {
    Call call = thread.call;
    if (call != null) {
      leaveLine(thread, call, null);
      thread.call = null;
      if (call.handed != null) {
        handOver(call.end.channel, call.handed, null);
      }
    }
  }

  /** A thread is stopped: others may go on where it had its turn. */
  void stopped(KernelThread thread) {
    if (thread.call != null && thread.call.turn != null) {
      leaveLine(thread, thread.call, null);
    }
  }

  /** A thread waits no more, or has no use for its turn: whoever is next may go on. */
  private void leaveLine(KernelThread thread, Call call, KernelThread waker) {
    boolean inLine = call.isWaiting() || call.turn != null;
    call.withdraw();
    call.passTurn();
    if (inLine && call.moves() && call.stream() != null) {
      if (call.sends()) {
        wakeWriters(call.end.out, waker);
      } else {
        wakeReaders(call.end.in, waker);
      }
    }
  }

  /** Says in words what a thread waits for, for whom that may help. */
  static String waitsFor(KernelThread thread) {
    Call call = thread.call;
    if (call.end == null) {
      return "the first of " + call.instruction.polled.size() + " channels to be ready";
    }
    String channel = call.end.channel.label();
    return switch (thread.cause) {
      case EMPTY -> "something to receive from " + channel + call.end.usersOfPeer();
      case FULL -> "room in " + channel + call.end.usersOfPeer();
      case ACCEPT -> "somebody to connect to " + channel;
      default -> channel + " to accept its connection";
    };
  }
}
