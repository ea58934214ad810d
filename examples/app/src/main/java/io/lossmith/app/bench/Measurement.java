package io.lossmith.app.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * How long something takes once it is warm, and what it allocates.
 *
 * @param medianMs of all runs, in milliseconds
 * @param leastMs of all runs, in milliseconds
 * @param bytes allocated by a run, on all threads; the least of five groups of runs, because the
 *     JVM's own threads allocate too
 * @param runs how many were measured
 */
public record Measurement(double medianMs, double leastMs, long bytes, int runs) {
  private static final int LEAST_RUNS = 10;
  private static final int MOST_RUNS = 100_000;
  private static final int GROUPS = 5;

  /** Rounds until it is as fast as it gets; the JVM compiles meanwhile. */
  private static final double ROUND_SECONDS = 0.5;

  private static final int RETURNS = 2;

  private static final int LEAST_WARM_UPS = 6;
  private static final int MOST_WARM_UPS = 20;

  /** A round that takes this much of the time of the one before has gained nothing. */
  private static final double SAME = 0.97;

  /** Runs something until it is no longer getting faster, and again to measure it. */
  public static Measurement of(double seconds, Runnable work) {
    warmUp(work);
    double[] times = repeat(seconds, work);
    long bytes = Long.MAX_VALUE;
    int runs = Math.max(2, Math.min(times.length / GROUPS, 200));
    for (int group = 0; group < GROUPS; group++) {
      long before = allocated();
      for (int i = 0; i < runs; i++) {
        work.run();
      }
      bytes = Math.min(bytes, Math.max(0, allocated() - before - allocatedByAsking()) / runs);
    }
    double median = median(times);
    return new Measurement(median, times[0], bytes, times.length);
  }

  /** Measures what was measured before once more: the lesser median and least of both. */
  Measurement again(double seconds, Runnable work) {
    repeat(seconds, work); // it has left the caches
    double[] times = repeat(seconds, work);
    double median = median(times);
    return new Measurement(
        Math.min(medianMs, median), Math.min(leastMs, times[0]), bytes, runs + times.length);
  }

  /**
   * Measures what is warm, after something else ran: the median in milliseconds.
   *
   * @param seconds to measure
   */
  static double turn(double seconds, Runnable work) {
    for (int i = 0; i < RETURNS; i++) {
      work.run(); // brings it back into the caches
    }
    return median(repeat(seconds, work));
  }

  /** Runs something until it is no longer getting faster. */
  static void warmUp(Runnable work) {
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MOST_WARM_UPS; round++) {
      double now = median(repeat(ROUND_SECONDS, work));
      if (round >= LEAST_WARM_UPS && now > SAME * before) {
        return;
      }
      before = now;
    }
  }

  /** Sorts what it is given. */
  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static double[] repeat(double seconds, Runnable work) {
    double[] times = new double[MOST_RUNS];
    int runs = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (runs < LEAST_RUNS || System.nanoTime() < end && runs < MOST_RUNS) {
      long start = System.nanoTime();
      work.run();
      times[runs++] = (System.nanoTime() - start) / 1e6;
    }
    return Arrays.copyOf(times, runs);
  }

  private static long allocatedByAsking() {
    long first = allocated();
    return allocated() - first;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes); // −1 for a thread that has ended
    }
    return sum;
  }
}
