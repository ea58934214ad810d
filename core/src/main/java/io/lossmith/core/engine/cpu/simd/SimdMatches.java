package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Coefficients.SIGN_PLACE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** What places take whose class label is the one sought, which is finite, or NaN and nobody's. */
final class SimdMatches {
  private static final int ALL_BUT_SIGN = 0x7FFFFFFF;

  private SimdMatches() {}

  static FloatVector choose(
      FloatVector label, FloatVector sought, FloatVector chosen, FloatVector otherwise) {
    if (Lanes.COMPARES_WELL) {
      return otherwise.blend(chosen, label.eq(sought));
    }
    IntVector bits = otherwise.reinterpretAsInts();
    return chosen
        .reinterpretAsInts()
        .lanewise(VectorOperators.XOR, bits)
        .and(isSought(label, sought))
        .lanewise(VectorOperators.XOR, bits)
        .reinterpretAsFloats();
  }

  /** Adds x to a sum that began with 0. */
  static FloatVector add(FloatVector sum, FloatVector x, FloatVector label, FloatVector sought) {
    if (Lanes.COMPARES_WELL) {
      return sum.add(x, label.eq(sought));
    }
    return sum.add(x.reinterpretAsInts().and(isSought(label, sought)).reinterpretAsFloats());
  }

  /** All bits where the difference is 0: of what else has no sign, less by 1 has none either. */
  private static IntVector isSought(FloatVector label, FloatVector sought) {
    return sought
        .sub(label)
        .reinterpretAsInts()
        .and(ALL_BUT_SIGN)
        .add(-1)
        .lanewise(VectorOperators.ASHR, SIGN_PLACE);
  }
}
