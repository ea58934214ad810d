package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Binary;

/** Elementwise loops on two operands; built as in {@link PlainUnary}. */
public final class PlainBinary {
  private PlainBinary() {}

  /** out = op of both. */
  public static void run(
      Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    if (op.isComparison()) {
      PlainChoices.compare(op, a, ao, b, bo, out, oo, n);
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] y = Scratch.atStart(b, bo + from, s.y, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      run(op, x, y, to, m);
      Scratch.bring(to, out, oo + from, m);
    }
  }

  /** to = op(x, y). */
  private static int run(Binary op, float[] x, float[] y, float[] to, int n) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD -> add(x, y, to, n);
      case SUBTRACT -> subtract(x, y, to, n);
      case MULTIPLY -> multiply(x, y, to, n);
      case DIVIDE -> divide(x, y, to, n);
      case MAXIMUM -> maximum(x, y, to, n);
      case MINIMUM -> minimum(x, y, to, n);
      case POWER -> power(x, y, to, n);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException(op + " compares: see PlainChoices");
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int add(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] + y[i];
    }
    return n;
  }

  private static int subtract(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] - y[i];
    }
    return n;
  }

  private static int multiply(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] * y[i];
    }
    return n;
  }

  private static int divide(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] / y[i];
    }
    return n;
  }

  private static int maximum(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.max(x[i], y[i]);
    }
    return n;
  }

  private static int minimum(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.min(x[i], y[i]);
    }
    return n;
  }

  private static int power(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = (float) Math.pow(x[i], y[i]);
    }
    return n;
  }
  // end
}
