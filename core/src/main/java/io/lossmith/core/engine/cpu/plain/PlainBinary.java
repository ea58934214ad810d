package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Binary;

/** Elementwise loops on two operands; built as in {@link PlainUnary}. */
final class PlainBinary {
  private PlainBinary() {}

  static void run(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, s.x, 0, m);
      System.arraycopy(b, bo + from, s.y, 0, m);
      inPlace(op, s.x, s.y, m);
      System.arraycopy(s.x, 0, out, oo + from, m);
    }
  }

  /** x = op(x, y). */
  private static int inPlace(Binary op, float[] x, float[] y, int n) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD -> add(x, y, n);
      case SUBTRACT -> subtract(x, y, n);
      case MULTIPLY -> multiply(x, y, n);
      case DIVIDE -> divide(x, y, n);
      case MAXIMUM -> maximum(x, y, n);
      case MINIMUM -> minimum(x, y, n);
      case POWER -> power(x, y, n);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException(op + " compares: see PlainChoices");
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int add(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] + y[i];
    }
    return n;
  }

  private static int subtract(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] - y[i];
    }
    return n;
  }

  private static int multiply(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * y[i];
    }
    return n;
  }

  private static int divide(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] / y[i];
    }
    return n;
  }

  private static int maximum(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(x[i], y[i]);
    }
    return n;
  }

  private static int minimum(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.min(x[i], y[i]);
    }
    return n;
  }

  private static int power(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = (float) Math.pow(x[i], y[i]);
    }
    return n;
  }
  // end
}
