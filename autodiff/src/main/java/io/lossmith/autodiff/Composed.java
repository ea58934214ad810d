package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.ValueRange;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What is put together from other operations. */
final class Composed {
  private Composed() {}

  /**
   * The gradient is p·(g − Σ g·p), which the rules alone would reach by a longer way: the
   * quotient's two halves each hold an array of the full size.
   */
  static Tensor softmax(Tensor x, int axis) {
    int at = x.shape().axis("softmax", axis);
    Tensor powers = x.minus(x.maxKeep(at).stopGradient()).exp();
    // One division for each sum, not for each element.
    Tensor p = powers.times(powers.sumKeep(at).reciprocal()).stopGradient();
    return Tensor.make(new Alias(new Softmax(at)), p, x);
  }

  /**
   * The gradient of a softmax. Where one class is nearly sure, g less its mean is the small
   * difference of two large numbers, and keeps their roundings; taken from what is left, the mean
   * of that is 0 but for them. Not where labels choose g: that is one instruction for engines, and
   * a second mean would cost a third more.
   */
  record Softmax(int axis) implements GradientRule {
    @Override
    public List<Tensor> apply(Tensor g, Tensor result) {
      Tensor rest = lessMean(g, result);
      return List.of(result.times(LabelSearch.chooses(g, result) ? rest : lessMean(rest, result)));
    }

    private Tensor lessMean(Tensor g, Tensor weights) {
      return g.minus(FoldingArithmetic.times(g, weights).sumKeep(axis));
    }
  }

  static Tensor logSoftmax(Tensor x, int axis) {
    int at = x.shape().axis("logSoftmax", axis);
    Tensor shifted = x.minus(x.maxKeep(at).stopGradient());
    return shifted.minus(shifted.exp().sumKeep(at).log());
  }

  static Tensor logSumExp(Tensor x, int axis) {
    int at = x.shape().axis("logSumExp", axis);
    Tensor greatest = x.maxKeep(at).stopGradient();
    Tensor kept = x.minus(greatest).exp().sumKeep(at).log().plus(greatest);
    return kept.squeeze(at);
  }

  static Tensor oneHot(Tensor labels, int classes, int axis) {
    if (classes < 1) {
      throw new ShapeException("oneHot: classes is " + classes + ", must be at least 1");
    }
    int rank = labels.shape().rank() + 1;
    int at = Moves.widened("oneHot", labels.shape(), axis);
    return labels.unsqueeze(at).equalTo(Creation.iota(classes, at, rank));
  }

  /** Classes are counted from the last axis, because shapes are matched from there. */
  static Tensor atLabel(Tensor x, int axis, Tensor labels) {
    int rank = x.shape().rank();
    int at = x.shape().axis("atLabel", axis);
    Shape.broadcast("atLabel", x.shape().without(at), labels.shape());
    Tensor widened = labels;
    while (widened.shape().rank() < rank - 1 - at) {
      widened = widened.unsqueeze(0);
    }
    Tensor classes = Creation.iota(x.shape().get(at), at, rank);
    return Tensor.where(widened.unsqueeze(at - rank).equalTo(classes), x, 0).sum(at - rank);
  }

  static Tensor pairwise(Tensor x, int axis, Tensor other, BinaryOperator<Tensor> f) {
    int at = x.shape().axis("pairwise", axis);
    if (other.shape().rank() != x.shape().rank()) {
      throw new ShapeException(
          "pairwise: a tensor "
              + x.shape()
              + " and another "
              + other.shape()
              + "; both must have as many axes");
    }
    return f.apply(x.unsqueeze(at + 1), other.unsqueeze(at));
  }

  static Tensor stopGradient(Tensor x) {
    return Tensor.make(new Alias(Stop.GRADIENT), x);
  }

  /** Says of an alias that nothing flows back through it. */
  enum Stop {
    GRADIENT
  }

  static Tensor checkLabels(Tensor x, String who, int classes, @Nullable Integer ignoreIndex) {
    if (classes < 0) {
      throw new IllegalArgumentException(who + ": classes is " + classes + ", must be at least 1");
    }
    ValueRange labels = ValueRange.of(0, classes - 1).wholeNumbers();
    String must = "a whole number from 0 to " + (classes - 1);
    return ignoreIndex == null
        ? checked(x, who, labels, must)
        : checked(x, who, labels.or(ignoreIndex), must + ", or " + ignoreIndex + " to be ignored");
  }

  static Tensor checkRange(Tensor x, String who, double low, double high, String must) {
    return checked(x, who, ValueRange.of(low, high), must);
  }

  static Tensor checkRangeOrNaN(Tensor x, String who, double low, double high, String must) {
    return checked(x, who, ValueRange.of(low, high).orNaN(), must);
  }

  static Tensor checkNotNaN(Tensor x, String who) {
    double infinity = Double.POSITIVE_INFINITY;
    return checked(x, who, ValueRange.of(-infinity, infinity), "a number");
  }

  private static Tensor checked(Tensor x, String who, ValueRange range, String must) {
    return Tensor.make(new Check(who, range, must), x);
  }
}
