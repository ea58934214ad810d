package io.lossmith.autodiff.random;

import static io.lossmith.autodiff.random.Operation.row;

import io.lossmith.autodiff.Tensor;
import java.util.List;

/** Folds over some axes, alone and together with what they are folds of. */
final class Foldings {
  static final List<Operation> ROWS =
      List.of(
          row("sum", s -> s.x().sum(s.axes()).times(.3)),
          row("mean", s -> s.x().mean(s.axes())),
          row("batch mean", s -> s.rank() > 1, s -> s.x().mean(0)),
          row("mean but for channels", s -> s.rank() > 2, Foldings::channels),
          row("meanKeep", s -> s.x().meanKeep(s.axes())),
          row(".1 sumKeep", s -> s.x().sumKeep(s.axes()).times(.1)),
          row("softmax", s -> s.x().softmax(s.axis())),
          row("logSoftmax", s -> s.x().logSoftmax(s.axis())),
          row("logSumExp", s -> s.x().logSumExp(s.axis())),
          row("logSumExp twice", s -> s.rank() > 1, s -> s.x().logSumExp(s.axis()).logSumExp(0)),
          row("x − meanKeep", s -> s.x().minus(s.x().meanKeep(s.axes()))),
          row("x − mean", s -> s.x().minus(s.x().mean())),
          row("x / norm", s -> s.x().div(s.x().square().sumKeep(s.axes()).plus(.1).sqrt())),
          row("product", Foldings::product),
          row("standardised", s -> standardised(s.x(), s.axes())),
          row("variance", s -> s.x().variance(s.axes())),
          row("standardDeviation", s -> s.x().standardDeviationKeep(s.axis()).plus(.1)),
          row("norm", s -> s.x().norm(s.axes()).times(.3)),
          row("sum over one / sum over more", Foldings::ratio),
          row("mean of one − mean of more", Foldings::between),
          row("x − mean along each axis", Foldings::eachAxis),
          row("local and whole sum", Foldings::localAndWhole),
          row("sharpened", Foldings::sharpened),
          row(
              "entropy",
              s -> s.x().softmax(s.axis()).times(s.x().logSoftmax(s.axis())).sum(s.axis())));

  private Foldings() {}

  private static Tensor channels(Step s) {
    int[] axes = new int[s.rank() - 1];
    for (int i = 1; i < axes.length; i++) {
      axes[i] = i + 1;
    }
    return s.x().mean(axes);
  }

  private static Tensor product(Step s) {
    return s.x().abs().plus(.5).log().sum(s.axes()).times(.2).clamp(-5, 5).exp();
  }

  static Tensor standardised(Tensor x, int... axes) {
    Tensor centred = x.minus(x.meanKeep(axes));
    return centred.div(centred.square().meanKeep(axes).plus(.1).sqrt());
  }

  private static Tensor ratio(Step s) {
    return s.x().abs().sumKeep(s.axis()).div(s.x().abs().sumKeep(s.axes()).plus(1));
  }

  private static Tensor between(Step s) {
    return s.x().meanKeep(s.axis()).minus(s.x().meanKeep(s.axes()));
  }

  private static Tensor eachAxis(Step s) {
    Tensor x = s.x();
    for (int axis = 0; axis < s.rank(); axis++) {
      x = x.minus(x.meanKeep(axis));
    }
    return x;
  }

  /** One value under a fold that a tile can hold and under one that it cannot. */
  private static Tensor localAndWhole(Step s) {
    Tensor local = s.x().minus(s.x().meanKeep(s.axis())).square();
    return local.sum(s.axis()).div(local.sum().plus(1)).plus(s.x().flip(0).times(s.x()).mean());
  }

  private static Tensor sharpened(Step s) {
    Tensor square = s.x().softmax(s.axis()).square();
    return square.div(square.sumKeep(s.axis()));
  }
}
