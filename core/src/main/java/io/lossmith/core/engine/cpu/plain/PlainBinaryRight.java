package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Binary;

/** Elementwise loops on an operand and one number on its right; built as in {@link PlainUnary}. */
final class PlainBinaryRight {
  private PlainBinaryRight() {}

  static void run(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    float[] x = Scratch.mine().x;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, x, 0, m);
      inPlace(op, x, b, m);
      System.arraycopy(x, 0, out, oo + from, m);
    }
  }

  /** x = op(x, b). */
  static int inPlace(Binary op, float[] x, float b, int n) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD -> add(x, b, n);
      case SUBTRACT -> subtract(x, b, n);
      case MULTIPLY -> multiply(x, b, n);
      case DIVIDE -> divide(x, b, n);
      case MAXIMUM -> maximum(x, b, n);
      case MINIMUM -> minimum(x, b, n);
      case POWER -> power(x, b, n);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException(op + " compares: see PlainChoices");
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int add(float[] x, float b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] + b;
    }
    return n;
  }

  private static int subtract(float[] x, float b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] - b;
    }
    return n;
  }

  private static int multiply(float[] x, float b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * b;
    }
    return n;
  }

  private static int divide(float[] x, float b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] / b;
    }
    return n;
  }

  private static int maximum(float[] x, float b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(x[i], b);
    }
    return n;
  }

  private static int minimum(float[] x, float b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.min(x[i], b);
    }
    return n;
  }

  private static int power(float[] x, float b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = (float) Math.pow(x[i], b);
    }
    return n;
  }
  // end
}
