package io.lossmith.autodiff;

import io.lossmith.core.op.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One row for each operation: how it is written, where it is smooth, and numbers it must give. */
final class OpTable {
  private OpTable() {}

  /** An operation with the shapes and the range that it is checked on at random. */
  static final class Row {
    final String name;
    final Function<List<Tensor>, Tensor> f;
    final double low;
    final double high;
    final List<int[][]> shapes = new ArrayList<>();
    final List<Point> points = new ArrayList<>();

    Row(String name, double low, double high, Function<List<Tensor>, Tensor> f) {
      this.name = name;
      this.f = f;
      this.low = low;
      this.high = high;
    }

    /** Adds shapes, one for each argument, on which finite differences are compared. */
    Row on(int[]... arguments) {
      shapes.add(arguments);
      return this;
    }

    /** Adds points, each written as arguments -> value | slope in each argument, where stated. */
    Row at(String... stated) {
      for (String point : stated) {
        points.add(Point.of(point));
      }
      return this;
    }

    @Override
    public String toString() {
      return name;
    }
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

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(elementwise());
    rows.addAll(joint());
    rows.addAll(folds());
    rows.addAll(moves());
    rows.addAll(networks());
    rows.addAll(orders());
    return rows;
  }

  private static Row one(String name, double low, double high, UnaryOperator<Tensor> f) {
    return new Row(name, low, high, a -> f.apply(a.get(0))).on(s(2, 3)).on(s());
  }

  private static Row two(String name, double low, double high, BinaryOperator<Tensor> f) {
    return new Row(name, low, high, a -> f.apply(a.get(0), a.get(1)))
        .on(s(2, 3), s(2, 3))
        .on(s(2, 3), s(3))
        .on(s(2, 1), s(4, 1, 3))
        .on(s(), s(2, 2));
  }

  static int[] s(int... sizes) {
    return sizes;
  }

  static List<Row> elementwise() {
    return List.of(
        one("unaryMinus", -2, 2, Tensor::unaryMinus).at("3 -> -3 | -1", "∞ -> -∞", "NaN -> NaN"),
        one("abs", 0.2, 2, Tensor::abs).at("-3 -> 3 | -1", "0 -> 0 | 0", "-∞ -> ∞", "NaN -> NaN"),
        one("sign", 0.2, 2, Tensor::sign).at("-3 -> -1 | 0", "0 -> 0 | 0", "∞ -> 1", "NaN -> NaN"),
        one("relu", 0.2, 2, Tensor::relu)
            .at(
                "-3 -> 0 | 0",
                "3 -> 3 | 1",
                "0 -> 0 | 0",
                "-∞ -> 0 | 0",
                "∞ -> ∞ | 1",
                "NaN -> NaN"),
        one("square", -2, 2, Tensor::square)
            .at("-3 -> 9 | -6", "0 -> 0 | 0", "-∞ -> ∞", "NaN -> NaN"),
        one("sqrt", 0.5, 2, Tensor::sqrt).at("4 -> 2 | 0.25", "0 -> 0 | ∞", "-1 -> NaN", "∞ -> ∞"),
        one("reciprocal", 0.5, 2, Tensor::reciprocal)
            .at("-2 -> -0.5 | -0.25", "0 -> ∞", "-0 -> -∞", "∞ -> 0"),
        one("exp", -2, 2, Tensor::exp).at("0 -> 1 | 1", "-∞ -> 0 | 0", "∞ -> ∞", "NaN -> NaN"),
        one("log", 0.5, 2, Tensor::log).at("1 -> 0 | 1", "0 -> -∞ | ∞", "-1 -> NaN", "∞ -> ∞"),
        one("log1p", -0.5, 2, Tensor::log1p)
            .at("0 -> 0 | 1", "-1 -> -∞ | ∞", "1e-08 -> 1e-08", "∞ -> ∞"),
        one("sigmoid", -2, 2, Tensor::sigmoid)
            .at(
                "0 -> 0.5 | 0.25",
                "-10000 -> 0 | 0",
                "10000 -> 1 | 0",
                "∞ -> 1",
                "-∞ -> 0",
                "NaN -> NaN"),
        one("softplus", -2, 2, Tensor::softplus)
            .at(
                "0 -> 0.6931471805599453 | 0.5",
                "10000 -> 10000 | 1",
                "-10000 -> 0 | 0",
                "∞ -> ∞",
                "-∞ -> 0",
                "NaN -> NaN"),
        one("tanh", -2, 2, Tensor::tanh)
            .at("0 -> 0 | 1", "10000 -> 1 | 0", "-∞ -> -1", "NaN -> NaN"),
        one("atan", -2, 2, Tensor::atan)
            .at("1 -> 0.7853981633974483 | 0.5", "∞ -> 1.5707963267948966 | 0", "NaN -> NaN"),
        one("floor", 0.2, 0.8, Tensor::floor)
            .at("-0.5 -> -1 | 0", "2 -> 2 | 0", "∞ -> ∞", "NaN -> NaN"),
        one("rint", 0.6, 0.9, Tensor::rint)
            .at("0.5 -> 0 | 0", "1.5 -> 2 | 0", "-∞ -> -∞", "NaN -> NaN"),
        one("clamp", 0.2, 0.8, x -> x.clamp(0, 1))
            .at(
                "-1 -> 0 | 0",
                "0 -> 0 | 1",
                "1 -> 1 | 1",
                "2 -> 1 | 0",
                "∞ -> 1 | 0",
                "NaN -> NaN"),
        one("pow 3", -2, 2, x -> x.pow(3)).at("-2 -> -8 | 12", "0 -> 0 | 0"),
        one("pow 2", -2, 2, x -> x.pow(2)).at("-3 -> 9 | -6"),
        one("pow 1", -2, 2, x -> x.pow(1)).at("-3 -> -3 | 1", "0 -> 0 | 1"),
        one("pow 0", -2, 2, x -> x.pow(0)).at("-3 -> 1 | 0", "0 -> 1 | 0"),
        one("pow ½", 0.5, 2, x -> x.pow(0.5)).at("4 -> 2 | 0.25", "0 -> 0 | ∞"),
        one("plus 2", -2, 2, x -> x.plus(2)).at("1 -> 3 | 1"),
        one("minus 2", -2, 2, x -> x.minus(2)).at("1 -> -1 | 1"),
        one("times 2", -2, 2, x -> x.times(2)).at("3 -> 6 | 2"),
        one("div 2", -2, 2, x -> x.div(2)).at("3 -> 1.5 | 0.5", "∞ -> ∞"),
        one("rsub 2", -2, 2, x -> x.rsub(2)).at("3 -> -1 | -1", "∞ -> -∞", "2 -> 0"),
        one("rdiv 2", 0.5, 2, x -> x.rdiv(2)).at("4 -> 0.5 | -0.125", "0 -> ∞", "-0 -> -∞"),
        one("maximum 1", 1.2, 2, x -> x.maximum(1))
            .at("3 -> 3 | 1", "1 -> 1 | 0.5", "0 -> 1 | 0", "NaN -> NaN"),
        one("minimum 1", 0.2, 0.8, x -> x.minimum(1))
            .at("3 -> 1 | 0", "1 -> 1 | 0.5", "0 -> 0 | 1", "NaN -> NaN"));
  }

  static List<Row> joint() {
    return List.of(
        two("plus", -2, 2, Tensor::plus).at("1 2 -> 3 | 1 1", "∞ -∞ -> NaN"),
        two("minus", -2, 2, Tensor::minus).at("1 2 -> -1 | 1 -1", "∞ ∞ -> NaN"),
        two("times", -2, 2, Tensor::times).at("3 2 -> 6 | 2 3", "0 ∞ -> NaN"),
        two("div", 0.5, 2, Tensor::div).at("3 2 -> 1.5 | 0.5 -0.75", "1 0 -> ∞", "0 0 -> NaN"),
        two("maximum", -2, 2, Tensor::maximum)
            .at(
                "2 1 -> 2 | 1 0",
                "3 3 -> 3 | 0.5 0.5",
                "NaN 1 -> NaN",
                "1 NaN -> NaN",
                "-∞ 1 -> 1 | 0 1"),
        two("minimum", -2, 2, Tensor::minimum)
            .at("2 1 -> 1 | 0 1", "3 3 -> 3 | 0.5 0.5", "NaN 1 -> NaN", "∞ 1 -> 1 | 0 1"),
        two("pow", 0.5, 2, Tensor::pow)
            .at(
                "2 3 -> 8 | 12 5.545177444479562",
                "0 0 -> 1 | 0 0",
                "0 2 -> 0 | 0 0",
                "-2 2 -> 4 | -4 NaN",
                "0 -1 -> ∞"),
        two("equalTo", -2, 2, Tensor::equalTo)
            .at("1 1 -> 1 | 0 0", "0 -0 -> 1", "NaN NaN -> 0", "∞ ∞ -> 1"),
        two("notEqualTo", -2, 2, Tensor::notEqualTo)
            .at("1 1 -> 0 | 0 0", "1 2 -> 1", "NaN NaN -> 1"),
        two("lessThan", -2, 2, Tensor::lessThan)
            .at("1 1 -> 0 | 0 0", "1 2 -> 1", "NaN 1 -> 0", "-∞ ∞ -> 1"),
        two("lessOrEqual", -2, 2, Tensor::lessOrEqual)
            .at("1 1 -> 1 | 0 0", "2 1 -> 0", "1 NaN -> 0"),
        two("greaterThan", -2, 2, Tensor::greaterThan)
            .at("1 1 -> 0 | 0 0", "2 1 -> 1", "NaN 1 -> 0"),
        two("greaterOrEqual", -2, 2, Tensor::greaterOrEqual)
            .at("1 1 -> 1 | 0 0", "1 2 -> 0", "1 NaN -> 0"),
        one("equalTo 1", -2, 0, x -> x.equalTo(1)).at("1 -> 1 | 0", "2 -> 0"),
        one("notEqualTo 1", -2, 0, x -> x.notEqualTo(1)).at("1 -> 0 | 0", "2 -> 1"),
        one("lessThan 1", -2, 0, x -> x.lessThan(1)).at("1 -> 0 | 0", "0 -> 1"),
        one("lessOrEqual 1", -2, 0, x -> x.lessOrEqual(1)).at("1 -> 1 | 0", "2 -> 0"),
        one("greaterThan 1", -2, 0, x -> x.greaterThan(1)).at("1 -> 0 | 0", "2 -> 1"),
        one("greaterOrEqual 1", -2, 0, x -> x.greaterOrEqual(1)).at("1 -> 1 | 0", "0 -> 0"),
        new Row("where", -2, 2, a -> Tensor.where(a.get(0), a.get(1), a.get(2)))
            .on(s(2, 3), s(2, 3), s(2, 3))
            .on(s(3), s(2, 1), s(4, 1, 1))
            .at(
                "1 5 NaN -> 5 | 0 1 0",
                "0 NaN 7 -> 7 | 0 0 1",
                "-0 ∞ 7 -> 7 | 0 0 1",
                "NaN 5 7 -> 5 | 0 1 0"),
        two("where with a number", -2, 2, (c, x) -> Tensor.where(c, x, 3))
            .at("1 5 -> 5 | 0 1", "0 5 -> 3 | 0 0"),
        two("where with a number first", -2, 2, (c, x) -> Tensor.where(c, 3, x))
            .at("1 5 -> 3 | 0 0", "0 5 -> 5 | 0 1"),
        one("where between numbers", -2, 2, c -> Tensor.where(c, 3, 4))
            .at("1 -> 3 | 0", "0 -> 4 | 0"));
  }

  private static Row many(String name, UnaryOperator<Tensor> f, int[]... shapes) {
    Row row = new Row(name, -2, 2, a -> f.apply(a.get(0)));
    for (int[] shape : shapes) {
      row.on(shape);
    }
    return row;
  }

  private static List<Row> folds() {
    return List.of(
        many("sum", x -> x.sum().square(), s(2, 3), s()),
        many("sum of an axis", x -> x.sum(1).square(), s(2, 3), s(2, 3, 2)),
        many("sumKeep", x -> x.minus(x.sumKeep(0, -1)).square(), s(2, 3, 2)),
        many("mean", x -> x.mean(0).square(), s(2, 3)),
        many("meanKeep", x -> x.minus(x.meanKeep()).square(), s(2, 3)),
        many("max", x -> x.max().square(), s(2, 3)),
        many("maxKeep", x -> x.times(x.maxKeep(1)), s(2, 3), s(2, 3, 2)),
        many("min", x -> x.min(0).square(), s(2, 3)),
        many("minKeep", x -> x.times(x.minKeep(1)), s(2, 3)),
        many("variance", x -> x.variance(1).square(), s(2, 3), s(2, 3, 2)),
        many("varianceKeep", x -> x.times(x.varianceKeep(0)), s(2, 3)),
        many("standardDeviation", x -> x.standardDeviation().square(), s(2, 3)),
        many("standardDeviationKeep", x -> x.div(x.standardDeviationKeep(-1)), s(2, 3)),
        many("norm", x -> x.norm(0).square(), s(2, 3)),
        many("normKeep", x -> x.div(x.normKeep(1)), s(2, 3), s(2, 3, 2)),
        many("softmax", x -> x.softmax(1).square(), s(2, 3), s(2, 3, 2)),
        many("logSoftmax", x -> x.logSoftmax(-1).square(), s(2, 3)),
        many("logSumExp", x -> x.logSumExp(0).square(), s(2, 3)));
  }

  private static List<Row> moves() {
    return List.of(
        many("reshape", x -> x.reshape(3, -1).square().sum(0).square(), s(2, 3), s(2, 3, 2)),
        many("squeeze", x -> x.sumKeep(1).squeeze(1).square(), s(2, 3)),
        many("unsqueeze", x -> x.unsqueeze(1).times(x), s(2, 3)),
        many("flatten", x -> x.flatten(1).sum(1).square(), s(2, 3, 2)),
        many("permute", x -> x.permute(2, 0, 1).square().sumKeep(0).square(), s(2, 3, 2)),
        many("broadcastTo", x -> x.broadcastTo(2, 4, 3).square().sum(2).square(), s(2, 1, 3), s(3)),
        many("slice", x -> x.slice(1, 1, 3).square().sum(0).square(), s(2, 3), s(2, 4, 2)),
        many("get", x -> x.get(-1).square().plus(x.get(0)), s(2, 3)),
        many(
            "pad",
            x -> x.pad(new int[] {1, 0}, new int[] {0, 2}).square().sum(0).square(),
            s(2, 3)),
        many("concat", x -> Tensor.concat(1, x, x.square(), x.sumKeep(1)).square(), s(2, 3)),
        many("stack", x -> Tensor.stack(-1, x, x.square()).square(), s(2, 3), s()),
        many("transpose", x -> x.transpose().times(x.sum(-1).unsqueeze(-2)), s(2, 3), s(2, 3, 2)),
        many("diff", x -> x.diff(1).square(), s(2, 3), s(2, 4, 2)),
        many("padReplicate", x -> x.padReplicate(s(1, 0), s(0, 2)).square(), s(2, 3)),
        many("padReplicate around pictures", x -> x.padReplicate(2).square(), s(1, 2, 3, 1)),
        many("padReflect", x -> x.padReflect(s(1, 0), s(0, 2)).square(), s(2, 3)),
        many("padReflect around pictures", x -> x.padReflect(2).square(), s(1, 2, 3, 3)),
        many("pairwise", x -> x.pairwise(1, Tensor::minus).square(), s(2, 3), s(2, 3, 2)),
        many("flip", x -> x.flip(1).times(x), s(2, 3), s(2, 3, 2)),
        many("stopGradient", x -> x.times(2).stopGradient().times(0).plus(x).square(), s(2, 3)));
  }

  private static Row pair(String name, BinaryOperator<Tensor> f, int[]... shapes) {
    return new Row(name, -1, 1, a -> f.apply(a.get(0), a.get(1))).on(shapes);
  }

  /** Distances of a fixed pattern times x, and distances of x itself, which pass no gradient. */
  private static Tensor weighed(Tensor x) {
    Tensor odd = Tensor.iota(x.shape().count()).reshape(x.shape().toArray()).plus(-3);
    Tensor own = x.times(0).plus(odd).distanceTransform();
    double[] spacing = new double[x.shape().rank() - 2];
    Arrays.fill(spacing, 0.5);
    return odd.distanceTransform(spacing).plus(own).minimum(9).times(x.square());
  }

  private static List<Row> orders() {
    Tensor positions = Tensor.of(new float[] {2, 0, 2, 1}, 1, 4).broadcastTo(2, 4);
    Tensor rows = Tensor.of(new float[] {1, 1, 0}, 1, 3);
    Tensor labels = Tensor.labels(new int[] {2, 0, 9, 1}, 2, 2);
    return List.of(
        many("atLabel", x -> x.atLabel(1, labels).square(), s(2, 3, 2)),
        many("atLabel of weights", x -> x.square().atLabel(-2, labels), s(3, 1)),
        many("argSort", x -> x.argSort(1, true).times(x).square(), s(2, 3), s(2, 3, 2)),
        many("sort", x -> x.sort(1, false).square(), s(2, 3), s(2, 3, 2), s(2, 60)),
        many("sort descending", x -> x.sort(0, true).square(), s(4), s(3, 2)),
        many("gather", x -> x.gather(1, positions).square(), s(2, 3), s(2, 4)),
        many("gather along the first axis", x -> x.gather(0, rows).square(), s(2, 3)),
        many("scatterAdd", x -> x.scatterAdd(1, positions, 3).square(), s(2, 4)),
        many(
            "rankedSum",
            x -> x.square().rankedSum(1, x.stopGradient(), true).square(),
            s(2, 3),
            s(2, 3, 2)),
        many(
            "isAmongGreatest",
            x -> x.isAmongGreatest(1, Tensor.scalar(2)).times(x).square(),
            s(2, 3)),
        many("cumulativeSum", x -> x.cumulativeSum(-1).square(), s(2, 3), s(5)),
        many(
            "cumulativeSum exclusive",
            x -> x.cumulativeSum(0, true, false).square(),
            s(3, 2),
            s(2, 3, 2)),
        many("cumulativeSum reverse", x -> x.cumulativeSum(1, false, true).square(), s(2, 3)),
        many("cumulativeSum of both", x -> x.cumulativeSum(0, true, true).square(), s(4)));
  }

  /** Returns a symmetric positive definite matrix of the rows. */
  private static Tensor covariance(Tensor x) {
    return x.matmul(x.transpose()).plus(Tensor.eye(x.size(-2)));
  }

  private static List<Row> networks() {
    Window window = new Window(List.of(2, 3), List.of(2, 1), List.of(1, 1), List.of(1, 1));
    Window wide = new Window(List.of(2, 2), List.of(1, 2), List.of(0, 1), List.of(2, 1));
    Window rows = new Window(List.of(3, 1), List.of(1, 1), List.of(1, 0), List.of(1, 1));
    Window columns = new Window(List.of(1, 3), List.of(1, 1), List.of(0, 1), List.of(1, 1));
    Window line = new Window(List.of(3), List.of(2), List.of(1), List.of(1));
    Window cube =
        new Window(List.of(2, 3, 2), List.of(1, 1, 2), List.of(0, 1, 1), List.of(2, 1, 1));
    int[] x = s(2, 2, 4, 5);
    int[] w = s(3, 2, 2, 3);
    return List.of(
        pair("convolve", (a, b) -> a.convolve(b, window).square(), x, w),
        pair("convolve with dilation", (a, b) -> a.convolve(b, wide).square(), x, s(1, 2, 2, 2)),
        pair("convolve in 1 axis", (a, b) -> a.convolve(b, 2, 1).square(), s(1, 2, 5), s(2, 2, 3)),
        pair(
            "convolve in 3 axes",
            (a, b) -> a.convolve(b, 1, 1).square(),
            s(1, 1, 2, 3, 2),
            s(2, 1, 1, 2, 2)),
        pair(
            "convolveTransposed",
            (a, b) -> a.convolveTransposed(b, window).square(),
            s(2, 3, 3, 2),
            s(3, 2, 2, 3)),
        pair(
            "convolveTransposed to sizes",
            (a, b) -> a.convolveTransposed(b, wide, 6, 5).square(),
            s(1, 2, 4, 3),
            s(2, 1, 2, 2)),
        pair(
            "convolveTransposed in 1 axis",
            (a, b) -> a.convolveTransposed(b, 2, 1).square(),
            s(1, 2, 4),
            s(2, 3, 3)),
        pair(
            "convolveTransposed in 3 axes",
            (a, b) -> a.convolveTransposed(b, 2, 0).square(),
            s(1, 1, 2, 2, 1),
            s(1, 2, 1, 2, 2)),
        pair(
            "gradient of convolve",
            (a, b) -> {
              Tensor y = a.convolve(b, window).exp();
              List<Tensor> both = Gradients.of(y, List.of(a, b));
              return both.get(0).square().sum().plus(both.get(1).square().sum());
            },
            s(1, 2, 3, 3),
            s(2, 2, 2, 3)),
        pair("convolve by groups", (a, b) -> a.convolve(b, window, 2).square(), x, s(4, 1, 2, 3)),
        pair(
            "convolve each channel",
            (a, b) -> a.convolve(b, 1, 1, 3).square(),
            s(1, 3, 4),
            s(3, 1, 3)),
        many("maxPool", a -> a.maxPool(2).square(), x),
        many("maxPool under a window", a -> a.maxPool(window).square(), x),
        many("gradient of maxPool", a -> Gradients.of(a.maxPool(2).exp(), a).square(), x),
        many("maxPool with a stride", a -> a.maxPool(3, 2, 1).square(), x),
        many("averagePool with a stride", a -> a.averagePool(3, 2, 1).square(), x),
        many("averagePool", a -> a.averagePool(window).square(), x),
        many(
            "gradient of averagePool", a -> Gradients.of(a.averagePool(wide).exp(), a).square(), x),
        many("maxPool under two windows", a -> a.maxPool(List.of(rows, columns)).square(), x),
        many(
            "gradient of maxPool under two windows",
            a -> Gradients.of(a.maxPool(List.of(rows, columns)).exp(), a).square(),
            x),
        many("maxPool in 1 axis", a -> a.maxPool(2).square(), s(2, 2, 5)),
        many("maxPool in 3 axes", a -> a.maxPool(2).square(), s(1, 2, 3, 4, 2)),
        many("averagePool in 1 axis", a -> a.averagePool(line).square(), s(1, 2, 6)),
        many("averagePool in 3 axes", a -> a.averagePool(cube).square(), s(1, 1, 3, 4, 3)),
        many("resizeLinear", a -> a.resizeLinear(3, 7).square(), x),
        many("resizeLinear in 1 axis", a -> a.resizeLinear(3).square(), s(2, 2, 7)),
        many("resizeLinear in 3 axes", a -> a.resizeLinear(3, 2, 5).square(), s(1, 2, 2, 3, 3)),
        many(
            "gradient of resizeLinear",
            a -> Gradients.of(a.resizeLinear(8, 3).exp(), a).square(),
            x),
        many("resizeNearest", a -> a.resizeNearest(3, 7).square(), x),
        many(
            "gradient of resizeNearest",
            a -> Gradients.of(a.resizeNearest(8, 3).exp(), a).square(),
            x),
        many("distanceTransform", OpTable::weighed, s(1, 2, 4), s(2, 1, 2, 3), s(1, 1, 2, 2, 2)),
        pair("matmul", (a, b) -> a.matmul(b).square(), s(2, 3), s(3, 4)),
        pair("matmul of stacks", (a, b) -> a.matmul(b).square(), s(2, 2, 3), s(2, 3, 1)),
        pair("matmul by one matrix", (a, b) -> a.matmul(b).square(), s(2, 2, 3), s(3, 2)),
        pair("matmul of one matrix", (a, b) -> a.matmul(b).square(), s(2, 3), s(2, 3, 2)),
        pair("matmul of all", (a, b) -> a.matmul(b).square(), s(2, 1, 1, 2), s(3, 2, 1)),
        many("pivots", a -> covariance(a).pivots().square(), s(2, 3), s(2, 2, 2)),
        many("cholesky", a -> covariance(a).cholesky().square(), s(2, 3), s(2, 2, 2)),
        many("logDeterminant", a -> covariance(a).logDeterminant(), s(3, 2), s(2, 2, 3)));
  }
}
