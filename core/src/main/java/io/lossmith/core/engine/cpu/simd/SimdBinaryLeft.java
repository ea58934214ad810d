package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.Binary;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementwise loops on one number and an operand on its right, of at least {@link Lanes#LANES}
 * elements; built as in {@link SimdUnary}. Where sides may be exchanged they are.
 */
final class SimdBinaryLeft {
  private static final Loop[] LOOPS =
      Arrays.stream(Binary.values()).map(SimdBinaryLeft::loop).toArray(Loop[]::new);

  private SimdBinaryLeft() {}

  private interface Loop {
    int run(float a, float[] b, int bo, float[] out, int oo, int n);
  }

  static int run(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    return LOOPS[op.ordinal()].run(a, b, bo, out, oo, n);
  }

  private static Loop loop(Binary op) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD, MULTIPLY, MAXIMUM, MINIMUM, EQUAL, NOT_EQUAL ->
          (a, b, bo, out, oo, n) -> SimdBinaryRight.run(op, b, bo, a, out, oo, n);
      case SUBTRACT -> SimdBinaryLeft::subtract;
      case DIVIDE -> SimdBinaryLeft::divide;
      case POWER -> ScalarLoops::power;
      case LESS -> SimdBinaryLeft::less;
      case LESS_EQUAL -> SimdBinaryLeft::lessEqual;
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int subtract(float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector left = FloatVector.broadcast(SPECIES, a);
    FloatVector tail = left.sub(FloatVector.fromArray(SPECIES, b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      left.sub(FloatVector.fromArray(SPECIES, b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int divide(float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector left = FloatVector.broadcast(SPECIES, a);
    FloatVector tail = left.div(FloatVector.fromArray(SPECIES, b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      left.div(FloatVector.fromArray(SPECIES, b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int less(float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector left = FloatVector.broadcast(SPECIES, a);
    FloatVector tail =
        zero.blend(
            one, left.compare(VectorOperators.LT, FloatVector.fromArray(SPECIES, b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, left.compare(VectorOperators.LT, FloatVector.fromArray(SPECIES, b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int lessEqual(float a, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector left = FloatVector.broadcast(SPECIES, a);
    FloatVector tail =
        zero.blend(
            one, left.compare(VectorOperators.LE, FloatVector.fromArray(SPECIES, b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, left.compare(VectorOperators.LE, FloatVector.fromArray(SPECIES, b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }
  // end
}
