package io.lossmith.core.engine.cpu.opaque;

import io.lossmith.core.engine.cpu.Team;
import java.util.Arrays;

/**
 * Sorts the positions of one line by its floats: a radix sort from the least digit on, of pairs of
 * key and position in one long each. The line is cut into blocks that are counted and moved at the
 * same time; being stable, it gives the same order for any number of blocks. Digits that are the
 * same everywhere are skipped. The first pass reads the floats themselves, the last writes the
 * result itself.
 */
final class RadixSort {
  private static final int KEY_BITS = 32;

  /** Longer lines take 3 passes with tables that leave the first cache, shorter ones 4. */
  private static final int LONG = 8192;

  private static final float[] NONE = {};

  private final int length;
  private final int blocks;
  private final int flip;
  private final int bits;
  private final int mask;
  private final long[] one;
  private final long[] other;
  private final int[][] counts;
  private final int[][] digits;
  private final Team.Task survey = this::survey;
  private final Team.Task count = this::count;
  private final Team.Task firstPass = this::firstPass;
  private final Team.Task middlePass = this::middlePass;
  private final Team.Task lastPass = this::lastPass;

  private float[] x = NONE;
  private float[] result = NONE;
  private int start;
  private int inner;
  private long[] from;
  private long[] to;
  private int shift;

  /**
   * Makes room for lines of one length.
   *
   * @param blocks how many pieces are worked on at a time
   */
  RadixSort(int length, boolean descending, int blocks) {
    this.length = length;
    this.blocks = blocks;
    this.flip = descending ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    this.bits = length < LONG ? 8 : 11;
    this.mask = (1 << bits) - 1;
    this.one = new long[length];
    this.other = new long[length];
    this.counts = new int[blocks][1 << bits];
    this.digits = new int[blocks][((KEY_BITS + bits - 1) / bits) << bits];
    this.from = one;
    this.to = other;
  }

  int blocks() {
    return blocks;
  }

  /** Writes the order of the line that begins at {@code start}, neighbours {@code inner} apart. */
  void sort(float[] x, float[] result, int start, int inner, Team team) {
    this.x = x;
    this.result = result;
    this.start = start;
    this.inner = inner;
    from = one;
    to = other;
    team.run(blocks, survey);
    int varying = varying();
    if (varying == 0) {
      for (int k = 0; k < length; k++) {
        result[start + k * inner] = k;
      }
    } else {
      // There are two passes at least: reading floats and writing the result are not one loop.
      passes(Integer.bitCount(varying) == 1 ? varying | (varying == 1 ? 2 : 1) : varying, team);
    }
    this.x = NONE;
    this.result = NONE;
  }

  /** Counts all digits of a block at once. */
  private void survey(int block, int worker) {
    int[] all = digits[block];
    Arrays.fill(all, 0);
    int end = end(block);
    for (int k = begin(block); k < end; k++) {
      int key = SortKeys.of(x[start + k * inner]) ^ flip;
      int table = 0;
      for (int at = 0; at < KEY_BITS; at += bits) {
        all[table + ((key >>> at) & mask)]++;
        table += mask + 1;
      }
    }
  }

  /** Returns a bit for each digit that is not the same everywhere. */
  private int varying() {
    int key = SortKeys.of(x[start]) ^ flip;
    int varying = 0;
    int table = 0;
    for (int digit = 0; digit * bits < KEY_BITS; digit++) {
      int same = 0;
      for (int block = 0; block < blocks; block++) {
        same += digits[block][table + ((key >>> (digit * bits)) & mask)];
      }
      varying |= same == length ? 0 : 1 << digit;
      table += mask + 1;
    }
    return varying;
  }

  private void passes(int varying, Team team) {
    int first = Integer.numberOfTrailingZeros(varying);
    int last = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(varying);
    for (int digit = first; digit <= last; digit++) {
      if ((varying >> digit & 1) == 0) {
        continue;
      }
      shift = digit * bits;
      if (digit == first || blocks == 1) {
        for (int block = 0; block < blocks; block++) {
          System.arraycopy(digits[block], digit << bits, counts[block], 0, mask + 1);
        }
      } else {
        team.run(blocks, count);
      }
      addUp();
      if (digit == first) {
        team.run(blocks, firstPass);
      } else {
        team.run(blocks, digit == last ? lastPass : middlePass);
      }
      long[] done = to;
      to = from;
      from = done;
    }
  }

  private void count(int block, int worker) {
    int[] own = counts[block];
    Arrays.fill(own, 0);
    long[] pairs = from;
    int at = KEY_BITS + shift;
    int end = end(block);
    for (int k = begin(block); k < end; k++) {
      own[(int) (pairs[k] >>> at) & mask]++;
    }
  }

  /** Turns counts into the places where each block puts its first element of a digit. */
  private void addUp() {
    int sum = 0;
    for (int digit = 0; digit <= mask; digit++) {
      for (int block = 0; block < blocks; block++) {
        int here = counts[block][digit];
        counts[block][digit] = sum;
        sum += here;
      }
    }
  }

  private void firstPass(int block, int worker) {
    int[] next = counts[block];
    long[] target = to;
    int end = end(block);
    for (int k = begin(block); k < end; k++) {
      int key = SortKeys.of(x[start + k * inner]) ^ flip;
      target[next[(key >>> shift) & mask]++] = (long) key << KEY_BITS | k;
    }
  }

  private void middlePass(int block, int worker) {
    int[] next = counts[block];
    long[] source = from;
    long[] target = to;
    int at = KEY_BITS + shift;
    int end = end(block);
    for (int k = begin(block); k < end; k++) {
      long pair = source[k];
      target[next[(int) (pair >>> at) & mask]++] = pair;
    }
  }

  private void lastPass(int block, int worker) {
    int[] next = counts[block];
    long[] source = from;
    int at = KEY_BITS + shift;
    int end = end(block);
    for (int k = begin(block); k < end; k++) {
      long pair = source[k];
      result[start + next[(int) (pair >>> at) & mask]++ * inner] = (int) pair;
    }
  }

  private int begin(int block) {
    return (int) ((long) length * block / blocks);
  }

  private int end(int block) {
    return begin(block + 1);
  }
}
