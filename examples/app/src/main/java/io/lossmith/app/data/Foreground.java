package io.lossmith.app.data;

import java.util.Locale;

/** Which numbers of masks with one class are foreground. */
public enum Foreground {
  /** What each mask leaves no doubt about; the rest is refused. */
  CLEAR,

  /** Those over half of the greatest that a file can hold. */
  HALF,

  /** All but 0: objects that have numbers of their own. */
  NONZERO;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
