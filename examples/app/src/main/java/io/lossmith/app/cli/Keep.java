package io.lossmith.app.cli;

import java.util.Locale;

/** Which models a training leaves. */
enum Keep {
  /** What it has learned after its last step. */
  LAST,

  /** Also what scored best. */
  BEST;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
