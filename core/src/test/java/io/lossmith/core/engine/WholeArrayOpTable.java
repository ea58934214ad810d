package io.lossmith.core.engine;

import static io.lossmith.core.graph.Nodes.window;

import io.lossmith.core.Shape;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.op.AllReduce;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.AveragePoolTransposed;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.ConvolutionInputGradient;
import io.lossmith.core.op.ConvolutionWeightGradient;
import io.lossmith.core.op.DistanceTransform;
import io.lossmith.core.op.Exchange;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.MatrixMultiply;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.MaxPoolScatter;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.ResizeTransposed;
import io.lossmith.core.op.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@link OpTable} for operations on whole arrays. */
final class WholeArrayOpTable {
  private final List<OpTable.Row> rows = new ArrayList<>();

  private WholeArrayOpTable() {}

  static List<OpTable.Row> rows() {
    WholeArrayOpTable table = new WholeArrayOpTable();
    table.pools();
    table.resizes();
    table.convolutions();
    table.distances();
    table.workers();
    return table.rows;
  }

  /** Of one worker, who has nothing to wait for; of several in the tests of collectives. */
  private void workers() {
    Exchange alone = LocalCollective.of(1, Duration.ZERO).get(0);
    List<Shape> tables = List.of(Shape.of(2, 2), Shape.of(1, 1), Shape.of(3));
    float[][] x = {{1, -2, Float.NaN, 0.5f}, {7}, {9, 9, 9}};
    Shape three = Shape.of(3);
    row(new AllReduce(Fold.SUM, alone), tables, x, three, Float.NaN, -1.5, 7);
    row(new AllReduce(Fold.MAX, alone), tables, x, three, Float.NaN, 0.5, 7);
    row(new AllReduce(Fold.MIN, alone), tables, x, three, Float.NaN, -2, 7);
  }

  private void pools() {
    Shape line = Shape.of(1, 1, 5);
    float[] x = {1, 3, 3, -2, 0};
    float[] other = {10, 20, 30, 40, 50};
    row(
        new MaxPoolPick(window(1, 2, 2, 0)),
        List.of(line, line),
        new float[][] {x, other},
        Shape.of(1, 1, 2),
        20,
        30);
    row(
        new MaxPoolPick(window(1, 3, 1, 1)),
        List.of(line, line),
        new float[][] {x, other},
        line,
        20,
        20,
        20,
        30,
        50);
    float[] negative = {-1, -3, Float.NaN, -2, -5};
    row(
        new MaxPoolPick(window(1, 3, 2, 1)),
        List.of(line, line),
        new float[][] {negative, other},
        Shape.of(1, 1, 3),
        10,
        30,
        40);
    row(
        new MaxPoolScatter(window(1, 3, 1, 1)),
        List.of(line, line),
        new float[][] {x, other},
        line,
        0,
        60,
        40,
        0,
        50);
    row(
        new AveragePool(window(1, 3, 1, 1)),
        List.of(line),
        new float[][] {{3, 6, 9, 0, -3}},
        line,
        3,
        6,
        5,
        2,
        -1);
    row(
        new AveragePoolTransposed(window(1, 2, 2, 0), line),
        List.of(Shape.of(1, 1, 2)),
        new float[][] {{4, 6}},
        line,
        2,
        2,
        3,
        3,
        0);
    Shape cube = Shape.of(1, 1, 2, 2, 2);
    float[] corners = {1, 2, 3, 4, 5, 6, 7, 8};
    Shape corner = Shape.of(1, 1, 1, 1, 1);
    row(
        new MaxPoolPick(window(3, 2, 1, 0)),
        List.of(cube, cube),
        new float[][] {{0, 1, 9, 0, 9, 0, 0, 0}, corners},
        corner,
        3);
    row(
        new MaxPoolScatter(window(3, 2, 1, 0)),
        List.of(cube, corner),
        new float[][] {{0, 1, 9, 0, 9, 0, 0, 0}, {5}},
        cube,
        0,
        0,
        5,
        0,
        0,
        0,
        0,
        0);
    row(new AveragePool(window(3, 2, 2, 0)), List.of(cube), new float[][] {corners}, corner, 4.5);
    Shape square = Shape.of(1, 1, 2, 3);
    row(
        new MaxPoolPick(window(2, 3, 1, 1)),
        List.of(square, square),
        new float[][] {{1, 5, 5, 2, 5, 0}, {1, 2, 3, 4, 5, 6}},
        square,
        2,
        2,
        2,
        2,
        2,
        2);
    List<Window> cross =
        List.of(
            new Window(List.of(3, 1), List.of(1, 1), List.of(1, 0), List.of(1, 1)),
            new Window(List.of(1, 3), List.of(1, 1), List.of(0, 1), List.of(1, 1)));
    row(
        new MaxPoolPick(cross),
        List.of(square, square),
        new float[][] {{1, 5, 5, 5, 2, 0}, {1, 2, 3, 4, 5, 6}},
        square,
        3,
        2,
        2.5,
        4,
        3,
        3);
    row(
        new MaxPoolScatter(cross),
        List.of(square, square),
        new float[][] {{1, 5, 5, 5, 2, 0}, {1, 2, 4, 8, 16, 32}},
        square,
        0,
        12.5,
        34,
        16.5,
        0,
        0);
  }

  private void resizes() {
    Shape line = Shape.of(1, 1, 5);
    float[] other = {10, 20, 30, 40, 50};
    row(
        new Resize(Resize.Mode.NEAREST, List.of(4)),
        List.of(Shape.of(1, 1, 3)),
        new float[][] {{1, 2, 3}},
        Shape.of(1, 1, 4),
        1,
        1,
        2,
        3);
    row(
        new Resize(Resize.Mode.NEAREST_EXACT, List.of(2)),
        List.of(line),
        new float[][] {other},
        Shape.of(1, 1, 2),
        20,
        40);
    row(
        new Resize(Resize.Mode.LINEAR, List.of(4)),
        List.of(Shape.of(1, 1, 2)),
        new float[][] {{10, 20}},
        Shape.of(1, 1, 4),
        10,
        12.5,
        17.5,
        20);
    row(
        new Resize(Resize.Mode.LINEAR, List.of(1, 2)),
        List.of(Shape.of(1, 1, 2, 4)),
        new float[][] {{1, 3, 5, 7, 11, 13, 15, 17}},
        Shape.of(1, 1, 1, 2),
        7,
        11);
    row(
        new Resize(Resize.Mode.LINEAR, List.of(1, 1, 1)),
        List.of(Shape.of(1, 1, 2, 2, 2)),
        new float[][] {{0, 1, 2, 3, 4, 5, 6, 7}},
        Shape.of(1, 1, 1, 1, 1),
        3.5);
    row(
        new ResizeTransposed(Resize.Mode.LINEAR, List.of(2)),
        List.of(Shape.of(1, 1, 4)),
        new float[][] {{1, 2, 3, 4}},
        Shape.of(1, 1, 2),
        3.25,
        6.75);
    row(
        new ResizeTransposed(Resize.Mode.NEAREST, List.of(3)),
        List.of(Shape.of(1, 1, 4)),
        new float[][] {{1, 2, 3, 4}},
        Shape.of(1, 1, 3),
        3,
        3,
        4);
  }

  private void convolutions() {
    Shape x = Shape.of(1, 2, 3);
    Shape w = Shape.of(1, 2, 2);
    Shape y = Shape.of(1, 1, 2);
    row(
        new Convolution(window(1, 2, 1, 0)),
        List.of(x, w),
        new float[][] {{1, 2, 3, 4, 5, 6}, {1, -1, 0, 2}},
        y,
        9,
        11);
    row(
        new ConvolutionInputGradient(window(1, 2, 1, 0), x),
        List.of(y, w),
        new float[][] {{1, 10}, {1, -1, 0, 2}},
        x,
        1,
        9,
        -10,
        0,
        2,
        20);
    row(
        new Convolution(window(2, 2, 2, 1)),
        List.of(Shape.of(1, 1, 2, 2), Shape.of(1, 1, 2, 2)),
        new float[][] {{1, 2, 3, 4}, {10, 20, 30, 40}},
        Shape.of(1, 1, 2, 2),
        40,
        60,
        60,
        40);
    row(
        new Convolution(window(3, 2, 1, 0)),
        List.of(Shape.of(1, 1, 2, 2, 2), Shape.of(1, 1, 2, 2, 2)),
        new float[][] {{1, 2, 3, 4, 5, 6, 7, 8}, {1, 0, 0, 0, 0, 0, 0, 10}},
        Shape.of(1, 1, 1, 1, 1),
        81);
    row(
        new ConvolutionInputGradient(window(2, 2, 2, 0), Shape.of(1, 1, 2, 5)),
        List.of(Shape.of(1, 1, 1, 2), Shape.of(1, 1, 2, 2)),
        new float[][] {{1, 2}, {10, 20, 30, 40}},
        Shape.of(1, 1, 2, 5),
        10,
        20,
        20,
        40,
        0,
        30,
        40,
        60,
        80,
        0);
    row(
        new ConvolutionInputGradient(window(3, 2, 1, 0), Shape.of(1, 1, 2, 2, 2)),
        List.of(Shape.of(1, 1, 1, 1, 1), Shape.of(1, 1, 2, 2, 2)),
        new float[][] {{2}, {1, 2, 3, 4, 5, 6, 7, 8}},
        Shape.of(1, 1, 2, 2, 2),
        2,
        4,
        6,
        8,
        10,
        12,
        14,
        16);
    row(
        new ConvolutionWeightGradient(window(1, 2, 1, 0)),
        List.of(x, y),
        new float[][] {{1, 2, 3, 4, 5, 6}, {1, 10}},
        w,
        21,
        32,
        54,
        65);
    row(
        new ConvolutionWeightGradient(window(1, 2, 1, 0), true),
        List.of(x, y),
        new float[][] {{1, 2, 3, 4, 5, 6}, {1, 10}},
        Shape.of(2, 1, 2, 2),
        21,
        32,
        54,
        65,
        0,
        0,
        0,
        0);
    row(
        new MatrixMultiply(),
        List.of(Shape.of(2, 1, 2), Shape.of(2, 2, 2)),
        new float[][] {{1, 2, 3, 4}, {1, 0, 0, 1, 1, 2, 3, 4}},
        Shape.of(2, 1, 2),
        1,
        2,
        15,
        22);
  }

  private void distances() {
    Shape line = Shape.of(1, 2, 5);
    row(
        new DistanceTransform(List.of(1.0)),
        List.of(line),
        new float[][] {{1, -0f, 0.5f, -3, Float.NaN, 0, 1e-30f, 7, 7, 0}},
        line,
        1,
        0,
        1,
        2,
        3,
        0,
        1,
        2,
        1,
        0);
    Shape planes = Shape.of(2, 1, 2, 3);
    row(
        new DistanceTransform(List.of(3.0, 4.0)),
        List.of(planes),
        new float[][] {{1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1}},
        planes,
        3,
        5,
        Math.sqrt(73),
        0,
        4,
        8,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY);
  }

  private void row(Op op, List<Shape> shapes, float[][] operands, Shape shape, double... want) {
    rows.add(new OpTable.Row(op, shapes, operands, shape, want));
  }
}
