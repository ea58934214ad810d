package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Slices;
import java.util.Arrays;

/**
 * Adds elements up at positions along an axis, in double and in the order they stand in, so that
 * sums are the same for any number of threads. Lines are shared out among the team, long ones are
 * worked on one after the other by all of it, see {@link LongScatterAdd}.
 */
final class ScatterAddKernel extends BoundKernel {
  /** Sums of shorter lines stay in the cache by themselves. */
  private static final int LONG = 1 << 18;

  /** Elements that are worth a task. */
  private static final int STRETCH = 1 << 14;

  private final Slices from;
  private final Slices to;
  private final boolean isLong;
  private final int perTask;
  private final LongScatterAdd whole;
  private final PerWorker<double[]> sums;
  private final ParallelFor.Task task = this::addSome;

  /**
   * Creates the kernel.
   *
   * @param from the lines of the values and positions
   * @param to the lines of the result
   */
  ScatterAddKernel(Slices from, Slices to) {
    this.from = from;
    this.to = to;
    int longest = Math.max(1, Math.max(from.length(), to.length()));
    this.isLong = longest > LONG;
    this.perTask = Math.max(1, STRETCH / longest);
    this.whole = new LongScatterAdd(from.inner(), from.length(), to.length());
    this.sums = new PerWorker<>(() -> new double[to.length()]);
  }

  @Override
  void run(ParallelFor team) {
    if (isLong) {
      for (int line = 0; line < to.count(); line++) {
        whole.add(first, second, from.start(line), result, to.start(line), team);
      }
      return;
    }
    sums.prepare(team.size());
    team.run((to.count() + perTask - 1) / perTask, task);
  }

  private void addSome(int index, int worker) {
    int end = Math.min(to.count(), (index + 1) * perTask);
    for (int line = index * perTask; line < end; line++) {
      add(line, sums.get(worker));
    }
  }

  private void add(int line, double[] sum) {
    Arrays.fill(sum, 0);
    int at = from.start(line);
    for (int k = 0; k < from.length(); k++) {
      int position = Positions.of(second[at], to.length());
      if (position >= 0) {
        sum[position] += first[at];
      }
      at += from.inner();
    }
    int out = to.start(line);
    for (double one : sum) {
      result[out] = (float) one;
      out += to.inner();
    }
  }
}
