package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Coefficients.MANTISSA_BITS;
import static io.lossmith.core.engine.cpu.simd.Coefficients.SIGN_PLACE;
import static io.lossmith.core.engine.cpu.simd.Coefficients.SQRT_HALF_BITS;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Logarithms of one vector; built as {@link SimdMath}, which says why constants are vectors. */
final class SimdLog {
  static final FloatVector ZERO = FloatVector.broadcast(SPECIES, 0f);
  static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);
  static final FloatVector INFINITY = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
  static final FloatVector MINUS_INFINITY = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
  static final FloatVector NAN = FloatVector.broadcast(SPECIES, Float.NaN);
  static final FloatVector MIN_NORMAL = FloatVector.broadcast(SPECIES, Float.MIN_NORMAL);

  static final FloatVector LARGE = FloatVector.broadcast(SPECIES, Coefficients.LARGE);
  static final IntVector LARGE_OR_ONE =
      LARGE.reinterpretAsInts().lanewise(VectorOperators.XOR, ONE.reinterpretAsInts());
  static final FloatVector MINUS_LARGE_POWER = FloatVector.broadcast(SPECIES, -MANTISSA_BITS);

  static final FloatVector LN2_HIGH = FloatVector.broadcast(SPECIES, Coefficients.LN2_HIGH);
  static final FloatVector LN2_LOW = FloatVector.broadcast(SPECIES, Coefficients.LN2_LOW);

  static final FloatVector MINUS_HALF = FloatVector.broadcast(SPECIES, -0.5f);
  static final FloatVector L3 = FloatVector.broadcast(SPECIES, Coefficients.L3);
  static final FloatVector L4 = FloatVector.broadcast(SPECIES, Coefficients.L4);
  static final FloatVector L5 = FloatVector.broadcast(SPECIES, Coefficients.L5);
  static final FloatVector L6 = FloatVector.broadcast(SPECIES, Coefficients.L6);
  static final FloatVector L7 = FloatVector.broadcast(SPECIES, Coefficients.L7);
  static final FloatVector L8 = FloatVector.broadcast(SPECIES, Coefficients.L8);
  static final FloatVector L9 = FloatVector.broadcast(SPECIES, Coefficients.L9);

  static final IntVector LEAST_NORMAL = bits(0x00800000);
  static final IntVector LARGEST = bits(0x7F7FFFFF);
  static final IntVector SQRT_HALF = bits(SQRT_HALF_BITS);

  /** A float with these bits added to a small whole number is {@link #ROUND} plus that number. */
  static final IntVector ROUND_BITS = bits(Coefficients.ROUND_BITS);

  static final FloatVector ROUND = FloatVector.broadcast(SPECIES, Coefficients.ROUND);

  private SimdLog() {}

  /** Gathers, in the signs of its lanes, whether some x is no positive normal float. */
  static IntVector odd(IntVector soFar, FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    return soFar.or(bits.sub(LEAST_NORMAL)).or(LARGEST.sub(bits));
  }

  /** The same as {@link #log} for positive normal floats, for which it is shorter. */
  static FloatVector logOfNormal(FloatVector x) {
    return logOfOnePlus(mantissa(x).sub(ONE), exponent(x));
  }

  /** The same as {@link #log1p} where 1 + x is a positive normal float. */
  static FloatVector log1pOfNormal(FloatVector x) {
    FloatVector u = x.add(ONE);
    FloatVector k = exponent(u);
    return logOfOnePlus(mantissa(u).sub(ONE).blend(x, k.compare(VectorOperators.EQ, ZERO)), k);
  }

  static FloatVector log(FloatVector x) {
    if (Lanes.COMPARES_WELL) {
      VectorMask<Float> small = x.compare(VectorOperators.LT, MIN_NORMAL);
      FloatVector y = x.mul(LARGE, small);
      FloatVector k = exponent(y).add(MINUS_LARGE_POWER, small);
      FloatVector ln = logOfOnePlus(mantissa(y).sub(ONE), k);
      ln = ln.blend(MINUS_INFINITY, x.compare(VectorOperators.EQ, ZERO));
      ln = ln.blend(NAN, x.compare(VectorOperators.LT, ZERO));
      return x.blend(ln, x.compare(VectorOperators.LT, INFINITY));
    }
    FloatVector unsigned = x.add(ZERO); // no −0
    IntVector isSmall =
        unsigned.reinterpretAsInts().sub(LEAST_NORMAL).lanewise(VectorOperators.ASHR, SIGN_PLACE);
    FloatVector y =
        x.mul(
            isSmall
                .and(LARGE_OR_ONE)
                .lanewise(VectorOperators.XOR, ONE.reinterpretAsInts())
                .reinterpretAsFloats());
    FloatVector k =
        exponent(y).add(isSmall.and(MINUS_LARGE_POWER.reinterpretAsInts()).reinterpretAsFloats());
    return orLimit(logOfOnePlus(mantissa(y).sub(ONE), k), unsigned);
  }

  /** Near 0, x is what {@link #mantissa} of 1 + x leaves, and more exactly so. */
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(ONE);
    FloatVector k = exponent(u);
    if (Lanes.COMPARES_WELL) {
      FloatVector f = mantissa(u).sub(ONE).blend(x, k.compare(VectorOperators.EQ, ZERO));
      FloatVector ln = logOfOnePlus(f, k);
      ln = ln.blend(MINUS_INFINITY, u.compare(VectorOperators.EQ, ZERO));
      ln = ln.blend(NAN, u.compare(VectorOperators.LT, ZERO));
      return x.blend(ln, x.compare(VectorOperators.LT, INFINITY));
    }
    IntVector far = mantissa(u).sub(ONE).reinterpretAsInts();
    IntVector isNear =
        k.reinterpretAsInts().abs().add(-1).lanewise(VectorOperators.ASHR, SIGN_PLACE); // k is 0
    FloatVector f =
        x.reinterpretAsInts()
            .lanewise(VectorOperators.XOR, far)
            .and(isNear)
            .lanewise(VectorOperators.XOR, far)
            .reinterpretAsFloats();
    return orLimit(logOfOnePlus(f, k), u);
  }

  /**
   * The logarithm of x, given it for positive finite numbers: ∞ of ∞, −∞ of 0, which is not −0, NaN
   * of less and of NaN.
   */
  private static FloatVector orLimit(FloatVector ln, FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector isLimit =
        bits.add(-1).or(LARGEST.sub(bits)).lanewise(VectorOperators.ASHR, SIGN_PLACE);
    IntVector limit =
        x.sub(ONE)
            .mul(INFINITY)
            .reinterpretAsInts()
            .or(bits.lanewise(VectorOperators.ASHR, SIGN_PLACE)); // all bits are a NaN
    IntVector ordinary = ln.reinterpretAsInts();
    return limit
        .lanewise(VectorOperators.XOR, ordinary)
        .and(isLimit)
        .lanewise(VectorOperators.XOR, ordinary)
        .reinterpretAsFloats();
  }

  /**
   * ln(1 + f) + k · ln 2, for 1 + f from √½ to √2: f − f²/2 + f³ times a polynomial, which takes
   * less time than a division.
   */
  private static FloatVector logOfOnePlus(FloatVector f, FloatVector k) {
    FloatVector z = f.mul(f);
    FloatVector q = z.fma(L9, f.fma(L8, L7)).fma(z, f.fma(L6, L5)).fma(z, f.fma(L4, L3));
    FloatVector low = z.fma(q.fma(f, MINUS_HALF), k.mul(LN2_LOW)).add(f);
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
