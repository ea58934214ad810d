package io.lossmith.core.engine.cpu.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Numbers, lengths and tolerances that kernels are tried with. */
final class Samples {
  /**
   * Where rules change: zeros, infinities, the smallest and largest, ties, ends of the exponent.
   */
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    2f,
    -2f,
    3f,
    -3f,
    0.5f,
    -0.5f,
    1.5f,
    -1.5f,
    2.5f,
    -2.5f,
    0.3f,
    -0.3f,
    0.99999994f,
    Float.NaN,
    Float.intBitsToFloat(0xFFC00000), // NaN with a sign, and with other bits
    Float.intBitsToFloat(0xFFFFFFFF),
    Float.intBitsToFloat(0x7FFFFFFF),
    Float.intBitsToFloat(0xFF800001),
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    -1e-40f,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    1e-30f,
    -1e-30f,
    1e-10f,
    -1e-10f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1e30f,
    -1e30f,
    1e10f,
    -1e10f,
    2147483648f,
    -2147483648f,
    8388607.5f,
    -8388607.5f,
    8388608f,
    -8388609f,
    4194303.5f,
    -4194304.5f,
    16777216f,
    16777217f,
    9f,
    -9f,
    9.02f,
    -9.02f,
    20f,
    -20f,
    50f,
    -50f,
    87.3f,
    -87.3f,
    88.7f,
    -88.7f,
    88.8f,
    -88.8f,
    103.9f,
    -103.9f,
    104.1f,
    -104.1f,
    1000f,
    -1000f
  };

  private Samples() {}

  /** Lengths around multiples of a vector, and the usual tile. */
  static List<Integer> lengths(int lanes) {
    TreeSet<Integer> lengths = new TreeSet<>(List.of(0, 1, 2, 7, 63, 1000, 1024));
    for (int whole : new int[] {lanes, 2 * lanes, 4 * lanes, 8 * lanes}) {
      lengths.addAll(List.of(whole - 1, whole, whole + 1));
    }
    return new ArrayList<>(lengths);
  }

  static float[] special() {
    return SPECIAL.clone();
  }

  static float[] random(int n, double scale, long seed) {
    Random random = new Random(seed);
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = (float) (random.nextGaussian() * scale);
    }
    return a;
  }

  /**
   * Tells whether a float is the truth, but for a relative error and what denormals cannot hold.
   */
  static boolean close(float is, double must, double relative) {
    float rounded = (float) must;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded) || relative == 0) {
      return Float.compare(is, rounded) == 0 || (is == 0 && rounded == 0 && relative > 0);
    }
    return Math.abs(is - must) <= relative * Math.abs(must) + Float.MIN_NORMAL;
  }

  /** Rows that lie in one array. */
  static float[][] inOne(float[] rows) {
    return new float[][] {rows};
  }
}
