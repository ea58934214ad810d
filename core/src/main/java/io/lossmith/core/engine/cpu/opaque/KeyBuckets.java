package io.lossmith.core.engine.cpu.opaque;

/**
 * Cuts keys into buckets: greater keys never fall into a lower bucket. Where the cuts lie is
 * guessed from some of the keys, so that most buckets hold few; any cuts serve.
 */
final class KeyBuckets {
  /** Lines up to here are one bucket. */
  private static final int SMALL = 8192;

  /** About so many keys are to fall into a bucket. */
  private static final int KEYS_BITS = 10;

  /** More buckets than this lie on more pages than the processor knows the addresses of. */
  private static final int MOST_BITS = 10;

  private static final int SAMPLE = 1024;

  private final int bits;
  private final int[] sample = new int[SAMPLE];
  private int low;
  private int high;
  private int shift;

  /** Prepares for lines of one length. */
  KeyBuckets(int length) {
    int log = Integer.SIZE - Integer.numberOfLeadingZeros(length);
    this.bits = length <= SMALL ? 0 : Math.min(MOST_BITS, log - KEYS_BITS);
  }

  /** Returns how many buckets there are. */
  int count() {
    // Two more below and above, for what lies outside of the sample.
    return bits == 0 ? 1 : (1 << bits) + 4;
  }

  /** Places the cuts for a line. */
  void spread(float[] x, int start, int inner, int length, int flip) {
    if (bits == 0) {
      low = Integer.MAX_VALUE;
      high = Integer.MAX_VALUE;
      shift = 0;
      return;
    }
    int least = Integer.MAX_VALUE;
    int greatest = Integer.MIN_VALUE;
    for (int i = 0; i < SAMPLE; i++) {
      int k = (int) ((long) length * i / SAMPLE);
      int key = SortKeys.of(x[start + k * inner]) ^ flip;
      sample[i] = key;
      least = Math.min(least, key);
      greatest = Math.max(greatest, key);
    }
    // Many zeros lie far from all else, as floats are ordered: they are not to stretch the range.
    long first = ties(least) > 1 ? least(least) : least;
    long last = Math.max(first, ties(greatest) > 1 ? greatest(greatest) : greatest);
    shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(last - first) - bits);
    low = (int) Math.max(Integer.MIN_VALUE, first - (1L << shift));
    high = (int) Math.min(Integer.MAX_VALUE, last + (1L << shift));
  }

  private int ties(int key) {
    int count = 0;
    for (int other : sample) {
      count += other == key ? 1 : 0;
    }
    return count;
  }

  /** Returns the least of the keys above one. */
  private int least(int key) {
    int least = Integer.MAX_VALUE;
    for (int other : sample) {
      least = Math.min(least, other == key ? Integer.MAX_VALUE : other);
    }
    return least;
  }

  /** Returns the greatest of the keys below one. */
  private int greatest(int key) {
    int greatest = Integer.MIN_VALUE;
    for (int other : sample) {
      greatest = Math.max(greatest, other == key ? Integer.MIN_VALUE : other);
    }
    return greatest;
  }

  /** Returns the bucket of a key. */
  int of(int key) {
    return (Math.min(Math.max(key, low), high) - low) >>> shift;
  }
}
