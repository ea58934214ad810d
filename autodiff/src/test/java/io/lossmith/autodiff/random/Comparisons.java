package io.lossmith.autodiff.random;

import static io.lossmith.autodiff.random.Arithmetic.row;

import io.lossmith.autodiff.Tensor;
import java.util.List;

/** Comparisons and what chooses by them: with other tensors and with folds of the tensor itself. */
final class Comparisons {
  static final List<Operation> ROWS =
      List.of(
          row("maximum", Tensor::maximum),
          row("minimum", Tensor::minimum),
          row("where x < y: x / 2 else y", (x, y) -> Tensor.where(x.lessThan(y), x.times(.5), y)),
          row("(x ≥ y) x", (x, y) -> x.greaterOrEqual(y).times(x)),
          row("(x = y) + .3 x", (x, y) -> x.equalTo(y).plus(x.times(.3))),
          row("(x ≠ y) y", (x, y) -> x.notEqualTo(y).times(y)),
          row("x between y and y + 1", (x, y) -> x.maximum(y).minimum(y.plus(1))),
          Operation.row("where t > .5: x else y", Comparisons::byTarget),
          Operation.row("where label = 1: x else y", Comparisons::byLabel),
          Operation.row("max", s -> s.x().max(s.axes())),
          Operation.row("min", s -> s.x().min(s.axes())),
          Operation.row("max − x", s -> s.x().maxKeep(s.axes()).minus(s.x())),
          Operation.row("(x = max) x", s -> s.x().equalTo(s.x().maxKeep(s.axes())).times(s.x())),
          Operation.row("(x = min) + x", s -> s.x().equalTo(s.x().minKeep(s.axes())).plus(s.x())),
          Operation.row("(x < max) x", s -> s.x().lessThan(s.x().maxKeep(s.axes())).times(s.x())),
          Operation.row("x between two folds", Comparisons::withinRange),
          Operation.row("scaled to 0..1", Comparisons::scaled),
          Operation.row("where x < its mean", Comparisons::belowMean),
          Operation.row(
              "hard one-hot",
              s ->
                  s.x()
                      .softmax(s.axis())
                      .equalTo(s.x().softmax(s.axis()).maxKeep(s.axis()))
                      .plus(s.x().times(.1))),
          Operation.row("(x = flip x) + x", s -> s.x().equalTo(s.x().flip(s.axis())).plus(s.x())),
          Operation.row("maximum(x, flip x)", s -> s.x().maximum(s.x().flip(s.axis()))));

  private Comparisons() {}

  private static Tensor byTarget(Step s) {
    Tensor y = s.other();
    return s.hasRoom(s.x(), y) && s.isLikeInputs()
        ? Tensor.where(s.given().t().greaterThan(.5), s.x(), y)
        : Tensor.where(y.greaterThan(.5), y.times(.5), y);
  }

  private static Tensor byLabel(Step s) {
    Tensor y = s.other();
    return s.hasRoom(s.x(), y) && s.isLikeInputs()
        ? Tensor.where(s.given().label().equalTo(1), s.x(), y)
        : s.x().maximum(0.25);
  }

  private static Tensor withinRange(Step s) {
    Tensor lower = s.x().meanKeep(s.axis());
    return s.x().maximum(lower).minimum(s.x().maxKeep(s.axis()).times(.9));
  }

  private static Tensor scaled(Step s) {
    int[] axes = s.axes();
    Tensor least = s.x().minKeep(axes);
    Tensor greatest = s.x().maxKeep(axes);
    return s.x().minus(least).div(greatest.minus(least).plus(.01));
  }

  private static Tensor belowMean(Step s) {
    Tensor mean = s.x().meanKeep(s.axes());
    return Tensor.where(s.x().lessThan(mean), s.x().times(.5), mean.square());
  }
}
