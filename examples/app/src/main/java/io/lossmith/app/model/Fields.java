package io.lossmith.app.model;

import io.lossmith.app.io.BadInput;
import java.util.List;
import java.util.Map;

/**
 * The fields of a JSON object, each of the kind that is asked for, or one line that says which is
 * not.
 */
final class Fields {
  private final String who;
  private final Map<?, ?> values;
  private final String remedy;

  /**
   * Makes the fields of {@code value}; {@code who} says whose they are, {@code remedy} what to do.
   */
  Fields(String who, Object value, String remedy) {
    this.who = who;
    this.remedy = remedy;
    if (!(value instanceof Map<?, ?> map)) {
      throw new BadInput(who + " is not an object; " + remedy + ".");
    }
    this.values = map;
  }

  Fields object(String name) {
    return new Fields(who + " " + name, of(name, Map.class, "an object"), remedy);
  }

  /** Returns an object's entries as they are. */
  @SuppressWarnings("unchecked") // JSON objects have texts as keys
  Map<String, Object> map(String name) {
    return (Map<String, Object>) of(name, Map.class, "an object");
  }

  List<?> list(String name) {
    return of(name, List.class, "a list");
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    return of(name, String.class, "a text");
  }

  boolean truth(String name) {
    return of(name, Boolean.class, "true or false");
  }

  double number(String name) {
    return of(name, Number.class, "a number").doubleValue();
  }

  /** Returns a number, or another one where files of an older version have none. */
  double number(String name, double otherwise) {
    return values.containsKey(name) ? number(name) : otherwise;
  }

  /** Returns a whole number in a range. */
  int number(String name, int least, int most) {
    double value = number(name);
    if (value != Math.rint(value) || !(value >= least && value <= most)) {
      throw bad(name, value, "a whole number in " + least + ".." + most);
    }
    return (int) value;
  }

  private <T> T of(String name, Class<T> type, String must) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw bad(name, value, must);
    }
    return type.cast(value);
  }

  /** Returns the one line for a field that is not what it must be. */
  BadInput bad(String name, Object value, String must) {
    return new BadInput(
        who
            + (values.containsKey(name) ? ": " + name + " is " + value : " has no " + name)
            + ", must be "
            + must
            + "; "
            + remedy
            + ".");
  }
}
