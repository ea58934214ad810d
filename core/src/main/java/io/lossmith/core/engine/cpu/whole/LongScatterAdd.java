package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import java.util.Arrays;

/**
 * Adds the elements of a long line up at their positions. Elements are first moved, in their order,
 * to those that fall near them, so that sums stay in the cache: adding right where positions point
 * waits for main memory at each element. The order does not depend on how many work.
 */
final class LongScatterAdd {
  private static final float[] NONE = {};

  /** Positions whose sums stay in the cache together. */
  private static final int RANGE_BITS = 15;

  private final int inner;
  private final int length;
  private final int results;
  private final int ranges;
  private final PerWorker<double[]> sums;
  private final ParallelFor.Task count = this::count;
  private final ParallelFor.Task move = this::move;
  private final ParallelFor.Task addUp = this::addUp;

  /** Position and value in one. */
  private long[] moved = {};

  private int[][] next = {};
  private int[] starts = {};
  private float[] values = NONE;
  private float[] positions = NONE;
  private float[] result = NONE;
  private int start;
  private int target;
  private int blocks;

  /**
   * Prepares for lines of one length; memory is taken at the first use.
   *
   * @param inner the distance of neighbours, in what is read and in what is written
   */
  LongScatterAdd(int inner, int length, int results) {
    this.inner = inner;
    this.length = length;
    this.results = results;
    this.ranges = (results + (1 << RANGE_BITS) - 1) >>> RANGE_BITS;
    this.sums = new PerWorker<>(() -> new double[1 << RANGE_BITS]);
  }

  void add(
      float[] values, float[] positions, int start, float[] result, int target, ParallelFor team) {
    if (next.length != team.size()) {
      moved = new long[length];
      next = new int[team.size()][ranges];
      starts = new int[ranges + 1];
    }
    this.values = values;
    this.positions = positions;
    this.start = start;
    this.result = result;
    this.target = target;
    blocks = team.size();
    sums.prepare(team.size());
    team.run(blocks, count);
    place();
    team.run(blocks, move);
    team.run(ranges, addUp);
    this.values = NONE;
    this.positions = NONE;
    this.result = NONE;
  }

  private void count(int block, int worker) {
    int[] own = next[block];
    Arrays.fill(own, 0);
    int end = end(block);
    for (int k = begin(block); k < end; k++) {
      int position = Positions.of(positions[start + k * inner], results);
      if (position >= 0) {
        own[position >>> RANGE_BITS]++;
      }
    }
  }

  /** Turns counts into the places where each block puts its first element of a range. */
  private void place() {
    int sum = 0;
    for (int range = 0; range < ranges; range++) {
      starts[range] = sum;
      for (int block = 0; block < blocks; block++) {
        int here = next[block][range];
        next[block][range] = sum;
        sum += here;
      }
    }
    starts[ranges] = sum;
  }

  private void move(int block, int worker) {
    int[] own = next[block];
    int end = end(block);
    for (int k = begin(block); k < end; k++) {
      int at = start + k * inner;
      int position = Positions.of(positions[at], results);
      if (position >= 0) {
        moved[own[position >>> RANGE_BITS]++] =
            (long) position << 32 | Integer.toUnsignedLong(Float.floatToRawIntBits(values[at]));
      }
    }
  }

  private void addUp(int range, int worker) {
    int first = range << RANGE_BITS;
    int count = Math.min(1 << RANGE_BITS, results - first);
    double[] sum = sums.get(worker);
    Arrays.fill(sum, 0, count, 0);
    for (int k = starts[range]; k < starts[range + 1]; k++) {
      long pair = moved[k];
      sum[(int) (pair >>> 32) - first] += Float.intBitsToFloat((int) pair);
    }
    int out = target + first * inner;
    for (int i = 0; i < count; i++) {
      result[out] = (float) sum[i];
      out += inner;
    }
  }

  private int begin(int block) {
    return (int) ((long) length * block / blocks);
  }

  private int end(int block) {
    return begin(block + 1);
  }
}
