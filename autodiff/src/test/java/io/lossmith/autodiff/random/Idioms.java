package io.lossmith.autodiff.random;

import static io.lossmith.autodiff.random.Operation.row;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import java.util.List;

/** What losses are made of: labels, overlaps, checks, gradients of one's own. */
final class Idioms {
  static final List<Operation> ROWS =
      List.of(
          row(
              "log-softmax at the label",
              s -> atLabel(s).times(s.x().logSoftmax(s.axis())).sum(s.axis())),
          row("x at the label", s -> atLabel(s).times(s.x())),
          row("x not at the label", s -> Tensor.where(atLabel(s), 0, s.x())),
          row("taken at the label", Idioms::isOnTarget, Idioms::taken),
          row("weights by label", Idioms::weighted),
          row(
              "one-hot − softmax",
              s -> atLabel(s).minus(s.x().softmax(s.axis())).square().sum(s.axis())),
          row("one-hot of all labels", s -> s.hasRoom(4), Idioms::oneHot),
          row("Dice", Idioms::isOnTarget, Idioms::dice),
          row("Dice of softmax", Idioms::isOnTarget, Idioms::softmaxDice),
          row("Tversky", Idioms::isOnTarget, Idioms::tversky),
          row(
              "binary cross entropy",
              Idioms::isOnTarget,
              s -> s.x().softplus().minus(s.x().times(s.given().t()))),
          row("focal", s -> s.x().sigmoid().rsub(1).square().times(s.x().softplus())),
          row(
              "label smoothed",
              s -> atLabel(s).times(.9).plus(.05).times(s.x().logSoftmax(s.axis()))),
          row("masked mean", Idioms::isOnTarget, Idioms::maskedMean),
          row("stopGradient times x", s -> s.x().stopGradient().times(s.x())),
          row(
              "x − stopGradient of its mean",
              s -> s.x().minus(s.x().meanKeep(s.axes()).stopGradient())),
          row("own gradient, twice it", Idioms::doubled),
          row(
              "straight through",
              s -> CustomGradient.of(s.x().greaterThan(.25), List.of(s.x()), g -> List.of(g))),
          row(
              "gradient reversed",
              s -> CustomGradient.of(s.x(), List.of(s.x()), g -> List.of(g.times(-.5)))),
          row("checkRange", s -> s.x().checkRange("random", -1e30, 1e30, "finite")),
          row("checkRangeOrNaN", s -> s.x().checkRangeOrNaN("random", -1e30, 1e30, "finite")),
          row("checkNotNaN", s -> s.x().checkNotNaN("random")),
          row("weighted by w", s -> s.x().times(s.given().w()).div(s.given().w().sum().plus(1))),
          row("exp(x − w) y", Idioms::scaledPowers));

  private Idioms() {}

  private static boolean isOnTarget(Step s) {
    return s.isLikeInputs();
  }

  /** Ones at the label of each place along the axis; all labels are 1 where shapes differ. */
  private static Tensor atLabel(Step s) {
    Tensor label = s.given().label().checkLabels("random", 4, null);
    Tensor here = s.isLikeInputs() ? label.slice(s.axis(), 0, 1) : Tensor.scalar(1);
    return here.equalTo(Tensor.iota(s.size()).reshape(s.line(s.size())));
  }

  private static Tensor taken(Step s) {
    return s.x().atLabel(s.axis(), s.given().label().slice(s.axis(), 0, 1).squeeze(s.axis()));
  }

  private static Tensor weighted(Step s) {
    Tensor weight = s.given().t().mean();
    return s.x()
        .times(
            Tensor.where(atLabel(s), weight.times(3), weight.exp())
                .minus(s.x().sumKeep(s.axis()).times(.1)));
  }

  private static Tensor oneHot(Step s) {
    Tensor hot = s.given().label().oneHot(4, s.below(s.given().label().shape().rank() + 1));
    return hot.minus(s.given().t().mean()).times(s.x().mean());
  }

  private static Tensor dice(Step s) {
    Tensor t = s.given().t();
    Tensor overlap = s.x().times(t).sumKeep(s.axes()).times(2).plus(1);
    return overlap.div(s.x().abs().plus(t).sumKeep(s.axes()).plus(1));
  }

  private static Tensor softmaxDice(Step s) {
    Tensor p = s.x().softmax(s.axis());
    Tensor hot = atLabel(s);
    int[] axes = s.axes();
    return p.times(hot).sum(axes).times(2).plus(.5).div(p.sum(axes).plus(hot.sum(axes)).plus(.5));
  }

  private static Tensor tversky(Step s) {
    Tensor p = s.x().sigmoid();
    Tensor t = s.given().t().greaterThan(.5);
    int[] axes = s.axes();
    Tensor hit = p.times(t).sum(axes);
    Tensor wrong = p.times(t.unaryMinus().plus(1)).sum(axes).times(.7);
    Tensor missed = t.times(p.unaryMinus().plus(1)).sum(axes).times(.3);
    return hit.plus(1).div(hit.plus(wrong).plus(missed).plus(1)).unaryMinus().plus(1).pow(.75);
  }

  private static Tensor maskedMean(Step s) {
    Tensor mask = s.given().label().notEqualTo(2);
    int[] axes = s.axes();
    return s.x().times(mask).sum(axes).div(mask.sum(axes).maximum(1));
  }

  private static Tensor doubled(Step s) {
    return CustomGradient.of(s.x().times(.5), List.of(s.x()), g -> List.of(g.times(2)));
  }

  private static Tensor scaledPowers(Step s) {
    Tensor y = s.other();
    Tensor w = s.given().w();
    return s.hasRoom(s.x(), w) && s.hasRoom(s.x().minus(w), y)
        ? s.x().clamp(-3, 3).minus(w).exp().times(y)
        : s.x();
  }
}
