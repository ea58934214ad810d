package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Slices;

/**
 * Finds the k-th greatest element of each line: the bucket that holds it is sorted, nothing else.
 * Then each element is compared with that one.
 */
final class IsAmongGreatestKernel extends LineKernel {
  /** Elements that are compared while they are in the cache. */
  private static final int STRETCH = 2048;

  private final Kernels kernels;

  IsAmongGreatestKernel(Slices lines, Kernels kernels) {
    super(lines);
    this.kernels = kernels;
  }

  @Override
  LineWork work() {
    return new Work();
  }

  private final class Work implements LineWork {
    private final KeyedLine keyed = new KeyedLine(lines, true);
    private final BucketSort sorter = new BucketSort();
    private final ParallelFor.Task collect = this::collect;
    private final ParallelFor.Task mark = this::mark;
    private int start;

    /** The bucket that holds the last one taken. */
    private int bucket;

    /** Its items. */
    private long[] items = new long[0];

    /** The last item that is taken, and its element; NaN where there is none. */
    private long last;

    private float bound;

    @Override
    public void run(int line, ParallelFor team) {
      start = lines.start(line);
      keyed.read(first, line, team);
      last = find((int) Math.min(lines.length(), second[line]), team);
      bound = last == Long.MIN_VALUE ? Float.NaN : first[start + (int) last * lines.inner()];
      team.run(keyed.blocks(), mark);
    }

    private long find(int k, ParallelFor team) {
      if (k < 1) {
        return Long.MIN_VALUE;
      }
      int[] starts = keyed.starts();
      bucket = 0;
      while (starts[bucket + 1] < k) {
        bucket++;
      }
      int length = starts[bucket + 1] - starts[bucket];
      if (items.length < length) {
        items = new long[Integer.highestOneBit(length) << 1];
      }
      team.run(keyed.blocks(), collect);
      return items[sorter.sort(items, 0, length)[k - starts[bucket] - 1]];
    }

    private void collect(int block, int worker) {
      int[] keys = keyed.keys();
      int least = keyed.buckets().leastIn(bucket);
      int greatest = keyed.buckets().greatestIn(bucket);
      int next = keyed.walk(block)[bucket] - keyed.starts()[bucket];
      int end = keyed.end(block);
      for (int k = keyed.begin(block); k < end; k++) {
        if (keys[k] >= least && keys[k] <= greatest) {
          items[next++] = BucketSort.item(keys[k], k);
        }
      }
    }

    private void mark(int block, int worker) {
      int begin = keyed.begin(block);
      int end = keyed.end(block);
      if (lines.inner() == 1 && bound == bound) {
        int ties = Math.max(begin, Math.min(end, (int) last + 1));
        leaveOut(Binary.LESS, begin, ties);
        leaveOut(Binary.LESS_EQUAL, ties, end);
      } else {
        markByKeys(begin, end);
      }
    }

    /** Marks all but those that are known to be less, for NaN is greater than any number. */
    private void leaveOut(Binary comparison, int begin, int end) {
      float[] result = IsAmongGreatestKernel.this.result;
      for (int k = begin; k < end; k += STRETCH) {
        int at = start + k;
        int n = Math.min(STRETCH, end - k);
        kernels.binary(comparison, first, at, bound, result, at, n);
        kernels.binary(Binary.SUBTRACT, 1, result, at, result, at, n);
      }
    }

    private void markByKeys(int begin, int end) {
      int[] keys = keyed.keys();
      float[] result = IsAmongGreatestKernel.this.result;
      int inner = lines.inner();
      int at = start + begin * inner;
      for (int k = begin; k < end; k++) {
        result[at] = BucketSort.item(keys[k], k) <= last ? 1 : 0;
        at += inner;
      }
    }
  }
}
