package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementwise loops that compare two operands, of at least {@link Lanes#LANES} elements; built as
 * in {@link SimdUnary}.
 */
final class SimdComparisons {
  private SimdComparisons() {}

  // ElementwiseLoops: loops

  static int equal(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector tail =
        zero.blend(
            one,
            FloatVector.fromArray(SPECIES, a, ao + last)
                .compare(VectorOperators.EQ, FloatVector.fromArray(SPECIES, b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(
              one,
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .compare(VectorOperators.EQ, FloatVector.fromArray(SPECIES, b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  static int notEqual(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector tail =
        zero.blend(
            one,
            FloatVector.fromArray(SPECIES, a, ao + last)
                .compare(VectorOperators.NE, FloatVector.fromArray(SPECIES, b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(
              one,
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .compare(VectorOperators.NE, FloatVector.fromArray(SPECIES, b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  static int less(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector tail =
        zero.blend(
            one,
            FloatVector.fromArray(SPECIES, a, ao + last)
                .compare(VectorOperators.LT, FloatVector.fromArray(SPECIES, b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(
              one,
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .compare(VectorOperators.LT, FloatVector.fromArray(SPECIES, b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  static int lessEqual(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector tail =
        zero.blend(
            one,
            FloatVector.fromArray(SPECIES, a, ao + last)
                .compare(VectorOperators.LE, FloatVector.fromArray(SPECIES, b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(
              one,
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .compare(VectorOperators.LE, FloatVector.fromArray(SPECIES, b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }
  // end
}
