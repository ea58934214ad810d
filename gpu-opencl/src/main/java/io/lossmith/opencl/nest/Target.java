package io.lossmith.opencl.nest;

import java.util.function.Predicate;

/**
 * The device that nests are made for, as far as lowering must know it.
 *
 * @param units how many work-groups the device runs at a time
 * @param loops whether items may loop over a large fold: graphics processors gain by it
 * @param writesOut whether a loop keeps the driver from making vector code of anything beside it,
 *     so that folds over what a large pass leaves are written out
 * @param fits tells whether one method of a kernel can hold a nest, which only those know who write
 *     it
 */
public record Target(int units, boolean loops, boolean writesOut, Predicate<Nest> fits) {
  /** What is written out takes registers, of which graphics processors have few. */
  static final int FEW = 16;

  /** So many numbers are still quick to compile. */
  private static final int SOME = 64;

  /** Returns how many numbers an item folds without a loop. */
  int mostWritten() {
    return writesOut ? SOME : FEW;
  }

  /**
   * Tells whether items loop over what a pass of so many places has left. What is written out takes
   * long to compile, which pays if the pass is large: it must not have a loop beside it.
   */
  boolean loopsOver(long places) {
    return !writesOut || places < Nest.LARGE;
  }
}
