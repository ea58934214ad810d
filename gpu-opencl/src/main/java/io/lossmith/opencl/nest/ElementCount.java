package io.lossmith.opencl.nest;

import io.lossmith.core.engine.EngineException;

/** How many numbers one array of a kernel may have. */
public final class ElementCount {
  /** Aparapi counts the bytes of an array in an int. */
  private static final long MOST = Integer.MAX_VALUE / Float.BYTES;

  private ElementCount() {}

  /**
   * Returns a number of elements as an int.
   *
   * @throws EngineException if one array cannot hold them
   */
  public static int require(long count) {
    if (count > MOST) {
      throw new EngineException(
          "opencl: an array of the program has "
              + count
              + " numbers, must be at most "
              + MOST
              + " (2 GB); split the batch, or use the engine cpu");
    }
    return (int) count;
  }
}
