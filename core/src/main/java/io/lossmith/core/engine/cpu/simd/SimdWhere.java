package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.all;
import static io.lossmith.core.engine.cpu.simd.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Choices, of at least {@link Lanes#LANES} elements; built as in {@link SimdUnary}. */
final class SimdWhere {
  private SimdWhere() {}

  static void run(
      float[] condition, int co, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(b, bo + last).blend(load(a, ao + last), not0(condition, co + last));
    for (int i = 0; i < last; i += LANES) {
      load(b, bo + i).blend(load(a, ao + i), not0(condition, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(
      float[] condition, int co, float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector chosen = all(a);
    FloatVector tail = load(b, bo + last).blend(chosen, not0(condition, co + last));
    for (int i = 0; i < last; i += LANES) {
      load(b, bo + i).blend(chosen, not0(condition, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(
      float[] condition, int co, float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector otherwise = all(b);
    FloatVector tail = otherwise.blend(load(a, ao + last), not0(condition, co + last));
    for (int i = 0; i < last; i += LANES) {
      otherwise.blend(load(a, ao + i), not0(condition, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] condition, int co, float a, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector chosen = all(a);
    FloatVector otherwise = all(b);
    FloatVector tail = otherwise.blend(chosen, not0(condition, co + last));
    for (int i = 0; i < last; i += LANES) {
      otherwise.blend(chosen, not0(condition, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  private static VectorMask<Float> not0(float[] condition, int at) {
    return load(condition, at).compare(VectorOperators.NE, 0f);
  }
}
