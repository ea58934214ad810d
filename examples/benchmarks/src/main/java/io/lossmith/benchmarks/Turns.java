package io.lossmith.benchmarks;

import java.util.Arrays;

/** Measures ways of doing the same in turns, so that whatever else the machine does meets all. */
final class Turns {
  private static final int MOST_RUNS = 100_000;

  private Turns() {}

  /**
   * Returns for each way the median of a run in each turn, in milliseconds.
   *
   * @param seconds how long a turn measures, after warming up for half as long
   */
  static double[][] medians(int turns, double seconds, Runnable... ways) {
    double[][] medians = new double[ways.length][turns];
    for (int turn = 0; turn < turns; turn++) {
      for (int way = 0; way < ways.length; way++) {
        medians[way][turn] = median(seconds, ways[way]);
      }
    }
    return medians;
  }

  /** Returns the middle one of some numbers. */
  static double median(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double median(double seconds, Runnable run) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < seconds * 5e8) {
      run.run();
    }
    double[] times = new double[MOST_RUNS];
    int runs = 0;
    start = System.nanoTime();
    while (runs < MOST_RUNS && (runs == 0 || System.nanoTime() - start < seconds * 1e9)) {
      long before = System.nanoTime();
      run.run();
      times[runs++] = (System.nanoTime() - before) / 1e6;
    }
    return median(Arrays.copyOf(times, runs));
  }
}
