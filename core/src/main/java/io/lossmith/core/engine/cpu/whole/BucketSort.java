package io.lossmith.core.engine.cpu.whole;

import java.util.Arrays;

/**
 * Finds the order of the items of one bucket by their keys, which are their upper halves; of one
 * thread, few enough for the cache: a radix sort from the least digit on, the shortest by
 * insertion. A key that most of the items have is set apart first.
 */
final class BucketSort {
  private static final int DIGIT_BITS = 10;
  private static final int SMALL_DIGIT_BITS = 7;

  /** Up to here insertion is faster. */
  private static final int SHORT = 32;

  /** Up to here tables of longer digits take more time than passes. */
  private static final int SMALL = 512;

  /** From here on it pays to look for ties. */
  private static final int LONG = 4096;

  /** Where the next item of each digit goes: the lowest digit, and the one that is next. */
  private final int[] lowest = new int[1 << DIGIT_BITS];

  private final int[] next = new int[1 << DIGIT_BITS];

  /** Keys above the least one, with positions. */
  private long[] pairs = new long[LONG];

  private long[] sparePairs = new long[LONG];
  private int[] order = new int[LONG];
  private int[] spareOrder = new int[LONG];

  /** The items that are not tied, with their positions. */
  private long[] others = new long[LONG];

  /** Returns an item. */
  static long item(int key, int low) {
    return (long) key << Integer.SIZE | Integer.toUnsignedLong(low);
  }

  /** Returns the key of an item. */
  static int key(long item) {
    return (int) (item >>> Integer.SIZE);
  }

  /**
   * Sorts items by key; equal keys stay in their order.
   *
   * @return where the items in order stand, counted from {@code begin}; until the next call
   */
  int[] sort(long[] items, int begin, int length) {
    if (order.length < length) {
      int room = Integer.highestOneBit(length) << 1;
      order = new int[room];
      spareOrder = new int[room];
      others = new long[room / 2];
    }
    if (length > LONG) {
      int key = key(items[begin + length / 2]);
      int count = findOthers(items, begin, length, key);
      if (count <= length / 2) {
        sortOthers(length, count, key);
        return order;
      }
    }
    sortAll(items, begin, length);
    return order;
  }

  /** Returns how many items have another key, if they are not more than half. */
  private int findOthers(long[] items, int begin, int length, int key) {
    long[] others = this.others;
    int most = length / 2;
    int count = 0;
    for (int k = 0; k < length; k++) {
      int own = key(items[begin + k]);
      if (own != key) {
        if (count == most) {
          return length;
        }
        others[count++] = item(own, k);
      }
    }
    return count;
  }

  /** Orders all items, of which the others lie below one key or above it. */
  private void sortOthers(int length, int count, int key) {
    sortAll(others, 0, count);
    int[] sorted = order;
    int[] to = spareOrder;
    int at = 0;
    while (at < count && key(others[sorted[at]]) < key) {
      to[at] = (int) others[sorted[at]];
      at++;
    }
    int other = at;
    int position = 0;
    for (int k = 0; k <= count; k++) {
      int end = k < count ? (int) others[k] : length;
      while (position < end) {
        to[at++] = position++;
      }
      position++;
    }
    while (other < count) {
      to[at++] = (int) others[sorted[other++]];
    }
    order = to;
    spareOrder = sorted;
  }

  private void sortAll(long[] items, int begin, int length) {
    if (length <= SHORT) {
      insert(items, begin, length);
      return;
    }
    if (pairs.length < length) {
      pairs = new long[Integer.highestOneBit(length) << 1];
      sparePairs = new long[pairs.length];
    }
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int k = begin; k < begin + length; k++) {
      least = Math.min(least, items[k]);
      greatest = Math.max(greatest, items[k]);
    }
    int base = key(least);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(key(greatest) - base);
    int most = length <= SMALL ? SMALL_DIGIT_BITS : DIGIT_BITS;
    int passes = Math.max(2, (bits + most - 1) / most);
    int digit = (bits + passes - 1) / passes;
    int mask = (1 << digit) - 1;
    countTwo(items, begin, length, base, digit);
    moveFirst(items, begin, length, base, mask);
    int at = Integer.SIZE + digit;
    for (int pass = 2; pass < passes; pass++) {
      moveMore(length, at, mask);
      at += digit;
      count(length, at, mask);
    }
    moveLast(length, at, mask);
  }

  /** Counts the lowest two digits. */
  private void countTwo(long[] items, int begin, int length, int base, int digit) {
    int[] lowest = this.lowest;
    int[] next = this.next;
    int mask = (1 << digit) - 1;
    Arrays.fill(lowest, 0, mask + 1, 0);
    Arrays.fill(next, 0, mask + 1, 0);
    for (int k = begin; k < begin + length; k++) {
      int digits = key(items[k]) - base;
      lowest[digits & mask]++;
      next[digits >>> digit & mask]++;
    }
    addUp(lowest, mask);
    addUp(next, mask);
  }

  private void count(int length, int at, int mask) {
    int[] next = this.next;
    long[] from = pairs;
    Arrays.fill(next, 0, mask + 1, 0);
    for (int k = 0; k < length; k++) {
      next[(int) (from[k] >>> at) & mask]++;
    }
    addUp(next, mask);
  }

  /** Turns counts into where each begins. */
  private static void addUp(int[] counts, int last) {
    int sum = 0;
    for (int d = 0; d <= last; d++) {
      int here = counts[d];
      counts[d] = sum;
      sum += here;
    }
  }

  private void moveFirst(long[] items, int begin, int length, int base, int mask) {
    int[] lowest = this.lowest;
    long[] to = pairs;
    for (int k = 0; k < length; k++) {
      int digits = key(items[begin + k]) - base;
      to[lowest[digits & mask]++] = item(digits, k);
    }
  }

  private void moveMore(int length, int at, int mask) {
    int[] next = this.next;
    long[] from = pairs;
    long[] to = sparePairs;
    for (int k = 0; k < length; k++) {
      long pair = from[k];
      to[next[(int) (pair >>> at) & mask]++] = pair;
    }
    pairs = to;
    sparePairs = from;
  }

  private void moveLast(int length, int at, int mask) {
    int[] next = this.next;
    long[] from = pairs;
    int[] to = order;
    for (int k = 0; k < length; k++) {
      long pair = from[k];
      to[next[(int) (pair >>> at) & mask]++] = (int) pair;
    }
  }

  private void insert(long[] items, int begin, int length) {
    int[] order = this.order;
    for (int k = 0; k < length; k++) {
      int key = key(items[begin + k]);
      int at = k;
      while (at > 0 && key(items[begin + order[at - 1]]) > key) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = k;
    }
  }
}
