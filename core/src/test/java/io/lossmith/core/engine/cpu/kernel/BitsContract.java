package io.lossmith.core.engine.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What all kernels owe on elementwise operations beyond being right: an element has the same bits
 * over whatever stretch, at whatever offset and beside whatever it is computed, and whether an
 * operand is an array or one number. Else a value might not equal itself, or its own maximum.
 */
public abstract class BitsContract {
  private static final float[] NUMBERS = {
    2, 0.5f, 1.7f, -3, 17, 16, -16, 1, 0, -0f, -1e-40f, Float.NaN, Float.POSITIVE_INFINITY
  };

  protected abstract Kernels kernels();

  @ParameterizedTest
  @EnumSource
  void unaryOperationsGiveTheSameBitsEverywhere(Unary op) {
    Bits.areTheSameEverywhere(
        op.label(), (a, ao, b, bo, c, co, out, oo, n) -> kernels().unary(op, a, ao, out, oo, n));
  }

  @ParameterizedTest
  @EnumSource
  void binaryOperationsGiveTheSameBitsEverywhere(Binary op) {
    Bits.areTheSameEverywhere(op.label(), array(op));
    for (int k = 0; k < 5; k++) {
      Bits.areTheSameEverywhere(op.label() + " " + NUMBERS[k], right(op, NUMBERS[k]));
      Bits.areTheSameEverywhere(NUMBERS[k] + " " + op.label(), left(op, NUMBERS[k]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneNumberGivesTheBitsOfAnArrayOfIt(Binary op) {
    for (float number : NUMBERS) {
      Bits.areTheSame(
          op.label() + " " + number,
          right(op, number),
          (a, ao, b, bo, c, co, out, oo, n) ->
              array(op).run(a, ao, filled(n, number), 0, c, co, out, oo, n));
      Bits.areTheSame(
          number + " " + op.label(),
          left(op, number),
          (a, ao, b, bo, c, co, out, oo, n) ->
              array(op).run(filled(n, number), 0, a, ao, c, co, out, oo, n));
    }
  }

  private Bits.Loop array(Binary op) {
    return (a, ao, b, bo, c, co, out, oo, n) -> kernels().binary(op, a, ao, b, bo, out, oo, n);
  }

  private Bits.Loop right(Binary op, float number) {
    return (a, ao, b, bo, c, co, out, oo, n) -> kernels().binary(op, a, ao, number, out, oo, n);
  }

  private Bits.Loop left(Binary op, float number) {
    return (a, ao, b, bo, c, co, out, oo, n) -> kernels().binary(op, number, a, ao, out, oo, n);
  }

  @Test
  void choicesGiveTheSameBitsEverywhere() {
    Bits.Loop arrays =
        (a, ao, b, bo, c, co, out, oo, n) -> kernels().where(a, ao, b, bo, c, co, out, oo, n);
    Bits.areTheSameEverywhere("where", arrays);
    for (float x : NUMBERS) {
      Bits.Loop first =
          (a, ao, b, bo, c, co, out, oo, n) -> kernels().where(a, ao, x, c, co, out, oo, n);
      Bits.Loop second =
          (a, ao, b, bo, c, co, out, oo, n) -> kernels().where(a, ao, b, bo, x, out, oo, n);
      Bits.Loop both =
          (a, ao, b, bo, c, co, out, oo, n) -> kernels().where(a, ao, x, -7, out, oo, n);
      Bits.areTheSameEverywhere("where number", first);
      Bits.areTheSameEverywhere("where or number", second);
      Bits.areTheSameEverywhere("where numbers", both);
      Bits.areTheSame(
          "where number",
          first,
          (a, ao, b, bo, c, co, out, oo, n) ->
              arrays.run(a, ao, filled(n, x), 0, c, co, out, oo, n));
      Bits.areTheSame(
          "where or number",
          second,
          (a, ao, b, bo, c, co, out, oo, n) ->
              arrays.run(a, ao, b, bo, filled(n, x), 0, out, oo, n));
      Bits.areTheSame(
          "where numbers",
          both,
          (a, ao, b, bo, c, co, out, oo, n) ->
              arrays.run(a, ao, filled(n, x), 0, filled(n, -7), 0, out, oo, n));
    }
  }

  @ParameterizedTest
  @EnumSource
  void foldsOfRowsGiveTheSameBitsEverywhere(Fold fold) {
    Bits.areTheSameEverywhere(
        fold + " of rows",
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] rows = rows(a, ao, b, bo, c, co, n);
          kernels().folds().foldRows(fold, Samples.inOne(rows), 1, n + 2, 3, out, oo, n);
        });
    Bits.areTheSameEverywhere(
        fold + " into",
        (a, ao, b, bo, c, co, out, oo, n) -> {
          float[] folded = Arrays.copyOfRange(b, bo, bo + n);
          kernels().folds().foldInto(fold, a, ao, new float[n], 0, folded, 0, n);
          System.arraycopy(folded, 0, out, oo, n);
        });
  }

  /** Zeros have signs, and NaN wins over all: in rows, in a stretch and in the operation alike. */
  @Test
  void extremesAreThoseOfTheOperationsHoweverTheyAreFound() {
    for (Fold fold : new Fold[] {Fold.MAX, Fold.MIN}) {
      Binary op = fold == Fold.MAX ? Binary.MAXIMUM : Binary.MINIMUM;
      Bits.Loop operations =
          (a, ao, b, bo, c, co, out, oo, n) -> {
            kernels().binary(op, a, ao, b, bo, out, oo, n);
            kernels().binary(op, out, oo, c, co, out, oo, n);
          };
      Bits.areTheSame(
          fold + " of rows",
          (a, ao, b, bo, c, co, out, oo, n) ->
              kernels()
                  .folds()
                  .foldRows(
                      fold, Samples.inOne(rows(a, ao, b, bo, c, co, n)), 1, n + 2, 3, out, oo, n),
          operations);
    }
  }

  @Test
  void extremesOfAStretchAreThoseOfTheOperations() {
    for (int length : new int[] {1, 2, 3, 15, 63, 64, 65, 200, 1023, 1500}) {
      for (int i = 0; i < Samples.special().length; i++) {
        float[] a = filled(length, Samples.special()[i]);
        a[i * 7 % length] = Samples.special()[(i + 1) % Samples.special().length];
        for (Binary op : new Binary[] {Binary.MAXIMUM, Binary.MINIMUM}) {
          Fold fold = op == Binary.MAXIMUM ? Fold.MAX : Fold.MIN;
          assertThat(Float.valueOf(kernels().folds().fold(fold, a, 0, length)))
              .as("%s of %d times %s", fold, length, Samples.special()[i])
              .isEqualTo(Float.valueOf(all(op, a)));
        }
      }
    }
  }

  private static float all(Binary op, float[] a) {
    float all = a[0];
    for (float x : a) {
      all = (float) op.apply(all, x);
    }
    return all;
  }

  /** Returns three rows of n elements, each one element after the last of the one before. */
  static float[] rows(float[] a, int ao, float[] b, int bo, float[] c, int co, int n) {
    float[] rows = new float[3 * (n + 2)];
    System.arraycopy(a, ao, rows, 1, n);
    System.arraycopy(b, bo, rows, n + 3, n);
    System.arraycopy(c, co, rows, 2 * n + 5, n);
    return rows;
  }

  static float[] filled(int n, float number) {
    float[] filled = new float[n];
    Arrays.fill(filled, number);
    return filled;
  }
}
