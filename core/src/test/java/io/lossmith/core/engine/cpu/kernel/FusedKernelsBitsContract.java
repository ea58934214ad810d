package io.lossmith.core.engine.cpu.kernel;

import static io.lossmith.core.engine.cpu.kernel.BitsContract.filled;
import static io.lossmith.core.engine.cpu.kernel.BitsContract.rows;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What all kernels owe on several operations at once beyond being right: the bits that the
 * operations give one by one, everywhere.
 */
public abstract class FusedKernelsBitsContract {
  protected abstract Kernels kernels();

  private void check(String what, Bits.Loop fused, Bits.Loop operations) {
    Bits.areTheSameEverywhere(what, fused);
    Bits.areTheSame(what, fused, operations);
  }

  @Test
  void clampIsAMinimumOfAMaximum() {
    for (float[] limits :
        new float[][] {{-0.5f, 0.75f}, {0, 0}, {-0f, 1}, {-0f, 0}, {0, 1}, {-1, 0}, {-1, -0f}}) {
      check(
          "clamp",
          (a, ao, b, bo, c, co, out, oo, n) ->
              kernels().fused().clamp(a, ao, limits[0], limits[1], out, oo, n),
          (a, ao, b, bo, c, co, out, oo, n) -> {
            kernels().binary(Binary.MAXIMUM, a, ao, limits[0], out, oo, n);
            kernels().binary(Binary.MINIMUM, out, oo, limits[1], out, oo, n);
          });
    }
  }

  @Test
  void sigmoidSlopeIsItsProducts() {
    check(
        "g·(p·(1 − p))",
        (a, ao, b, bo, c, co, out, oo, n) ->
            kernels().fused().sigmoidSlope(a, ao, b, bo, out, oo, n),
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] slope = new float[n];
          kernels().binary(Binary.SUBTRACT, 1, b, bo, slope, 0, n);
          kernels().binary(Binary.MULTIPLY, b, bo, slope, 0, slope, 0, n);
          kernels().binary(Binary.MULTIPLY, a, ao, slope, 0, out, oo, n);
        });
  }

  @Test
  void quotientIsAChoice() {
    for (float factor : new float[] {1, -3, 0.3f}) {
      Quotient q = new Quotient(0.125f, factor);
      check(
          "quotient",
          (a, ao, b, bo, c, co, out, oo, n) ->
              kernels().fused().quotient(q, a, ao, b, bo, c, co, out, oo, n),
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] condition = new float[n];
            float[] ratio = new float[n];
            kernels().binary(Binary.LESS_EQUAL, 0.125f, b, bo, condition, 0, n);
            kernels().binary(Binary.DIVIDE, a, ao, b, bo, ratio, 0, n);
            kernels().where(condition, 0, ratio, 0, c, co, out, oo, n);
            if (factor != 1) {
              kernels().binary(Binary.MULTIPLY, out, oo, factor, out, oo, n);
            }
          });
    }
  }

  /** The parameter, its running mean, and that of squares; a stands for what it was, and more. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void adamIsItsOperations(int result) {
    AdamNumbers numbers = new AdamNumbers(0.9f, 0.1f, 0.999f, 0.001f, 1e-8f);
    check(
        "Adam",
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] s = new float[n];
          kernels().unary(Unary.ABS, a, ao, s, 0, n);
          float[][] r = new float[3][n];
          kernels()
              .fused()
              .adam(
                  numbers, 0.7f, 0.3f, 1.7f, a, ao, b, bo, c, co, s, 0, r[0], 0, r[1], 0, r[2], 0,
                  n);
          System.arraycopy(r[result], 0, out, oo, n);
        },
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[][] r = new float[3][n];
          float[] g = new float[n];
          kernels().binary(Binary.MULTIPLY, c, co, 0.9f, r[1], 0, n);
          kernels().binary(Binary.MULTIPLY, b, bo, 0.1f, g, 0, n);
          kernels().binary(Binary.ADD, r[1], 0, g, 0, r[1], 0, n);
          kernels().unary(Unary.ABS, a, ao, r[2], 0, n);
          kernels().binary(Binary.MULTIPLY, r[2], 0, 0.999f, r[2], 0, n);
          kernels().binary(Binary.MULTIPLY, b, bo, 0.001f, g, 0, n);
          kernels().binary(Binary.MULTIPLY, g, 0, b, bo, g, 0, n);
          kernels().binary(Binary.ADD, r[2], 0, g, 0, r[2], 0, n);
          kernels().unary(Unary.SQRT, r[2], 0, g, 0, n);
          kernels().binary(Binary.MULTIPLY, g, 0, 1.7f, g, 0, n);
          kernels().binary(Binary.ADD, g, 0, 1e-8f, g, 0, n);
          kernels().binary(Binary.MULTIPLY, r[1], 0, 0.3f, r[0], 0, n);
          kernels().binary(Binary.DIVIDE, r[0], 0, g, 0, r[0], 0, n);
          kernels().binary(Binary.MULTIPLY, a, ao, 0.7f, g, 0, n);
          kernels().binary(Binary.SUBTRACT, g, 0, r[0], 0, r[0], 0, n);
          System.arraycopy(r[result], 0, out, oo, n);
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = Unary.class,
      names = {"LOG", "LOG1P"})
  void logarithmIsAMaximum(Unary op) {
    for (float low : new float[] {-100, -87, -2, 0, -0f, Float.NaN, Float.NEGATIVE_INFINITY}) {
      check(
          "max(ln, " + low + ")",
          (a, ao, b, bo, c, co, out, oo, n) ->
              kernels().fused().logarithm(op, a, ao, low, out, oo, n),
          (a, ao, b, bo, c, co, out, oo, n) -> {
            kernels().unary(op, a, ao, out, oo, n);
            kernels().binary(Binary.MAXIMUM, out, oo, low, out, oo, n);
          });
    }
  }

  @Test
  void logisticIsASigmoidAndASoftplus() {
    check(
        "sigmoid",
        (a, ao, b, bo, c, co, out, oo, n) -> kernels().logistic(a, ao, out, oo, new float[n], 0, n),
        (a, ao, b, bo, c, co, out, oo, n) -> kernels().unary(Unary.SIGMOID, a, ao, out, oo, n));
    check(
        "softplus",
        (a, ao, b, bo, c, co, out, oo, n) -> kernels().logistic(a, ao, new float[n], 0, out, oo, n),
        (a, ao, b, bo, c, co, out, oo, n) -> {
          kernels().unary(Unary.ABS, a, ao, out, oo, n);
          kernels().unary(Unary.NEGATE, out, oo, out, oo, n);
          kernels().unary(Unary.SOFTPLUS, out, oo, out, oo, n);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void scaledExpIsAProduct(boolean isBelowOne) {
    check(
        "e^(a − m) · s",
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] m = least(isBelowOne, a, ao, b, bo, n);
          kernels().folds().scaledExp(a, ao, m, 0, isBelowOne, c, co, out, oo, n);
        },
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] m = least(isBelowOne, a, ao, b, bo, n);
          kernels().binary(Binary.SUBTRACT, a, ao, m, 0, out, oo, n);
          kernels().unary(Unary.EXP, out, oo, out, oo, n);
          kernels().binary(Binary.MULTIPLY, out, oo, c, co, out, oo, n);
        });
  }

  /** b, or what is no less than a. */
  private static float[] least(boolean isNoLess, float[] a, int ao, float[] b, int bo, int n) {
    float[] m = Arrays.copyOfRange(b, bo, bo + n);
    for (int i = 0; i < n && isNoLess; i++) {
      m[i] = Math.max(m[i], a[ao + i]);
    }
    return m;
  }

  /** Three rows less their greatest, or less the last. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void powersOfRowsAreThoseOfTheirDifferences(boolean isBelowOne) {
    for (int row = 0; row < 4; row++) {
      int at = row;
      check(
          row == 3 ? "sum of powers" : "powers of row " + row,
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] x = rows(a, ao, b, bo, c, co, n);
            float[] m = less(isBelowOne, x, c, co, n);
            float[] e = new float[3 * n];
            float[] sum = new float[n];
            kernels()
                .folds()
                .expRows(
                    Samples.inOne(x),
                    1,
                    n + 2,
                    m,
                    0,
                    isBelowOne,
                    Samples.inOne(e),
                    0,
                    n,
                    sum,
                    0,
                    3,
                    n);
            System.arraycopy(at == 3 ? sum : e, at == 3 ? 0 : at * n, out, oo, n);
          },
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] x = rows(a, ao, b, bo, c, co, n);
            float[] m = less(isBelowOne, x, c, co, n);
            float[] e = new float[3 * n];
            for (int r = 0; r < 3; r++) {
              kernels().binary(Binary.SUBTRACT, x, 1 + r * (n + 2), m, 0, e, r * n, n);
              kernels().unary(Unary.EXP, e, r * n, e, r * n, n);
            }
            if (at == 3) {
              kernels().folds().foldRows(Fold.SUM, Samples.inOne(e), 0, n, 3, out, oo, n);
            } else {
              System.arraycopy(e, at * n, out, oo, n);
            }
          });
    }
  }

  private float[] less(boolean greatest, float[] rows, float[] c, int co, int n) {
    float[] m = new float[n];
    if (greatest) {
      kernels().folds().foldRows(Fold.MAX, Samples.inOne(rows), 1, n + 2, 3, m, 0, n);
    } else {
      System.arraycopy(c, co, m, 0, n);
    }
    return m;
  }

  @Test
  void productsWithAnAddendAreProductsAndSums() {
    Bits.Loop operations =
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] product = new float[n];
          kernels().binary(Binary.MULTIPLY, a, ao, b, bo, product, 0, n);
          kernels().binary(Binary.ADD, product, 0, c, co, out, oo, n);
        };
    check(
        "a·b + c",
        (a, ao, b, bo, c, co, out, oo, n) -> kernels().multiplyAdd(a, ao, b, bo, c, co, out, oo, n),
        operations);
    for (float x : new float[] {0.3f, -1.7f, 0, -0f, Float.NaN}) {
      check(
          "a·x + c",
          (a, ao, b, bo, c, co, out, oo, n) -> kernels().multiplyAdd(a, ao, x, c, co, out, oo, n),
          (a, ao, b, bo, c, co, out, oo, n) ->
              operations.run(a, ao, filled(n, x), 0, c, co, out, oo, n));
      check(
          "a·b + x",
          (a, ao, b, bo, c, co, out, oo, n) -> kernels().multiplyAdd(a, ao, b, bo, x, out, oo, n),
          (a, ao, b, bo, c, co, out, oo, n) ->
              operations.run(a, ao, b, bo, filled(n, x), 0, out, oo, n));
      check(
          "a·x + y",
          (a, ao, b, bo, c, co, out, oo, n) -> kernels().multiplyAdd(a, ao, x, 0.7f, out, oo, n),
          (a, ao, b, bo, c, co, out, oo, n) ->
              operations.run(a, ao, filled(n, x), 0, filled(n, 0.7f), 0, out, oo, n));
    }
  }

  @Test
  void productsTakenFromSomethingAreProductsAndDifferences() {
    Bits.Loop operations =
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] product = new float[n];
          kernels().binary(Binary.MULTIPLY, a, ao, b, bo, product, 0, n);
          kernels().binary(Binary.SUBTRACT, c, co, product, 0, out, oo, n);
        };
    check(
        "c − a·b",
        (a, ao, b, bo, c, co, out, oo, n) ->
            kernels().fused().multiplyFrom(a, ao, b, bo, c, co, out, oo, n),
        operations);
    for (float x : new float[] {0.3f, 0, -0f}) {
      check(
          "x − a·b",
          (a, ao, b, bo, c, co, out, oo, n) ->
              kernels().fused().multiplyFrom(a, ao, b, bo, x, out, oo, n),
          (a, ao, b, bo, c, co, out, oo, n) ->
              operations.run(a, ao, b, bo, filled(n, x), 0, out, oo, n));
    }
  }

  @Test
  void dotsOfRowsAreSumsOfProducts() {
    check(
        "Σ a·b",
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] x = rows(a, ao, b, bo, c, co, n);
          float[] y = rows(b, bo, c, co, b, bo, n);
          kernels()
              .folds()
              .dotRows(Samples.inOne(x), 1, n + 2, Samples.inOne(y), 1, n + 2, 3, out, oo, n);
        },
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] x = rows(a, ao, b, bo, c, co, n);
          float[] y = rows(b, bo, c, co, b, bo, n);
          kernels().binary(Binary.MULTIPLY, x, 0, y, 0, x, 0, x.length);
          kernels().folds().foldRows(Fold.SUM, Samples.inOne(x), 1, n + 2, 3, out, oo, n);
        });
  }

  /** Three rows, of which each is looked at. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void gradientsOfSoftmaxAreTheirOperations(int row) {
    check(
        "gradient of softmax, row " + row,
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] g = rows(a, ao, b, bo, c, co, n);
          float[] p = rows(b, bo, c, co, b, bo, n);
          float[] all = new float[3 * n];
          float[] m = new float[n];
          float[] rest = new float[n];
          kernels()
              .folds()
              .softmaxGradient(
                  Samples.inOne(g),
                  1,
                  n + 2,
                  Samples.inOne(p),
                  1,
                  n + 2,
                  m,
                  0,
                  rest,
                  0,
                  Samples.inOne(all),
                  0,
                  n,
                  3,
                  n);
          System.arraycopy(all, row * n, out, oo, n);
        },
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] g = rows(a, ao, b, bo, c, co, n);
          float[] p = rows(b, bo, c, co, b, bo, n);
          takeMean(g, p, n);
          takeMean(g, p, n);
          int at = 1 + row * (n + 2);
          kernels().binary(Binary.MULTIPLY, p, at, g, at, out, oo, n);
        });
  }

  /** g − Σ g·p, over three rows. */
  private void takeMean(float[] g, float[] p, int n) {
    float[] mean = new float[n];
    kernels()
        .folds()
        .dotRows(Samples.inOne(g), 1, n + 2, Samples.inOne(p), 1, n + 2, 3, mean, 0, n);
    for (int r = 0; r < 3; r++) {
      int at = 1 + r * (n + 2);
      kernels().binary(Binary.SUBTRACT, g, at, mean, 0, g, at, n);
    }
  }
}
