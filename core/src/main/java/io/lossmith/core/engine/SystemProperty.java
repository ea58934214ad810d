package io.lossmith.core.engine;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the system properties of the library. One that cannot be read is an exception, on the call
 * that needs it first, and never passed over: a default that nobody asked for is hard to notice.
 */
public final class SystemProperty {
  private SystemProperty() {}

  /** Returns what a property says, without blanks around it; null where it is not set or blank. */
  public static @Nullable String text(String name) {
    Objects.requireNonNull(name, "name");
    String value = System.getProperty(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /**
   * Returns whether a property says {@code true}; {@code -Dname} alone does too.
   *
   * @param unset what holds where it is not set
   * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
   */
  public static boolean flag(String name, boolean unset) {
    Objects.requireNonNull(name, "name");
    String value = System.getProperty(name);
    if (value == null) {
      return unset;
    }
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "", "true" -> true;
      case "false" -> false;
      default -> throw unreadable(name, value, "must be true or false");
    };
  }

  /**
   * Returns the whole number from 1 on that a property says.
   *
   * @param unset what holds where it is not set
   * @param most the greatest that is taken
   * @param without what happens where it is left out, for the message
   * @throws IllegalArgumentException if it is none
   */
  public static int count(String name, int unset, int most, String without) {
    Objects.requireNonNull(name, "name");
    String value = System.getProperty(name);
    if (value == null) {
      return unset;
    }
    int count;
    try {
      count = Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      count = 0;
    }
    if (count < 1 || count > most) {
      throw unreadable(
          name, value, "must be a whole number in 1.." + most + "; leave it out " + without);
    }
    return count;
  }

  /** Returns the exception that says what a property is and what it must be. */
  public static IllegalArgumentException unreadable(String name, String value, String must) {
    return new IllegalArgumentException("-D" + name + " is \"" + value + "\", " + must);
  }
}
