package io.lossmith.app.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as maps, lists, numbers, strings and booleans. Numbers that are none are written and read as
 * the bare words {@code NaN} and {@code Infinity}, as Python does.
 */
public final class Json {
  private static final JSON PLAIN =
      JSON.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                  .build())
          .enable(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS)
          .build();

  private Json() {}

  /**
   * Reads one value.
   *
   * @throws IOException if the text is not JSON; the message says where, on one line
   */
  public static Object read(String text) throws IOException {
    try {
      return PLAIN.anyFrom(text);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : ", column " + e.getLocation().getColumnNr();
      throw new IOException(e.getOriginalMessage().replaceAll("\\s+", " ") + where, e);
    }
  }

  /** Returns a value on one line. */
  public static String write(Object value) {
    try {
      return PLAIN.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to a string does not fail
    }
  }

  /** Returns a value over several lines, for people. */
  public static String writePretty(Object value) {
    try {
      return PLAIN.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(value) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
