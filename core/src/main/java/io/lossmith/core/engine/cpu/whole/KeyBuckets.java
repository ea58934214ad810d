package io.lossmith.core.engine.cpu.whole;

/**
 * Cuts keys into buckets: greater keys never fall into a lower bucket. Keys are counted in many
 * bins of one width, from the least to the greatest of some of them; then neighbouring bins become
 * buckets that hold about as many keys as are sorted in the first-level cache.
 */
final class KeyBuckets {
  /** Lines up to here are one bucket. */
  private static final int SMALL = 8192;

  /** Bins for so many keys: floats of one octave, a few bins, may be half of all. */
  private static final int KEYS_BITS = 7;

  private static final int MOST_BITS = 13;

  /** So many keys may join in a bucket. */
  private static final int FULL = 2048;

  /** More buckets than about this lie on more pages than the processor knows the addresses of. */
  private static final int MOST_BUCKETS = 512;

  private static final int SAMPLE = 1024;

  private final int bits;
  private final int full;
  private final char[] bucketOf;
  private final int[] sample = new int[SAMPLE];
  private int low;
  private int high;
  private int shift;
  private int count;

  /** Prepares for lines of one length. */
  KeyBuckets(int length) {
    int log = Integer.SIZE - Integer.numberOfLeadingZeros(length);
    this.bits = length <= SMALL ? 0 : Math.min(MOST_BITS, log - KEYS_BITS);
    this.full = Math.max(FULL, length / MOST_BUCKETS);
    this.bucketOf = new char[bins()];
  }

  /** Returns how many bins there are. */
  int bins() {
    // Two more below and above, for what lies outside of the sample.
    return bits == 0 ? 1 : (1 << bits) + 4;
  }

  /** Returns how many buckets there may be: two neighbours hold more than a full one. */
  int mostBuckets(int length) {
    return Math.min(bins(), 2 * (length / full + 1));
  }

  /** Returns how many buckets there are. */
  int count() {
    return count;
  }

  /** Places the bins for a line. */
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

  /** Returns the bin of a key. */
  int bin(int key) {
    return (Math.min(Math.max(key, low), high) - low) >>> shift;
  }

  /** Joins bins to buckets, given how many keys each holds. */
  void join(int[] keys) {
    int bucket = 0;
    int sum = 0;
    for (int bin = 0; bin < keys.length; bin++) {
      sum += keys[bin];
      if (sum > full && sum > keys[bin]) {
        bucket++;
        sum = keys[bin];
      }
      bucketOf[bin] = (char) bucket;
    }
    count = bucket + 1;
  }

  /** Returns the least key that would fall into a bucket, which must have some. */
  int leastIn(int bucket) {
    int bin = firstBin(bucket);
    return bin == 0 ? Integer.MIN_VALUE : low + (bin << shift);
  }

  /** Returns the greatest key that would fall into a bucket. */
  int greatestIn(int bucket) {
    int next = firstBin(bucket + 1);
    return next > bin(Integer.MAX_VALUE) ? Integer.MAX_VALUE : low + (next << shift) - 1;
  }

  private int firstBin(int bucket) {
    int bin = 0;
    while (bin < bucketOf.length && bucketOf[bin] < bucket) {
      bin++;
    }
    return bin;
  }

  /** Returns the bucket of a bin. */
  int ofBin(int bin) {
    return bucketOf[bin];
  }

  /** Returns the bucket of a key. */
  int of(int key) {
    return bucketOf[bin(key)];
  }
}
