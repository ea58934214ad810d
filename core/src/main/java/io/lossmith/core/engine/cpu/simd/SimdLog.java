package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.all;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Logarithms of one vector; built as {@link SimdMath}, which says why constants are vectors. */
final class SimdLog {
  private static final int MANTISSA_BITS = 23;

  private static final FloatVector ZERO = all(0f);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector INFINITY = all(Float.POSITIVE_INFINITY);
  private static final FloatVector MINUS_INFINITY = all(Float.NEGATIVE_INFINITY);
  private static final FloatVector NAN = all(Float.NaN);
  private static final FloatVector MIN_NORMAL = all(Float.MIN_NORMAL);

  /** What makes denormal floats normal, and the power of 2 it is. */
  private static final FloatVector LARGE = all(8388608f);

  private static final FloatVector MINUS_LARGE_POWER = all(-MANTISSA_BITS);

  /** ln 2 in two parts, of which the first times an exponent is exact. */
  private static final FloatVector LN2_HIGH = all(0.693359375f);

  private static final FloatVector LN2_LOW = all(-2.1219444e-4f);

  private static final FloatVector Q0 = all(0.66666776f);
  private static final FloatVector Q1 = all(0.3997756f);
  private static final FloatVector Q2 = all(0.29871392f);

  private static final IntVector SQRT_HALF = bits(0x3F3504F3);

  /** A float with these bits added to a small whole number is {@link #ROUND} plus that number. */
  private static final IntVector ROUND_BITS = bits(0x4B400000);

  private static final FloatVector ROUND = all(12582912f);

  private SimdLog() {}

  static FloatVector log(FloatVector x) {
    VectorMask<Float> small = x.compare(VectorOperators.LT, MIN_NORMAL);
    FloatVector y = x.blend(x.mul(LARGE), small);
    FloatVector ln = logOfNormal(y, ZERO, ZERO.blend(MINUS_LARGE_POWER, small));
    ln = ln.blend(MINUS_INFINITY, x.compare(VectorOperators.EQ, ZERO));
    ln = ln.blend(NAN, x.compare(VectorOperators.LT, ZERO));
    return x.blend(ln, x.compare(VectorOperators.LT, INFINITY));
  }

  /** ln(1 + x) = ln u + (x − (u − 1)) / u, u being 1 + x rounded. */
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(ONE);
    FloatVector lost = x.sub(u.sub(ONE)).div(u);
    FloatVector ln = logOfNormal(u, lost, ZERO);
    ln = ln.blend(MINUS_INFINITY, u.compare(VectorOperators.EQ, ZERO));
    ln = ln.blend(NAN, u.compare(VectorOperators.LT, ZERO));
    return x.blend(ln, x.compare(VectorOperators.LT, INFINITY));
  }

  /** ln x + plus + power · ln 2; ln of the mantissa m is 2 artanh((m − 1) / (m + 1)). */
  private static FloatVector logOfNormal(FloatVector x, FloatVector plus, FloatVector power) {
    FloatVector m = mantissa(x);
    FloatVector k = exponent(x).add(power);
    FloatVector s = m.sub(ONE).div(m.add(ONE));
    FloatVector z = s.mul(s);
    FloatVector q = z.fma(Q2, Q1).fma(z, Q0);
    FloatVector low = k.fma(LN2_LOW, q.fma(z.mul(s), plus)).add(s.add(s));
    return k.fma(LN2_HIGH, low);
  }

  /** x without its power of 2: from √½ to √2, for positive normal floats. */
  static FloatVector mantissa(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector power =
        bits.sub(SQRT_HALF)
            .lanewise(VectorOperators.ASHR, MANTISSA_BITS)
            .lanewise(VectorOperators.LSHL, MANTISSA_BITS);
    return bits.sub(power).reinterpretAsFloats();
  }

  /** The power of 2 that {@link #mantissa} leaves out. */
  static FloatVector exponent(FloatVector x) {
    return x.reinterpretAsInts()
        .sub(SQRT_HALF)
        .lanewise(VectorOperators.ASHR, MANTISSA_BITS)
        .add(ROUND_BITS)
        .reinterpretAsFloats()
        .sub(ROUND);
  }

  private static IntVector bits(int bits) {
    return IntVector.broadcast(IntVector.SPECIES_PREFERRED, bits);
  }
}
