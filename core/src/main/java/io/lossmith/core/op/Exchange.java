package io.lossmith.core.op;

/** What {@link AllReduce} asks of whoever connects several workers. */
public interface Exchange {
  /**
   * Replaces each of the first {@code count} numbers by the fold of what all workers have at that
   * place, in the order of their ranks. Waits for the others.
   *
   * @param values overwritten; undefined after an exception
   */
  void allReduce(float[] values, int count, Fold fold);

  /** As {@link #allReduce(float[], int, Fold)}, in double. */
  void allReduce(double[] values, int count, Fold fold);
}
