package io.lossmith.core.engine.cpu.kernel;

import org.jspecify.annotations.Nullable;

/** Makes the loops of whole passes. */
public interface Passes {
  /** Makes none. */
  Passes NONE = code -> null;

  /** Returns a loop that keeps all values of a pass in registers, or null where there is none. */
  @Nullable PassLoop loop(PassCode code);

  /**
   * Returns how many floats of scratch memory that loop needs; where it needs some, it is handed
   * them as one array more.
   */
  default int scratch(PassCode code) {
    return 0;
  }

  /** Returns how many floats any such loop needs at most. */
  default int mostScratch() {
    return 0;
  }
}
