package org.schedlab.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.util.List;
import org.schedlab.cli.Translation.Step;
import org.schedlab.machine.PageGeometry;

/** Writes translations as JSON; what does not apply is left out. */
final class TranslationJson {
  private final Translator translator;
  private final JsonGenerator json;

  private TranslationJson(Translator translator, JsonGenerator json) {
    this.translator = translator;
    this.json = json;
  }

  static void write(Translator translator, List<Translation> translations, PrintStream out)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
              .withObjectIndenter(new DefaultIndenter("  ", "\n")));
      new TranslationJson(translator, json).all(translations);
      json.writeRaw('\n');
    }
  }

  private void all(List<Translation> translations) throws IOException {
    PageGeometry geometry = translator.geometry();
    json.writeStartObject();
    json.writeStringField("kind", translator.kind());
    json.writeNumberField("page_size", geometry.pageSize());
    json.writeNumberField("va_bits", geometry.virtualBits());
    json.writeArrayFieldStart("index_bits");
    for (int bits : geometry.levelBits()) {
      json.writeNumber(bits);
    }
    json.writeEndArray();
    json.writeNumberField("offset_bits", geometry.offsetBits());
    json.writeArrayFieldStart("translations");
    for (Translation translation : translations) {
      one(translation);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void one(Translation translation) throws IOException {
    PageGeometry geometry = translator.geometry();
    json.writeStartObject();
    json.writeFieldName("va");
    json.writeNumber(new BigInteger(Long.toUnsignedString(translation.address())));
    json.writeNumberField("vpn", translation.page());
    json.writeArrayFieldStart("indices");
    for (int level = 0; level < geometry.levels(); level++) {
      json.writeNumber(geometry.index(level, translation.page()));
    }
    json.writeEndArray();
    json.writeNumberField("offset", translation.offset());
    if (!translation.steps().isEmpty()) {
      json.writeArrayFieldStart("steps");
      for (Step step : translation.steps()) {
        step(step);
      }
      json.writeEndArray();
    }
    json.writeStringField("result", translation.result().key());
    if (translation.result() == Translation.Result.OK) {
      json.writeNumberField("pa", translation.physical());
    }
    if (translation.value() >= 0) {
      json.writeNumberField("value", translation.value());
    }
    json.writeEndObject();
  }

  private void step(Step step) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", step.table());
    json.writeNumberField("index", step.index());
    if (step.place().isKnown()) {
      json.writeNumberField("address", step.place().address());
    }
    json.writeNumberField("entry", step.entry());
    json.writeBooleanField("valid", step.isValid());
    if (step.isValid()) {
      json.writeNumberField("frame", step.frame());
    }
    json.writeEndObject();
  }
}
