package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Fold;
import java.util.Arrays;
import java.util.List;

/** Builds folds over axes. */
final class Folding {
  private Folding() {}

  /** Folds and keeps the axes at size 1. */
  static Tensor keep(String who, Fold fold, Tensor x, int... axes) {
    return folded(fold, x, x.shape().axes(who, axes));
  }

  /** Folds and drops the axes. */
  static Tensor drop(String who, Fold fold, Tensor x, int... axes) {
    int[] counted = x.shape().axes(who, axes);
    return dropped(folded(fold, x, counted), counted);
  }

  static Tensor meanKeep(String who, Tensor x, int... axes) {
    int[] counted = x.shape().axes(who, axes);
    return folded(Fold.SUM, x, counted).div(count(x.shape(), counted));
  }

  static Tensor mean(String who, Tensor x, int... axes) {
    int[] counted = x.shape().axes(who, axes);
    return dropped(folded(Fold.SUM, x, counted), counted).div(count(x.shape(), counted));
  }

  static Tensor variance(String who, Tensor x, int... axes) {
    return mean(who, fromMean(who, x, axes).square(), axes);
  }

  static Tensor varianceKeep(String who, Tensor x, int... axes) {
    return meanKeep(who, fromMean(who, x, axes).square(), axes);
  }

  private static Tensor fromMean(String who, Tensor x, int... axes) {
    return x.minus(meanKeep(who, x, axes));
  }

  /** A scalar has nothing to fold. */
  private static Tensor folded(Fold fold, Tensor x, int[] axes) {
    List<Integer> list = Arrays.stream(axes).boxed().toList();
    return list.isEmpty() ? x : Tensor.make(new AxisFold(fold, list), x);
  }

  private static Tensor dropped(Tensor kept, int[] axes) {
    return axes.length == 0 ? kept : Moves.reshaped(kept, kept.shape().without(axes));
  }

  private static double count(Shape shape, int[] axes) {
    double count = 1;
    for (int axis : axes) {
      count *= shape.get(axis);
    }
    return count;
  }
}
