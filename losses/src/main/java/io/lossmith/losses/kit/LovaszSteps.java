package io.lossmith.losses.kit;

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
public final class LovaszSteps {
  private final LossInputs s;
  private final boolean perImage;

  public LovaszSteps(LossInputs s, boolean perImage) {
    this.s = s;
    this.perImage = perImage;
  }

  /**
   * Returns the weighted sum of the errors of each line, {@code [N, lines]} or {@code [lines]}.
   *
   * @param errors {@code [N, lines, spatial...]}, each ≥ 0
   * @param t the target, as many lines
   */
  public Tensor cost(Tensor errors, Tensor t) {
    Tensor weights = steps(lines(errors.stopGradient()), t, s.valid().weight());
    return errors.times(weights.stopGradient()).sum(axes(t));
  }

  /** Returns J_k − J_{k−1} for each pixel, k its place in the order of the errors. */
  private Tensor steps(Tensor keys, Tensor t, @Nullable Tensor m) {
    Tensor rest = t.unaryMinus().plus(1);
    Tensor inside = weighed(t, m);
    Tensor outside = weighed(rest, m);
    Tensor ranked = lines(inside).rankedSum(2, keys, true);
    Tensor hit = row(ranked, 0, t.shape());
    // Where every pixel counts 1, what is not inside is outside: one running sum tells both.
    Tensor missed =
        m == null
            ? row(ranked, 1, t.shape()).minus(hit)
            : row(lines(outside).rankedSum(2, keys, true), 0, t.shape());
    Tensor all = inside.sumKeep(axes(t));
    Tensor union = all.plus(missed);
    Tensor before = union.minus(outside);
    Tensor empty = before.lessOrEqual(0);
    Tensor grown = t.times(union).plus(rest.times(all.minus(hit)));
    Tensor step = weighed(grown, m).div(Tensor.where(empty, 1, union.times(before)));
    return Tensor.where(empty, outside.greaterThan(0), step);
  }

  private static Tensor weighed(Tensor x, @Nullable Tensor m) {
    return m == null ? x : x.times(m);
  }

  /** Returns the axes that a line runs along. */
  private int[] axes(Tensor x) {
    return IntStream.range(perImage ? 2 : 0, x.shape().rank()).filter(a -> a != 1).toArray();
  }

  /** Lays {@code [N, lines, spatial...]} out as {@code [groups, lines, pixels]}. */
  private Tensor lines(Tensor x) {
    int n = x.shape().get(0);
    int lines = x.shape().get(1);
    return perImage || n == 1 ? x.reshape(n, lines, -1) : swapped(x).reshape(1, lines, -1);
  }

  /** Returns a row of ranked sums, laid back as {@code [N, lines, spatial...]}. */
  private Tensor row(Tensor ranked, int row, Shape shape) {
    Tensor x = ranked.slice(0, row, row + 1);
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
}
