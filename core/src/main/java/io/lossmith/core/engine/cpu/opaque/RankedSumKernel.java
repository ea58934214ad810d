package io.lossmith.core.engine.cpu.opaque;

import io.lossmith.core.engine.cpu.Team;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Slices;

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
  LineWork work(int teamSize) {
    return new Work(teamSize);
  }

  private final class Work implements LineWork {
    private final KeyedLine keyed;

    /** Key and value of each element, bucket by bucket; then its sum and rank in the bucket. */
    private final long[] items;

    /** The sum of each bucket, then what comes before it. */
    private final double[] sums;

    private final PerWorker<BucketSort> sorters = new PerWorker<>(BucketSort::new);
    private final PerWorker<int[]> batches = new PerWorker<>(() -> new int[2 * BATCH]);
    private final Team.Task move = this::move;
    private final Team.Task addUp = this::addUp;
    private final Team.Task collect = this::collect;
    private int start;

    Work(int blocks) {
      this.keyed = new KeyedLine(lines, descending, blocks);
      this.items = new long[lines.length()];
      this.sums = new double[keyed.buckets().count()];
    }

    @Override
    public void run(int line, Team team) {
      start = lines.start(line);
      sorters.prepare(team.size());
      batches.prepare(team.size());
      keyed.read(first, line, team);
      team.run(keyed.blocks(), move);
      team.run(keyed.shares(), addUp);
      sumBefore();
      team.run(keyed.blocks(), collect);
    }

    private void move(int block, int worker) {
      KeyBuckets buckets = keyed.buckets();
      int[] next = keyed.walk(block);
      int[] keys = keyed.keys();
      long[] to = items;
      float[] values = second;
      int inner = lines.inner();
      int end = keyed.end(block);
      int at = start + keyed.begin(block) * inner;
      for (int k = keyed.begin(block); k < end; k++) {
        int key = keys[k];
        to[next[buckets.of(key)]++] = pack(key, values[at]);
        at += inner;
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
        sums[bucket] = addUp(sorter.sort(length), begin, length);
      }
    }

    private double addUp(long[] sorted, int begin, int length) {
      long[] items = this.items;
      double sum = 0;
      for (int k = 0; k < length; k++) {
        int at = begin + BucketSort.position(sorted[reverse ? length - 1 - k : k]);
        sum += Float.intBitsToFloat((int) items[at]);
        items[at] = pack(k + 1, (float) sum);
      }
      return sum;
    }

    private void sumBefore() {
      double sum = 0;
      int count = sums.length;
      for (int i = 0; i < count; i++) {
        int bucket = reverse ? count - 1 - i : i;
        double own = sums[bucket];
        sums[bucket] = sum;
        sum += own;
      }
    }

    private void collect(int block, int worker) {
      int[] next = keyed.walk(block);
      int[] buckets = batches.get(worker);
      int end = keyed.end(block);
      for (int k = keyed.begin(block); k < end; k += BATCH) {
        collect(k, Math.min(BATCH, end - k), next, buckets);
      }
    }

    /** Finds all places before it goes there, so that the next is not waited for by itself. */
    private void collect(int from, int count, int[] next, int[] places) {
      KeyBuckets buckets = keyed.buckets();
      int[] keys = keyed.keys();
      for (int k = 0; k < count; k++) {
        int bucket = buckets.of(keys[from + k]);
        places[k] = next[bucket]++;
        places[BATCH + k] = bucket;
      }
      int[] starts = keyed.starts();
      float[] result = RankedSumKernel.this.result;
      int ranks = lines.count() * lines.length();
      int inner = lines.inner();
      int at = start + from * inner;
      for (int k = 0; k < count; k++) {
        long item = items[places[k]];
        int bucket = places[BATCH + k];
        int before = reverse ? lines.length() - starts[bucket + 1] : starts[bucket];
        result[at] = (float) (sums[bucket] + Float.intBitsToFloat((int) item));
        result[ranks + at] = before + (int) (item >>> 32);
        at += inner;
      }
    }
  }

  private static long pack(int high, float low) {
    return (long) high << 32 | Integer.toUnsignedLong(Float.floatToRawIntBits(low));
  }
}
