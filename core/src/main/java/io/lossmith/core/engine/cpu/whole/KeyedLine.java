package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Slices;
import java.util.Arrays;

/**
 * A line whose elements go to buckets by their keys, in their order. The line is cut into blocks
 * that are counted, and later moved, at the same time.
 */
final class KeyedLine {
  /** Tasks that the buckets are shared out as. */
  private static final int SHARES = 64;

  /** Pieces of a long line; as many for every team, because sums are added up piece by piece. */
  private static final int BLOCKS = 16;

  private static final float[] NONE = {};

  private final Slices lines;
  private final int flip;
  private final int blocks;
  private final KeyBuckets buckets;
  private final int[] keys;
  private final int[] inBins;
  private final int[][] binCounts;
  private final int[][] counts;
  private final int[][] next;
  private final int[] starts;
  private final ParallelFor.Task count = this::count;
  private final ParallelFor.Task join = this::join;

  private float[] x = NONE;
  private int start;

  KeyedLine(Slices lines, boolean descending) {
    this.lines = lines;
    this.flip = descending ? -1 : 0;
    this.blocks = lines.length() < LineKernel.LONG ? 1 : BLOCKS;
    this.buckets = new KeyBuckets(lines.length());
    this.keys = new int[lines.length()];
    int most = buckets.mostBuckets(lines.length());
    this.inBins = new int[buckets.bins()];
    this.binCounts = new int[blocks][buckets.bins()];
    this.counts = new int[blocks][most];
    this.next = new int[blocks][most];
    this.starts = new int[most + 1];
  }

  /** Reads the keys of a line and counts them. */
  void read(float[] x, int line, ParallelFor team) {
    this.x = x;
    start = lines.start(line);
    buckets.spread(x, start, lines.inner(), lines.length(), flip);
    team.run(blocks, count);
    joinBins();
    team.run(blocks, join);
    placeBuckets();
    this.x = NONE;
  }

  private void joinBins() {
    Arrays.fill(inBins, 0);
    for (int[] own : binCounts) {
      for (int bin = 0; bin < own.length; bin++) {
        inBins[bin] += own[bin];
      }
    }
    buckets.join(inBins);
  }

  private void placeBuckets() {
    int sum = 0;
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      starts[bucket] = sum;
      for (int block = 0; block < blocks; block++) {
        int here = counts[block][bucket];
        counts[block][bucket] = sum;
        sum += here;
      }
    }
    starts[buckets.count()] = sum;
  }

  private void count(int block, int worker) {
    int[] own = binCounts[block];
    Arrays.fill(own, 0);
    int inner = lines.inner();
    int end = end(block);
    int at = start + begin(block) * inner;
    for (int k = begin(block); k < end; k++) {
      int key = SortKeys.of(x[at]) ^ flip;
      keys[k] = key;
      own[buckets.bin(key)]++;
      at += inner;
    }
  }

  private void join(int block, int worker) {
    int[] bins = binCounts[block];
    int[] own = counts[block];
    Arrays.fill(own, 0, buckets.count(), 0);
    for (int bin = 0; bin < bins.length; bin++) {
      own[buckets.ofBin(bin)] += bins[bin];
    }
  }

  int blocks() {
    return blocks;
  }

  int begin(int block) {
    return (int) ((long) lines.length() * block / blocks);
  }

  int end(int block) {
    return begin(block + 1);
  }

  /** Returns the key of each element, which may be written over once it is not needed. */
  int[] keys() {
    return keys;
  }

  /** Returns how keys go to buckets. */
  KeyBuckets buckets() {
    return buckets;
  }

  /** Returns how many buckets there may be. */
  int mostBuckets() {
    return starts.length - 1;
  }

  /** Returns where the next element of a block goes, for each bucket, to be counted up. */
  int[] walk(int block) {
    System.arraycopy(counts[block], 0, next[block], 0, buckets.count());
    return next[block];
  }

  /** Returns where each bucket begins, and where the last one ends. */
  int[] starts() {
    return starts;
  }

  /** Returns as how many tasks buckets are shared out. */
  int shares() {
    return buckets.count() == 1 ? 1 : SHARES;
  }

  /**
   * Returns the share that is the n-th to be worked on: where the last bucket is the largest, as
   * zeros are in descending order, nobody is to wait for it at the end.
   */
  int share(int n) {
    int last = buckets.count();
    return starts[last] - starts[last - 1] > starts[1] ? shares() - 1 - n : n;
  }

  /** Returns the first bucket of a share; the last one's end is the first of the next share. */
  int firstBucket(int share) {
    int place = (int) ((long) lines.length() * share / shares());
    int low = 0;
    int high = buckets.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return share == shares() ? buckets.count() : low;
  }
}
