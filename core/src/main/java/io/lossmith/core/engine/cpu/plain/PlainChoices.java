package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Binary;
import java.util.Arrays;

/**
 * Comparisons and what is chosen by them. The compiler makes a branch of a choice between floats,
 * never a vector instruction, and data make branches go either way; so floats are taken as whole
 * numbers, in bulk, and masks of bits choose among these.
 */
final class PlainChoices {
  /** Shorter stretches are done one by one. */
  private static final int LEAST = 48;

  private static final int SIZE_BITS = 0x7FFFFFFF;
  private static final int INFINITY_BITS = 0x7F800000;
  private static final int ONE_BITS = 0x3F800000;
  private static final int SIGN = 31;

  private PlainChoices() {}

  static void compare(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    if (n < LEAST) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = (float) op.apply(a[ao + i], b[bo + i]);
      }
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      s.floatsToBits(a, ao + from, s.bits, m);
      s.floatsToBits(b, bo + from, s.power, m);
      compare(op, s.bits, s.power, m);
      s.bitsToFloats(s.bits, out, oo + from, m);
    }
  }

  static void compare(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    if (n < LEAST) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = (float) op.apply(a[ao + i], b);
      }
    } else if (op == Binary.EQUAL) {
      chooseEqual(a, ao, b, 1f, 0f, out, oo, n);
    } else if (op == Binary.NOT_EQUAL) {
      chooseEqual(a, ao, b, 0f, 1f, out, oo, n);
    } else {
      Scratch s = Scratch.mine();
      for (int from = 0; from < n; from += BLOCK) {
        int m = Math.min(BLOCK, n - from);
        s.floatsToBits(a, ao + from, s.bits, m);
        Arrays.fill(s.power, 0, m, Float.floatToRawIntBits(b));
        compare(op, s.bits, s.power, m);
        s.bitsToFloats(s.bits, out, oo + from, m);
      }
    }
  }

  static void compare(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    if (n < LEAST) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = (float) op.apply(a, b[bo + i]);
      }
    } else if (op == Binary.EQUAL || op == Binary.NOT_EQUAL) {
      compare(op, b, bo, a, out, oo, n);
    } else {
      Scratch s = Scratch.mine();
      for (int from = 0; from < n; from += BLOCK) {
        int m = Math.min(BLOCK, n - from);
        Arrays.fill(s.bits, 0, m, Float.floatToRawIntBits(a));
        s.floatsToBits(b, bo + from, s.power, m);
        compare(op, s.bits, s.power, m);
        s.bitsToFloats(s.bits, out, oo + from, m);
      }
    }
  }

  /** x = op(x, y), all as bits. */
  private static int compare(Binary op, int[] x, int[] y, int n) {
    return switch (op) {
      case EQUAL -> equal(x, y, n);
      case NOT_EQUAL -> notEqual(x, y, n);
      case LESS -> less(x, y, n);
      case LESS_EQUAL -> lessEqual(x, y, n);
      default -> throw new IllegalArgumentException(op + " compares nothing");
    };
  }

  private static int equal(int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = ~different(x[i], y[i]) & ONE_BITS;
    }
    return n;
  }

  private static int notEqual(int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = different(x[i], y[i]) & ONE_BITS;
    }
    return n;
  }

  private static int less(int[] x, int[] y, int n) {
    keys(x, n);
    keys(y, n);
    for (int i = 0; i < n; i++) {
      int later = notZero(y[i] - Math.min(x[i], y[i]));
      x[i] = later & numbers(x[i], y[i]) & ONE_BITS;
    }
    return n;
  }

  private static int lessEqual(int[] x, int[] y, int n) {
    keys(x, n);
    keys(y, n);
    for (int i = 0; i < n; i++) {
      int before = notZero(x[i] - Math.min(x[i], y[i]));
      x[i] = ~before & numbers(x[i], y[i]) & ONE_BITS;
    }
    return n;
  }

  /** Makes bits into whole numbers in the order of the floats, 0 for both zeros. */
  private static void keys(int[] bits, int n) {
    for (int i = 0; i < n; i++) {
      int sign = bits[i] >> SIGN;
      bits[i] = ((bits[i] & SIZE_BITS) ^ sign) - sign;
    }
  }

  /** All bits where neither key is that of a NaN, beyond those of the infinities; else none. */
  private static int numbers(int x, int y) {
    return ~((INFINITY_BITS - Math.max(Math.abs(x), Math.abs(y))) >> SIGN);
  }

  /** All bits where two floats are different, be it that one is NaN; else none. */
  private static int different(int x, int y) {
    int nan = (INFINITY_BITS - (x & SIZE_BITS)) >> SIGN;
    return nan | (notZero(x ^ y) & notZero((x | y) << 1));
  }

  /** All bits if any is set, else none. */
  static int notZero(int x) {
    return (x | -x) >> SIGN;
  }

  /** out = a = number ? chosen : otherwise. */
  static void chooseEqual(
      float[] a, int ao, float number, float chosen, float otherwise, float[] out, int oo, int n) {
    if (n < LEAST) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = a[ao + i] == number ? chosen : otherwise;
      }
    } else {
      Scratch s = Scratch.mine();
      for (int from = 0; from < n; from += BLOCK) {
        int m = Math.min(BLOCK, n - from);
        s.floatsToBits(a, ao + from, s.bits, m);
        chooseEqual(s, number, chosen, otherwise, out, oo + from, m);
      }
    }
  }

  /** out = the float with s.bits = number ? chosen : otherwise; s.bits stay. */
  static void chooseEqual(
      Scratch s, float number, float chosen, float otherwise, float[] out, int oo, int n) {
    int there = Float.floatToRawIntBits(chosen);
    int elsewhere = Float.floatToRawIntBits(otherwise);
    if (Float.isNaN(number) || there == elsewhere) {
      Arrays.fill(out, oo, oo + n, otherwise);
      return;
    }
    int ignored = number == 0 ? 1 : 0; // the sign of a zero
    chooseEqual(s.bits, Float.floatToRawIntBits(number), ignored, there, elsewhere, s.power, n);
    s.bitsToFloats(s.power, out, oo, n);
  }

  /** out = x = sought ? chosen : otherwise, but for so many of the first bits. */
  private static void chooseEqual(
      int[] x, int sought, int ignored, int chosen, int otherwise, int[] out, int n) {
    int change = chosen ^ otherwise;
    for (int i = 0; i < n; i++) {
      out[i] = chosen ^ (change & notZero((x[i] ^ sought) << ignored));
    }
  }

  static void where(
      float[] condition, int co, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    if (n < LEAST) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = condition[co + i] != 0 ? a[ao + i] : b[bo + i];
      }
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      s.floatsToBits(condition, co + from, s.bits, m);
      s.floatsToBits(a, ao + from, s.power, m);
      s.floatsToBits(b, bo + from, s.other, m);
      choose(s.bits, s.power, s.other, m);
      s.bitsToFloats(s.bits, out, oo + from, m);
    }
  }

  static void where(
      float[] condition, int co, float a, float[] b, int bo, float[] out, int oo, int n) {
    if (n < LEAST) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = condition[co + i] != 0 ? a : b[bo + i];
      }
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      s.floatsToBits(condition, co + from, s.bits, m);
      s.floatsToBits(b, bo + from, s.power, m);
      chooseNumber(s.bits, Float.floatToRawIntBits(a), s.power, m);
      s.bitsToFloats(s.bits, out, oo + from, m);
    }
  }

  static void where(
      float[] condition, int co, float[] a, int ao, float b, float[] out, int oo, int n) {
    if (n < LEAST) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = condition[co + i] != 0 ? a[ao + i] : b;
      }
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      s.floatsToBits(condition, co + from, s.bits, m);
      s.floatsToBits(a, ao + from, s.power, m);
      chooseOr(s.bits, s.power, Float.floatToRawIntBits(b), m);
      s.bitsToFloats(s.bits, out, oo + from, m);
    }
  }

  static void where(float[] condition, int co, float a, float b, float[] out, int oo, int n) {
    chooseEqual(condition, co, 0f, b, a, out, oo, n);
  }

  /** x = x ≠ 0 ? a : b. */
  private static void choose(int[] x, int[] a, int[] b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = b[i] ^ ((a[i] ^ b[i]) & notZero(x[i] << 1));
    }
  }

  /** x = x ≠ 0 ? a : b, a being one number. */
  private static void chooseNumber(int[] x, int a, int[] b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = b[i] ^ ((a ^ b[i]) & notZero(x[i] << 1));
    }
  }

  /** x = x ≠ 0 ? a : b, b being one number. */
  private static void chooseOr(int[] x, int[] a, int b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = b ^ ((a[i] ^ b) & notZero(x[i] << 1));
    }
  }
}
