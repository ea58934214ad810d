package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Binary;

/**
 * Elementwise loops on one number and an operand on its right; built as in {@link PlainUnary}.
 * Where sides may be exchanged they are.
 */
public final class PlainBinaryLeft {
  private PlainBinaryLeft() {}

  /** out = op of both. */
  public static void run(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    if (op.isComparison()) {
      PlainChoices.compare(op, a, b, bo, out, oo, n);
      return;
    }
    float[] block = Scratch.mine().x;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(b, bo + from, block, m);
      float[] to = Scratch.target(out, oo + from, block);
      run(op, a, x, to, m);
      Scratch.bring(to, out, oo + from, m);
    }
  }

  /** to = op(a, x). */
  private static int run(Binary op, float a, float[] x, float[] to, int n) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD, MULTIPLY, MAXIMUM, MINIMUM -> PlainBinaryRight.run(op, x, a, to, n);
      case SUBTRACT -> subtract(a, x, to, n);
      case DIVIDE -> divide(a, x, to, n);
      case POWER -> power(a, x, to, n);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException(op + " compares: see PlainChoices");
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int subtract(float a, float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = a - x[i];
    }
    return n;
  }

  private static int divide(float a, float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = a / x[i];
    }
    return n;
  }

  private static int power(float a, float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = (float) Math.pow(a, x[i]);
    }
    return n;
  }
  // end
}
