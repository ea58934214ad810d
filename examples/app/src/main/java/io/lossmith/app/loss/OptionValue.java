package io.lossmith.app.loss;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Json;
import io.lossmith.app.io.Shortened;
import java.io.IOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Map;

/** Reads {@code option=value}, where a value is JSON or a bare word. */
public final class OptionValue {
  private OptionValue() {}

  /**
   * Reads one option.
   *
   * @param who what the option was given to, for the message
   * @throws BadInput if there is no {@code =}, or the value is neither JSON nor a word
   */
  public static Map.Entry<String, Object> parse(String who, String text) {
    int equal = text.indexOf('=');
    if (equal < 1) {
      throw new BadInput(who + ": \"" + Shortened.of(text) + "\" must be option=value.");
    }
    String name = text.substring(0, equal).strip();
    return new SimpleImmutableEntry<>(name, value(who, name, text.substring(equal + 1).strip()));
  }

  private static Object value(String who, String name, String text) {
    try {
      if (text.equals("null")) {
        throw new BadInput(
            who
                + ": "
                + name
                + " is null, must be a value; leave "
                + name
                + " away for its default.");
      }
      if (!text.isEmpty()) {
        return Json.read(text);
      }
    } catch (IOException e) {
      if (text.matches("[A-Za-z][A-Za-z0-9_-]*")) {
        return text;
      }
    }
    throw new BadInput(
        who
            + ": "
            + name
            + " is \""
            + Shortened.of(text)
            + "\", must be JSON such as 0.5, true, [1,2] or a word.");
  }
}
