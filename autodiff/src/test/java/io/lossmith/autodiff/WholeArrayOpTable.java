package io.lossmith.autodiff;

import static io.lossmith.autodiff.OpRow.many;
import static io.lossmith.autodiff.OpRow.pair;
import static io.lossmith.autodiff.OpRow.s;

import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.List;

/** The rows of operations on whole arrays. */
final class WholeArrayOpTable {
  private WholeArrayOpTable() {}

  /** Distances of a fixed pattern times x, and distances of x itself, which pass no gradient. */
  private static Tensor weighed(Tensor x) {
    Tensor odd = Tensor.iota(x.shape().count()).reshape(x.shape().toArray()).plus(-3);
    Tensor own = x.times(0).plus(odd).distanceTransform();
    double[] spacing = new double[x.shape().rank() - 2];
    Arrays.fill(spacing, 0.5);
    return odd.distanceTransform(spacing).plus(own).minimum(9).times(x.square());
  }

  static List<OpRow> orders() {
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

  static List<OpRow> networks() {
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
        many(
            "distanceTransform",
            WholeArrayOpTable::weighed,
            s(1, 2, 4),
            s(2, 1, 2, 3),
            s(1, 1, 2, 2, 2)),
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
