package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The Lovász extension of the Jaccard loss: how much each error weighs. Errors are sorted, greatest
 * first; one weighs as much as the Jaccard loss J grows when its pixel joins the wrong ones.
 *
 * <pre>I_k = G − Σ_{j ≤ k} m·t    U_k = G + Σ_{j ≤ k} m·(1 − t)    J_k = 1 − I_k/U_k    G = Σ m·t
 * J_k − J_{k−1} = m·(t·U_k + (1 − t)·I_k)/(U_k·U_{k−1})</pre>
 *
 * <p>The second form of the difference cancels nothing. Where the union is empty so far, the first
 * pixel that counts makes all of the step. The multiplicity m is the weight of a pixel. Weights are
 * constants for gradients, as positions in an order are.
 *
 * <p>Lines are {@code [groups, lines, pixels]}: with one group the batch is one picture, else each
 * sample is one.
 */
final class LovaszSteps {
  private final Segmentation s;
  private final boolean perImage;

  LovaszSteps(Segmentation s, boolean perImage) {
    this.s = s;
    this.perImage = perImage;
  }

  /**
   * Returns the weighted sum of the errors of each line, {@code [N, lines]} or {@code [lines]}.
   *
   * @param errors {@code [N, lines, spatial...]}, each ≥ 0
   * @param target as many lines of a dense target
   */
  Tensor cost(Tensor errors, Tensor target) {
    Tensor order = order(errors);
    return sum(errors, order, lines(target).gather(2, order));
  }

  /**
   * Returns {@link #cost(Tensor, Tensor)} for class indices, of which no channels are made.
   *
   * @param classes the class of each line, {@code [lines]}
   */
  Tensor cost(Tensor errors, Tensor labels, Tensor classes) {
    Tensor order = order(errors);
    Tensor t = pixels(labels, order).equalTo(classes.reshape(1, classes.shape().count(), 1));
    return sum(errors, order, t);
  }

  private Tensor order(Tensor errors) {
    return lines(errors.stopGradient()).argSort(2, true);
  }

  private Tensor sum(Tensor errors, Tensor order, Tensor t) {
    Tensor weight = s.valid().weight();
    Tensor steps = steps(t, weight == null ? null : pixels(weight, order));
    Tensor weights = back(steps.scatterAdd(2, order, order.shape().get(2)), errors.shape());
    int[] axes =
        IntStream.range(perImage ? 2 : 0, errors.shape().rank()).filter(a -> a != 1).toArray();
    return errors.times(weights.stopGradient()).sum(axes);
  }

  /** Returns J_k − J_{k−1} along axis 2. */
  private static Tensor steps(Tensor t, @Nullable Tensor m) {
    Tensor rest = t.unaryMinus().plus(1);
    Tensor inside = weighed(t, m);
    Tensor outside = weighed(rest, m);
    Tensor hit = inside.cumulativeSum(2);
    Tensor all = inside.sumKeep(2);
    Tensor union = all.plus(outsideSoFar(outside, hit, m));
    Tensor before = union.minus(outside);
    Tensor empty = before.lessOrEqual(0);
    Tensor grown = t.times(union).plus(rest.times(all.minus(hit)));
    Tensor step = weighed(grown, m).div(Tensor.where(empty, 1, union.times(before)));
    return Tensor.where(empty, outside.greaterThan(0), step);
  }

  /** Where every pixel counts 1, what is not inside is outside: one running sum tells both. */
  private static Tensor outsideSoFar(Tensor outside, Tensor hit, @Nullable Tensor m) {
    if (m != null) {
      return outside.cumulativeSum(2);
    }
    Tensor counted = Tensor.iota(hit.shape().get(2)).plus(1);
    return counted.minus(hit);
  }

  private static Tensor weighed(Tensor x, @Nullable Tensor m) {
    return m == null ? x : x.times(m);
  }

  /** Lays {@code [N, lines, spatial...]} out as {@code [groups, lines, pixels]}. */
  private Tensor lines(Tensor x) {
    int n = x.shape().get(0);
    int lines = x.shape().get(1);
    return perImage || n == 1 ? x.reshape(n, lines, -1) : swapped(x).reshape(1, lines, -1);
  }

  /** Undoes {@link #lines}. */
  private Tensor back(Tensor x, Shape shape) {
    int n = shape.get(0);
    if (perImage || n == 1) {
      return x.reshape(shape.toArray());
    }
    int[] sizes = shape.toArray();
    sizes[0] = sizes[1];
    sizes[1] = n;
    return swapped(x.reshape(sizes));
  }

  private static Tensor swapped(Tensor x) {
    int[] axes = IntStream.range(0, x.shape().rank()).map(a -> a < 2 ? 1 - a : a).toArray();
    return x.permute(axes);
  }

  /** Returns what stands at each pixel {@code [N, 1, spatial...]} in the order of each line. */
  private Tensor pixels(Tensor values, Tensor order) {
    int groups = order.shape().get(0);
    Tensor flat = values.reshape(groups, -1);
    return flat.gather(1, order.reshape(groups, -1)).reshape(order.shape().toArray());
  }
}
