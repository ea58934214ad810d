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

  /** Returns how often a worker waits for the others in an exchange of so many bytes. */
  int rounds(long bytes);

  /** Returns how many bytes a worker sends to others then; it receives about as many. */
  long sent(long bytes);

  /** As {@link #allReduce(float[], int, Fold)}, in double. */
  void allReduce(double[] values, int count, Fold fold);
}
