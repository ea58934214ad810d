package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Binary;

/**
 * Elementwise loops on one number and an operand on its right; built as in {@link PlainUnary}.
 * Where sides may be exchanged they are.
 */
final class PlainBinaryLeft {
  private PlainBinaryLeft() {}

  static void run(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    float[] x = Scratch.mine().x;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(b, bo + from, x, 0, m);
      inPlace(op, a, x, m);
      System.arraycopy(x, 0, out, oo + from, m);
    }
  }

  /** x = op(a, x). */
  private static int inPlace(Binary op, float a, float[] x, int n) {
    return switch (op) {
      // ElementwiseLoops: cases
      case ADD, MULTIPLY, MAXIMUM, MINIMUM -> PlainBinaryRight.inPlace(op, x, a, n);
      case SUBTRACT -> subtract(a, x, n);
      case DIVIDE -> divide(a, x, n);
      case POWER -> power(a, x, n);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException(op + " compares: see PlainChoices");
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int subtract(float a, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = a - x[i];
    }
    return n;
  }

  private static int divide(float a, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = a / x[i];
    }
    return n;
  }

  private static int power(float a, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = (float) Math.pow(a, x[i]);
    }
    return n;
  }
  // end
}
