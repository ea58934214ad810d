package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.op.Unary;

/**
 * Elementwise loops on one operand over short stretches, for functions that plain Java computes by
 * other polynomials than vectors do: these give the bits of the vectors.
 */
final class ScalarUnary {
  private ScalarUnary() {}

  /** Returns whether the loop is here; where it is not, plain Java gives these bits. */
  static boolean run(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    return switch (op) {
      // ElementwiseLoops: cases
      case EXP -> exp(a, ao, out, oo, n);
      case LOG -> log(a, ao, out, oo, n);
      case LOG1P -> log1p(a, ao, out, oo, n);
      case SIGMOID -> sigmoid(a, ao, out, oo, n);
      case SOFTPLUS -> softplus(a, ao, out, oo, n);
      case TANH -> tanh(a, ao, out, oo, n);
      case ATAN -> atan(a, ao, out, oo, n);
      case NEGATE, ABS, SIGN, RELU, SQUARE, SQRT, RECIPROCAL, FLOOR, RINT -> false;
        // end
    };
  }

  // ElementwiseLoops: loops

  private static boolean exp(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarMath.exp(a[ao + i]);
    }
    return true;
  }

  private static boolean log(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarLog.log(a[ao + i]);
    }
    return true;
  }

  private static boolean log1p(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarLog.log1p(a[ao + i]);
    }
    return true;
  }

  private static boolean sigmoid(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarMath.sigmoid(a[ao + i]);
    }
    return true;
  }

  private static boolean softplus(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarMath.softplus(a[ao + i]);
    }
    return true;
  }

  private static boolean tanh(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarMath.tanh(a[ao + i]);
    }
    return true;
  }

  private static boolean atan(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarMath.atan(a[ao + i]);
    }
    return true;
  }
  // end
}
