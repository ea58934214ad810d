package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.engine.cpu.kernel.Quotient;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Quotients that are taken where the divisor is large enough. */
final class SimdQuotient {
  private SimdQuotient() {}

  static void run(
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
    int last = n - LANES;
    FloatVector least = FloatVector.broadcast(SPECIES, q.low());
    FloatVector factor = FloatVector.broadcast(SPECIES, q.factor());
    FloatVector tail =
        quotient(
            FloatVector.fromArray(SPECIES, a, ao + last),
            FloatVector.fromArray(SPECIES, b, bo + last),
            least,
            FloatVector.fromArray(SPECIES, c, co + last),
            factor);
    for (int i = 0; i < last; i += LANES) {
      quotient(
              FloatVector.fromArray(SPECIES, a, ao + i),
              FloatVector.fromArray(SPECIES, b, bo + i),
              least,
              FloatVector.fromArray(SPECIES, c, co + i),
              factor)
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  private static FloatVector quotient(
      FloatVector a, FloatVector b, FloatVector low, FloatVector c, FloatVector factor) {
    return c.blend(a.div(b), b.compare(VectorOperators.GE, low)).mul(factor);
  }
}
