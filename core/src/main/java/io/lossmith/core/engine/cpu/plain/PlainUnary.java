package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Unary;

/**
 * Elementwise loops on one operand. Each is short and its own, so that the compiler can turn it
 * into vector instructions. A loop returns the length, so that the choice among them can be an
 * expression and the compiler asks for a missing constant.
 */
public final class PlainUnary {
  private PlainUnary() {}

  /** out = op of a; returns n. */
  public static int run(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    return switch (op) {
      // ElementwiseLoops: cases
      case NEGATE -> inBlocks(PlainUnary::negate, a, ao, out, oo, n);
      case ABS -> inBlocks(PlainUnary::abs, a, ao, out, oo, n);
      case SIGN -> sign(a, ao, out, oo, n);
      case RELU -> inBlocks(PlainUnary::relu, a, ao, out, oo, n);
      case SQUARE -> inBlocks(PlainUnary::square, a, ao, out, oo, n);
      case SQRT -> inBlocks(PlainUnary::sqrt, a, ao, out, oo, n);
      case RECIPROCAL -> inBlocks(PlainUnary::reciprocal, a, ao, out, oo, n);
      case EXP -> PlainFunctions.exp(a, ao, out, oo, n);
      case LOG -> PlainFunctions.log(a, ao, out, oo, n);
      case LOG1P -> PlainFunctions.log1p(a, ao, out, oo, n);
      case SIGMOID -> PlainFunctions.sigmoid(a, ao, out, oo, n);
      case SOFTPLUS -> PlainFunctions.softplus(a, ao, out, oo, n);
      case TANH -> PlainFunctions.tanh(a, ao, out, oo, n);
      case ATAN -> atan(a, ao, out, oo, n);
      case FLOOR -> floor(a, ao, out, oo, n);
      case RINT -> rint(a, ao, out, oo, n);
        // end
    };
  }

  /** A loop over the first n elements of two arrays, or of one. */
  private interface Loop {
    int run(float[] x, float[] to, int n);
  }

  private static int inBlocks(Loop loop, float[] a, int ao, float[] out, int oo, int n) {
    float[] block = Scratch.mine().x;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, block, m);
      float[] to = Scratch.target(out, oo + from, block);
      loop.run(x, to, m);
      Scratch.bring(to, out, oo + from, m);
    }
    return n;
  }

  // ElementwiseLoops: loops

  private static int negate(float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = -x[i];
    }
    return n;
  }

  private static int abs(float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.abs(x[i]);
    }
    return n;
  }

  private static int sign(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.signum(a[ao + i]);
    }
    return n;
  }

  private static int relu(float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.max(x[i], 0f);
    }
    return n;
  }

  private static int square(float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] * x[i];
    }
    return n;
  }

  private static int sqrt(float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = (float) Math.sqrt(x[i]);
    }
    return n;
  }

  private static int reciprocal(float[] x, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = 1 / x[i];
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
  // end
}
