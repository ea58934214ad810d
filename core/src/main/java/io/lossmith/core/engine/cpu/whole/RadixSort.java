package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Slices;

/**
 * Sorts the positions of a line by its floats, as items of key and position in one long each. Each
 * item is moved once through main memory, to the bucket of its key; then each bucket, which the
 * cache holds, is sorted for itself. All of it is stable, so the order does not depend on how many
 * work.
 */
final class RadixSort implements LineWork {
  private final BoundKernel arrays;
  private final Slices lines;
  private final KeyedLine keyed;
  private final long[] items;
  private final PerWorker<BucketSort> sorters = new PerWorker<>(BucketSort::new);
  private final ParallelFor.Task move = this::move;
  private final ParallelFor.Task sort = this::sort;
  private int start;

  /**
   * Makes room for lines of one length.
   *
   * @param arrays whose first operand is sorted
   */
  RadixSort(BoundKernel arrays, Slices lines, boolean descending) {
    this.arrays = arrays;
    this.lines = lines;
    this.keyed = new KeyedLine(lines, descending);
    this.items = new long[lines.length()];
  }

  @Override
  public void run(int line, ParallelFor team) {
    start = lines.start(line);
    sorters.prepare(team.size());
    keyed.read(arrays.first, line, team);
    team.run(keyed.blocks(), move);
    team.run(keyed.shares(), sort);
  }

  private void move(int block, int worker) {
    KeyBuckets buckets = keyed.buckets();
    int[] next = keyed.walk(block);
    int[] keys = keyed.keys();
    long[] to = items;
    int end = keyed.end(block);
    for (int k = keyed.begin(block); k < end; k++) {
      int key = keys[k];
      to[next[buckets.of(key)]++] = BucketSort.item(key, k);
    }
  }

  private void sort(int task, int worker) {
    int share = keyed.share(task);
    BucketSort sorter = sorters.get(worker);
    int[] starts = keyed.starts();
    int last = keyed.firstBucket(share + 1);
    for (int bucket = keyed.firstBucket(share); bucket < last; bucket++) {
      int begin = starts[bucket];
      int length = starts[bucket + 1] - begin;
      write(sorter.sort(items, begin, length), begin, length);
    }
  }

  private void write(int[] order, int begin, int length) {
    float[] result = arrays.result;
    int inner = lines.inner();
    int at = start + begin * inner;
    for (int k = 0; k < length; k++) {
      result[at] = (int) items[begin + order[k]];
      at += inner;
    }
  }
}
