package io.lossmith.app.data;

/** Looks for NaN. */
public final class NotANumber {
  private NotANumber() {}

  /** Returns whether there is one. */
  public static boolean isIn(float[] values) {
    for (float value : values) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }
}
