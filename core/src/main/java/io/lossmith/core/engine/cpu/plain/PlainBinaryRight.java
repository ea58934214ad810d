package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.op.Binary;

/** Elementwise loops on an operand and one number on its right; built as in {@link PlainUnary}. */
final class PlainBinaryRight {
  private PlainBinaryRight() {}

  static int run(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    return switch (op) {
      case ADD -> add(a, ao, b, out, oo, n);
      case SUBTRACT -> subtract(a, ao, b, out, oo, n);
      case MULTIPLY -> multiply(a, ao, b, out, oo, n);
      case DIVIDE -> divide(a, ao, b, out, oo, n);
      case MAXIMUM -> maximum(a, ao, b, out, oo, n);
      case MINIMUM -> minimum(a, ao, b, out, oo, n);
      case POWER -> power(a, ao, b, out, oo, n);
      case EQUAL -> equal(a, ao, b, out, oo, n);
      case NOT_EQUAL -> notEqual(a, ao, b, out, oo, n);
      case LESS -> less(a, ao, b, out, oo, n);
      case LESS_EQUAL -> lessEqual(a, ao, b, out, oo, n);
    };
  }

  private static int add(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] + b;
    }
    return n;
  }

  private static int subtract(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] - b;
    }
    return n;
  }

  private static int multiply(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] * b;
    }
    return n;
  }

  private static int divide(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] / b;
    }
    return n;
  }

  private static int maximum(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.max(a[ao + i], b);
    }
    return n;
  }

  private static int minimum(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.min(a[ao + i], b);
    }
    return n;
  }

  private static int power(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) Math.pow(a[ao + i], b);
    }
    return n;
  }

  private static int equal(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] == b ? 1 : 0;
    }
    return n;
  }

  private static int notEqual(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] != b ? 1 : 0;
    }
    return n;
  }

  private static int less(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] < b ? 1 : 0;
    }
    return n;
  }

  private static int lessEqual(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] <= b ? 1 : 0;
    }
    return n;
  }
}
