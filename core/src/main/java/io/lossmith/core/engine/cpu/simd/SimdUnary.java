package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.all;
import static io.lossmith.core.engine.cpu.simd.Lanes.load;

import io.lossmith.core.op.Unary;
import jdk.incubator.vector.FloatVector;

/**
 * Elementwise loops on one operand, of at least {@link Lanes#LANES} elements.
 *
 * <p>Every loop has the same three parts. The last vector ends with the stretch, so it overlaps its
 * neighbour where the length is not a whole number of vectors: no scalar tail, and each element is
 * computed in the same way wherever it stands. It is computed first, because the loop may overwrite
 * its operands, and stored last. A loop returns the length, so that the choice among them can be an
 * expression and the compiler asks for a missing constant.
 */
final class SimdUnary {
  private SimdUnary() {}

  static int run(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    return switch (op) {
      case NEGATE -> negate(a, ao, out, oo, n);
      case ABS -> abs(a, ao, out, oo, n);
      case SIGN -> sign(a, ao, out, oo, n);
      case RELU -> relu(a, ao, out, oo, n);
      case SQUARE -> square(a, ao, out, oo, n);
      case SQRT -> sqrt(a, ao, out, oo, n);
      case RECIPROCAL -> reciprocal(a, ao, out, oo, n);
      case EXP -> SimdFunctions.exp(a, ao, out, oo, n);
      case LOG -> SimdFunctions.log(a, ao, out, oo, n);
      case LOG1P -> SimdFunctions.log1p(a, ao, out, oo, n);
      case SIGMOID -> SimdFunctions.sigmoid(a, ao, out, oo, n);
      case SOFTPLUS -> SimdFunctions.softplus(a, ao, out, oo, n);
      case TANH -> SimdFunctions.tanh(a, ao, out, oo, n);
      case ATAN -> SimdFunctions.atan(a, ao, out, oo, n);
      case FLOOR -> SimdFunctions.floor(a, ao, out, oo, n);
      case RINT -> SimdFunctions.rint(a, ao, out, oo, n);
    };
  }

  private static int negate(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).neg();
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).neg().intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int abs(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).abs();
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).abs().intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int sign(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = SimdMath.sign(load(a, ao + last));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.sign(load(a, ao + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int relu(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).max(0f);
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).max(0f).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int square(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = SimdMath.square(load(a, ao + last));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.square(load(a, ao + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int sqrt(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = load(a, ao + last).sqrt();
    for (int i = 0; i < last; i += LANES) {
      load(a, ao + i).sqrt().intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int reciprocal(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = all(1f).div(load(a, ao + last));
    for (int i = 0; i < last; i += LANES) {
      all(1f).div(load(a, ao + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }
}
