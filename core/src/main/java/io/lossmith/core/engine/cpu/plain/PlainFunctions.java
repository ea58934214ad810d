package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Unary;

/**
 * Loops for e to the power x and its kin, by polynomials (least-maximum fits of our own, relative
 * errors below 4e-7) in loops that the compiler can turn into vector instructions: each short, with
 * one plain index, and with the bits of floats kept out of it.
 */
final class PlainFunctions {
  /** Adding this to what is small rounds it to a whole number and leaves that in the low bits. */
  private static final float ROUND = 12582912f;

  private static final int ROUND_BITS = 0x4B400000;
  private static final int SQRT_HALF_BITS = 0x3F3504F3;
  private static final int MIN_NORMAL_BITS = 0x00800000;
  private static final int MAX_BITS = 0x7F7FFFFF;
  private static final int BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  /** What is not so small that e to its power is 1 is beyond ±1 times this. */
  private static final float HUGE = 1e38f;

  private static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts, of which the first times an exponent is exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.1219444e-4f;

  /**
   * Whether the compiler converts floats to whole numbers by vector instructions. Their low bits
   * are those that {@link #ROUND} leaves in a float.
   */
  private static final boolean CONVERTS_VECTORS = Runtime.version().feature() >= 21;

  private PlainFunctions() {}

  static int exp(float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] to = Scratch.target(out, oo + from, s.y);
      exp(s, Scratch.atStart(a, ao + from, s.x, m), to, m);
      Scratch.bring(to, out, oo + from, m);
    }
    return n;
  }

  static int sigmoid(float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      expOfMinusSize(s, x, m);
      sigmoid(x, s.y, to, m);
      Scratch.bring(to, out, oo + from, m);
    }
    return n;
  }

  /** s.y = e to the power −|x|, which cannot overflow. */
  static void expOfMinusSize(Scratch s, float[] x, int n) {
    splitMinusSize(x, s.y, s.z, n);
    power(s, n);
    raise(s.y, s.z, s.y, n);
  }

  /**
   * to = the sigmoid of x, given e = e to the power −|x|: 1 / (1 + e) above 0 and e / (1 + e)
   * below. A choice would keep the compiler from vector instructions, so it is the greater one of e
   * and what is 1 above and less than e below.
   */
  static void sigmoid(float[] x, float[] e, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.max(e[i], Math.min(1f, x[i] * HUGE)) / (1 + e[i]);
    }
  }

  /** max(x, 0) + ln(1 + e), e = e to the power −|x|. */
  static int softplus(float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    float[] e = s.y;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      expOfMinusSize(s, x, m);
      logOfOnePlus(e, e, m);
      for (int i = 0; i < m; i++) {
        to[i] = e[i] + Math.max(x[i], 0);
      }
      Scratch.bring(to, out, oo + from, m);
    }
    return n;
  }

  /** x P(x²) / Q(x²) up to ±9.01, beyond which the value stays. */
  static int tanh(float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      for (int i = 0; i < m; i++) {
        float c = Math.max(-9.01f, Math.min(9.01f, x[i]));
        float z = c * c;
        float p = 2.05961733e-5f + z * 1.33367077e-8f;
        p = 1 + z * (0.133803666f + z * (0.00349480496f + z * p));
        float q = 0.00032843533f + z * 7.76922548e-7f;
        q = 1 + z * (0.46713683f + z * (0.0258740038f + z * q));
        to[i] = c * (p / q);
      }
      Scratch.bring(to, out, oo + from, m);
    }
    return n;
  }

  static int log(float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, s.x, 0, m);
      if (!log(s, m)) {
        for (int i = 0; i < m; i++) {
          float x = a[ao + from + i];
          s.y[i] = isNormal(x) ? s.y[i] : (float) Unary.LOG.apply(x);
        }
      }
      System.arraycopy(s.y, 0, out, oo + from, m);
    }
    return n;
  }

  /** ln(1 + x) = ln u + (x − (u − 1)) / u, u being 1 + x rounded. */
  static int log1p(float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    float[] u = s.x;
    float[] x = s.z;
    float[] y = s.y;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, u, 0, m);
      for (int i = 0; i < m; i++) {
        u[i] = 1 + u[i];
      }
      boolean allNormal = log(s, m);
      System.arraycopy(a, ao + from, x, 0, m);
      for (int i = 0; i < m; i++) {
        float v = 1 + x[i];
        y[i] += (x[i] - (v - 1)) / v;
      }
      for (int i = 0; i < m && !allNormal; i++) {
        y[i] = isNormal(1 + x[i]) ? y[i] : (float) Unary.LOG1P.apply(x[i]);
      }
      System.arraycopy(y, 0, out, oo + from, m);
    }
    return n;
  }

  private static boolean isNormal(float x) {
    return x >= Float.MIN_NORMAL && x <= Float.MAX_VALUE;
  }

  /** to = e to the power x, for whole blocks; takes s.y and s.z too. */
  static void exp(Scratch s, float[] x, float[] to, int n) {
    split(x, s.y, s.z, n);
    power(s, n);
    raise(s.y, s.z, to, n);
  }

  /** to = e to the power x − y, and sum = sum + that; takes s.y and s.z too. */
  static void expOfDifference(
      Scratch s, float[] x, float[] y, boolean isBelowOne, float[] to, float[] sum, int n) {
    splitDifference(s, x, y, isBelowOne, n);
    raise(s.y, s.z, to, sum, n);
  }

  /** to = e to the power x − y, times another; takes s.y and s.z too. */
  static void scaledExpOfDifference(
      Scratch s, float[] x, float[] y, boolean isBelowOne, float[] times, float[] to, int n) {
    splitDifference(s, x, y, isBelowOne, n);
    raiseTimes(s.y, s.z, times, to, n);
  }

  private static void splitDifference(Scratch s, float[] x, float[] y, boolean isBelowOne, int n) {
    if (isBelowOne) {
      splitNegative(x, y, s.y, s.z, n);
    } else {
      split(x, y, s.y, s.z, n);
    }
    power(s, n);
  }

  /**
   * x = ln 2 · power + rest. Rounding the power down, not to the nearest, makes overflow to ∞ and
   * underflow to 0 come out by themselves; the least and greatest keep NaN.
   */
  private static void split(float[] x, float[] rest, float[] power, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.max(-88f, Math.min(89f, x[i]));
      float k = rounded(v);
      rest[i] = rest(v, k - ROUND);
      power[i] = k + BIAS;
    }
  }

  private static void split(float[] x, float[] y, float[] rest, float[] power, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.max(-88f, Math.min(89f, x[i] - y[i]));
      float k = rounded(v);
      rest[i] = rest(v, k - ROUND);
      power[i] = k + BIAS;
    }
  }

  /** The same where no x is above its y: one comparison less. */
  private static void splitNegative(float[] x, float[] y, float[] rest, float[] power, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.max(-88f, x[i] - y[i]);
      float k = rounded(v);
      rest[i] = rest(v, k - ROUND);
      power[i] = k + BIAS;
    }
  }

  private static void splitMinusSize(float[] x, float[] rest, float[] power, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.max(-88f, -Math.abs(x[i]));
      float k = rounded(v);
      rest[i] = rest(v, k - ROUND);
      power[i] = k + BIAS;
    }
  }

  private static float rounded(float x) {
    return FusedMultiplyAdd.of(x, LOG2_E, -0.5f) + ROUND;
  }

  private static float rest(float x, float power) {
    return FusedMultiplyAdd.of(power, -LN2_LOW, x - power * LN2_HIGH);
  }

  /** s.z = 2 to the power that its low bits are. */
  private static void power(Scratch s, int n) {
    float[] power = s.z;
    int[] bits = s.bits;
    if (CONVERTS_VECTORS) {
      for (int i = 0; i < n; i++) {
        bits[i] = (int) power[i] << MANTISSA_BITS;
      }
    } else {
      s.floatsToBits(power, 0, bits, n);
      for (int i = 0; i < n; i++) {
        bits[i] <<= MANTISSA_BITS;
      }
    }
    s.bitsToFloats(bits, power, 0, n);
  }

  /** to = e to the power of the rest times that power of two. */
  private static void raise(float[] rest, float[] power, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = raised(rest[i]) * power[i];
    }
  }

  /** The same, and sum = sum + to. */
  private static void raise(float[] rest, float[] power, float[] to, float[] sum, int n) {
    for (int i = 0; i < n; i++) {
      float e = raised(rest[i]) * power[i];
      to[i] = e;
      sum[i] += e;
    }
  }

  private static void raiseTimes(float[] rest, float[] power, float[] times, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = raised(rest[i]) * power[i] * times[i];
    }
  }

  private static float raised(float r) {
    float q = FusedMultiplyAdd.of(r, 0.00191248837f, 0.00786842406f);
    q = FusedMultiplyAdd.of(r, FusedMultiplyAdd.of(r, q, 0.0418549851f), 0.166631907f);
    q = FusedMultiplyAdd.of(r, q, 0.500002265f);
    return 1 + FusedMultiplyAdd.of(r * r, q, r);
  }

  /** to = ln(1 + e) for e from 0 to 1: e times a polynomial. */
  static void logOfOnePlus(float[] e, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      float x = e[i];
      float q = FusedMultiplyAdd.of(x, 5.23269e-3f, -2.9505223e-2f);
      q = FusedMultiplyAdd.of(x, FusedMultiplyAdd.of(x, q, 7.8225933e-2f), -0.13663244f);
      q = FusedMultiplyAdd.of(x, FusedMultiplyAdd.of(x, q, 0.19106007f), -0.24842982f);
      q = FusedMultiplyAdd.of(x, FusedMultiplyAdd.of(x, q, 0.33319098f), -0.49999493f);
      to[i] = x * FusedMultiplyAdd.of(x, q, 0.99999994f);
    }
  }

  /** s.y = ln s.x for positive normal floats; returns whether all of s.x, which is lost, were. */
  private static boolean log(Scratch s, int n) {
    int[] bits = s.bits;
    int[] power = s.power;
    s.floatsToBits(s.x, 0, bits, n);
    int strange = 0;
    for (int i = 0; i < n; i++) {
      int b = bits[i];
      strange |= (b - MIN_NORMAL_BITS) | (MAX_BITS - b);
      int k = (b - SQRT_HALF_BITS) >> MANTISSA_BITS;
      bits[i] = b - (k << MANTISSA_BITS);
      power[i] = k + ROUND_BITS;
    }
    float[] m = s.y;
    float[] k = s.x;
    s.bitsToFloats(bits, m, 0, n);
    s.bitsToFloats(power, k, 0, n);
    for (int i = 0; i < n; i++) {
      float e = k[i] - ROUND;
      float t = (m[i] - 1) / (m[i] + 1);
      float z = t * t;
      float q = 0.66666776f + z * (0.3997756f + z * 0.29871392f);
      m[i] = (q * z * t + e * LN2_LOW + (t + t)) + e * LN2_HIGH;
    }
    return strange >= 0;
  }
}
