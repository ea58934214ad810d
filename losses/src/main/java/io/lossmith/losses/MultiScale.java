package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Window;
import java.io.Serial;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loss at several scales: of prediction and target as they are, and of both made coarser.
 *
 * <pre>Σ_i weight_i·loss(pool_i(activation(x)), pool_i(t), pool_i(mask))</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes; dense target of the same shape
 * (class indices cannot be averaged). The activation is applied once; the loss within must have
 * none of its own. {@code pool_i} averages blocks of {@code scale_i} pixels along each spatial
 * axis, what remains at the ends is dropped. Pixels that do not count are 0 in both before they are
 * averaged; the averaged mask says how much of a block counts.
 *
 * <p>Use it where the rough outline should be learned too, or labels are off by a pixel or two.
 */
public final class MultiScale extends CatalogueLoss<MultiScale> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Loss> LOSS = NamedLoss.option("the loss at each scale");
  static final Option<List<Integer>> SCALES =
      Option.integers("scales", List.of(1, 2, 4), 1, "the widths of the blocks that are averaged");
  static final Option<List<Double>> WEIGHTS =
      Option.numbers(
          "weights", Range.AT_LEAST_0, "a factor for each scale (1/number of scales each)");
  static final Entry ENTRY =
      Entry.of(
              "multi-scale",
              MultiScale.class,
              MultiScale::new,
              "a loss at several scales",
              "Σ weight·loss(pool(p), pool(t))")
          .taking(LOSS, RegionLoss.ACTIVATION, SCALES, WEIGHTS, SegmentationLoss.IGNORE_INDEX);

  private final Loss loss;
  private final @Nullable Integer ignoreIndex;

  private MultiScale(Settings settings) {
    super(settings);
    Integer own = (Integer) settings.get(SegmentationLoss.IGNORE_INDEX.name);
    Loss part = IgnoreIndex.handedTo(NamedLoss.of(settings), own, ENTRY.id);
    this.ignoreIndex = own != null ? own : IgnoreIndex.of(part);
    this.loss = IgnoreIndex.without(part); // what is ignored is gone before pixels are averaged
    Activation activation = (Activation) settings.get(RegionLoss.ACTIVATION.name);
    requirePlain(loss, activation == null ? Activation.NONE : activation);
  }

  /** Returns a loss at the scales 1, 2 and 4. */
  public static MultiScale of(Loss loss) {
    return new MultiScale(Settings.of(ENTRY.id).with(LOSS, loss));
  }

  /** Returns this loss with another activation, applied once. */
  public MultiScale withActivation(Activation activation) {
    return with(RegionLoss.ACTIVATION, activation);
  }

  /** Returns this loss at other scales ≥ 1. */
  public MultiScale withScales(int... scales) {
    return with(SCALES, scales);
  }

  /** Returns this loss with a factor ≥ 0 for each scale. */
  public MultiScale withWeights(double... weights) {
    return with(WEIGHTS, weights);
  }

  /** Returns this loss with pixels left out whose target holds this value in any channel. */
  public MultiScale withIgnoreIndex(int ignoreIndex) {
    return with(SegmentationLoss.IGNORE_INDEX, ignoreIndex);
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Segmentation s =
        Segmentation.of(
            id(),
            prediction,
            target,
            mask,
            ignoreIndex,
            new SegmentationShapes.Demand(1, true),
            Segmentation.Target.NUMBERS);
    Tensor p = s.valid().select(get(RegionLoss.ACTIVATION).of(s));
    List<Integer> scales = get(SCALES);
    List<Double> weights = weights(scales.size());
    Tensor sum = null;
    for (int i = 0; i < scales.size(); i++) {
      sum = WeightedSum.sum(id(), sum, at(scales.get(i), s, p), weights.get(i));
    }
    return Objects.requireNonNull(sum);
  }

  private Tensor at(int scale, Segmentation s, Tensor p) {
    Tensor weight = s.valid().weight();
    return weight == null
        ? loss.apply(pool(p, scale), pool(s.target(), scale))
        : loss.apply(pool(p, scale), pool(s.target(), scale), pool(weight, scale));
  }

  private static Tensor pool(Tensor x, int scale) {
    if (scale == 1) {
      return x;
    }
    int spatial = x.shape().rank() - 2;
    for (int axis = 2; axis < x.shape().rank(); axis++) {
      if (x.shape().get(axis) < scale) {
        throw new ShapeException(
            ENTRY.id
                + ": axis "
                + axis
                + " of "
                + x.shape()
                + " is shorter than the scale "
                + scale
                + ", must be as long at least; leave the scale out");
      }
    }
    List<Integer> size = Collections.nCopies(spatial, scale);
    List<Integer> zeros = Collections.nCopies(spatial, 0);
    return x.averagePool(new Window(size, size, zeros, Collections.nCopies(spatial, 1)));
  }

  private List<Double> weights(int scales) {
    List<Double> given = find(WEIGHTS);
    if (given == null) {
      return Collections.nCopies(scales, 1.0 / scales);
    }
    if (given.size() != scales) {
      throw Words.mustBe(
          id() + ": weights", given, "a number for each of the " + scales + " scales");
    }
    return given;
  }

  private static void requirePlain(Loss loss, Activation outer) {
    if (loss instanceof WeightedSum) {
      ((WeightedSum) loss).parts().forEach(part -> requirePlain(part.loss(), outer));
    } else if (loss instanceof CatalogueLoss) {
      CatalogueLoss<?> part = (CatalogueLoss<?>) loss;
      if (part.ofLogits() && outer != Activation.NONE) {
        throw Words.mustBe(
            ENTRY.id + ": activation", outer, "none, for its loss " + part.id() + " takes logits");
      }
      if (!part.ofLogits()
          && part.takes(RegionLoss.ACTIVATION)
          && part.get(RegionLoss.ACTIVATION) != Activation.NONE) {
        throw Words.mustBe(
            ENTRY.id + ": activation of its loss " + part.id(),
            part.get(RegionLoss.ACTIVATION),
            "none; give multi-scale the activation");
      }
    }
  }
}
