package org.schedlab.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text on its way to a stream, in UTF-8 and in large pieces: most files of a run are one piece, and
 * then a writer's buffers and encoder would cost more than the text itself.
 */
final class Utf8Text implements Appendable {
  /** So many characters are handed on at once. */
  private static final int PIECE = 16 * 1024;

  private final OutputStream out;
  private final StringBuilder text = new StringBuilder(1_024);

  Utf8Text(OutputStream out) {
    this.out = out;
  }

  @Override
  public Appendable append(CharSequence some) throws IOException {
    text.append(some);
    return handedOnIfLong();
  }

  @Override
  public Appendable append(CharSequence some, int start, int end) throws IOException {
    text.append(some, start, end);
    return handedOnIfLong();
  }

  @Override
  public Appendable append(char c) throws IOException {
    text.append(c);
    return handedOnIfLong();
  }

  private Appendable handedOnIfLong() throws IOException {
    // A pair of surrogates is one character and goes together.
    if (text.length() >= PIECE && !Character.isHighSurrogate(text.charAt(text.length() - 1))) {
      flush();
    }
    return this;
  }

  /** Hands on what is left. */
  void flush() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
