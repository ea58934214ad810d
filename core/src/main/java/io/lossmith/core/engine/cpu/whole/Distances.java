package io.lossmith.core.engine.cpu.whole;

/** The two steps of a distance transform, for one worker. */
interface Distances {
  /** Counts in each of n columns, from {@code top} on, the slices to the nearest 0. */
  void count(float[] x, float[] counts, int top, int n);

  /** Replaces counts by distances in the slice that begins at {@code at}. */
  void finish(float[] counts, int at);
}
