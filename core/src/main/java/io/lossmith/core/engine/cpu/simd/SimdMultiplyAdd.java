package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.all;
import static io.lossmith.core.engine.cpu.simd.Lanes.load;

import jdk.incubator.vector.FloatVector;

/**
 * Products with an addend, of at least {@link Lanes#LANES} elements; built as in {@link SimdUnary}.
 */
final class SimdMultiplyAdd {
  private SimdMultiplyAdd() {}

  static void run(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).fma(load(b, bo + last), load(c, co + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).fma(load(b, bo + i), load(c, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float b, float[] c, int co, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector factor = all(b);
    FloatVector tail = load(a, ao + last).fma(factor, load(c, co + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).fma(factor, load(c, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector addend = all(c);
    FloatVector tail = load(a, ao + last).fma(load(b, bo + last), addend);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).fma(load(b, bo + i), addend).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float b, float c, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector factor = all(b);
    FloatVector addend = all(c);
    FloatVector tail = load(a, ao + last).fma(factor, addend);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).fma(factor, addend).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }
}
