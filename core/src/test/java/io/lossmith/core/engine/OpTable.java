package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.op.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What each operation gives, worked out by hand: the one table that every engine must meet. */
public final class OpTable {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  /** One operation on some operands, and what it gives. */
  public record Row(Op op, List<Shape> shapes, float[][] operands, Shape shape, double[] want) {
    @Override
    public String toString() {
      return op.label() + " of " + shapes;
    }
  }

  private final List<Row> rows = new ArrayList<>();

  private OpTable() {}

  /** Returns all rows. */
  public static List<Row> rows() {
    OpTable table = new OpTable();
    table.unary();
    table.comparisons();
    table.arithmetic();
    table.choices();
    table.folds();
    table.moves();
    table.rows.addAll(OrderOpTable.rows());
    table.rows.addAll(WholeArrayOpTable.rows());
    return table.rows;
  }

  private void unary() {
    at(0, -0.0, 1, -2.5, INF, -INF, NAN);
    is(Unary.NEGATE, 0, 0, -1, 2.5, -INF, INF, NAN);
    is(Unary.ABS, 0, 0, 1, 2.5, INF, INF, NAN);
    is(Unary.SIGN, 0, 0, 1, -1, 1, -1, NAN);
    is(Unary.RELU, 0, 0, 1, 0, INF, 0, NAN);
    is(Unary.SQUARE, 0, 0, 1, 6.25, INF, INF, NAN);
    is(Unary.EXP, 1, 1, Math.E, 0.0820849986238988, INF, 0, NAN);
    is(Unary.SIGMOID, 0.5, 0.5, 0.7310585786300049, 0.07585818002124355, 1, 0, NAN);
    is(Unary.SOFTPLUS, Math.log(2), Math.log(2), 1.3132616875182228, 0.0788897342299, INF, 0, NAN);
    is(Unary.TANH, 0, 0, 0.7615941559557649, -0.9866142981514303, 1, -1, NAN);
    is(Unary.ATAN, 0, 0, Math.PI / 4, -1.1902899496825317, Math.PI / 2, -Math.PI / 2, NAN);
    is(Unary.FLOOR, 0, 0, 1, -3, INF, -INF, NAN);
    is(Unary.RINT, 0, 0, 1, -2, INF, -INF, NAN);
    is(new OutOfRange(ValueRange.of(-1, 1)), 0, 0, 0, 1, 1, 1, 1);
    is(new OutOfRange(ValueRange.of(0, 9).wholeNumbers().or(-2.5)), 0, 0, 0, 0, 1, 1, 1);
    is(new OutOfRange(ValueRange.of(-INF, 0).orNaN()), 0, 0, 1, 0, 1, 0, 0);
    at(0, 4, 2, INF, -1, -INF, NAN);
    is(Unary.SQRT, 0, 2, Math.sqrt(2), INF, NAN, NAN, NAN);
    is(Unary.LOG, -INF, 2 * Math.log(2), Math.log(2), INF, NAN, NAN, NAN);
    at(0, 1e-7f, -0.5, 3, -1, -2, INF, NAN);
    is(Unary.LOG1P, 0, 1e-7 * (1 - 5e-8), -Math.log(2), 2 * Math.log(2), -INF, NAN, INF, NAN);
    at(4, -0.5, 0.0, -0.0, INF, -INF, NAN);
    is(Unary.RECIPROCAL, 0.25, -2, INF, -INF, 0, 0, NAN);
    at(0.5, 1.5, -0.5, -1.5, 2.49, -2.51, 8388609);
    is(Unary.RINT, 0, 2, 0, -2, 2, -3, 8388609);
    is(Unary.FLOOR, 0, 1, -1, -2, 2, -3, 8388609);
    at(30, -30, 100, -80, 88);
    is(
        Unary.EXP,
        1.0686474581524463e13,
        9.357622968840175e-14,
        INF,
        1.8048513878454153e-35,
        1.6516362549940018e38);
    is(Unary.SIGMOID, 1, 9.357622968839299e-14, 1, 1.8048513878454153e-35, 1);
    is(Unary.SOFTPLUS, 30, 9.357622968839737e-14, 100, 1.8048513878454153e-35, 88);
    is(Unary.TANH, 1, -1, 1, -1, 1);
  }

  private void comparisons() {
    at(1, 2, -1, 0, NAN, INF, INF, NAN);
    with(2, 1, -1, -0.0, 1, INF, -INF, NAN);
    is(Binary.EQUAL, 0, 0, 1, 1, 0, 1, 0, 0);
    is(Binary.NOT_EQUAL, 1, 1, 0, 0, 1, 0, 1, 1);
    is(Binary.LESS, 1, 0, 0, 0, 0, 0, 0, 0);
    is(Binary.LESS_EQUAL, 1, 0, 1, 1, 0, 1, 0, 0);
    is(Binary.MAXIMUM, 2, 2, -1, 0, NAN, INF, INF, NAN);
    is(Binary.MINIMUM, 1, 1, -1, 0, NAN, INF, -INF, NAN);
  }

  private void arithmetic() {
    at(1, 2.5, 0, INF, INF, NAN, 0);
    with(2, -0.5, -0.0, -INF, 0, 1, 0);
    is(Binary.ADD, 3, 2, 0, NAN, INF, NAN, 0);
    is(Binary.SUBTRACT, -1, 3, 0, INF, INF, NAN, 0);
    is(Binary.MULTIPLY, 2, -1.25, 0, -INF, NAN, NAN, 0);
    is(Binary.DIVIDE, 0.5, -5, NAN, NAN, INF, NAN, NAN);
    at(1, -1, 0, INF);
    with(0, 0, 4, INF);
    is(Binary.DIVIDE, INF, -INF, 0, NAN);
    at(2, 9, -2, -2, 0, 0, NAN, 5, -INF, 0.25, 2, -8);
    with(10, 0.5, 3, 0.5, 0, -1, 0, NAN, 0.5, -1.5, -INF, 2);
    is(Binary.POWER, 1024, 3, -8, NAN, 1, INF, 1, NAN, INF, 8, 0, 64);
    for (double exponent : new double[] {0, 1, 2, 3, -1, 0.5}) {
      row(
          Binary.POWER,
          List.of(Shape.of(3), Shape.SCALAR),
          new float[][] {{4, 1, 0.25f}, {(float) exponent}},
          Shape.of(3),
          Math.pow(4, exponent),
          1,
          Math.pow(4, -exponent));
    }
    row(
        Binary.SUBTRACT,
        List.of(Shape.of(2, 1), Shape.of(3)),
        new float[][] {{10, 20}, {1, 2, 3}},
        Shape.of(2, 3),
        9,
        8,
        7,
        19,
        18,
        17);
    row(
        Binary.ADD,
        List.of(Shape.SCALAR, Shape.of(1, 2, 1)),
        new float[][] {{1}, {2, 3}},
        Shape.of(1, 2, 1),
        3,
        4);
  }

  private void choices() {
    row(
        Where.WHERE,
        List.of(Shape.of(5), Shape.of(5), Shape.of(5)),
        floats(new double[][] {{1, 0, NAN, -0.0, 0.1}, {1, NAN, 3, 4, 5}, {NAN, 7, 8, 9, INF}}),
        Shape.of(5),
        1,
        7,
        3,
        9,
        5);
    row(
        Where.WHERE,
        List.of(Shape.of(2, 1), Shape.of(3), Shape.SCALAR),
        new float[][] {{1, 0}, {1, 2, 3}, {-1}},
        Shape.of(2, 3),
        1,
        2,
        3,
        -1,
        -1,
        -1);
  }

  private void folds() {
    float[][] plain = {{1, 5, 3, 4, -2, 6}};
    float[][] odd = floats(new double[][] {{1, NAN, 3, INF, -INF, -INF}});
    Shape shape = Shape.of(2, 3);
    fold(Fold.SUM, plain, shape, List.of(0), 5, 3, 9);
    fold(Fold.SUM, plain, shape, List.of(1), 9, 8);
    fold(Fold.SUM, plain, shape, List.of(0, 1), 17);
    fold(Fold.SUM, odd, shape, List.of(0), INF, NAN, -INF);
    fold(Fold.SUM, odd, shape, List.of(1), NAN, NAN);
    fold(Fold.MAX, plain, shape, List.of(0), 4, 5, 6);
    fold(Fold.MAX, plain, shape, List.of(1), 5, 6);
    fold(Fold.MAX, plain, shape, List.of(0, 1), 6);
    fold(Fold.MAX, odd, shape, List.of(0), INF, NAN, 3);
    fold(Fold.MIN, plain, shape, List.of(0), 1, -2, 3);
    fold(Fold.MIN, plain, shape, List.of(1), 1, -2);
    fold(Fold.MIN, odd, shape, List.of(0), 1, NAN, -INF);
    fold(Fold.MIN, odd, shape, List.of(0, 1), NAN);
    fold(Fold.MAX, plain, shape, List.of(), 1, 5, 3, 4, -2, 6);
    float[][] none = {{}};
    fold(Fold.SUM, none, Shape.of(2, 0), List.of(1), 0, 0);
    fold(Fold.MAX, none, Shape.of(2, 0), List.of(1), -INF, -INF);
    fold(Fold.MIN, none, Shape.of(2, 0), List.of(1), INF, INF);
  }

  private void moves() {
    Shape shape = Shape.of(2, 3);
    float[][] x = {{1, 2, 3, 4, 5, 6}};
    move(new Move.Reshape(Shape.of(3, 1, 2)), shape, x, Shape.of(3, 1, 2), 1, 2, 3, 4, 5, 6);
    move(new Move.Permute(List.of(1, 0)), shape, x, Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    move(
        new Move.Permute(List.of(1, 2, 0)),
        Shape.of(1, 2, 3),
        x,
        Shape.of(2, 3, 1),
        1,
        2,
        3,
        4,
        5,
        6);
    move(
        new Move.Permute(List.of(2, 0, 1)),
        Shape.of(3, 1, 2),
        x,
        Shape.of(2, 3, 1),
        1,
        3,
        5,
        2,
        4,
        6);
    move(
        new Move.Broadcast(Shape.of(2, 2, 2)),
        Shape.of(2, 1),
        new float[][] {{1, 2}},
        Shape.of(2, 2, 2),
        1,
        1,
        2,
        2,
        1,
        1,
        2,
        2);
    move(new Move.Slice(List.of(0, 1), Shape.of(2, 2)), shape, x, Shape.of(2, 2), 2, 3, 5, 6);
    move(new Move.Slice(List.of(1, 2), Shape.of(1, 0)), shape, x, Shape.of(1, 0));
    move(
        new Move.Pad(List.of(1, 0), List.of(0, 2)),
        shape,
        x,
        Shape.of(3, 5),
        0,
        0,
        0,
        0,
        0,
        1,
        2,
        3,
        0,
        0,
        4,
        5,
        6,
        0,
        0);
    move(new Move.Flip(List.of(1)), shape, x, shape, 3, 2, 1, 6, 5, 4);
    move(new Move.Flip(List.of(0, 1)), shape, x, shape, 6, 5, 4, 3, 2, 1);
    row(
        new Move.Concat(1),
        List.of(shape, Shape.of(2, 1), Shape.of(2, 0)),
        new float[][] {x[0], {7, 8}, {}},
        Shape.of(2, 4),
        1,
        2,
        3,
        7,
        4,
        5,
        6,
        8);
    row(
        new Move.Concat(0),
        List.of(Shape.of(1, 3), shape),
        new float[][] {{7, 8, 9}, x[0]},
        Shape.of(3, 3),
        7,
        8,
        9,
        1,
        2,
        3,
        4,
        5,
        6);
  }

  private float[] first = {};
  private float @org.jspecify.annotations.Nullable [] second;

  private void at(double... values) {
    first = floats(new double[][] {values})[0];
    second = null;
  }

  private void with(double... values) {
    second = floats(new double[][] {values})[0];
  }

  private void is(Op op, double... want) {
    Shape shape = Shape.of(want.length);
    boolean one = second == null;
    row(
        op,
        one ? List.of(shape) : List.of(shape, shape),
        one ? new float[][] {first} : new float[][] {first, second},
        shape,
        want);
  }

  private void fold(Fold fold, float[][] x, Shape shape, List<Integer> axes, double... want) {
    int[] folded = axes.stream().mapToInt(Integer::intValue).toArray();
    row(new AxisFold(fold, axes), List.of(shape), x, shape.folded(folded), want);
  }

  private void move(Move move, Shape from, float[][] x, Shape to, double... want) {
    row(move, List.of(from), x, to, want);
  }

  private void row(Op op, List<Shape> shapes, float[][] operands, Shape shape, double... want) {
    rows.add(new Row(op, shapes, operands, shape, want));
  }

  private static float[][] floats(double[][] values) {
    return Arrays.stream(values)
        .map(
            row -> {
              float[] floats = new float[row.length];
              for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) row[i];
              }
              return floats;
            })
        .toArray(float[][]::new);
  }
}
