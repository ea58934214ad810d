package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.op.Binary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Powers with one exponent for all, of at least {@link Lanes#LANES} elements. A vector with a
 * negative, denormal or infinite base goes to plain Java, and so do exponents beyond ±16, where the
 * error would grow, and what is left at the end.
 */
final class SimdPower {
  private static final Kernels PLAIN = new PlainKernels();
  private static final float GREATEST_EXPONENT = 16;
  private static final int MANTISSA_BITS = 23;

  private static final FloatVector ZERO = FloatVector.broadcast(SPECIES, 0f);
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);
  private static final FloatVector HALF = FloatVector.broadcast(SPECIES, 0.5f);
  private static final FloatVector MIN_NORMAL = FloatVector.broadcast(SPECIES, Float.MIN_NORMAL);
  private static final FloatVector INFINITY =
      FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);

  /** Adding this to what is small rounds it to a whole number and leaves that in the low bits. */
  private static final FloatVector ROUND = FloatVector.broadcast(SPECIES, 12582912f);

  /** The range of powers of 2 that are normal floats. */
  private static final FloatVector LEAST = FloatVector.broadcast(SPECIES, -126f);

  private static final FloatVector MOST = FloatVector.broadcast(SPECIES, 127f);

  private static final IntVector ONE_BITS =
      IntVector.broadcast(IntVector.SPECIES_PREFERRED, 0x3F800000);

  /** log₂ m = s · (L0 + L1 s² + …), s = (m − 1) / (m + 1). */
  private static final FloatVector L0 = FloatVector.broadcast(SPECIES, 2.88539f);

  private static final FloatVector L1 = FloatVector.broadcast(SPECIES, 0.96179885f);
  private static final FloatVector L2 = FloatVector.broadcast(SPECIES, 0.57671416f);
  private static final FloatVector L3 = FloatVector.broadcast(SPECIES, 0.43174237f);

  /** 2 to the power r is 1 + r · (E1 + E2 r + …), r from −½ to ½. */
  private static final FloatVector E1 = FloatVector.broadcast(SPECIES, 0.6931472f);

  private static final FloatVector E2 = FloatVector.broadcast(SPECIES, 0.24022648f);
  private static final FloatVector E3 = FloatVector.broadcast(SPECIES, 5.550332e-2f);
  private static final FloatVector E4 = FloatVector.broadcast(SPECIES, 9.618439e-3f);
  private static final FloatVector E5 = FloatVector.broadcast(SPECIES, 1.3399003e-3f);
  private static final FloatVector E6 = FloatVector.broadcast(SPECIES, 1.5353259e-4f);

  private SimdPower() {}

  static int run(float[] a, int ao, float b, float[] out, int oo, int n) {
    if (b == 2) {
      return SimdBinary.run(Binary.MULTIPLY, a, ao, a, ao, out, oo, n);
    }
    int i = Math.abs(b) <= GREATEST_EXPONENT ? wholeVectors(a, ao, b, out, oo, n) : 0;
    PLAIN.binary(Binary.POWER, a, ao + i, b, out, oo + i, n - i);
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
        PLAIN.binary(Binary.POWER, a, ao + i, b, out, oo + i, LANES);
        continue;
      }
      FloatVector m = SimdLog.mantissa(base);
      FloatVector k = SimdLog.exponent(base);
      FloatVector s = m.sub(ONE).div(m.add(ONE));
      FloatVector z = s.mul(s);
      FloatVector log2 = z.fma(L3, L2).fma(z, L1).fma(z, L0).mul(s);
      FloatVector high = exponent.mul(k);
      FloatVector low = exponent.fma(k, high.neg());
      FloatVector whole = high.add(ROUND).sub(ROUND);
      FloatVector rest = exponent.fma(log2, high.sub(whole).add(low));
      FloatVector near = rest.add(ROUND).sub(ROUND);
      FloatVector r = rest.sub(near);
      FloatVector q = r.fma(E6, E5).fma(r, E4).fma(r, E3).fma(r, E2).fma(r, E1);
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
