package io.lossmith.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An operation with the shapes and the range that it is checked on at random. */
final class OpRow {
  final String name;
  final Function<List<Tensor>, Tensor> f;
  final double low;
  final double high;
  final List<int[][]> shapes = new ArrayList<>();
  final List<Point> points = new ArrayList<>();

  OpRow(String name, double low, double high, Function<List<Tensor>, Tensor> f) {
    this.name = name;
    this.f = f;
    this.low = low;
    this.high = high;
  }

  /** Adds shapes, one for each argument, on which finite differences are compared. */
  OpRow on(int[]... arguments) {
    shapes.add(arguments);
    return this;
  }

  /** Adds points, each written as arguments -> value | slope in each argument, where stated. */
  OpRow at(String... stated) {
    for (String point : stated) {
      points.add(Point.of(point));
    }
    return this;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Arguments, the value there, and the slope in each argument, if stated. */
  record Point(double[] arguments, double value, double[] slopes) {
    static Point of(String stated) {
      String[] sides = stated.split("->");
      String[] results = sides[1].split("[|]");
      double[] slopes = results.length == 1 ? new double[0] : numbers(results[1]);
      return new Point(numbers(sides[0]), numbers(results[0])[0], slopes);
    }

    private static double[] numbers(String text) {
      return Arrays.stream(text.strip().split(" +"))
          .map(number -> number.replace("∞", "Infinity"))
          .mapToDouble(Double::parseDouble)
          .toArray();
    }
  }

  static OpRow one(String name, double low, double high, UnaryOperator<Tensor> f) {
    return new OpRow(name, low, high, a -> f.apply(a.get(0))).on(s(2, 3)).on(s());
  }

  static OpRow two(String name, double low, double high, BinaryOperator<Tensor> f) {
    return new OpRow(name, low, high, a -> f.apply(a.get(0), a.get(1)))
        .on(s(2, 3), s(2, 3))
        .on(s(2, 3), s(3))
        .on(s(2, 1), s(4, 1, 3))
        .on(s(), s(2, 2));
  }

  static int[] s(int... sizes) {
    return sizes;
  }

  static OpRow many(String name, UnaryOperator<Tensor> f, int[]... shapes) {
    OpRow row = new OpRow(name, -2, 2, a -> f.apply(a.get(0)));
    for (int[] shape : shapes) {
      row.on(shape);
    }
    return row;
  }

  static OpRow pair(String name, BinaryOperator<Tensor> f, int[]... shapes) {
    return new OpRow(name, -1, 1, a -> f.apply(a.get(0), a.get(1))).on(shapes);
  }
}
