package io.lossmith.core.engine.cpu.whole;

/** Counts the slices to the nearest 0 of a column, many columns at a time. */
final class SliceCounts {
  private SliceCounts() {}

  /**
   * Counts them.
   *
   * @param top where the first of n columns begins, in the arrays both
   * @param below how far the next slice is
   * @param nothing the count to begin with where there has been no 0
   */
  static void count(
      float[] x, float[] counts, int top, int slices, int below, int n, float nothing) {
    for (int i = top; i < top + n; i++) {
      counts[i] = x[i] == 0 ? 0 : nothing;
    }
    for (int slice = 1; slice < slices; slice++) {
      countDown(x, counts, top + slice * below, below, n);
    }
    for (int slice = slices - 2; slice >= 0; slice--) {
      countUp(counts, top + slice * below, below, n);
    }
  }

  private static void countDown(float[] x, float[] counts, int at, int below, int n) {
    for (int i = at; i < at + n; i++) {
      counts[i] = x[i] == 0 ? 0 : counts[i - below] + 1;
    }
  }

  /** Compares by hand: {@code Math.min} has NaN and −0 in mind, and takes twice as long. */
  private static void countUp(float[] counts, int at, int below, int n) {
    for (int i = at; i < at + n; i++) {
      float more = counts[i + below] + 1;
      if (more < counts[i]) {
        counts[i] = more;
      }
    }
  }
}
