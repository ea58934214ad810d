package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Products with an addend, of at least {@link Lanes#LANES} elements; built as in {@link SimdUnary}.
 * Two operations, not a fused one, for the bits of the product and the sum that they stand for:
 * loads and stores take the time here, so it costs none.
 */
final class SimdMultiplyAdd {
  private SimdMultiplyAdd() {}

  static void run(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .mul(FloatVector.fromArray(SPECIES, b, bo + last))
            .add(FloatVector.fromArray(SPECIES, c, co + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .mul(FloatVector.fromArray(SPECIES, b, bo + i))
          .add(FloatVector.fromArray(SPECIES, c, co + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float b, float[] c, int co, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector factor = FloatVector.broadcast(SPECIES, b);
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .mul(factor)
            .add(FloatVector.fromArray(SPECIES, c, co + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .mul(factor)
          .add(FloatVector.fromArray(SPECIES, c, co + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector addend = FloatVector.broadcast(SPECIES, c);
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .mul(FloatVector.fromArray(SPECIES, b, bo + last))
            .add(addend);
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .mul(FloatVector.fromArray(SPECIES, b, bo + i))
          .add(addend)
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float b, float c, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector factor = FloatVector.broadcast(SPECIES, b);
    FloatVector addend = FloatVector.broadcast(SPECIES, c);
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).mul(factor).add(addend);
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).mul(factor).add(addend).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }
}
