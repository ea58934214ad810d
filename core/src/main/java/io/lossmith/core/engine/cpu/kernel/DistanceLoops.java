package io.lossmith.core.engine.cpu.kernel;

/**
 * The inner loops of distance transforms where all distances have squares that are whole numbers
 * and that floats hold, at most 2^24. For one worker.
 */
public interface DistanceLoops {
  /** Stands for the square of the distance to what there is not: greater than any other. */
  int FAR = 1 << 28;

  /** So many steps, or more, stand for a way that leads nowhere. */
  float FAR_COUNT = 1 << 14;

  /**
   * Counts in each column the steps to the nearest 0 above or below, {@link #FAR_COUNT} or more
   * where there is none.
   *
   * @param x the first of n columns is at {@code top} and has so many rows, {@code below} elements
   *     apart
   * @return how many columns were counted: whole groups of them from the first on
   */
  int count(float[] x, float[] counts, int top, int rows, int below, int n);

  /** squares[to + i] = the square of counts[from + i], {@link #FAR} at most, for i &lt; n. */
  void square(float[] counts, int from, int[] squares, int to, int n);

  /** squares[at + i] = the least over j &lt; n of squares[at + j] + (i − j)², for i &lt; n. */
  void nearest(int[] squares, int at, int n);

  /**
   * distances[to + i] = √squares[from + i], for i &lt; n, infinite where the first of the squares
   * is {@link #FAR}: then all are.
   */
  void root(int[] squares, int from, float[] distances, int to, int n);
}
