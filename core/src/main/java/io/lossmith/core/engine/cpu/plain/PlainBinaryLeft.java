package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.op.Binary;

/**
 * Elementwise loops on one number and an operand on its right; built as in {@link PlainUnary}.
 * Where sides may be exchanged they are.
 */
final class PlainBinaryLeft {
  private PlainBinaryLeft() {}

  static int run(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    return switch (op) {
      case ADD, MULTIPLY, MAXIMUM, MINIMUM, EQUAL, NOT_EQUAL ->
          PlainBinaryRight.run(op, b, bo, a, out, oo, n);
      case SUBTRACT -> subtract(a, b, bo, out, oo, n);
      case DIVIDE -> divide(a, b, bo, out, oo, n);
      case POWER -> power(a, b, bo, out, oo, n);
      case LESS -> less(a, b, bo, out, oo, n);
      case LESS_EQUAL -> lessEqual(a, b, bo, out, oo, n);
    };
  }

  private static int subtract(float a, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a - b[bo + i];
    }
    return n;
  }

  private static int divide(float a, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a / b[bo + i];
    }
    return n;
  }

  private static int power(float a, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) Math.pow(a, b[bo + i]);
    }
    return n;
  }

  private static int less(float a, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a < b[bo + i] ? 1 : 0;
    }
    return n;
  }

  private static int lessEqual(float a, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a <= b[bo + i] ? 1 : 0;
    }
    return n;
  }
}
