package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.op.Unary;

/**
 * Elementwise loops on one operand. Each is short and its own, so that the compiler can turn it
 * into vector instructions. A loop returns the length, so that the choice among them can be an
 * expression and the compiler asks for a missing constant.
 */
final class PlainUnary {
  private PlainUnary() {}

  static int run(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    return switch (op) {
      case NEGATE -> negate(a, ao, out, oo, n);
      case ABS -> abs(a, ao, out, oo, n);
      case SIGN -> sign(a, ao, out, oo, n);
      case RELU -> relu(a, ao, out, oo, n);
      case SQUARE -> square(a, ao, out, oo, n);
      case SQRT -> sqrt(a, ao, out, oo, n);
      case RECIPROCAL -> reciprocal(a, ao, out, oo, n);
      case EXP -> PlainFunctions.exp(a, ao, out, oo, n);
      case LOG -> PlainFunctions.log(a, ao, out, oo, n);
      case LOG1P -> PlainFunctions.log1p(a, ao, out, oo, n);
      case SIGMOID -> PlainFunctions.sigmoid(a, ao, out, oo, n);
      case SOFTPLUS -> PlainFunctions.softplus(a, ao, out, oo, n);
      case TANH -> PlainFunctions.tanh(a, ao, out, oo, n);
      case ATAN -> atan(a, ao, out, oo, n);
      case FLOOR -> floor(a, ao, out, oo, n);
      case RINT -> rint(a, ao, out, oo, n);
    };
  }

  private static int negate(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = -a[ao + i];
    }
    return n;
  }

  private static int abs(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.abs(a[ao + i]);
    }
    return n;
  }

  private static int sign(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.signum(a[ao + i]);
    }
    return n;
  }

  private static int relu(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.max(a[ao + i], 0f);
    }
    return n;
  }

  private static int square(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[ao + i];
      out[oo + i] = x * x;
    }
    return n;
  }

  private static int sqrt(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) Math.sqrt(a[ao + i]);
    }
    return n;
  }

  private static int reciprocal(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = 1 / a[ao + i];
    }
    return n;
  }

  private static int atan(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) Unary.ATAN.apply(a[ao + i]);
    }
    return n;
  }

  private static int floor(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) Unary.FLOOR.apply(a[ao + i]);
    }
    return n;
  }

  private static int rint(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) Unary.RINT.apply(a[ao + i]);
    }
    return n;
  }
}
