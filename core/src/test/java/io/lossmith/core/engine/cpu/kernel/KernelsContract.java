package io.lossmith.core.engine.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Rounding;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all kernels owe on elementwise operations: the formulas of the operations. */
public abstract class KernelsContract {
  private static final int AO = 3;
  private static final int BO = 5;
  private static final int CO = 1;
  private static final int OO = 2;
  private static final float UNTOUCHED = 12345.678f;

  /** The error is relative to the terms, which are below 100 here, not to their sum. */
  private static final double MAY_CANCEL = -1;

  protected abstract Kernels kernels();

  /** A loop over one stretch with three operands, of which it may ignore some. */
  private interface Loop {
    void run(float[] a, float[] b, float[] c, float[] out, int oo, int n);
  }

  private interface Formula {
    double apply(double a, double b, double c);
  }

  @ParameterizedTest
  @EnumSource
  void unaryIsItsFormula(Unary op) {
    double scale = op == Unary.EXP || op == Unary.SIGMOID || op == Unary.SOFTPLUS ? 20 : 3;
    check(
        op.label(),
        (a, b, c, out, oo, n) -> kernels().unary(op, a, AO, out, oo, n),
        (a, b, c) -> op.apply(a),
        error(op),
        scale);
  }

  @ParameterizedTest
  @EnumSource
  void unaryIsRightAtSpecialValues(Unary op) {
    float[] a = Samples.special();
    for (int shift = 0; shift < a.length; shift++) {
      float[] turned = turned(a, shift);
      float[] out = new float[a.length];
      kernels().unary(op, turned, 0, out, 0, a.length);
      for (int i = 0; i < a.length; i++) {
        expect(op.label(), i, out[i], op.apply(turned[i]), error(op), turned[i], 0);
      }
    }
  }

  /**
   * Vector code is plain Java until the compiler replaces it, by other code for e to the power x.
   */
  @ParameterizedTest
  @EnumSource
  void unaryStaysRightOnceCompiled(Unary op) {
    float[] special = Samples.special();
    float[] a = Arrays.copyOf(special, 1024);
    System.arraycopy(Samples.random(1024, 10, 1), 0, a, special.length, 1024 - special.length);
    float[] out = new float[1024];
    for (int round = 0; round < 5000; round++) {
      kernels().unary(op, a, 0, out, 0, 1024);
    }
    for (int i = 0; i < 1024; i++) {
      expect(op.label(), i, out[i], op.apply(a[i]), error(op), a[i], 0);
    }
  }

  /** Ordinary numbers have a shorter way, which one special value among them closes. */
  @ParameterizedTest
  @EnumSource(
      value = Unary.class,
      names = {"LOG", "LOG1P"})
  void logarithmsAreRightBesideSpecialValues(Unary op) {
    int n = 101;
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = 0.01f + i;
    }
    for (int k = 0; k < Samples.special().length; k++) {
      int at = k * 7 % n;
      float[] x = a.clone();
      x[at] = Samples.special()[k];
      float[] is = new float[n];
      kernels().unary(op, x, 0, is, 0, n);
      for (int i = 0; i < n; i++) {
        expect(op.label(), i, is[i], op.apply(x[i]), error(op), x[i], 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void binaryStaysRightOnceCompiled(Binary op) {
    float[] special = Samples.special();
    float[] a = new float[special.length * special.length];
    float[] b = a.clone();
    for (int i = 0; i < a.length; i++) {
      a[i] = special[i / special.length];
      b[i] = special[i % special.length];
    }
    float[] out = new float[a.length];
    for (int round = 0; round < 1000; round++) {
      kernels().binary(op, a, 0, b, 0, out, 0, a.length);
    }
    for (int i = 0; i < a.length; i++) {
      double error = error(op);
      expect(op.label(), i, out[i], op.apply(a[i], b[i]), error, a[i], b[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void binaryIsItsFormula(Binary op) {
    double error = error(op);
    float number = 1.75f;
    Formula formula = (a, b, c) -> op.apply(a, b);
    check(
        op.label(),
        (a, b, c, out, oo, n) -> kernels().binary(op, a, AO, b, BO, out, oo, n),
        formula,
        error,
        3);
    check(
        op.label() + " number",
        (a, b, c, out, oo, n) -> kernels().binary(op, a, AO, number, out, oo, n),
        (a, b, c) -> op.apply(a, number),
        error,
        3);
    checkOnB(
        op.label() + " with a number on the left",
        (a, b, c, out, oo, n) -> kernels().binary(op, number, b, BO, out, oo, n),
        (a, b, c) -> op.apply(number, b),
        error);
  }

  @ParameterizedTest
  @EnumSource
  void binaryIsRightAtSpecialValues(Binary op) {
    double error = error(op);
    float[] a = Samples.special();
    float[] out = new float[a.length];
    for (int shift = 0; shift < a.length; shift++) {
      float[] b = turned(a, shift);
      kernels().binary(op, a, 0, b, 0, out, 0, a.length);
      for (int i = 0; i < a.length; i++) {
        expect(op.label(), i, out[i], op.apply(a[i], b[i]), error, a[i], b[i]);
      }
      kernels().binary(op, a, 0, b[0], out, 0, a.length);
      for (int i = 0; i < a.length; i++) {
        expect(op.label() + " number", i, out[i], op.apply(a[i], b[0]), error, a[i], b[0]);
      }
      kernels().binary(op, b[0], a, 0, out, 0, a.length);
      for (int i = 0; i < a.length; i++) {
        expect("number " + op.label(), i, out[i], op.apply(b[0], a[i]), error, b[0], a[i]);
      }
    }
  }

  @Test
  void whereChoosesAndLetsNothingElseThrough() {
    float x = 2.5f;
    float y = Float.NaN;
    Formula formula = Where.WHERE::apply;
    check(
        "where",
        (a, b, c, out, oo, n) -> kernels().where(a, AO, b, BO, c, CO, out, oo, n),
        formula,
        0,
        3);
    check(
        "where number, array",
        (a, b, c, out, oo, n) -> kernels().where(a, AO, x, c, CO, out, oo, n),
        (a, b, c) -> formula.apply(a, x, c),
        0,
        3);
    check(
        "where array, number",
        (a, b, c, out, oo, n) -> kernels().where(a, AO, b, BO, y, out, oo, n),
        (a, b, c) -> formula.apply(a, b, y),
        0,
        3);
    check(
        "where number, number",
        (a, b, c, out, oo, n) -> kernels().where(a, AO, x, y, out, oo, n),
        (a, b, c) -> formula.apply(a, x, y),
        0,
        3);
  }

  @Test
  void whereTakesNaNAsTrueAndBothZerosAsFalse() {
    float[] condition = turned(new float[67], 0);
    float[] out = new float[67];
    float[] signs = {0f, -0f, Float.NaN, 1f, -1f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < 67; i++) {
      condition[i] = signs[i % signs.length];
    }
    kernels().where(condition, 0, 7f, 9f, out, 0, 67);
    for (int i = 0; i < 67; i++) {
      assertThat(out[i]).as("at %s", condition[i]).isEqualTo(i % signs.length < 2 ? 9f : 7f);
    }
  }

  @Test
  void multiplyAddIsItsFormula() {
    float x = 1.25f;
    float y = -0.75f;
    check(
        "a·b + c",
        (a, b, c, out, oo, n) -> kernels().multiplyAdd(a, AO, b, BO, c, CO, out, oo, n),
        (a, b, c) -> a * b + c,
        MAY_CANCEL,
        3);
    check(
        "a·x + c",
        (a, b, c, out, oo, n) -> kernels().multiplyAdd(a, AO, x, c, CO, out, oo, n),
        (a, b, c) -> a * x + c,
        MAY_CANCEL,
        3);
    check(
        "a·b + y",
        (a, b, c, out, oo, n) -> kernels().multiplyAdd(a, AO, b, BO, y, out, oo, n),
        (a, b, c) -> a * b + y,
        MAY_CANCEL,
        3);
    check(
        "a·x + y",
        (a, b, c, out, oo, n) -> kernels().multiplyAdd(a, AO, x, y, out, oo, n),
        (a, b, c) -> a * x + y,
        MAY_CANCEL,
        3);
  }

  /** Relative error that each operation may have. */
  private static double error(Unary op) {
    return op.rounding() == Rounding.APPROXIMATE ? 5e-7 : 0;
  }

  private static double error(Binary op) {
    return op.rounding() == Rounding.APPROXIMATE ? 2e-6 : 0;
  }

  private void check(String what, Loop loop, Formula formula, double error, double scale) {
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] a = Samples.random(n + AO + 2, scale, n);
      float[] b = Samples.random(n + BO + 2, scale, n + 1);
      float[] c = Samples.random(n + CO + 2, scale, n + 2);
      float[] out = new float[n + OO + 3];
      Arrays.fill(out, UNTOUCHED);
      loop.run(a, b, c, out, OO, n);
      for (int i = 0; i < out.length; i++) {
        int k = i - OO;
        if (k < 0 || k >= n) {
          assertThat(out[i]).as("%s of %d writes outside, at %d", what, n, k).isEqualTo(UNTOUCHED);
        } else {
          double must = formula.apply(a[AO + k], b[BO + k], c[CO + k]);
          expect(what + " of " + n, k, out[i], must, error, a[AO + k], b[BO + k]);
        }
      }
      loop.run(a, b, c, a, AO, n);
      assertThat(Arrays.copyOfRange(a, AO, AO + n))
          .as("%s of %d in place", what, n)
          .isEqualTo(Arrays.copyOfRange(out, OO, OO + n));
    }
  }

  /** The same for a loop that reads b alone, which then is what it works in place on. */
  private void checkOnB(String what, Loop loop, Formula formula, double error) {
    check(what, loop, formula, error, 3);
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] b = Samples.random(n + BO + 2, 3, n);
      float[] out = new float[n];
      loop.run(b, b, b, out, 0, n);
      loop.run(b, b, b, b, BO, n);
      assertThat(Arrays.copyOfRange(b, BO, BO + n)).as("%s of %d in place", what, n).isEqualTo(out);
    }
  }

  private static void expect(
      String what, int i, float is, double must, double error, float a, float b) {
    boolean close =
        error == MAY_CANCEL ? Math.abs(is - must) < 1e-5 : Samples.close(is, must, error);
    assertThat(close)
        .as("%s at %d, operands %s and %s: is %s, must be %s", what, i, a, b, is, (float) must)
        .isTrue();
  }

  private static float[] turned(float[] a, int by) {
    float[] turned = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      turned[i] = a[(i + by) % a.length];
    }
    return turned;
  }
}
