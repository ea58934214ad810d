package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.Binary;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Elementwise loops on two operands, of at least {@link Lanes#LANES} elements; built as in {@link
 * SimdUnary}.
 */
final class SimdBinary {
  private static final Loop[] LOOPS =
      Arrays.stream(Binary.values()).map(SimdBinary::loop).toArray(Loop[]::new);

  private SimdBinary() {}

  private interface Loop {
    int run(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);
  }

  static int run(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    return LOOPS[op.ordinal()].run(a, ao, b, bo, out, oo, n);
  }

  private static Loop loop(Binary op) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD -> SimdBinary::add;
      case SUBTRACT -> SimdBinary::subtract;
      case MULTIPLY -> SimdBinary::multiply;
      case DIVIDE -> SimdBinary::divide;
      case MAXIMUM -> SimdBinary::maximum;
      case MINIMUM -> SimdBinary::minimum;
      case POWER -> ScalarLoops::power;
      case EQUAL -> SimdComparisons::equal;
      case NOT_EQUAL -> SimdComparisons::notEqual;
      case LESS -> SimdComparisons::less;
      case LESS_EQUAL -> SimdComparisons::lessEqual;
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .add(FloatVector.fromArray(SPECIES, b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .add(FloatVector.fromArray(SPECIES, b, bo + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int subtract(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .sub(FloatVector.fromArray(SPECIES, b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .sub(FloatVector.fromArray(SPECIES, b, bo + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .mul(FloatVector.fromArray(SPECIES, b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .mul(FloatVector.fromArray(SPECIES, b, bo + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int divide(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .div(FloatVector.fromArray(SPECIES, b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .div(FloatVector.fromArray(SPECIES, b, bo + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int maximum(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .max(FloatVector.fromArray(SPECIES, b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .max(FloatVector.fromArray(SPECIES, b, bo + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int minimum(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.fromArray(SPECIES, a, ao + last)
            .min(FloatVector.fromArray(SPECIES, b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i)
          .min(FloatVector.fromArray(SPECIES, b, bo + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }
  // end
}
