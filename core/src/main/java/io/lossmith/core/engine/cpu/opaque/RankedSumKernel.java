package io.lossmith.core.engine.cpu.opaque;

import io.lossmith.core.engine.cpu.Team;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Slices;
import java.util.Arrays;

/**
 * Running sums in the order of keys, line by line. Keys and values go to buckets together; each
 * bucket is sorted and added up in the cache; then the elements are walked through once more as
 * they were when they went there, and each takes its sum from the same place. So nothing is ever
 * read or written where an order points.
 */
final class RankedSumKernel extends LineKernel {
  private static final int BATCH = 512;

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
    private final double[][] sums = new double[keyed.blocks()][keyed.buckets().count()];

    /** The sum of what is before each bucket, or behind it. */
    private final double[] before = new double[keyed.buckets().count()];

    private final PerWorker<BucketSort> sorters = new PerWorker<>(BucketSort::new);
    private final PerWorker<int[]> batches = new PerWorker<>(() -> new int[BATCH]);
    private final Team.Task move = this::move;
    private final Team.Task addUp = this::addUp;
    private final Team.Task collect = this::collect;
    private int start;

    @Override
    public void run(int line, Team team) {
      start = lines.start(line);
      sorters.prepare(team.size());
      batches.prepare(team.size());
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
      Arrays.fill(sum, 0);
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
        to[next[bucket]++] = pack(key, value);
        sum[bucket] += value;
        at += inner;
      }
    }

    private void sumBefore() {
      double sum = 0;
      int count = before.length;
      for (int i = 0; i < count; i++) {
        int bucket = reverse ? count - 1 - i : i;
        before[bucket] = sum;
        for (double[] own : sums) {
          sum += own[bucket];
        }
      }
    }

    private void addUp(int share, int worker) {
      BucketSort sorter = sorters.get(worker);
      int[] starts = keyed.starts();
      int last = keyed.firstBucket(share + 1);
      for (int bucket = keyed.firstBucket(share); bucket < last; bucket++) {
        int begin = starts[bucket];
        int length = starts[bucket + 1] - begin;
        long[] pairs = sorter.room(length);
        for (int i = 0; i < length; i++) {
          pairs[i] = BucketSort.pair((int) (items[begin + i] >>> 32), i);
        }
        addUp(sorter.sort(length), begin, length, before[bucket]);
      }
    }

    private void addUp(long[] sorted, int begin, int length, double before) {
      long[] items = this.items;
      double sum = before;
      int rank = reverse ? lines.length() - begin - length : begin;
      for (int k = 0; k < length; k++) {
        int at = begin + BucketSort.position(sorted[reverse ? length - 1 - k : k]);
        sum += Float.intBitsToFloat((int) items[at]);
        rank++;
        items[at] = pack(Float.floatToRawIntBits(rank), (float) sum);
      }
    }

    private void collect(int block, int worker) {
      int[] next = keyed.walk(block);
      int[] places = batches.get(worker);
      int end = keyed.end(block);
      for (int k = keyed.begin(block); k < end; k += BATCH) {
        collect(k, Math.min(BATCH, end - k), next, places);
      }
    }

    /** Finds all places before it goes there, so that the next is not waited for by itself. */
    private void collect(int from, int count, int[] next, int[] places) {
      KeyBuckets buckets = keyed.buckets();
      int[] keys = keyed.keys();
      for (int k = 0; k < count; k++) {
        places[k] = next[buckets.of(keys[from + k])]++;
      }
      float[] result = RankedSumKernel.this.result;
      int ranks = lines.count() * lines.length();
      int inner = lines.inner();
      int at = start + from * inner;
      for (int k = 0; k < count; k++) {
        long item = items[places[k]];
        result[at] = Float.intBitsToFloat((int) item);
        result[ranks + at] = Float.intBitsToFloat((int) (item >>> 32));
        at += inner;
      }
    }
  }

  private static long pack(int high, float low) {
    return (long) high << 32 | Integer.toUnsignedLong(Float.floatToRawIntBits(low));
  }
}
