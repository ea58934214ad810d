package io.lossmith.app.loss;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Json;
import io.lossmith.app.io.Shortened;
import java.io.IOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code option=value}, where a value is JSON or a bare word. */
public final class OptionValue {
  private OptionValue() {}

  /**
   * Reads options.
   *
   * @param who what the options were given to, for the message
   * @throws BadInput if one has no {@code =}, or a value that is neither JSON nor a word, or is
   *     given twice
   */
  public static Map<String, Object> parseAll(String who, List<String> texts) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (String text : texts) {
      Map.Entry<String, Object> option = parse(who, text);
      if (options.put(option.getKey(), option.getValue()) != null) {
        throw new BadInput(who + ": " + option.getKey() + " is given twice, must be once.");
      }
    }
    return options;
  }

  private static Map.Entry<String, Object> parse(String who, String text) {
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
