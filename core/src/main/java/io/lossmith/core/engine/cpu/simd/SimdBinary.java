package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.load;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.op.Binary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementwise loops on two operands, of at least {@link Lanes#LANES} elements; built as in {@link
 * SimdUnary}.
 */
final class SimdBinary {
  private static final Kernels PLAIN = new PlainKernels();

  private SimdBinary() {}

  static int run(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    return switch (op) {
      case ADD -> add(a, ao, b, bo, out, oo, n);
      case SUBTRACT -> subtract(a, ao, b, bo, out, oo, n);
      case MULTIPLY -> multiply(a, ao, b, bo, out, oo, n);
      case DIVIDE -> divide(a, ao, b, bo, out, oo, n);
      case MAXIMUM -> maximum(a, ao, b, bo, out, oo, n);
      case MINIMUM -> minimum(a, ao, b, bo, out, oo, n);
      case POWER -> power(a, ao, b, bo, out, oo, n);
      case EQUAL -> equal(a, ao, b, bo, out, oo, n);
      case NOT_EQUAL -> notEqual(a, ao, b, bo, out, oo, n);
      case LESS -> less(a, ao, b, bo, out, oo, n);
      case LESS_EQUAL -> lessEqual(a, ao, b, bo, out, oo, n);
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
    FloatVector tail =
        SimdMath.oneIf(load(a, ao + last).compare(VectorOperators.EQ, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(load(a, ao + i).compare(VectorOperators.EQ, load(b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int notEqual(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        SimdMath.oneIf(load(a, ao + last).compare(VectorOperators.NE, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(load(a, ao + i).compare(VectorOperators.NE, load(b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int less(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        SimdMath.oneIf(load(a, ao + last).compare(VectorOperators.LT, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(load(a, ao + i).compare(VectorOperators.LT, load(b, bo + i)))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int lessEqual(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        SimdMath.oneIf(load(a, ao + last).compare(VectorOperators.LE, load(b, bo + last)));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(load(a, ao + i).compare(VectorOperators.LE, load(b, bo + i)))
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
