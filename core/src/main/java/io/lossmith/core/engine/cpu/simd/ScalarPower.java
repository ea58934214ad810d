package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Coefficients.B1;
import static io.lossmith.core.engine.cpu.simd.Coefficients.B3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.B5;
import static io.lossmith.core.engine.cpu.simd.Coefficients.B7;
import static io.lossmith.core.engine.cpu.simd.Coefficients.GREATEST_EXPONENT;
import static io.lossmith.core.engine.cpu.simd.Coefficients.LEAST_POWER;
import static io.lossmith.core.engine.cpu.simd.Coefficients.MANTISSA_BITS;
import static io.lossmith.core.engine.cpu.simd.Coefficients.MOST_POWER;
import static io.lossmith.core.engine.cpu.simd.Coefficients.ONE_BITS;
import static io.lossmith.core.engine.cpu.simd.Coefficients.ROUND;
import static io.lossmith.core.engine.cpu.simd.Coefficients.T1;
import static io.lossmith.core.engine.cpu.simd.Coefficients.T2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.T3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.T4;
import static io.lossmith.core.engine.cpu.simd.Coefficients.T5;
import static io.lossmith.core.engine.cpu.simd.Coefficients.T6;

/** Powers as {@link SimdPower} computes them, of one float; as {@link ScalarMath}. */
final class ScalarPower {
  private ScalarPower() {}

  /** Tells whether an exponent is small enough to do without doubles. */
  static boolean isSmall(float b) {
    return Math.abs(b) <= GREATEST_EXPONENT;
  }

  /** A negative, denormal or infinite base and a large exponent are computed in double. */
  static float power(float x, float b) {
    if (b == 2) {
      return x * x;
    }
    if (x == 0 && b > 0 && isSmall(b)) {
      return 0;
    }
    boolean easy = x >= Float.MIN_NORMAL && x < Float.POSITIVE_INFINITY && isSmall(b);
    return easy ? ofNormal(x, b) : (float) Math.pow(x, b);
  }

  /** 2 to the power b · log₂ x. */
  private static float ofNormal(float x, float b) {
    float m = ScalarLog.mantissa(x);
    float k = ScalarLog.exponent(x);
    float s = (m - 1) / (m + 1);
    float z = s * s;
    float log2 = Math.fma(Math.fma(Math.fma(z, B7, B5), z, B3), z, B1) * s;
    float high = b * k;
    float low = Math.fma(b, k, -high);
    float whole = high + ROUND - ROUND;
    float rest = Math.fma(b, log2, high - whole + low);
    float near = rest + ROUND - ROUND;
    float r = rest - near;
    float q = Math.fma(Math.fma(Math.fma(r, T6, T5), r, T4), r, T3);
    q = Math.fma(Math.fma(q, r, T2), r, T1);
    float p = Math.fma(q, r, 1f);
    float power = whole + near;
    float half = limited(power * 0.5f) + ROUND;
    float other = limited(power - (half - ROUND)) + ROUND;
    return p * twoTo(half) * twoTo(other);
  }

  private static float limited(float power) {
    return Math.max(LEAST_POWER, Math.min(MOST_POWER, power));
  }

  /** 2 to a whole power that has {@link Coefficients#ROUND} added. */
  private static float twoTo(float power) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(power) << MANTISSA_BITS) + ONE_BITS);
  }
}
