package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Binary;

/** Elementwise loops on an operand and one number on its right; built as in {@link PlainUnary}. */
public final class PlainBinaryRight {
  private PlainBinaryRight() {}

  /** out = op of both. */
  public static void run(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    if (op.isComparison()) {
      PlainChoices.compare(op, a, ao, b, out, oo, n);
      return;
    }
    float[] block = Scratch.mine().x;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, block, m);
      float[] to = Scratch.target(out, oo + from, block);
      run(op, x, b, to, m);
      Scratch.bring(to, out, oo + from, m);
    }
  }

  /** to = op(x, b). */
  static int run(Binary op, float[] x, float b, float[] to, int n) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD -> add(x, b, to, n);
      case SUBTRACT -> subtract(x, b, to, n);
      case MULTIPLY -> multiply(x, b, to, n);
      case DIVIDE -> divide(x, b, to, n);
      case MAXIMUM -> maximum(x, b, to, n);
      case MINIMUM -> minimum(x, b, to, n);
      case POWER -> power(x, b, to, n);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException(op + " compares: see PlainChoices");
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int add(float[] x, float b, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] + b;
    }
    return n;
  }

  private static int subtract(float[] x, float b, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] - b;
    }
    return n;
  }

  private static int multiply(float[] x, float b, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] * b;
    }
    return n;
  }

  private static int divide(float[] x, float b, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] / b;
    }
    return n;
  }

  private static int maximum(float[] x, float b, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.max(x[i], b);
    }
    return n;
  }

  private static int minimum(float[] x, float b, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.min(x[i], b);
    }
    return n;
  }

  private static int power(float[] x, float b, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = (float) Math.pow(x[i], b);
    }
    return n;
  }
  // end
}
