package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Slices;

/**
 * Finds the k-th greatest element of each line: the bucket that holds it is sorted, nothing else.
 * Then each element is compared with that one.
 */
final class IsAmongGreatestKernel extends LineKernel {
  IsAmongGreatestKernel(Slices lines) {
    super(lines);
  }

  @Override
  LineWork work() {
    return new Work();
  }

  private final class Work implements LineWork {
    private final KeyedLine keyed = new KeyedLine(lines, true);
    private final BucketSort sorter = new BucketSort();
    private final ParallelFor.Task mark = this::mark;
    private int start;

    /** The items of the bucket that holds the last one taken. */
    private long[] items = new long[0];

    /** The last item that is taken. */
    private long last;

    @Override
    public void run(int line, ParallelFor team) {
      start = lines.start(line);
      keyed.read(first, line, team);
      last = find((int) Math.min(lines.length(), second[line]));
      team.run(keyed.blocks(), mark);
    }

    private long find(int k) {
      if (k < 1) {
        return Long.MIN_VALUE;
      }
      int[] starts = keyed.starts();
      int bucket = 0;
      while (starts[bucket + 1] < k) {
        bucket++;
      }
      int length = starts[bucket + 1] - starts[bucket];
      if (items.length < length) {
        items = new long[Integer.highestOneBit(length) << 1];
      }
      collect(bucket);
      return items[sorter.sort(items, 0, length)[k - starts[bucket] - 1]];
    }

    private void collect(int bucket) {
      KeyBuckets buckets = keyed.buckets();
      int[] keys = keyed.keys();
      int count = 0;
      for (int k = 0; k < lines.length(); k++) {
        if (buckets.of(keys[k]) == bucket) {
          items[count++] = BucketSort.item(keys[k], k);
        }
      }
    }

    private void mark(int block, int worker) {
      int[] keys = keyed.keys();
      float[] result = IsAmongGreatestKernel.this.result;
      int inner = lines.inner();
      int end = keyed.end(block);
      int at = start + keyed.begin(block) * inner;
      for (int k = keyed.begin(block); k < end; k++) {
        result[at] = BucketSort.item(keys[k], k) <= last ? 1 : 0;
        at += inner;
      }
    }
  }
}
