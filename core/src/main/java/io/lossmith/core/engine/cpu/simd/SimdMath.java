package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
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
 */
final class SimdMath {
  /** Adding this to what is small rounds it to a whole number and leaves that in the low bits. */
  private static final float ROUND = 12582912f;

  private static final int ONE_BITS = 0x3F800000;
  private static final int SIGN_BIT = 0x80000000;
  private static final int MANTISSA = 23;

  /** From here on every float is a whole number. */
  private static final float WHOLE = 8388608f;

  private static final float LOG2_E = 1.442695f;

  private static final float LN2 = 0.6931472f;

  /** Below this, e to the power x is not a normal float and counts as 0; above that it is ∞. */
  private static final float EXP_LEAST = -87.33654f;

  private static final float EXP_GREATEST = 88.72283f;

  private SimdMath() {}

  static FloatVector sign(FloatVector x) {
    return x.blend(
            FloatVector.broadcast(SPECIES, 1f),
            x.compare(VectorOperators.GT, FloatVector.broadcast(SPECIES, 0f)))
        .blend(
            FloatVector.broadcast(SPECIES, -1f),
            x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, 0f)));
  }

  static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  static FloatVector exp(FloatVector x) {
    FloatVector power =
        x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUND));
    FloatVector y =
        expOfRest(x, power)
            .reinterpretAsInts()
            .add(power.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA))
            .reinterpretAsFloats()
            .blend(
                FloatVector.broadcast(SPECIES, 0f),
                x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, EXP_LEAST)));
    // The other side of this comparison is too large or NaN: the product keeps either.
    return x.mul(FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY))
        .blend(y, x.compare(VectorOperators.LE, FloatVector.broadcast(SPECIES, EXP_GREATEST)));
  }

  /** e to the power x for x up to 0, or NaN, in fewer steps than {@link #exp}. */
  static FloatVector expBelowOne(FloatVector x) {
    FloatVector power =
        x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUND));
    return expOfRest(x, power)
        .mul(twoTo(power))
        .blend(
            FloatVector.broadcast(SPECIES, 0f),
            x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, EXP_LEAST)));
  }

  static FloatVector expOfMinusSize(FloatVector x) {
    return expBelowOne(x.abs().neg());
  }

  /**
   * e to the power r, where x = power · ln 2 + r and power has {@link #ROUND} added. The float
   * nearest to ln 2 is good enough in one step: what it lacks, 127 times, is 2.4e-7.
   */
  private static FloatVector expOfRest(FloatVector x, FloatVector power) {
    FloatVector r =
        power
            .sub(FloatVector.broadcast(SPECIES, ROUND))
            .fma(FloatVector.broadcast(SPECIES, -LN2), x);
    FloatVector q =
        r.fma(
                FloatVector.broadcast(SPECIES, 8.290306e-3f),
                FloatVector.broadcast(SPECIES, 4.1897975e-2f))
            .fma(r, FloatVector.broadcast(SPECIES, 0.16667637f));
    return q.fma(r, FloatVector.broadcast(SPECIES, 0.4999915f))
        .fma(r, FloatVector.broadcast(SPECIES, 0.9999997f))
        .fma(r, FloatVector.broadcast(SPECIES, 1f));
  }

  /** 2 to a whole power from −126 to 127 that has {@link #ROUND} added. */
  private static FloatVector twoTo(FloatVector power) {
    return power
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, MANTISSA)
        .add(ONE_BITS)
        .reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector x) {
    return sigmoid(x, expOfMinusSize(x));
  }

  /** The sigmoid of x, given e = {@link #expOfMinusSize}, which cannot overflow. */
  static FloatVector sigmoid(FloatVector x, FloatVector e) {
    return e.blend(
            FloatVector.broadcast(SPECIES, 1f),
            x.compare(VectorOperators.GE, FloatVector.broadcast(SPECIES, 0f)))
        .div(e.add(FloatVector.broadcast(SPECIES, 1f)));
  }

  static FloatVector softplus(FloatVector x) {
    return softplus(x, expOfMinusSize(x));
  }

  /** The softplus of x, given e = {@link #expOfMinusSize}: max(x, 0) + ln(1 + e). */
  static FloatVector softplus(FloatVector x, FloatVector e) {
    FloatVector positive =
        FloatVector.broadcast(SPECIES, 0f)
            .blend(x, x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, 0f)).not());
    return logOfOnePlus(e).add(positive);
  }

  /**
   * ln(1 + e) for e from 0 to 1, as e times a polynomial: nine steps, where a division takes ten.
   */
  static FloatVector logOfOnePlus(FloatVector e) {
    FloatVector q =
        e.fma(
                FloatVector.broadcast(SPECIES, 5.23269e-3f),
                FloatVector.broadcast(SPECIES, -2.9505223e-2f))
            .fma(e, FloatVector.broadcast(SPECIES, 7.8225933e-2f));
    q =
        q.fma(e, FloatVector.broadcast(SPECIES, -0.13663244f))
            .fma(e, FloatVector.broadcast(SPECIES, 0.19106007f))
            .fma(e, FloatVector.broadcast(SPECIES, -0.24842982f));
    q =
        q.fma(e, FloatVector.broadcast(SPECIES, 0.33319098f))
            .fma(e, FloatVector.broadcast(SPECIES, -0.49999493f))
            .fma(e, FloatVector.broadcast(SPECIES, 0.99999994f));
    return q.mul(e);
  }

  /** x P(x²) / Q(x²) up to ±9.01, where ±1 is the nearest float already. */
  static FloatVector tanh(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector p =
        z.fma(
                FloatVector.broadcast(SPECIES, 1.33367077e-8f),
                FloatVector.broadcast(SPECIES, 2.05961733e-5f))
            .fma(z, FloatVector.broadcast(SPECIES, 0.00349480496f));
    p =
        p.fma(z, FloatVector.broadcast(SPECIES, 0.133803666f))
            .fma(z, FloatVector.broadcast(SPECIES, 1f));
    FloatVector q =
        z.fma(
                FloatVector.broadcast(SPECIES, 7.76922548e-7f),
                FloatVector.broadcast(SPECIES, 0.00032843533f))
            .fma(z, FloatVector.broadcast(SPECIES, 0.0258740038f));
    q =
        q.fma(z, FloatVector.broadcast(SPECIES, 0.46713683f))
            .fma(z, FloatVector.broadcast(SPECIES, 1f));
    return x.mul(p)
        .div(q)
        .blend(
            FloatVector.broadcast(SPECIES, 1f),
            x.compare(VectorOperators.GT, FloatVector.broadcast(SPECIES, 9.01f)))
        .blend(
            FloatVector.broadcast(SPECIES, -1f),
            x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, -9.01f)));
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
        z.fma(
                FloatVector.broadcast(SPECIES, 2.9206926e-3f),
                FloatVector.broadcast(SPECIES, -1.6367929e-2f))
            .fma(z, FloatVector.broadcast(SPECIES, 4.3211862e-2f));
    q =
        q.fma(z, FloatVector.broadcast(SPECIES, -7.552215e-2f))
            .fma(z, FloatVector.broadcast(SPECIES, 0.106660046f))
            .fma(z, FloatVector.broadcast(SPECIES, -0.14211056f));
    q =
        q.fma(z, FloatVector.broadcast(SPECIES, 0.19993773f))
            .fma(z, FloatVector.broadcast(SPECIES, -0.33333153f));
    FloatVector angle = q.fma(z.mul(t), t);
    return withSign(
        angle.blend(FloatVector.broadcast(SPECIES, (float) (Math.PI / 2)).sub(angle), steep), x);
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
