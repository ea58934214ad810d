package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.Slices;
import java.util.Arrays;

/**
 * Running sums in double. A line is cut into blocks whose size depends on its shape alone: first
 * the sum of each block, then the running sums that begin with what stands before the block.
 */
final class CumulativeSumKernel extends BoundKernel {
  /** Elements of a block. */
  private static final int BLOCK = 1 << 12;

  /** Elements that are worth a task: as many blocks as an addition takes cycles. */
  private static final int STRETCH = 4 * BLOCK;

  private final boolean exclusive;
  private final boolean reverse;
  private final Slices lines;

  /** How many lines run beside each other through one piece. */
  private final int beside;

  private final int groups;
  private final int perBlock;
  private final int blocks;
  private final int pieces;

  /** Short lines share a task. */
  private final int perTask;

  /** For each group, block and line beside others its sum, later what stands before it. */
  private final double[] sums;

  private final PerWorker<double[]> running;
  private final ParallelFor.Task sumTask = this::sumSome;
  private final ParallelFor.Task runTask = this::runSome;

  CumulativeSumKernel(CumulativeSum op, Slices lines) {
    this.exclusive = op.exclusive();
    this.reverse = op.reverse();
    this.lines = lines;
    this.beside = Math.min(lines.inner(), 512);
    this.groups = (lines.inner() + beside - 1) / beside;
    this.perBlock = Math.max(1, BLOCK / beside);
    this.blocks = (lines.length() + perBlock - 1) / perBlock;
    this.pieces = lines.count() / lines.inner() * groups * blocks;
    this.perTask = Math.max(1, STRETCH / (Math.min(perBlock, lines.length()) * beside));
    this.sums = new double[pieces * beside];
    this.running = new PerWorker<>(() -> new double[beside]);
  }

  @Override
  void run(ParallelFor team) {
    running.prepare(team.size());
    int tasks = (pieces + perTask - 1) / perTask;
    Arrays.fill(sums, 0);
    if (blocks > 1) {
      team.run(tasks, sumTask);
      for (int group = 0; group < pieces; group += blocks) {
        addUp(group * beside);
      }
    }
    team.run(tasks, runTask);
  }

  private void sumSome(int task, int worker) {
    int end = Math.min(pieces, (task + 1) * perTask);
    for (int piece = task * perTask; piece < end; piece++) {
      sum(piece);
    }
  }

  private void runSome(int task, int worker) {
    int end = Math.min(pieces, (task + 1) * perTask);
    if (beside == 1 && perTask == 4 && areFull(task * perTask, end)) {
      runFour(task * perTask);
      return;
    }
    for (int piece = task * perTask; piece < end; piece++) {
      runOn(piece, running.get(worker));
    }
  }

  /** Turns the sums of the blocks of one group into what stands before each. */
  private void addUp(int group) {
    for (int i = 0; i < beside; i++) {
      double sum = 0;
      for (int block = 0; block < blocks; block++) {
        int at = group + block * beside + i;
        double own = sums[at];
        sums[at] = sum;
        sum += own;
      }
    }
  }

  private void sum(int piece) {
    int row = start(piece);
    int end = end(piece);
    int step = step();
    int base = piece * beside;
    int width = width(piece);
    if (beside == 1) {
      sums[base] = sum(row, step, end - begin(piece));
      return;
    }
    for (int k = begin(piece); k < end; k++) {
      for (int i = 0; i < width; i++) {
        sums[base + i] += first[row + i];
      }
      row += step;
    }
  }

  /** Four sums that wait for nothing but themselves. */
  private double sum(int from, int step, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int at = from;
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      a += first[at];
      b += first[at + step];
      c += first[at + 2 * step];
      d += first[at + 3 * step];
      at += 4 * step;
    }
    for (; k < count; k++) {
      a += first[at];
      at += step;
    }
    return (a + b) + (c + d);
  }

  private void runOn(int piece, double[] sum) {
    int row = start(piece);
    int step = step();
    int count = end(piece) - begin(piece);
    if (beside == 1) {
      single(row, step, count, sums[piece]);
      return;
    }
    int width = width(piece);
    System.arraycopy(sums, piece * beside, sum, 0, width);
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < width; i++) {
        double next = sum[i] + first[row + i];
        result[row + i] = (float) (exclusive ? sum[i] : next);
        sum[i] = next;
      }
      row += step;
    }
  }

  private void single(int from, int step, int count, double before) {
    double sum = before;
    int at = from;
    for (int k = 0; k < count; k++) {
      double next = sum + first[at];
      result[at] = (float) (exclusive ? sum : next);
      sum = next;
      at += step;
    }
  }

  private boolean areFull(int piece, int end) {
    int count = 0;
    for (int i = piece; i < end; i++) {
      count += end(i) - begin(i);
    }
    return count == 4 * perBlock;
  }

  /** Four pieces at once, each of which waits for its own additions only. */
  private void runFour(int piece) {
    int step = step();
    int p = start(piece);
    int q = start(piece + 1);
    int r = start(piece + 2);
    int s = start(piece + 3);
    double a = sums[piece];
    double b = sums[piece + 1];
    double c = sums[piece + 2];
    double d = sums[piece + 3];
    for (int k = 0; k != perBlock * step; k += step) {
      double nextA = a + first[p + k];
      double nextB = b + first[q + k];
      double nextC = c + first[r + k];
      double nextD = d + first[s + k];
      result[p + k] = (float) (exclusive ? a : nextA);
      result[q + k] = (float) (exclusive ? b : nextB);
      result[r + k] = (float) (exclusive ? c : nextC);
      result[s + k] = (float) (exclusive ? d : nextD);
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
  }

  private int step() {
    return reverse ? -lines.inner() : lines.inner();
  }

  private int begin(int piece) {
    return piece % blocks * perBlock;
  }

  private int end(int piece) {
    return Math.min(lines.length(), begin(piece) + perBlock);
  }

  private int width(int piece) {
    int group = piece / blocks % groups;
    return Math.min(beside, lines.inner() - group * beside);
  }

  /** Returns where the first row of a piece stands, which in reverse is its last. */
  private int start(int piece) {
    int outer = piece / blocks / groups;
    int group = piece / blocks % groups;
    int k = begin(piece);
    int row = reverse ? lines.length() - 1 - k : k;
    return (outer * lines.length() + row) * lines.inner() + group * beside;
  }
}
