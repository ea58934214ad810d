package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.ClassWeights;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.ValidMask;
import java.io.Serial;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A loss over regions: for each sample and class a value made of sums over many pixels, which may
 * be weighed by class, then a mean.
 *
 * <p>In all of them: activation over all channels, then the mask, then the background is dropped.
 * The sums run over the pixels of a sample and class, or over more: see {@link Aggregate}. {@code
 * classWeights} has one number for each class, the background included, and multiplies each value
 * before the plain mean; {@code normalizeWeights} divides by the sum of the weights instead.
 *
 * @param <L> the loss itself
 */
abstract class RegionLoss<L extends CatalogueLoss<L>> extends CatalogueLoss<L>
    implements Withers.OfRegions<L> {
  @Serial private static final long serialVersionUID = 1L;

  /** What all of them take. */
  static final List<Option<?>> OPTIONS =
      Stream.concat(
              Options.OF_REGIONS.stream(),
              Stream.of(Options.CLASS_WEIGHTS, Options.NORMALIZE_WEIGHTS))
          .toList();

  RegionLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with a factor ≥ 0 for each class, the background included. */
  public L withClassWeights(double... weights) {
    return with(Options.CLASS_WEIGHTS, weights);
  }

  /** Returns this loss with the mean divided by the weights of the values, or by their number. */
  public L withNormalizeWeights(boolean normalize) {
    return with(Options.NORMALIZE_WEIGHTS, normalize);
  }

  @Override
  final Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    RegionSums o = sums(this, prediction, target, mask);
    requireOptionsGoTogether();
    return value(o);
  }

  /** Returns the loss made of the sums. */
  abstract Tensor value(RegionSums o);

  /** Returns the sums that a loss with the options {@link Options#OF_REGIONS} is made of. */
  static RegionSums sums(
      CatalogueLoss<?> loss, Tensor prediction, Tensor target, @Nullable Tensor mask) {
    LossInputs s = loss.inputs(prediction, target, mask, Demand.spatial(1));
    return new RegionSums(
        s,
        loss.activated(s, loss.get(Options.ACTIVATION)),
        loss.get(Options.AGGREGATE).over(),
        loss.get(Options.INCLUDE_BACKGROUND),
        loss.get(Options.SMOOTH_NUMERATOR),
        loss.get(Options.SMOOTH_DENOMINATOR));
  }

  private void requireOptionsGoTogether() {
    ClassWeights weights = find(Options.CLASS_WEIGHTS);
    if (weights != null && get(Options.AGGREGATE) == Aggregate.ALL) {
      throw new IllegalArgumentException(
          id()
              + ": classWeights is "
              + weights
              + " with aggregate all, which has one ratio for all classes; must be unset, or"
              + " aggregate sample or batch");
    }
    Reduction reduction = get(Options.REDUCTION);
    if (get(Options.NORMALIZE_WEIGHTS) && reduction != Reduction.MEAN) {
      throw new IllegalArgumentException(
          id()
              + ": normalizeWeights is true with reduction "
              + Option.word(reduction)
              + ", must be false there: it says what the mean divides by");
    }
  }

  /** Reduces what each sample and class costs, weighed by class; empty targets as asked. */
  final Tensor reduced(RegionSums o, Tensor cost) {
    EmptyTarget rule = takes(Options.EMPTY_TARGET) ? get(Options.EMPTY_TARGET) : EmptyTarget.SMOOTH;
    Tensor present = rule == EmptyTarget.SMOOTH ? null : o.actual().notEqualTo(0);
    Tensor values = present == null ? cost : Tensor.where(present, cost, absent(o, rule));
    ClassWeights given = find(Options.CLASS_WEIGHTS);
    Tensor weights =
        given == null
            ? null
            : given.perClass(id() + ": classWeights", o.inputs(), get(Options.INCLUDE_BACKGROUND));
    Tensor all = weights == null ? values : values.times(weights);
    Tensor counted = rule == EmptyTarget.SKIP ? present : null;
    Tensor shares = get(Options.NORMALIZE_WEIGHTS) ? times(counted, weights, all) : counted;
    return shares != null && get(Options.REDUCTION) == Reduction.MEAN
        ? ValidMask.ratio(all.sum(), shares.sum())
        : get(Options.REDUCTION).of(all);
  }

  /** Returns what a class costs that the target does not hold. */
  private static Tensor absent(RegionSums o, EmptyTarget rule) {
    if (rule != EmptyTarget.PENALIZE) {
      return Tensor.scalar(0);
    }
    Tensor weights = o.weights();
    return weights == null
        ? o.predicted().div(o.elements())
        : ValidMask.ratio(o.predicted(), weights);
  }

  /** Returns the weight of each value taken, or null if all are 1. */
  private static @Nullable Tensor times(
      @Nullable Tensor counted, @Nullable Tensor weights, Tensor values) {
    if (weights == null) {
      return counted;
    }
    return counted == null ? weights.broadcastTo(values.shape().toArray()) : counted.times(weights);
  }
}
