package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Coefficients.L3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.L4;
import static io.lossmith.core.engine.cpu.simd.Coefficients.L5;
import static io.lossmith.core.engine.cpu.simd.Coefficients.L6;
import static io.lossmith.core.engine.cpu.simd.Coefficients.L7;
import static io.lossmith.core.engine.cpu.simd.Coefficients.L8;
import static io.lossmith.core.engine.cpu.simd.Coefficients.L9;
import static io.lossmith.core.engine.cpu.simd.Coefficients.LARGE;
import static io.lossmith.core.engine.cpu.simd.Coefficients.LN2_HIGH;
import static io.lossmith.core.engine.cpu.simd.Coefficients.LN2_LOW;
import static io.lossmith.core.engine.cpu.simd.Coefficients.MANTISSA_BITS;
import static io.lossmith.core.engine.cpu.simd.Coefficients.SQRT_HALF_BITS;

/** The functions of {@link SimdLog} of one float; as {@link ScalarMath}. */
final class ScalarLog {
  private ScalarLog() {}

  static float log(float x) {
    boolean small = x < Float.MIN_NORMAL;
    float y = small ? x * LARGE : x;
    float k = small ? exponent(y) - MANTISSA_BITS : exponent(y);
    return orSpecial(x, x, logOfOnePlus(mantissa(y) - 1, k));
  }

  static float log1p(float x) {
    float u = x + 1;
    float k = exponent(u);
    return orSpecial(x, u, logOfOnePlus(k == 0 ? x : mantissa(u) - 1, k));
  }

  /** The logarithm of u if it has one, else what it is of x or u. */
  private static float orSpecial(float x, float u, float ln) {
    if (!(x < Float.POSITIVE_INFINITY)) {
      return x;
    }
    if (u == 0) {
      return Float.NEGATIVE_INFINITY;
    }
    return u < 0 ? Float.NaN : ln;
  }

  private static float logOfOnePlus(float f, float k) {
    float z = f * f;
    float q = Math.fma(z, L9, Math.fma(f, L8, L7));
    q = Math.fma(Math.fma(q, z, Math.fma(f, L6, L5)), z, Math.fma(f, L4, L3));
    float low = Math.fma(z, Math.fma(q, f, -0.5f), k * LN2_LOW) + f;
    return Math.fma(k, LN2_HIGH, low);
  }

  static float mantissa(float x) {
    int bits = Float.floatToRawIntBits(x);
    return Float.intBitsToFloat(bits - (power(bits) << MANTISSA_BITS));
  }

  static float exponent(float x) {
    return power(Float.floatToRawIntBits(x));
  }

  private static int power(int bits) {
    return (bits - SQRT_HALF_BITS) >> MANTISSA_BITS;
  }
}
