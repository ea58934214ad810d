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

  /** Seconds that the JVM takes to compile what is new, however briefly it is measured then. */
  private static final double LEAST_WARM_UP = 2;

  /** Runs something to warm it up, for two seconds at least, and again to measure it. */
  public static Measurement of(double seconds, Runnable work) {
    repeat(Math.max(seconds, LEAST_WARM_UP), work);
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
    Arrays.sort(times);
    return new Measurement(times[times.length / 2], times[0], bytes, times.length);
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
