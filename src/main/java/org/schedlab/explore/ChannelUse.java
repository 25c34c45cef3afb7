package org.schedlab.explore;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.schedlab.program.Instruction;
import org.schedlab.program.Program;
import org.schedlab.program.SharedObject;

/**
 * How programs use a pipe or a queue: of what length are the messages, and is their order plain?
 */
final class ChannelUse {
  private final SharedObject object;
  private final long[] size;
  private final Set<Object> lengths = new HashSet<>();
  private boolean uneven;

  /**
   * @param size of a pipe the bytes, of a queue the messages and the bytes of the longest one
   */
  ChannelUse(SharedObject object, long[] size) {
    this.object = object;
    this.size = size;
  }

  private boolean isQueue() {
    return object instanceof SharedObject.MessageQueue;
  }

  /** Takes note of an instruction that sends or receives. */
  void note(Instruction instruction) {
    Instruction.Message message = instruction.message;
    Long length = message.bytes() == null ? null : message.bytes().constant();
    uneven |= instruction.shared || message.priority() != null;
    uneven |= length == null && message.bytes() != null;
    // What is refused, or is nothing, is no message.
    uneven |= length != null && (length < 0 || length > (isQueue() ? size[1] : Long.MAX_VALUE));
    uneven |= length != null && length == 0 && !isQueue();
    lengths.add(length == null ? instruction : length);
  }

  Channels channels() {
    boolean whole = !uneven && (isQueue() || lengths.size() == 1);
    long length = whole && !isQueue() ? (Long) lengths.iterator().next() : 1;
    return new Channels(size[0] / length, isQueue() ? size[1] : 0, isQueue(), whole);
  }

  // --- of programs

  static boolean isChannel(SharedObject object) {
    return object instanceof SharedObject.MessageQueue || object instanceof SharedObject.Pipe;
  }

  /**
   * Looks at how programs use channels.
   *
   * @param numbers the machine's numbers of the objects that the file, or a process, declares
   * @param ofFile whether the file does: programs count these downwards, and spawned processes use
   *     them too
   * @param capacities of pipes the bytes, of queues the messages and the bytes of the longest one
   */
  static Map<Integer, Channels> measure(
      int[] numbers,
      List<SharedObject> objects,
      List<Program> programs,
      boolean ofFile,
      Function<SharedObject, long[]> capacities) {
    Map<Integer, ChannelUse> uses = new HashMap<>();
    for (int number : numbers) {
      SharedObject object = objects.get(number);
      if (isChannel(object)) {
        uses.put(number, new ChannelUse(object, capacities.apply(object)));
      }
    }
    Code.forEachMove(
        programs,
        ofFile,
        instruction -> {
          int object = instruction.message.object();
          int at = ofFile ? -1 - object : object;
          if (at >= 0 && uses.containsKey(numbers[at])) {
            uses.get(numbers[at]).note(instruction);
          }
        });
    Map<Integer, Channels> channels = new HashMap<>();
    uses.forEach((number, use) -> channels.put(number, use.channels()));
    return channels;
  }
}
