package io.lossmith.core.engine.cpu.opaque;

import java.util.Arrays;

/**
 * Sorts pairs of key and position, of one thread, few enough for the cache: a radix sort from the
 * least digit on, the shortest by insertion. The pairs are put into {@link #room}.
 */
final class BucketSort {
  /** Bits of a pair below its key: positions are less than 2^24. */
  private static final int POSITION_BITS = 24;

  private static final int POSITION = (1 << POSITION_BITS) - 1;
  private static final int DIGIT_BITS = 10;
  private static final int SMALL_DIGIT_BITS = 7;

  /** Up to here insertion is faster. */
  private static final int SHORT = 32;

  /** Up to here tables of longer digits take more time than passes. */
  private static final int SMALL = 512;

  /** From here on it pays to look for ties. */
  private static final int LONG = 4096;

  private final int[] next = new int[1 << DIGIT_BITS];
  private long[] pairs = new long[LONG];
  private long[] spare = new long[LONG];

  /** Returns a pair that is ordered by its key, then by its position, below 2^24. */
  static long pair(int key, int position) {
    return Integer.toUnsignedLong(key ^ Integer.MIN_VALUE) << POSITION_BITS | position;
  }

  /** Returns the position of a pair. */
  static int position(long pair) {
    return (int) pair & POSITION;
  }

  /** Returns an array that holds so many pairs at least, to be filled from its beginning. */
  long[] room(int length) {
    if (pairs.length < length) {
      pairs = new long[Integer.highestOneBit(length) << 1];
      spare = new long[pairs.length];
    }
    return pairs;
  }

  /**
   * Sorts the pairs, whose positions ascend.
   *
   * @return the array that they are in now
   */
  long[] sort(int length) {
    if (length <= SHORT) {
      insert(length);
      return pairs;
    }
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int k = 0; k < length; k++) {
      least = Math.min(least, pairs[k]);
      greatest = Math.max(greatest, pairs[k]);
    }
    int varying = Integer.SIZE - Integer.numberOfLeadingZeros(key(least) ^ key(greatest));
    if (varying == 0) {
      return pairs;
    }
    if (varying > DIGIT_BITS && length > LONG) {
      int ties = count(key(greatest), length);
      if (ties > length / 2) {
        return sortOthers(key(greatest), length, length - ties, true);
      }
      ties = count(key(least), length);
      if (ties > length / 2) {
        return sortOthers(key(least), length, length - ties, false);
      }
    }
    sort(length, varying);
    return pairs;
  }

  private static int key(long pair) {
    return (int) (pair >>> POSITION_BITS);
  }

  private int count(int key, int length) {
    int count = 0;
    for (int k = 0; k < length; k++) {
      count += key(pairs[k]) == key ? 1 : 0;
    }
    return count;
  }

  /** Sorts all but the pairs of one key, which go behind the others or before them. */
  private long[] sortOthers(int key, int length, int others, boolean behind) {
    long[] tied = spare;
    int tie = others;
    int other = 0;
    for (int k = 0; k < length; k++) {
      long pair = pairs[k];
      if (key(pair) == key) {
        tied[tie++] = pair;
      } else {
        pairs[other++] = pair;
      }
    }
    sort(others, Integer.SIZE);
    if (!behind) {
      System.arraycopy(tied, others, spare, 0, length - others);
      System.arraycopy(pairs, 0, spare, length - others, others);
      swap();
    } else if (tied != pairs) {
      System.arraycopy(tied, others, pairs, others, length - others);
    }
    return pairs;
  }

  /** Sorts by the low bits of the keys. */
  private void sort(int length, int bits) {
    int most = length <= SMALL ? SMALL_DIGIT_BITS : DIGIT_BITS;
    int passes = (bits + most - 1) / most;
    int digit = (bits + passes - 1) / passes;
    for (int pass = 0; pass < passes; pass++) {
      sortByDigit(length, POSITION_BITS + pass * digit, (1 << digit) - 1);
      swap();
    }
  }

  private void sortByDigit(int length, int at, int mask) {
    int[] next = this.next;
    long[] from = pairs;
    long[] to = spare;
    Arrays.fill(next, 0, mask + 1, 0);
    for (int k = 0; k < length; k++) {
      next[(int) (from[k] >>> at) & mask]++;
    }
    int sum = 0;
    for (int d = 0; d <= mask; d++) {
      int here = next[d];
      next[d] = sum;
      sum += here;
    }
    for (int k = 0; k < length; k++) {
      long pair = from[k];
      to[next[(int) (pair >>> at) & mask]++] = pair;
    }
  }

  private void insert(int length) {
    long[] pairs = this.pairs;
    for (int k = 1; k < length; k++) {
      long pair = pairs[k];
      int at = k;
      while (at > 0 && pairs[at - 1] > pair) {
        pairs[at] = pairs[at - 1];
        at--;
      }
      pairs[at] = pair;
    }
  }

  private void swap() {
    long[] done = spare;
    spare = pairs;
    pairs = done;
  }
}
