package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Powers of e over rows, what softmax is made of: of whole vectors. */
final class SimdExponentials {
  private SimdExponentials() {}

  /** {@code n} elements of each row. */
  static void exp(
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
    Arrays.fill(sum, so, so + n, 0f);
    for (int r = 0; r < rows; r++) {
      expRow(a, ao + r * as, m, mo, out, oo + r * os, sum, so, n);
    }
  }

  private static void expRow(
      float[] a, int ao, float[] m, int mo, float[] out, int oo, float[] sum, int so, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector e =
          SimdMath.exp(
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .sub(FloatVector.fromArray(SPECIES, m, mo + i)));
      e.intoArray(out, oo + i);
      FloatVector.fromArray(SPECIES, sum, so + i).add(e).intoArray(sum, so + i);
    }
  }

  /** The same where a − m is at most 0. */
  static void expBelowOne(
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
    Arrays.fill(sum, so, so + n, 0f);
    for (int r = 0; r < rows; r++) {
      expBelowOneRow(a, ao + r * as, m, mo, out, oo + r * os, sum, so, n);
    }
  }

  private static void expBelowOneRow(
      float[] a, int ao, float[] m, int mo, float[] out, int oo, float[] sum, int so, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector e =
          SimdMath.expBelowOne(
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .sub(FloatVector.fromArray(SPECIES, m, mo + i)));
      e.intoArray(out, oo + i);
      FloatVector.fromArray(SPECIES, sum, so + i).add(e).intoArray(sum, so + i);
    }
  }

  /** out = e^(a − m) · s. */
  static void scaledExp(
      float[] a,
      int ao,
      float[] m,
      int mo,
      boolean isBelowOne,
      float[] s,
      int so,
      float[] out,
      int oo,
      int n) {
    if (isBelowOne) {
      scaledExpBelowOne(a, ao, m, mo, s, so, out, oo, n);
    } else {
      scaledExp(a, ao, m, mo, s, so, out, oo, n);
    }
  }

  private static void scaledExp(
      float[] a, int ao, float[] m, int mo, float[] s, int so, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector e =
          SimdMath.exp(
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .sub(FloatVector.fromArray(SPECIES, m, mo + i)));
      e.mul(FloatVector.fromArray(SPECIES, s, so + i)).intoArray(out, oo + i);
    }
  }

  /** The same where a − m is at most 0. */
  private static void scaledExpBelowOne(
      float[] a, int ao, float[] m, int mo, float[] s, int so, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector e =
          SimdMath.expBelowOne(
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .sub(FloatVector.fromArray(SPECIES, m, mo + i)));
      e.mul(FloatVector.fromArray(SPECIES, s, so + i)).intoArray(out, oo + i);
    }
  }
}
