package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Coefficients.MANTISSA_BITS;
import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.Binary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Powers with one exponent for all. What {@link ScalarPower} computes in double, a negative,
 * denormal or infinite base or a large exponent, goes there, and so does what is left at the end.
 */
final class SimdPower {
  private static final FloatVector ZERO = FloatVector.broadcast(SPECIES, 0f);
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);
  private static final FloatVector HALF = FloatVector.broadcast(SPECIES, 0.5f);
  private static final FloatVector MIN_NORMAL = FloatVector.broadcast(SPECIES, Float.MIN_NORMAL);
  private static final FloatVector INFINITY =
      FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);

  private static final FloatVector ROUND = FloatVector.broadcast(SPECIES, Coefficients.ROUND);
  private static final FloatVector LEAST = FloatVector.broadcast(SPECIES, Coefficients.LEAST_POWER);
  private static final FloatVector MOST = FloatVector.broadcast(SPECIES, Coefficients.MOST_POWER);

  private static final IntVector ONE_BITS =
      IntVector.broadcast(IntVector.SPECIES_PREFERRED, Coefficients.ONE_BITS);

  private static final FloatVector B1 = FloatVector.broadcast(SPECIES, Coefficients.B1);
  private static final FloatVector B3 = FloatVector.broadcast(SPECIES, Coefficients.B3);
  private static final FloatVector B5 = FloatVector.broadcast(SPECIES, Coefficients.B5);
  private static final FloatVector B7 = FloatVector.broadcast(SPECIES, Coefficients.B7);

  private static final FloatVector T1 = FloatVector.broadcast(SPECIES, Coefficients.T1);
  private static final FloatVector T2 = FloatVector.broadcast(SPECIES, Coefficients.T2);
  private static final FloatVector T3 = FloatVector.broadcast(SPECIES, Coefficients.T3);
  private static final FloatVector T4 = FloatVector.broadcast(SPECIES, Coefficients.T4);
  private static final FloatVector T5 = FloatVector.broadcast(SPECIES, Coefficients.T5);
  private static final FloatVector T6 = FloatVector.broadcast(SPECIES, Coefficients.T6);

  private SimdPower() {}

  static int run(float[] a, int ao, float b, float[] out, int oo, int n) {
    if (b == 2) {
      return SimdBinary.run(Binary.MULTIPLY, a, ao, a, ao, out, oo, n);
    }
    int i = ScalarPower.isSmall(b) ? wholeVectors(a, ao, b, out, oo, n) : 0;
    ScalarLoops.power(a, ao + i, b, out, oo + i, n - i);
    return n;
  }

  /**
   * 2 to the power b · log₂ a, of which the part b · exponent, which may be large, is exact. One
   * long method, because at this length the compiler would not inline pieces of it.
   */
  private static int wholeVectors(float[] a, int ao, float b, float[] out, int oo, int n) {
    FloatVector exponent = FloatVector.broadcast(SPECIES, b);
    // Clamps and masks leave zeros behind, so they have to be fast. No base equals NaN.
    FloatVector zeroBase = FloatVector.broadcast(SPECIES, b > 0 ? 0f : Float.NaN);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      VectorMask<Float> zero = x.compare(VectorOperators.EQ, zeroBase);
      FloatVector base = x.blend(ONE, zero);
      VectorMask<Float> easy =
          base.compare(VectorOperators.GE, MIN_NORMAL)
              .and(base.compare(VectorOperators.LT, INFINITY));
      if (!easy.allTrue()) {
        ScalarLoops.power(a, ao + i, b, out, oo + i, LANES);
        continue;
      }
      FloatVector m = SimdLog.mantissa(base);
      FloatVector k = SimdLog.exponent(base);
      FloatVector s = m.sub(ONE).div(m.add(ONE));
      FloatVector z = s.mul(s);
      FloatVector log2 = z.fma(B7, B5).fma(z, B3).fma(z, B1).mul(s);
      FloatVector high = exponent.mul(k);
      FloatVector low = exponent.fma(k, high.neg());
      FloatVector whole = high.add(ROUND).sub(ROUND);
      FloatVector rest = exponent.fma(log2, high.sub(whole).add(low));
      FloatVector near = rest.add(ROUND).sub(ROUND);
      FloatVector r = rest.sub(near);
      FloatVector q = r.fma(T6, T5).fma(r, T4).fma(r, T3).fma(r, T2).fma(r, T1);
      FloatVector p = q.fma(r, ONE);
      // Half of the power at a time: at most 16 · 149 in all, which no single float can hold.
      FloatVector power = whole.add(near);
      FloatVector half = power.mul(HALF);
      half = half.blend(MOST, half.compare(VectorOperators.GT, MOST));
      half = half.blend(LEAST, half.compare(VectorOperators.LT, LEAST)).add(ROUND);
      FloatVector other = power.sub(half.sub(ROUND));
      other = other.blend(MOST, other.compare(VectorOperators.GT, MOST));
      other = other.blend(LEAST, other.compare(VectorOperators.LT, LEAST)).add(ROUND);
      IntVector first = half.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector second = other.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      p.mul(first.add(ONE_BITS).reinterpretAsFloats())
          .mul(second.add(ONE_BITS).reinterpretAsFloats())
          .blend(ZERO, zero)
          .intoArray(out, oo + i);
    }
    return i;
  }
}
