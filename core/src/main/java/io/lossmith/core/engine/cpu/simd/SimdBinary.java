package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.Binary;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

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
      case EQUAL -> SimdBinary::equal;
      case NOT_EQUAL -> SimdBinary::notEqual;
      case LESS -> SimdBinary::less;
      case LESS_EQUAL -> SimdBinary::lessEqual;
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

  private static int equal(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
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

  private static int notEqual(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
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

  private static int less(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
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

  private static int lessEqual(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
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
