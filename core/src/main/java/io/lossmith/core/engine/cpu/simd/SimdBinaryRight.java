package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.Binary;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementwise loops on an operand and one number on its right, of at least {@link Lanes#LANES}
 * elements; built as in {@link SimdUnary}.
 */
final class SimdBinaryRight {
  private static final Loop[] LOOPS =
      Arrays.stream(Binary.values()).map(SimdBinaryRight::loop).toArray(Loop[]::new);

  private SimdBinaryRight() {}

  private interface Loop {
    int run(float[] a, int ao, float b, float[] out, int oo, int n);
  }

  static int run(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    return LOOPS[op.ordinal()].run(a, ao, b, out, oo, n);
  }

  private static Loop loop(Binary op) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD -> SimdBinaryRight::add;
      case SUBTRACT -> SimdBinaryRight::subtract;
      case MULTIPLY -> SimdBinaryRight::multiply;
      case DIVIDE -> SimdBinaryRight::divide;
      case MAXIMUM -> SimdBinaryRight::maximum;
      case MINIMUM -> SimdBinaryRight::minimum;
      case POWER -> SimdPower::run;
      case EQUAL -> SimdBinaryRight::equal;
      case NOT_EQUAL -> SimdBinaryRight::notEqual;
      case LESS -> SimdBinaryRight::less;
      case LESS_EQUAL -> SimdBinaryRight::lessEqual;
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int add(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).add(right);
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).add(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int subtract(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).sub(right);
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).sub(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int multiply(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).mul(right);
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).mul(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int divide(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).div(right);
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).div(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int maximum(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).max(right);
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).max(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int minimum(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).min(right);
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).min(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int equal(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail =
        zero.blend(
            one, FloatVector.fromArray(SPECIES, a, ao + last).compare(VectorOperators.EQ, right));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, FloatVector.fromArray(SPECIES, a, ao + i).compare(VectorOperators.EQ, right))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int notEqual(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail =
        zero.blend(
            one, FloatVector.fromArray(SPECIES, a, ao + last).compare(VectorOperators.NE, right));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, FloatVector.fromArray(SPECIES, a, ao + i).compare(VectorOperators.NE, right))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int less(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail =
        zero.blend(
            one, FloatVector.fromArray(SPECIES, a, ao + last).compare(VectorOperators.LT, right));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, FloatVector.fromArray(SPECIES, a, ao + i).compare(VectorOperators.LT, right))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int lessEqual(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector right = FloatVector.broadcast(SPECIES, b);
    FloatVector tail =
        zero.blend(
            one, FloatVector.fromArray(SPECIES, a, ao + last).compare(VectorOperators.LE, right));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, FloatVector.fromArray(SPECIES, a, ao + i).compare(VectorOperators.LE, right))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }
  // end
}
