package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.plain.PlainBinary;
import io.lossmith.core.engine.cpu.plain.PlainBinaryLeft;
import io.lossmith.core.engine.cpu.plain.PlainBinaryRight;
import io.lossmith.core.engine.cpu.plain.PlainUnary;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;

/**
 * Loops over short stretches that give the bits that vectors give. What is one operation of the
 * processor, or a few that plain Java does in the same order, it rounds alike; the functions of
 * {@link ScalarMath} it computes by other polynomials, so those have loops of their own here and in
 * {@link ScalarUnary}.
 */
final class ScalarLoops {
  private ScalarLoops() {}

  static void unary(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    if (!ScalarUnary.run(op, a, ao, out, oo, n)) {
      PlainUnary.run(op, a, ao, out, oo, n);
    }
  }

  static void binary(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    if (op == Binary.POWER) {
      power(a, ao, b, bo, out, oo, n);
    } else {
      PlainBinary.run(op, a, ao, b, bo, out, oo, n);
    }
  }

  static void binary(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    if (op == Binary.POWER) {
      power(a, ao, b, out, oo, n);
    } else {
      PlainBinaryRight.run(op, a, ao, b, out, oo, n);
    }
  }

  static void binary(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    if (op == Binary.POWER) {
      power(a, b, bo, out, oo, n);
    } else {
      PlainBinaryLeft.run(op, a, b, bo, out, oo, n);
    }
  }

  static int power(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarPower.power(a[ao + i], b[bo + i]);
    }
    return n;
  }

  static int power(float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarPower.power(a[ao + i], b);
    }
    return n;
  }

  static int power(float a, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarPower.power(a, b[bo + i]);
    }
    return n;
  }

  static void logistic(
      float[] a, int ao, float[] sigmoid, int so, float[] softplus, int po, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[ao + i];
      float e = ScalarMath.expOfMinusSize(x);
      sigmoid[so + i] = ScalarMath.sigmoid(x, e);
      softplus[po + i] = ScalarMath.logOfOnePlus(e);
    }
  }

  static void scaledExp(
      float[] a, int ao, float[] m, int mo, float[] s, int so, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = ScalarMath.exp(a[ao + i] - m[mo + i]) * s[so + i];
    }
  }

  static void expRows(
      float[] a,
      int ao,
      int as,
      float[] m,
      int mo,
      float[] out,
      int oo,
      int os,
      float[] sum,
      int so,
      int rows,
      int n) {
    for (int i = 0; i < n; i++) {
      float total = 0;
      for (int r = 0; r < rows; r++) {
        float e = ScalarMath.exp(a[ao + r * as + i] - m[mo + i]);
        out[oo + r * os + i] = e;
        total += e;
      }
      sum[so + i] = total;
    }
  }
}
