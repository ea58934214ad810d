package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.all;
import static io.lossmith.core.engine.cpu.simd.Lanes.load;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.op.Binary;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementwise loops on two operands, of at least {@link Lanes#LANES} elements; built as in {@link
 * SimdUnary}.
 */
final class SimdBinary {
  private static final Kernels PLAIN = new PlainKernels();

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
      case ADD -> SimdBinary::add;
      case SUBTRACT -> SimdBinary::subtract;
      case MULTIPLY -> SimdBinary::multiply;
      case DIVIDE -> SimdBinary::divide;
      case MAXIMUM -> SimdBinary::maximum;
      case MINIMUM -> SimdBinary::minimum;
      case POWER -> SimdBinary::power;
      case EQUAL -> SimdBinary::equal;
      case NOT_EQUAL -> SimdBinary::notEqual;
      case LESS -> SimdBinary::less;
      case LESS_EQUAL -> SimdBinary::lessEqual;
    };
  }

  private static int add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).add(load(b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).add(load(b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int subtract(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).sub(load(b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).sub(load(b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).mul(load(b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).mul(load(b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int divide(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).div(load(b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).div(load(b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int maximum(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).max(load(b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).max(load(b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int minimum(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).min(load(b, bo + last));
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).min(load(b, bo + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int equal(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = all(0f);
    FloatVector one = all(1f);
    FloatVector tail =
        zero.blend(one, load(a, ao + last).compare(VectorOperators.EQ, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, load(a, ao + i).compare(VectorOperators.EQ, load(b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int notEqual(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = all(0f);
    FloatVector one = all(1f);
    FloatVector tail =
        zero.blend(one, load(a, ao + last).compare(VectorOperators.NE, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, load(a, ao + i).compare(VectorOperators.NE, load(b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int less(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = all(0f);
    FloatVector one = all(1f);
    FloatVector tail =
        zero.blend(one, load(a, ao + last).compare(VectorOperators.LT, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, load(a, ao + i).compare(VectorOperators.LT, load(b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int lessEqual(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector zero = all(0f);
    FloatVector one = all(1f);
    FloatVector tail =
        zero.blend(one, load(a, ao + last).compare(VectorOperators.LE, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      zero.blend(one, load(a, ao + i).compare(VectorOperators.LE, load(b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  /** An exponent for each element is rare. */
  private static int power(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    PLAIN.binary(Binary.POWER, a, ao, b, bo, out, oo, n);
    return n;
  }
}
