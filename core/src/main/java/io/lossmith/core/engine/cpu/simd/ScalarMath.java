package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Coefficients.A11;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A13;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A15;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A17;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A5;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A7;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A9;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E4;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E5;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E6;
import static io.lossmith.core.engine.cpu.simd.Coefficients.EXP_GREATEST;
import static io.lossmith.core.engine.cpu.simd.Coefficients.EXP_LEAST;
import static io.lossmith.core.engine.cpu.simd.Coefficients.LN2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.LOG2_E;
import static io.lossmith.core.engine.cpu.simd.Coefficients.MANTISSA_BITS;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P1;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P4;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P5;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P6;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P7;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P8;
import static io.lossmith.core.engine.cpu.simd.Coefficients.P9;
import static io.lossmith.core.engine.cpu.simd.Coefficients.RIGHT_ANGLE;
import static io.lossmith.core.engine.cpu.simd.Coefficients.ROUND;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_MOST;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_P1;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_P2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_P3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_P4;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_Q1;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_Q2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_Q3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_Q4;

/**
 * The functions of {@link SimdMath} of one float: the same operations in the same order, and so the
 * same bits. For stretches that are too short for vectors: see {@link SimdKernels#SHORT}.
 */
final class ScalarMath {
  private ScalarMath() {}

  static float exp(float x) {
    float power = Math.fma(x, LOG2_E, ROUND);
    float y =
        Float.intBitsToFloat(
            Float.floatToRawIntBits(expOfRest(x, power))
                + (Float.floatToRawIntBits(power) << MANTISSA_BITS));
    float least = x < EXP_LEAST ? 0 : y;
    return x <= EXP_GREATEST ? least : x * Float.POSITIVE_INFINITY;
  }

  /** Of x up to 0, or NaN, {@link #exp} has the same bits as {@link SimdMath#expBelowOne}. */
  static float expOfMinusSize(float x) {
    return exp(-Math.abs(x));
  }

  private static float expOfRest(float x, float power) {
    float r = Math.fma(power - ROUND, -LN2, x);
    float q = Math.fma(Math.fma(Math.fma(r, E6, E5), r, E4), r, E3);
    return Math.fma(Math.fma(Math.fma(q, r, E2), r, 1f), r, 1f);
  }

  static float sigmoid(float x) {
    return sigmoid(x, expOfMinusSize(x));
  }

  static float sigmoid(float x, float e) {
    return (x >= 0 ? 1 : e) / (e + 1);
  }

  static float softplus(float x) {
    float positive = x < 0 ? 0 : x;
    return logOfOnePlus(expOfMinusSize(x)) + positive;
  }

  static float logOfOnePlus(float e) {
    float q = Math.fma(Math.fma(e, P9, P8), e, P7);
    q = Math.fma(Math.fma(Math.fma(q, e, P6), e, P5), e, P4);
    q = Math.fma(Math.fma(Math.fma(q, e, P3), e, P2), e, P1);
    return q * e;
  }

  static float tanh(float x) {
    float z = x * x;
    float p = Math.fma(Math.fma(z, TANH_P4, TANH_P3), z, TANH_P2);
    p = Math.fma(Math.fma(p, z, TANH_P1), z, 1f);
    float q = Math.fma(Math.fma(z, TANH_Q4, TANH_Q3), z, TANH_Q2);
    q = Math.fma(Math.fma(q, z, TANH_Q1), z, 1f);
    float inside = x * (p / q);
    float above = x > TANH_MOST ? 1 : inside;
    return x < -TANH_MOST ? -1 : above;
  }

  static float atan(float x) {
    float size = Math.abs(x);
    boolean steep = size > 1;
    float t = (steep ? 1 : size) / (steep ? size : 1);
    float z = t * t;
    float q = Math.fma(Math.fma(z, A17, A15), z, A13);
    q = Math.fma(Math.fma(Math.fma(q, z, A11), z, A9), z, A7);
    q = Math.fma(Math.fma(q, z, A5), z, A3);
    float angle = Math.fma(q, z * t, t);
    return Math.copySign(steep ? RIGHT_ANGLE - angle : angle, x);
  }
}
