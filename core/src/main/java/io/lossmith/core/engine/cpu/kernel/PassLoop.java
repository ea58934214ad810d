package io.lossmith.core.engine.cpu.kernel;

/** A loop compiled for one {@link PassCode}; it holds nothing, so threads share it. */
public interface PassLoop {
  /** Where each of the arrays that a loop is handed begins. */
  int FIRST = CacheLines.MARGIN;

  /**
   * Runs over a stretch. The first of each is at {@link #FIRST}.
   *
   * @param arrays what is read and written: arrays of floats, or memory segments; then scratch
   *     memory, if it needs any
   * @param offsets where the stretch begins in each; without SIMD the same in all
   * @param numbers what is the same all along
   * @param folds where the results of folds go
   * @param n how many elements, a multiple of four vectors
   */
  void run(Object[] arrays, int[] offsets, float[] numbers, float[] folds, int n);
}
