package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/**
 * Lays JSON out for people and for diff: the top level one key a line, lists at the top level one
 * entry a line, everything deeper on the line of its entry.
 */
public final class LinePrinter implements PrettyPrinter {
  private int depth;

  /** Whether the value at depth 1 is a list: its entries stand on lines of their own. */
  private boolean list;

  private boolean ownLine() {
    return depth == 1 || depth == 2 && list;
  }

  private void newLine(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
    for (int i = 0; i < depth; i++) {
      out.writeRaw("  ");
    }
  }

  private void separate(JsonGenerator out) throws IOException {
    if (ownLine()) {
      newLine(out);
    }
  }

  @Override
  public void writeRootValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
  }

  @Override
  public void writeStartObject(JsonGenerator out) throws IOException {
    out.writeRaw('{');
    depth++;
  }

  @Override
  public void beforeObjectEntries(JsonGenerator out) throws IOException {
    separate(out);
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw(": ");
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
    out.writeRaw(ownLine() ? "," : ", ");
    separate(out);
  }

  @Override
  public void writeEndObject(JsonGenerator out, int entries) throws IOException {
    depth--;
    if (depth == 0) {
      newLine(out);
    }
    out.writeRaw('}');
  }

  @Override
  public void writeStartArray(JsonGenerator out) throws IOException {
    out.writeRaw('[');
    depth++;
    list |= depth == 2;
  }

  @Override
  public void beforeArrayValues(JsonGenerator out) throws IOException {
    separate(out);
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw(ownLine() ? "," : ", ");
    separate(out);
  }

  @Override
  public void writeEndArray(JsonGenerator out, int values) throws IOException {
    depth--;
    if (depth == 1) {
      list = false;
      if (values > 0) {
        newLine(out);
      }
    }
    out.writeRaw(']');
  }
}
