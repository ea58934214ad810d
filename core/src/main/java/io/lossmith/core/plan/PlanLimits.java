package io.lossmith.core.plan;

/**
 * What an engine can hold and what pays for it: the numbers by which a graph is cut into loops.
 *
 * @param largestLocalFold a fold over more elements than this is not done in place
 * @param fewestLocalResults a fold that leaves fewer results than this is not worth doing in place
 * @param manyResults from so many results on even a fold along the contiguous axis is done in place
 * @param muchSmaller how many times smaller than its user a value must be to be computed before it
 * @param small the most elements of a value that is computed before its user
 * @param longestChain most operations that are recomputed one after the other
 * @param longestRepeat most operations that a second loop computes again instead of waiting
 * @param smallestSpill fewest elements of a local fold that is worth reading back
 * @param largeArray arrays of fewer elements cost next to nothing to go through
 * @param keepsFunctions whether e to a power and its like are rather read back than computed twice
 * @param sameBits whether the engine computes a value with the same bits in every loop
 */
public record PlanLimits(
    int largestLocalFold,
    int fewestLocalResults,
    int manyResults,
    int muchSmaller,
    int small,
    int longestChain,
    int longestRepeat,
    int smallestSpill,
    int largeArray,
    boolean keepsFunctions,
    boolean sameBits) {

  /** Returns the limits of an engine that keeps tiles of some thousand floats in a cache. */
  public static PlanLimits ofTiles() {
    return ofTiles(false);
  }

  /** Returns the limits of such an engine whose functions take longer than memory does. */
  public static PlanLimits ofTilesWithSlowFunctions() {
    return ofTiles(true);
  }

  private static PlanLimits ofTiles(boolean keepsFunctions) {
    return new PlanLimits(512, 16, 4096, 16, 16384, 150, 32, 4, 16384, keepsFunctions, true);
  }

  /**
   * Returns the limits of an engine that keeps what a place needs in registers, a few rows whole:
   * it computes small folds again rather than read them, and may round the same formula otherwise
   * in two loops.
   */
  public static PlanLimits ofRegisters() {
    return new PlanLimits(512, 16, 4096, 16, 16384, 150, 32, 33, 16384, false, false);
  }
}
