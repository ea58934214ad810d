package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Coefficients.ONE_BITS;
import static io.lossmith.core.engine.cpu.simd.Coefficients.SIGN_PLACE;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Which numbers are out of a range, as ones among zeros: what passes count as {@link SimdRanges}.
 */
final class PassRanges {
  private static final float WHOLE = 8388608f;

  private PassRanges() {}

  static FloatVector beyond(FloatVector x, FloatVector low, FloatVector high) {
    VectorMask<Float> below = x.compare(VectorOperators.LT, low);
    return count(below.or(x.compare(VectorOperators.GT, high)));
  }

  static FloatVector not(FloatVector x, FloatVector low, FloatVector high) {
    return count(inside(x, low, high).not());
  }

  /** Not from 0 to 1: from 0 up, larger numbers have larger bits, and NaN has the largest. */
  static FloatVector notProbability(FloatVector x) {
    IntVector bits = x.add(FloatVector.broadcast(SPECIES, 0f)).reinterpretAsInts(); // no −0
    IntVector one = IntVector.broadcast(IntVector.SPECIES_PREFERRED, ONE_BITS);
    return bits.or(one.sub(bits))
        .lanewise(VectorOperators.ASHR, SIGN_PLACE)
        .and(one)
        .reinterpretAsFloats();
  }

  static FloatVector notWhole(FloatVector x, FloatVector low, FloatVector high) {
    return count(inside(x, low, high).and(whole(x)).not());
  }

  static FloatVector notWholeNor(
      FloatVector x, FloatVector low, FloatVector high, FloatVector allowed) {
    VectorMask<Float> good = inside(x, low, high).and(whole(x));
    return count(good.or(x.compare(VectorOperators.EQ, allowed)).not());
  }

  private static VectorMask<Float> inside(FloatVector x, FloatVector low, FloatVector high) {
    return x.compare(VectorOperators.GE, low).and(x.compare(VectorOperators.LE, high));
  }

  private static VectorMask<Float> whole(FloatVector x) {
    FloatVector large = FloatVector.broadcast(SPECIES, WHOLE);
    return x.compare(VectorOperators.EQ, x.add(large).sub(large))
        .or(x.compare(VectorOperators.GE, large));
  }

  private static FloatVector count(VectorMask<Float> mask) {
    return FloatVector.broadcast(SPECIES, 0f).blend(FloatVector.broadcast(SPECIES, 1f), mask);
  }
}
