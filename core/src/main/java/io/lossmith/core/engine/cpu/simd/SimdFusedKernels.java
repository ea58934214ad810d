package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.engine.cpu.kernel.AdamNumbers;
import io.lossmith.core.engine.cpu.kernel.FusedKernels;
import io.lossmith.core.engine.cpu.kernel.Passes;
import io.lossmith.core.engine.cpu.kernel.Quotient;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Operations at once over vectors; built as in {@link SimdUnary}. */
final class SimdFusedKernels implements FusedKernels {
  /** No logarithm of a positive normal float is less. */
  private static final float LEAST_LOG = -87.4f;

  private static final int MINUS_ZERO_BITS = 0x80000000;

  private final FusedKernels plain;

  SimdFusedKernels(FusedKernels plain) {
    this.plain = plain;
  }

  @Override
  public void clamp(float[] a, int ao, float low, float high, float[] out, int oo, int n) {
    if (n < SimdKernels.SHORT || isMinusZero(low) || isMinusZero(high)) {
      plain.clamp(a, ao, low, high, out, oo, n);
      return;
    }
    int last = n - LANES;
    FloatVector least = FloatVector.broadcast(SPECIES, low);
    FloatVector most = FloatVector.broadcast(SPECIES, high);
    FloatVector tail = clamp(FloatVector.fromArray(SPECIES, a, ao + last), least, most);
    for (int i = 0; i < last; i += LANES) {
      clamp(FloatVector.fromArray(SPECIES, a, ao + i), least, most).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  /** Comparisons cannot tell it from 0, which is less for minima and maxima. */
  private static boolean isMinusZero(float limit) {
    return Float.floatToRawIntBits(limit) == MINUS_ZERO_BITS;
  }

  /** Where a limit is 0, −0 becomes the low one, but stays below the high one. NaN stays. */
  private static FloatVector clamp(FloatVector x, FloatVector low, FloatVector high) {
    return x.blend(high, x.compare(VectorOperators.GT, high))
        .blend(low, x.compare(VectorOperators.LE, low));
  }

  @Override
  public void sigmoidSlope(float[] g, int go, float[] p, int po, float[] out, int oo, int n) {
    if (n < SimdKernels.SHORT) {
      plain.sigmoidSlope(g, go, p, po, out, oo, n);
      return;
    }
    int last = n - LANES;
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector tail =
        slope(
            FloatVector.fromArray(SPECIES, g, go + last),
            FloatVector.fromArray(SPECIES, p, po + last),
            one);
    for (int i = 0; i < last; i += LANES) {
      slope(
              FloatVector.fromArray(SPECIES, g, go + i),
              FloatVector.fromArray(SPECIES, p, po + i),
              one)
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  private static FloatVector slope(FloatVector g, FloatVector p, FloatVector one) {
    return g.mul(p.mul(one.sub(p)));
  }

  @Override
  public void multiplyFrom(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    if (n < SimdKernels.SHORT) {
      plain.multiplyFrom(a, ao, b, bo, c, co, out, oo, n);
      return;
    }
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, c, co + last)
            .sub(
                FloatVector.fromArray(SPECIES, a, ao + last)
                    .mul(FloatVector.fromArray(SPECIES, b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, c, co + i)
          .sub(
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .mul(FloatVector.fromArray(SPECIES, b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  @Override
  public void multiplyFrom(
      float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    if (n < SimdKernels.SHORT) {
      plain.multiplyFrom(a, ao, b, bo, c, out, oo, n);
      return;
    }
    int last = n - LANES;
    FloatVector from = FloatVector.broadcast(SPECIES, c);
    FloatVector tail =
        from.sub(
            FloatVector.fromArray(SPECIES, a, ao + last)
                .mul(FloatVector.fromArray(SPECIES, b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      from.sub(
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .mul(FloatVector.fromArray(SPECIES, b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  @Override
  public void quotient(
      Quotient q,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] out,
      int oo,
      int n) {
    if (n < SimdKernels.SHORT) {
      plain.quotient(q, a, ao, b, bo, c, co, out, oo, n);
    } else {
      SimdQuotient.run(q, a, ao, b, bo, c, co, out, oo, n);
    }
  }

  /** Mostly there is nothing below the limit, and that is known without looking at it again. */
  @Override
  public void logarithm(Unary op, float[] a, int ao, float low, float[] out, int oo, int n) {
    if (n < SimdKernels.SHORT) {
      ScalarLoops.unary(op, a, ao, out, oo, n);
      ScalarLoops.binary(Binary.MAXIMUM, out, oo, low, out, oo, n);
    } else if (!SimdUnary.run(op, a, ao, out, oo, n)
        || !(low <= LEAST_LOG)) { // NaN is no limit to leave out
      SimdBinaryRight.run(Binary.MAXIMUM, out, oo, low, out, oo, n);
    }
  }

  @Override
  public void adam(
      AdamNumbers numbers,
      float stays,
      float pace,
      float scale,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] s,
      int so,
      float[] out,
      int oo,
      float[] mean,
      int meano,
      float[] square,
      int squareo,
      int n) {
    SimdAdam.run(
        numbers, stays, pace, scale, x, xo, g, go, m, mo, s, so, out, oo, mean, meano, square,
        squareo, n);
  }

  @Override
  public float outside(ValueRange range, float[] a, int ao, int n) {
    return n < SimdKernels.SHORT || !SimdRanges.hasLoop(range)
        ? plain.outside(range, a, ao, n)
        : SimdRanges.outside(range, a, ao, n);
  }

  @Override
  public Passes passes() {
    return SimdPasses.ALL;
  }
}
