package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The hardest pixels only: the mean of the largest values of a pixel loss. Also known as online
 * hard example mining.
 *
 * <pre>Σ over the k largest values / k        k = max(1, ⌊fraction·valid + 1e-6⌋)</pre>
 *
 * <p>The loss within is one that has a value for each pixel or element; its reduction is replaced
 * by {@code none}. A loss of one's own must give values {@code [N, spatial...]} or {@code [N, C,
 * spatial...]}. The k largest are those of the whole batch; of values that tie those of lower index
 * are taken. Pixels that do not count are never taken. With a mask the values are times their
 * weights, and the sum is divided by the weights of the values taken, so that each still is a mean.
 * Which values are taken is a constant for the gradient.
 *
 * <p>Use it where most pixels are easy and drown the rest, as in {@link Focal} but with a hard
 * edge; with wrong labels it learns those by heart.
 *
 * <p>Source: Shrivastava et al. 2016, arXiv:1604.03540; nnU-Net's {@code TopKLoss} has a fraction
 * of 0.1 too. Tested against PyTorch's cross entropy and {@code topk}.
 */
public final class TopK extends CatalogueLoss<TopK> {
  @Serial private static final long serialVersionUID = 1L;

  /** Keeps what the product of a fraction and a number lost. */
  private static final double MARGIN = 1e-6;

  static final Option<Loss> LOSS = NamedLoss.option("the pixel loss whose largest values count");
  static final Option<Double> FRACTION =
      Option.number("fraction", 0.1, Range.ABOVE_0_TO_1, "the share of the values that count");
  static final Entry ENTRY =
      Entry.of(
              "top-k",
              TopK.class,
              TopK::new,
              "the mean of the largest values of a pixel loss",
              "Σ over the k largest / k")
          .taking(LOSS, FRACTION, SegmentationLoss.IGNORE_INDEX);

  private final Loss loss;
  private final @Nullable Integer ignoreIndex;

  private TopK(Settings settings) {
    super(settings);
    Integer own = (Integer) settings.get(SegmentationLoss.IGNORE_INDEX.name);
    Loss part = IgnoreIndex.handedTo(NamedLoss.of(settings), own, ENTRY.id);
    this.ignoreIndex = own != null ? own : IgnoreIndex.of(part);
    this.loss = unreduced(part);
  }

  /** Returns the mean of the largest tenth of a pixel loss's values. */
  public static TopK of(Loss loss) {
    return new TopK(Settings.of(ENTRY.id).with(LOSS, loss));
  }

  /** Returns this loss with another share of the values, &gt; 0 and ≤ 1. */
  public TopK withFraction(double fraction) {
    return with(FRACTION, fraction);
  }

  /** Returns this loss with pixels left out whose target holds this value in any channel. */
  public TopK withIgnoreIndex(int ignoreIndex) {
    return with(SegmentationLoss.IGNORE_INDEX, ignoreIndex);
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Tensor values =
        mask == null ? loss.apply(prediction, target) : loss.apply(prediction, target, mask);
    Tensor weight = weight(prediction, target, mask, values);
    Tensor flat = values.reshape(-1);
    int count = flat.shape().get(0);
    Tensor key = weight == null ? flat : Tensor.where(weight, flat, Double.NEGATIVE_INFINITY);
    Tensor taken = key.stopGradient().isAmongGreatest(0, number(weight, count));
    if (weight == null) {
      return Choice.orZero(taken, flat).sum().div(number(get(FRACTION), count));
    }
    Tensor counted = taken.times(weight.notEqualTo(0)); // where nothing counts one is taken still
    return ValidMask.ratio(
        Choice.orZero(counted, flat).sum(), Tensor.where(counted, weight, 0).sum());
  }

  /** Returns how many values are taken, as a tensor: how many there are is known at the run. */
  private Tensor number(@Nullable Tensor weight, int count) {
    double fraction = get(FRACTION);
    return weight == null
        ? Tensor.scalar(number(fraction, count))
        : weight.notEqualTo(0).sum().times(fraction).plus(MARGIN).floor().maximum(1);
  }

  private static double number(double fraction, int count) {
    return Math.max(1, Math.floor(fraction * count + MARGIN));
  }

  /** Returns the weight of each value, flat, or null where all count 1. */
  private @Nullable Tensor weight(
      Tensor prediction, Tensor target, @Nullable Tensor mask, Tensor values) {
    Segmentation s =
        Segmentation.of(
            id(),
            prediction,
            target,
            mask,
            ignoreIndex,
            new SegmentationShapes.Demand(0, false),
            Segmentation.Target.NUMBERS);
    boolean perPixel = values.shape().equals(s.shape().without(1));
    if (!perPixel && !values.shape().equals(s.shape())) {
      throw new ShapeException(
          id()
              + ": the loss within gives "
              + values.shape()
              + " for a prediction "
              + s.shape()
              + ", must give a value for each pixel or element, "
              + s.shape().without(1)
              + " or "
              + s.shape()
              + "; take a pixel loss");
    }
    Tensor weight = s.valid().weight();
    if (weight == null) {
      return null;
    }
    Shape shape = perPixel ? weight.shape() : s.shape();
    return weight.broadcastTo(shape.toArray()).reshape(-1);
  }

  /** Returns a loss with reduction none, a sum with that of its parts. */
  private static Loss unreduced(Loss loss) {
    if (loss instanceof WeightedSum) {
      return ((WeightedSum) loss).mapped(TopK::unreduced);
    }
    if (!(loss instanceof CatalogueLoss)) {
      return loss;
    }
    if (!(loss instanceof PixelLoss)) {
      throw new IllegalArgumentException(
          ENTRY.id
              + ": loss is "
              + loss
              + ", must be one with a value for each pixel, such as cross-entropy");
    }
    return ((PixelLoss<?>) loss).withReduction(Reduction.NONE);
  }
}
