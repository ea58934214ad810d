package io.lossmith.core.engine.cpu.simd;

/**
 * The numbers of the functions, which vectors ({@link SimdMath}, {@link SimdLog}, {@link
 * SimdPower}) and single floats ({@link ScalarMath}, {@link ScalarLog}, {@link ScalarPower}) share.
 * Polynomials are least-maximum fits of our own, numbered by powers.
 */
final class Coefficients {
  /** Adding this to what is small rounds it to a whole number and leaves that in the low bits. */
  static final float ROUND = 12582912f;

  /** Leaves in the low bits what they are in the exponent of 2 to the power of that number. */
  static final float ROUND_BIASED = ROUND + 127;

  static final int ROUND_BITS = 0x4B400000;
  static final int ONE_BITS = 0x3F800000;
  static final int SQRT_HALF_BITS = 0x3F3504F3;
  static final int MANTISSA_BITS = 23;

  /** Shifted so far, with its sign, a float is all ones if it is negative, else all zeros. */
  static final int SIGN_PLACE = 31;

  static final float LOG2_E = 1.442695f;

  /**
   * The float nearest to ln 2, good enough in one step: what it lacks, 127 times, is 2.4e-7.
   * Logarithms take two parts, of which the first times an exponent is exact.
   */
  static final float LN2 = 0.6931472f;

  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.1219444e-4f;

  /** Below this, e to the power x is not a normal float and counts as 0; above that it is ∞. */
  static final float EXP_LEAST = -87.33654f;

  static final int EXP_LEAST_BITS = 0xC2AEAC4F;

  /** The next float below. */
  static final float BELOW_EXP_LEAST = -87.33655f;

  static final float EXP_GREATEST = 88.72283f;

  /** e to the power r is 1 + r + E2 r² + …, r within ln 2 / 2. */
  static final float E2 = 0.49999993f;

  static final float E3 = 0.16666521f;
  static final float E4 = 4.1668393e-2f;
  static final float E5 = 8.36872e-3f;
  static final float E6 = 1.3814636e-3f;

  /** ln(1 + e) is P1 e + P2 e² + …, e from 0 to 1. */
  static final float P1 = 0.99999994f;

  static final float P2 = -0.49999493f;
  static final float P3 = 0.33319098f;
  static final float P4 = -0.24842982f;
  static final float P5 = 0.19106007f;
  static final float P6 = -0.13663244f;
  static final float P7 = 7.8225933e-2f;
  static final float P8 = -2.9505223e-2f;
  static final float P9 = 5.23269e-3f;

  /** tanh x is x P(x²) / Q(x²), P and Q beginning with 1, up to where ±1 is the nearest float. */
  static final float TANH_MOST = 9.01f;

  static final float TANH_P1 = 0.133803666f;
  static final float TANH_P2 = 0.00349480496f;
  static final float TANH_P3 = 2.05961733e-5f;
  static final float TANH_P4 = 1.33367077e-8f;
  static final float TANH_Q1 = 0.46713683f;
  static final float TANH_Q2 = 0.0258740038f;
  static final float TANH_Q3 = 0.00032843533f;
  static final float TANH_Q4 = 7.76922548e-7f;

  /** arctan t is t + A3 t³ + A5 t⁵ + …, t from 0 to 1. */
  static final float A3 = -0.33333153f;

  static final float A5 = 0.19993773f;
  static final float A7 = -0.14211056f;
  static final float A9 = 0.106660046f;
  static final float A11 = -7.552215e-2f;
  static final float A13 = 4.3211862e-2f;
  static final float A15 = -1.6367929e-2f;
  static final float A17 = 2.9206926e-3f;

  static final float RIGHT_ANGLE = (float) (Math.PI / 2);

  /** ln(1 + f) is f − f² / 2 + L3 f³ + …, 1 + f from √½ to √2. */
  static final float L3 = 0.3333391f;

  static final float L4 = -0.25001338f;
  static final float L5 = 0.19963063f;
  static final float L6 = -0.16577585f;
  static final float L7 = 0.14914769f;
  static final float L8 = -0.1426749f;
  static final float L9 = 0.08700435f;

  /** What makes denormal floats normal: 2 to the power {@link #MANTISSA_BITS}. */
  static final float LARGE = 8388608f;

  /** log₂ m is B1 s + B3 s³ + …, s = (m − 1) / (m + 1), m from √½ to √2. */
  static final float B1 = 2.88539f;

  static final float B3 = 0.96179885f;
  static final float B5 = 0.57671416f;
  static final float B7 = 0.43174237f;

  /** 2 to the power r is 1 + T1 r + T2 r² + …, r from −½ to ½. */
  static final float T1 = 0.6931472f;

  static final float T2 = 0.24022648f;
  static final float T3 = 5.550332e-2f;
  static final float T4 = 9.618439e-3f;
  static final float T5 = 1.3399003e-3f;
  static final float T6 = 1.5353259e-4f;

  /** The powers of 2 that are normal floats. */
  static final float LEAST_POWER = -126f;

  static final float MOST_POWER = 127f;

  /** The error of a power grows with its exponent: beyond this, it is computed in double. */
  static final float GREATEST_EXPONENT = 16;

  private Coefficients() {}
}
