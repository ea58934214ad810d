package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Choices, of at least {@link Lanes#LANES} elements; built as in {@link SimdUnary}. */
final class SimdWhere {
  private SimdWhere() {}

  static void run(
      float[] condition, int co, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, b, bo + last)
            .blend(FloatVector.fromArray(SPECIES, a, ao + last), not0(condition, co + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, b, bo + i)
          .blend(FloatVector.fromArray(SPECIES, a, ao + i), not0(condition, co + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(
      float[] condition, int co, float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector chosen = FloatVector.broadcast(SPECIES, a);
    FloatVector tail =
        FloatVector.fromArray(SPECIES, b, bo + last).blend(chosen, not0(condition, co + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, b, bo + i)
          .blend(chosen, not0(condition, co + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(
      float[] condition, int co, float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector otherwise = FloatVector.broadcast(SPECIES, b);
    FloatVector tail =
        otherwise.blend(FloatVector.fromArray(SPECIES, a, ao + last), not0(condition, co + last));
    for (int i = 0; i < last; i += LANES) {
      otherwise
          .blend(FloatVector.fromArray(SPECIES, a, ao + i), not0(condition, co + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] condition, int co, float a, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector chosen = FloatVector.broadcast(SPECIES, a);
    FloatVector otherwise = FloatVector.broadcast(SPECIES, b);
    FloatVector tail = otherwise.blend(chosen, not0(condition, co + last));
    for (int i = 0; i < last; i += LANES) {
      otherwise.blend(chosen, not0(condition, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  private static VectorMask<Float> not0(float[] condition, int at) {
    return FloatVector.fromArray(SPECIES, condition, at).compare(VectorOperators.NE, 0f);
  }
}
