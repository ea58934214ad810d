package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.all;
import static io.lossmith.core.engine.cpu.simd.Lanes.load;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.op.Binary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementwise loops on one number and an operand on its right, of at least {@link Lanes#LANES}
 * elements; built as in {@link SimdUnary}. Where sides may be exchanged they are.
 */
final class SimdBinaryLeft {
  private static final Kernels PLAIN = new PlainKernels();

  private SimdBinaryLeft() {}

  static int run(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    return switch (op) {
      case ADD, MULTIPLY, MAXIMUM, MINIMUM, EQUAL, NOT_EQUAL ->
          SimdBinaryRight.run(op, b, bo, a, out, oo, n);
      case SUBTRACT -> subtract(a, b, bo, out, oo, n);
      case DIVIDE -> divide(a, b, bo, out, oo, n);
      case POWER -> power(a, b, bo, out, oo, n);
      case LESS -> less(a, b, bo, out, oo, n);
      case LESS_EQUAL -> lessEqual(a, b, bo, out, oo, n);
    };
  }

  private static int subtract(float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector left = all(a);
    FloatVector tail = left.sub(load(b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      left.sub(load(b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int divide(float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector left = all(a);
    FloatVector tail = left.div(load(b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      left.div(load(b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int less(float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector left = all(a);
    FloatVector tail = SimdMath.oneIf(left.compare(VectorOperators.LT, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(left.compare(VectorOperators.LT, load(b, bo + i))).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int lessEqual(float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector left = all(a);
    FloatVector tail = SimdMath.oneIf(left.compare(VectorOperators.LE, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(left.compare(VectorOperators.LE, load(b, bo + i))).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  /** An exponent for each element is rare. */
  private static int power(float a, float[] b, int bo, float[] out, int oo, int n) {
    PLAIN.binary(Binary.POWER, a, b, bo, out, oo, n);
    return n;
  }
}
