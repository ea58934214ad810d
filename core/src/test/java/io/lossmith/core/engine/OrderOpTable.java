package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.Gather;
import io.lossmith.core.op.IsAmongGreatest;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.ScatterAdd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The rows of {@link OpTable} for what sorts, takes by position and runs along an axis. */
final class OrderOpTable {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private final List<OpTable.Row> rows = new ArrayList<>();

  private OrderOpTable() {}

  static List<OpTable.Row> rows() {
    OrderOpTable table = new OrderOpTable();
    table.lines();
    table.rowsAndColumns();
    return table.rows;
  }

  private void lines() {
    float[] x = {3, NAN, -1, 0, -0f, INF, 3, -INF};
    line(new ArgSort(0, false), x, 7, 2, 3, 4, 0, 6, 5, 1);
    line(new ArgSort(0, true), x, 1, 5, 0, 6, 3, 4, 2, 7);
    line(new ArgSort(0, true), new float[] {5}, 0);
    float[] steps = {1, 2, 0.5f, -4};
    line(new CumulativeSum(0, false, false), steps, 1, 3, 3.5, -0.5);
    line(new CumulativeSum(0, true, false), steps, 0, 1, 3, 3.5);
    line(new CumulativeSum(0, false, true), steps, -0.5, -1.5, -3.5, -4);
    line(new CumulativeSum(0, true, true), steps, -1.5, -3.5, -4, 0);
    float[] broken = {1, NAN, 2, INF};
    line(new CumulativeSum(0, false, false), broken, 1, NAN, NAN, NAN);
    line(new CumulativeSum(0, true, true), broken, NAN, INF, INF, 0);
    Shape four = Shape.of(4);
    float[] values = {10, 20, -INF, NAN};
    row(
        new Gather(0),
        List.of(four, four),
        new float[][] {values, {3, 0, 2, 0}},
        four,
        NAN,
        10,
        -INF,
        10);
    row(
        new Gather(0),
        List.of(four, four),
        new float[][] {values, {4, -1, 0.5f, NAN}},
        four,
        NAN,
        NAN,
        NAN,
        NAN);
  }

  private void rowsAndColumns() {
    Shape matrix = Shape.of(2, 3);
    Shape columns = Shape.of(1, 3);
    float[] x = {1, 2, 3, 4, 5, 6};
    row(new ArgSort(1, true), List.of(matrix), new float[][] {x}, matrix, 2, 1, 0, 2, 1, 0);
    row(new ArgSort(0, true), List.of(matrix), new float[][] {x}, matrix, 1, 1, 1, 0, 0, 0);
    float[] values = {1, 10, 100, 2, 20, 200};
    float[] keys = {0, NAN, -0f, 5, 7, 5};
    Shape ranked = Shape.of(2, 2, 3);
    for (boolean reverse : new boolean[] {false, true}) {
      double[] sums =
          reverse
              ? new double[] {101, 111, 100, 202, 222, 200}
              : new double[] {11, 10, 111, 22, 20, 222};
      double[] ranks = reverse ? new double[] {2, 3, 1, 2, 3, 1} : new double[] {2, 1, 3, 2, 1, 3};
      row(
          new RankedSum(1, true, reverse),
          List.of(matrix, matrix),
          new float[][] {keys, values},
          ranked,
          DoubleStream.concat(Arrays.stream(sums), Arrays.stream(ranks)).toArray());
    }
    row(
        new RankedSum(0, false, false),
        List.of(matrix, matrix),
        new float[][] {keys, values},
        ranked,
        1,
        30,
        100,
        3,
        20,
        300,
        1,
        2,
        1,
        2,
        1,
        2);
    row(
        new IsAmongGreatest(1),
        List.of(matrix, Shape.of(2, 1)),
        new float[][] {keys, {2.9f, 1}},
        matrix,
        1,
        1,
        0,
        0,
        1,
        0);
    row(
        new IsAmongGreatest(0),
        List.of(matrix, columns),
        new float[][] {keys, {0.5f, 9, NAN}},
        matrix,
        0,
        1,
        0,
        0,
        1,
        0);
    row(
        new CumulativeSum(0, false, false),
        List.of(matrix),
        new float[][] {x},
        matrix,
        1,
        2,
        3,
        5,
        7,
        9);
    row(new Gather(0), List.of(matrix, columns), new float[][] {x, {1, 0, 1}}, columns, 4, 2, 6);
    row(
        new ScatterAdd(1, 2),
        List.of(matrix, matrix),
        new float[][] {x, {1, 1, 0, 5, -1, 1}},
        Shape.of(2, 2),
        3,
        3,
        0,
        6);
    row(
        new ScatterAdd(0, 3),
        List.of(columns, columns),
        new float[][] {{1, 2, 3}, {2, 0, 2}},
        Shape.of(3, 3),
        0,
        2,
        0,
        0,
        0,
        0,
        1,
        0,
        3);
  }

  private void line(Op op, float[] x, double... want) {
    Shape shape = Shape.of(x.length);
    row(op, List.of(shape), new float[][] {x}, shape, want);
  }

  private void row(Op op, List<Shape> shapes, float[][] operands, Shape shape, double... want) {
    rows.add(new OpTable.Row(op, shapes, operands, shape, want));
  }
}
