package org.schedlab.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;

/**
 * The bytes of a small physical memory, from a file with a line for each frame: its bytes in
 * hexadecimal, with or without spaces, and in front, if wanted, {@code page N:}.
 */
final class MemoryImage {
  /** As many frames as the 7 bits of an entry can name. */
  private static final int MOST_FRAMES = 128;

  private static final int LARGEST_FRAME = 1024;
  private static final long MOST_BYTES = 1 << 20;
  private static final Pattern PREFIX = Pattern.compile("\\s*(?:page\\s*(\\d+)\\s*:)?\\s*");

  private final List<byte[]> frames = new ArrayList<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private final String file;

  /** The length of the first frame without a mistake, 0 before it. */
  private int frameBytes;

  private MemoryImage(String file) {
    this.file = file;
  }

  /** Reads a file. */
  static MemoryImage read(Path file) throws IOException, UsageException, InvalidScenarioException {
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder; --memory takes a file");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new UsageException(file + " is too long for a memory: 128 lines at most");
    }
    MemoryImage memory = new MemoryImage(file.toString());
    // Any byte is a character here, so that a wrong one is reported at its place.
    String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
    for (int i = 0; i < lines.length && memory.problems.size() < 20; i++) {
      if (!lines[i].isBlank()) {
        memory.add(lines[i], i + 1);
      }
    }
    if (memory.frames.isEmpty() && memory.problems.isEmpty()) {
      memory.problem("", 0, 0, "there is no frame; a line is the bytes of a frame in hexadecimal");
    }
    if (!memory.problems.isEmpty()) {
      throw new InvalidScenarioException(memory.problems);
    }
    return memory;
  }

  int frameCount() {
    return frames.size();
  }

  int frameBytes() {
    return frameBytes;
  }

  /** Returns a byte, 0 to 255. */
  int byteAt(int frame, int offset) {
    return frames.get(frame)[offset] & 0xff;
  }

  private void add(String line, int number) {
    Matcher prefix = PREFIX.matcher(line);
    int start = prefix.lookingAt() ? prefix.end() : 0;
    int before = problems.size();
    if (prefix.group(1) != null && !prefix.group(1).equals(Integer.toString(frames.size()))) {
      problem(line, number, prefix.start(1), "this is frame " + frames.size());
    }
    byte[] bytes = new byte[line.length()];
    int digits = 0;
    for (int i = start; i < line.length() && problems.size() == before; i++) {
      int digit = Character.digit(line.charAt(i), 16);
      if (digit >= 0) {
        bytes[digits / 2] = (byte) (bytes[digits / 2] << 4 | digit);
        digits++;
      } else if (!Character.isWhitespace(line.charAt(i))) {
        problem(line, number, i, "'" + line.charAt(i) + "' is not a hexadecimal digit");
      }
    }
    if (problems.size() == before) {
      checkLength(line, number, start, digits);
    }
    // A frame with a mistake still counts, so that the next lines have their right numbers.
    frames.add(Arrays.copyOf(bytes, digits / 2));
  }

  private void checkLength(String line, int number, int start, int digits) {
    int bytes = digits / 2;
    if (digits % 2 != 0) {
      problem(line, number, start, digits + " hexadecimal digits are no whole number of bytes");
    } else if (frameBytes > 0 && bytes != frameBytes) {
      problem(line, number, start, bytes + " bytes, but the first frame has " + frameBytes);
    } else if (bytes < 2 || bytes > LARGEST_FRAME || Integer.bitCount(bytes) != 1) {
      problem(line, number, start, "a frame has 2 to 1024 bytes, a power of two, not " + bytes);
    } else if (frames.size() == MOST_FRAMES) {
      problem(line, number, start, "entries of one byte can name 128 frames, no more");
    } else {
      frameBytes = bytes;
    }
  }

  private void problem(String line, int number, int at, String message) {
    String snippet = number == 0 ? "" : "    " + line + "\n    " + " ".repeat(at) + "^";
    problems.add(new Diagnostic(file, number, at + 1, message, snippet));
  }
}
