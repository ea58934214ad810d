package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import org.jspecify.annotations.Nullable;

/** Says of an option of train what it must be. */
final class OptionCheck {
  private OptionCheck() {}

  static void require(boolean holds, String option, @Nullable Object value, String must) {
    if (!holds) {
      throw new BadInput("train: " + option + " is " + value + ", must be " + must + ".");
    }
  }
}
