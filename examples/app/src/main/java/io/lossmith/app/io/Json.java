package io.lossmith.app.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSONObjectException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as maps, lists, numbers, strings and booleans. Numbers that are none are read as the bare
 * words {@code NaN} and {@code Infinity}, which Python writes, and written as texts: else it would
 * be no JSON.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final JSON PLAIN =
      JSON.builder(FACTORY)
          .enable(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS)
          .build();

  private Json() {}

  /**
   * Reads one value.
   *
   * @throws IOException if the text is not one value of JSON; the message says what is wrong, in
   *     half a sentence
   */
  public static Object read(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      Object value = PLAIN.anyFrom(parser);
      if (!isAtEnd(parser)) {
        throw new IOException("holds more than one value, must hold one");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IOException(fault(text, e), e);
    }
  }

  private static boolean isAtEnd(JsonParser parser) throws IOException {
    try {
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false; // whatever stands there is too much
    }
  }

  /** Jackson's own words are for programmers. */
  private static String fault(String text, JsonProcessingException e) {
    JsonLocation where = e.getLocation();
    boolean beyond = where != null && where.getCharOffset() >= text.stripTrailing().length();
    if (beyond || e instanceof JsonEOFException) {
      return "is cut: the JSON does not end";
    }
    if (e instanceof JSONObjectException) {
      return "is not JSON: an object has a name twice";
    }
    if (e instanceof StreamConstraintsException) {
      return "is not JSON to be read: it is nested too deeply, or a number or name is too long";
    }
    return "is not JSON" + (where == null ? "" : ": wrong at column " + where.getColumnNr());
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
