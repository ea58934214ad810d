package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Slices;
import java.util.Arrays;

/**
 * Running sums in the order of keys, line by line. Keys and values go to buckets together; each
 * bucket is sorted and added up in the cache; then the elements are walked through once more, and
 * each takes its sum from the place that it went to. So nothing is ever read or written where an
 * order points.
 */
final class RankedSumKernel extends LineKernel {
  private final boolean descending;
  private final boolean reverse;

  RankedSumKernel(RankedSum op, Slices lines) {
    super(lines);
    this.descending = op.descending();
    this.reverse = op.reverse();
  }

  @Override
  LineWork work() {
    return new Work();
  }

  private final class Work implements LineWork {
    private final KeyedLine keyed = new KeyedLine(lines, descending);

    /** Key and value of each element, bucket by bucket; then its rank and sum. */
    private final long[] items = new long[lines.length()];

    /** The sum of each block's values in each bucket. */
    private final double[][] sums = new double[keyed.blocks()][keyed.mostBuckets()];

    /** The sum of what is before each bucket, or behind it. */
    private final double[] before = new double[keyed.mostBuckets()];

    private final PerWorker<BucketSort> sorters = new PerWorker<>(BucketSort::new);
    private final ParallelFor.Task move = this::move;
    private final ParallelFor.Task addUp = this::addUp;
    private final ParallelFor.Task collect = this::collect;
    private int start;

    @Override
    public void run(int line, ParallelFor team) {
      start = lines.start(line);
      sorters.prepare(team.size());
      keyed.read(first, line, team);
      team.run(keyed.blocks(), move);
      sumBefore();
      team.run(keyed.shares(), addUp);
      team.run(keyed.blocks(), collect);
    }

    private void move(int block, int worker) {
      KeyBuckets buckets = keyed.buckets();
      int[] next = keyed.walk(block);
      double[] sum = sums[block];
      Arrays.fill(sum, 0, buckets.count(), 0);
      int[] keys = keyed.keys();
      long[] to = items;
      float[] values = second;
      int inner = lines.inner();
      int end = keyed.end(block);
      int at = start + keyed.begin(block) * inner;
      for (int k = keyed.begin(block); k < end; k++) {
        int key = keys[k];
        int bucket = buckets.of(key);
        float value = values[at];
        int place = next[bucket]++;
        keys[k] = place;
        to[place] = BucketSort.item(key, Float.floatToRawIntBits(value));
        sum[bucket] += value;
        at += inner;
      }
    }

    private void sumBefore() {
      double sum = 0;
      int count = keyed.buckets().count();
      for (int i = 0; i < count; i++) {
        int bucket = reverse ? count - 1 - i : i;
        before[bucket] = sum;
        for (double[] own : sums) {
          sum += own[bucket];
        }
      }
    }

    private void addUp(int task, int worker) {
      int share = keyed.share(task);
      BucketSort sorter = sorters.get(worker);
      int[] starts = keyed.starts();
      int last = keyed.firstBucket(share + 1);
      for (int bucket = keyed.firstBucket(share); bucket < last; bucket++) {
        int begin = starts[bucket];
        int length = starts[bucket + 1] - begin;
        addUp(sorter.sort(items, begin, length), begin, length, before[bucket]);
      }
    }

    private void addUp(int[] order, int begin, int length, double before) {
      long[] items = this.items;
      double sum = before;
      int rank = reverse ? lines.length() - begin - length : begin;
      for (int k = 0; k < length; k++) {
        int at = begin + order[reverse ? length - 1 - k : k];
        sum += Float.intBitsToFloat((int) items[at]);
        rank++;
        items[at] =
            BucketSort.item(Float.floatToRawIntBits(rank), Float.floatToRawIntBits((float) sum));
      }
    }

    private void collect(int block, int worker) {
      int[] places = keyed.keys();
      float[] result = RankedSumKernel.this.result;
      int ranks = lines.count() * lines.length();
      int inner = lines.inner();
      int end = keyed.end(block);
      int at = start + keyed.begin(block) * inner;
      for (int k = keyed.begin(block); k < end; k++) {
        long item = items[places[k]];
        result[at] = Float.intBitsToFloat((int) item);
        result[ranks + at] = Float.intBitsToFloat((int) (item >>> 32));
        at += inner;
      }
    }
  }
}
