package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Coefficients.A11;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A13;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A15;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A17;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A5;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A7;
import static io.lossmith.core.engine.cpu.simd.Coefficients.A9;
import static io.lossmith.core.engine.cpu.simd.Coefficients.BELOW_EXP_LEAST;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E4;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E5;
import static io.lossmith.core.engine.cpu.simd.Coefficients.E6;
import static io.lossmith.core.engine.cpu.simd.Coefficients.EXP_GREATEST;
import static io.lossmith.core.engine.cpu.simd.Coefficients.EXP_LEAST;
import static io.lossmith.core.engine.cpu.simd.Coefficients.EXP_LEAST_BITS;
import static io.lossmith.core.engine.cpu.simd.Coefficients.LN2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.LOG2_E;
import static io.lossmith.core.engine.cpu.simd.Coefficients.MANTISSA_BITS;
import static io.lossmith.core.engine.cpu.simd.Coefficients.ONE_BITS;
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
import static io.lossmith.core.engine.cpu.simd.Coefficients.ROUND_BIASED;
import static io.lossmith.core.engine.cpu.simd.Coefficients.SIGN_PLACE;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_MOST;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_P1;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_P2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_P3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_P4;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_Q1;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_Q2;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_Q3;
import static io.lossmith.core.engine.cpu.simd.Coefficients.TANH_Q4;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of one vector, right at ±0, ±∞ and NaN; relative errors up to 4e-7, but for results too
 * small to be normal floats.
 *
 * <p>They are least-maximum polynomials of our own rather than {@code lanewise(EXP)}, which is no
 * faster on the JDKs that we measured, and runs lane by lane, ten times slower, where the JDK
 * brings no vector library. They count on a fused multiply-add.
 *
 * <p>What is inlined into one loop must stay small: beyond some 18000 nodes the compiler inlines
 * none of our methods any more, though still the module's own, and every vector becomes an object.
 * The methods that take a float instead of a vector are large inside, {@link Lanes#all} is
 * middling, a constant that is a vector already is small but has to be loaded again and again. So
 * functions here use the second, and {@link SimdLog} and {@link SimdPower}, which are long, the
 * third.
 *
 * <p>Signs choose by their bits, see {@link Lanes#COMPARES_WELL}.
 */
final class SimdMath {
  private static final int SIGN_BIT = 0x80000000;

  /** From here on every float is a whole number. */
  private static final float WHOLE = 8388608f;

  private SimdMath() {}

  static FloatVector sign(FloatVector x) {
    return x.blend(
            FloatVector.broadcast(SPECIES, 1f),
            x.compare(VectorOperators.GT, FloatVector.broadcast(SPECIES, 0f)))
        .blend(
            FloatVector.broadcast(SPECIES, -1f),
            x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, 0f)));
  }

  /** In fewer steps than the greater of two numbers, either of which may be NaN or −0. */
  static FloatVector relu(FloatVector x) {
    if (Lanes.COMPARES_WELL) {
      FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
      return x.blend(zero, x.compare(VectorOperators.LE, zero));
    }
    // Of a negative number and of 0 this is 0, of others −1, of a NaN what makes a NaN below.
    IntVector least =
        FloatVector.broadcast(SPECIES, 0f)
            .sub(x)
            .reinterpretAsInts()
            .lanewise(VectorOperators.ASHR, SIGN_PLACE);
    return x.reinterpretAsInts().max(least).reinterpretAsFloats();
  }

  static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  static FloatVector exp(FloatVector x) {
    FloatVector power =
        x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUND));
    IntVector bits = x.reinterpretAsInts(); // of negative numbers, the less have the greater
    IntVector isLess =
        IntVector.broadcast(IntVector.SPECIES_PREFERRED, EXP_LEAST_BITS)
            .sub(bits)
            .and(bits)
            .lanewise(VectorOperators.ASHR, SIGN_PLACE);
    IntVector any =
        expOfRest(x, power.sub(FloatVector.broadcast(SPECIES, ROUND)))
            .reinterpretAsInts()
            .add(power.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS));
    FloatVector y = any.lanewise(VectorOperators.XOR, any.and(isLess)).reinterpretAsFloats();
    // The other side of this comparison is too large or NaN: the product keeps either.
    return x.mul(FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY))
        .blend(y, x.compare(VectorOperators.LE, FloatVector.broadcast(SPECIES, EXP_GREATEST)));
  }

  /** e to the power x for x up to 0, or NaN, in fewer steps than {@link #exp}. */
  static FloatVector expBelowOne(FloatVector x) {
    if (Lanes.COMPARES_WELL) {
      return expOfSigned(x);
    }
    return expOfMinusSize(x);
  }

  static FloatVector expOfMinusSize(FloatVector x) {
    return expOfSigned(x.reinterpretAsInts().or(SIGN_BIT).reinterpretAsFloats());
  }

  /**
   * The same for x with a sign, which a NaN has, too; where comparisons cost little, any up to 0.
   */
  private static FloatVector expOfSigned(FloatVector x) {
    FloatVector biased =
        x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUND_BIASED));
    FloatVector y =
        expOfRest(x, biased.sub(FloatVector.broadcast(SPECIES, ROUND_BIASED))).mul(twoTo(biased));
    if (Lanes.COMPARES_WELL) {
      return y.blend(
          FloatVector.broadcast(SPECIES, 0f),
          x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, EXP_LEAST)));
    }
    // What is not too small is above this, so the difference has a sign, or is the NaN that x is.
    IntVector isKept =
        FloatVector.broadcast(SPECIES, BELOW_EXP_LEAST)
            .sub(x)
            .reinterpretAsInts()
            .lanewise(VectorOperators.ASHR, SIGN_PLACE);
    return y.reinterpretAsInts().and(isKept).reinterpretAsFloats();
  }

  /** e to the power r, where x = power · ln 2 + r. */
  private static FloatVector expOfRest(FloatVector x, FloatVector power) {
    FloatVector r = power.fma(FloatVector.broadcast(SPECIES, -LN2), x);
    FloatVector q =
        r.fma(FloatVector.broadcast(SPECIES, E6), FloatVector.broadcast(SPECIES, E5))
            .fma(r, FloatVector.broadcast(SPECIES, E4))
            .fma(r, FloatVector.broadcast(SPECIES, E3));
    return q.fma(r, FloatVector.broadcast(SPECIES, E2))
        .fma(r, FloatVector.broadcast(SPECIES, 1f))
        .fma(r, FloatVector.broadcast(SPECIES, 1f));
  }

  /** 2 to a whole power from −126 to 127 that has {@link Coefficients#ROUND_BIASED} added. */
  private static FloatVector twoTo(FloatVector biased) {
    return biased
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
        .reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector x) {
    return sigmoid(x, expOfMinusSize(x));
  }

  /** The sigmoid of x, given e = {@link #expOfMinusSize}, which cannot overflow. */
  static FloatVector sigmoid(FloatVector x, FloatVector e) {
    IntVector signed = x.reinterpretAsInts().and(SIGN_BIT).or(ONE_BITS);
    return e.reinterpretAsInts()
        .max(signed) // 1, or e where that is −1
        .reinterpretAsFloats()
        .div(e.add(FloatVector.broadcast(SPECIES, 1f)));
  }

  static FloatVector softplus(FloatVector x) {
    return softplus(x, expOfMinusSize(x));
  }

  /** The softplus of x, given e = {@link #expOfMinusSize}: max(x, 0) + ln(1 + e). */
  static FloatVector softplus(FloatVector x, FloatVector e) {
    IntVector positive = x.reinterpretAsInts().max(0); // a NaN is one in e, too
    return logOfOnePlus(e).add(positive.reinterpretAsFloats());
  }

  /**
   * ln(1 + e) for e from 0 to 1, as e times a polynomial: nine steps, where a division takes ten.
   */
  static FloatVector logOfOnePlus(FloatVector e) {
    FloatVector q =
        e.fma(FloatVector.broadcast(SPECIES, P9), FloatVector.broadcast(SPECIES, P8))
            .fma(e, FloatVector.broadcast(SPECIES, P7));
    q =
        q.fma(e, FloatVector.broadcast(SPECIES, P6))
            .fma(e, FloatVector.broadcast(SPECIES, P5))
            .fma(e, FloatVector.broadcast(SPECIES, P4));
    q =
        q.fma(e, FloatVector.broadcast(SPECIES, P3))
            .fma(e, FloatVector.broadcast(SPECIES, P2))
            .fma(e, FloatVector.broadcast(SPECIES, P1));
    return q.mul(e);
  }

  /** x P(x²) / Q(x²) up to ±9.01, where ±1 is the nearest float already. */
  static FloatVector tanh(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector p =
        z.fma(FloatVector.broadcast(SPECIES, TANH_P4), FloatVector.broadcast(SPECIES, TANH_P3))
            .fma(z, FloatVector.broadcast(SPECIES, TANH_P2));
    p =
        p.fma(z, FloatVector.broadcast(SPECIES, TANH_P1))
            .fma(z, FloatVector.broadcast(SPECIES, 1f));
    FloatVector q =
        z.fma(FloatVector.broadcast(SPECIES, TANH_Q4), FloatVector.broadcast(SPECIES, TANH_Q3))
            .fma(z, FloatVector.broadcast(SPECIES, TANH_Q2));
    q =
        q.fma(z, FloatVector.broadcast(SPECIES, TANH_Q1))
            .fma(z, FloatVector.broadcast(SPECIES, 1f));
    return x.mul(p.div(q))
        .blend(
            FloatVector.broadcast(SPECIES, 1f),
            x.compare(VectorOperators.GT, FloatVector.broadcast(SPECIES, TANH_MOST)))
        .blend(
            FloatVector.broadcast(SPECIES, -1f),
            x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, -TANH_MOST)));
  }

  /** An odd polynomial up to 1, and above it what 1/x lacks to a right angle. */
  static FloatVector atan(FloatVector x) {
    FloatVector size = x.abs();
    VectorMask<Float> steep = size.compare(VectorOperators.GT, FloatVector.broadcast(SPECIES, 1f));
    FloatVector t =
        size.blend(FloatVector.broadcast(SPECIES, 1f), steep)
            .div(FloatVector.broadcast(SPECIES, 1f).blend(size, steep));
    FloatVector z = t.mul(t);
    FloatVector q =
        z.fma(FloatVector.broadcast(SPECIES, A17), FloatVector.broadcast(SPECIES, A15))
            .fma(z, FloatVector.broadcast(SPECIES, A13));
    q =
        q.fma(z, FloatVector.broadcast(SPECIES, A11))
            .fma(z, FloatVector.broadcast(SPECIES, A9))
            .fma(z, FloatVector.broadcast(SPECIES, A7));
    q = q.fma(z, FloatVector.broadcast(SPECIES, A5)).fma(z, FloatVector.broadcast(SPECIES, A3));
    FloatVector angle = q.fma(z.mul(t), t);
    return withSign(angle.blend(FloatVector.broadcast(SPECIES, RIGHT_ANGLE).sub(angle), steep), x);
  }

  static FloatVector rint(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector whole =
        withSign(
            size.add(FloatVector.broadcast(SPECIES, WHOLE))
                .sub(FloatVector.broadcast(SPECIES, WHOLE)),
            x);
    return x.blend(whole, size.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, WHOLE)));
  }

  static FloatVector floor(FloatVector x) {
    FloatVector near = rint(x);
    return near.blend(
        near.sub(FloatVector.broadcast(SPECIES, 1f)), near.compare(VectorOperators.GT, x));
  }

  private static FloatVector withSign(FloatVector size, FloatVector x) {
    return size.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN_BIT)).reinterpretAsFloats();
  }
}
