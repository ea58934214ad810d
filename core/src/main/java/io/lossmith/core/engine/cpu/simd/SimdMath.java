package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.all;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Functions of one vector or two, right at ±0, ±∞ and NaN. */
final class SimdMath {
  /** Above this every float is a whole number, and adding it to less rounds to one. */
  private static final float WHOLE = 8388608f;

  private static final int SIGN_BIT = 0x80000000;

  private SimdMath() {}

  static FloatVector oneIf(VectorMask<Float> mask) {
    return all(0f).blend(1f, mask);
  }

  static FloatVector sign(FloatVector x) {
    return x.blend(1f, x.compare(VectorOperators.GT, 0f))
        .blend(-1f, x.compare(VectorOperators.LT, 0f));
  }

  static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  static FloatVector exp(FloatVector x) {
    return x.lanewise(VectorOperators.EXP);
  }

  static FloatVector log(FloatVector x) {
    return x.lanewise(VectorOperators.LOG);
  }

  static FloatVector log1p(FloatVector x) {
    return x.lanewise(VectorOperators.LOG1P);
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    return sigmoid(x, e);
  }

  /** The sigmoid of x, given e to the power −|x|, which cannot overflow. */
  static FloatVector sigmoid(FloatVector x, FloatVector e) {
    return e.blend(1f, x.compare(VectorOperators.GE, 0f)).div(e.add(1f));
  }

  static FloatVector softplus(FloatVector x) {
    return softplus(x, exp(x.abs().neg()));
  }

  /**
   * The softplus of x, given e to the power −|x|: ln(1 + e) = 2 artanh(s), s = e / (2 + e) ≤ 1/3, by
   * an odd polynomial, which is exact for small e.
   */
  static FloatVector softplus(FloatVector x, FloatVector e) {
    FloatVector s = e.div(e.add(2f));
    FloatVector z = s.mul(s);
    FloatVector q =
        z.mul(0.280244708f).add(0.279991388f).mul(z).add(0.400216997f).mul(z).add(0.666664124f);
    return x.max(0f).add(s.add(s)).add(s.mul(z).mul(q));
  }

  /** x P(x²) / Q(x²) on ±9.01, where the float nearest to the truth is ±1 already. */
  static FloatVector tanh(FloatVector x) {
    FloatVector c = x.blend(-9.01f, x.compare(VectorOperators.LT, -9.01f));
    c = c.blend(9.01f, x.compare(VectorOperators.GT, 9.01f));
    FloatVector z = c.mul(c);
    FloatVector p = z.mul(1.33367077e-8f).add(2.05961733e-5f).mul(z).add(0.00349480496f);
    p = p.mul(z).add(0.133803666f).mul(z).add(1f);
    FloatVector q = z.mul(7.76922548e-7f).add(0.00032843533f).mul(z).add(0.0258740038f);
    q = q.mul(z).add(0.46713683f).mul(z).add(1f);
    return c.mul(p).div(q);
  }

  static FloatVector atan(FloatVector x) {
    return x.lanewise(VectorOperators.ATAN);
  }

  static FloatVector rint(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector whole =
        size.add(WHOLE)
            .sub(WHOLE)
            .reinterpretAsInts()
            .or(x.reinterpretAsInts().and(SIGN_BIT))
            .reinterpretAsFloats();
    return x.blend(whole, size.compare(VectorOperators.LT, WHOLE));
  }

  static FloatVector floor(FloatVector x) {
    FloatVector near = rint(x);
    return near.blend(near.sub(1f), near.compare(VectorOperators.GT, x));
  }

  static FloatVector power(FloatVector a, FloatVector b) {
    return a.lanewise(VectorOperators.POW, b);
  }
}
