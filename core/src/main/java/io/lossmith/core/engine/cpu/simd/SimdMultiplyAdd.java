package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.all;
import static io.lossmith.core.engine.cpu.simd.Lanes.load;

import jdk.incubator.vector.FloatVector;

/**
 * Products with an addend, of at least {@link Lanes#LANES} elements; built as in {@link SimdUnary}.
 * Two instructions rather than a fused one: memory is the limit, and where the processor has none
 * the fused one is a hundred times slower.
 */
final class SimdMultiplyAdd {
  private SimdMultiplyAdd() {}

  static void run(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).mul(load(b, bo + last)).add(load(c, co + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).mul(load(b, bo + i)).add(load(c, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float b, float[] c, int co, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector factor = all(b);
    FloatVector tail = load(a, ao + last).mul(factor).add(load(c, co + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).mul(factor).add(load(c, co + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector addend = all(c);
    FloatVector tail = load(a, ao + last).mul(load(b, bo + last)).add(addend);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).mul(load(b, bo + i)).add(addend).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void run(float[] a, int ao, float b, float c, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector factor = all(b);
    FloatVector addend = all(c);
    FloatVector tail = load(a, ao + last).mul(factor).add(addend);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).mul(factor).add(addend).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }
}
