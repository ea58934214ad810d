package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.all;
import static io.lossmith.core.engine.cpu.simd.Lanes.load;

import io.lossmith.core.op.Binary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementwise loops on an operand and one number on its right, of at least {@link Lanes#LANES}
 * elements; built as in {@link SimdUnary}.
 */
final class SimdBinaryRight {
  private SimdBinaryRight() {}

  static int run(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    return switch (op) {
      case ADD -> add(a, ao, b, out, oo, n);
      case SUBTRACT -> subtract(a, ao, b, out, oo, n);
      case MULTIPLY -> multiply(a, ao, b, out, oo, n);
      case DIVIDE -> divide(a, ao, b, out, oo, n);
      case MAXIMUM -> maximum(a, ao, b, out, oo, n);
      case MINIMUM -> minimum(a, ao, b, out, oo, n);
      case POWER -> SimdPower.run(a, ao, b, out, oo, n);
      case EQUAL -> equal(a, ao, b, out, oo, n);
      case NOT_EQUAL -> notEqual(a, ao, b, out, oo, n);
      case LESS -> less(a, ao, b, out, oo, n);
      case LESS_EQUAL -> lessEqual(a, ao, b, out, oo, n);
    };
  }

  private static int add(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = load(a, ao + last).add(right);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).add(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int subtract(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = load(a, ao + last).sub(right);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).sub(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int multiply(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = load(a, ao + last).mul(right);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).mul(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int divide(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = load(a, ao + last).div(right);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).div(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int maximum(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = load(a, ao + last).max(right);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).max(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int minimum(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = load(a, ao + last).min(right);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).min(right).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int equal(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = SimdMath.oneIf(load(a, ao + last).compare(VectorOperators.EQ, right));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(load(a, ao + i).compare(VectorOperators.EQ, right)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int notEqual(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = SimdMath.oneIf(load(a, ao + last).compare(VectorOperators.NE, right));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(load(a, ao + i).compare(VectorOperators.NE, right)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int less(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = SimdMath.oneIf(load(a, ao + last).compare(VectorOperators.LT, right));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(load(a, ao + i).compare(VectorOperators.LT, right)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int lessEqual(float[] a, int ao, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector right = all(b);
    FloatVector tail = SimdMath.oneIf(load(a, ao + last).compare(VectorOperators.LE, right));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.oneIf(load(a, ao + i).compare(VectorOperators.LE, right)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }
}
