package io.lossmith.core.engine.cpu.kernel;

/**
 * The inner loops of max pooling, over stretches of flat arrays in which the elements under a
 * window along one axis are a fixed distance apart. Keys are whole numbers in the order of the
 * floats they stand for, so that one comparison is enough: NaN is above all, padding below all.
 *
 * <p>Every array has {@link WindowLoops#SLACK} more elements behind what a method is told to read
 * or write; what lies there may be read and overwritten. A method may write to the array it reads:
 * element i is made of elements from i on.
 */
public interface PoolLoops {
  /** The key of what is never chosen; that of −∞ is greater. */
  int PADDING = Integer.MIN_VALUE;

  /** The key of NaN. */
  int NAN = Integer.MAX_VALUE;

  /** keys[at + i] = the key of x[from + i], for i &lt; n; neither array has slack here. */
  void toKeys(float[] x, int from, int[] keys, int at, int n);

  /** x[at + i] = the float that keys[from + i] stands for; neither array has slack here. */
  void toFloats(int[] keys, int from, float[] x, int at, int n);

  /** keys[i] = the greatest of keys[i + t · distance] over t &lt; taps, for i &lt; n. */
  void greatest(int[] keys, int distance, int taps, int n);

  /** Does {@link #greatest} and notes in picks[at + i] for which t it was found first. */
  void pick(int[] keys, int distance, int taps, int[] picks, int at, int n);

  /** x[at + i] = x[at + i + picks[at + i] · distance], for i &lt; n: what the picks chose. */
  void take(int[] picks, float[] x, int at, int distance, int taps, int n);

  /**
   * g[from + i] = Σ over t of g[from + j] where picks[at + j] is t, with j = i + (taps − 1 − t) ·
   * distance, for i &lt; n: what the picks chose is given back.
   */
  void giveBack(int[] picks, int at, float[] g, int from, int distance, int taps, int n);

  /** x[at + i] += y[from + i], for i &lt; n. */
  void add(float[] x, int at, float[] y, int from, int n);

  /** best[i] = the greater of best[i] and later[i], for i &lt; n. */
  void greater(int[] best, int[] later, int n);

  /**
   * Does {@link #greater}; x[at + i] becomes later's y[at + i] where that is greater, and the mean
   * of both where they tie.
   */
  void mix(int[] best, int[] later, float[] x, float[] y, int at, int n);

  /**
   * The transpose of {@link #mix}, which leaves the keys alone: moves what is in x[at + i] to y[at
   * + i], all of it where later is greater, half where they tie and nothing where it is less.
   */
  void split(int[] best, int[] later, float[] x, float[] y, int at, int n);

  /** Tells whether a float is greater than another; NaN is greatest. */
  static boolean greater(float later, float best) {
    return later > best || (later != later && best == best);
  }

  /** Returns the key of a float. */
  static int key(float value) {
    if (value != value) {
      return NAN;
    }
    int bits = Float.floatToRawIntBits(value + 0f); // so that −0 is 0
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** Returns the float that a key stands for. */
  static float value(int key) {
    return Float.intBitsToFloat(key ^ ((key >> 31) & Integer.MAX_VALUE));
  }
}
