package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.losses.kit.Choice;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.ValidMask;
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
public final class TopK extends CatalogueLoss<TopK> implements Withers.OfTargets<TopK> {
  @Serial private static final long serialVersionUID = 1L;

  /** Keeps what the product of a fraction and a number lost. */
  private static final double MARGIN = 1e-6;

  static final Option<Loss> LOSS = NamedLoss.option("the pixel loss whose largest values count");
  static final Option<Double> FRACTION =
      Option.number(
          "fraction", 0.1, NumberRange.ABOVE_0_TO_1, "the share of the values that count");
  static final Entry<TopK> ENTRY =
      Entry.of(
              "top-k",
              TopK.class,
              TopK::new,
              "the mean of the largest values of a pixel loss",
              "Σ over the k largest / k")
          .taking(LOSS, FRACTION, Options.IGNORE_INDEX);

  private final Loss loss;
  private final @Nullable Integer ignoreIndex;

  private TopK(Settings settings) {
    super(settings);
    Integer own = settings.find(Options.IGNORE_INDEX);
    Loss part = Parts.ignoring(NamedLoss.of(settings, LOSS), own, ENTRY.id);
    this.ignoreIndex = own != null ? own : Parts.ignoreIndex(part);
    this.loss = Parts.unreduced(part, ENTRY.id);
  }

  @Override
  Entry<TopK> entry() {
    return ENTRY;
  }

  @Override
  public @Nullable PredictionKind predictionKind() {
    return loss.predictionKind();
  }

  /** Returns the mean of the largest tenth of a pixel loss's values. */
  public static TopK of(Loss loss) {
    return ENTRY.make(Settings.of(ENTRY.id).with(LOSS, loss));
  }

  /** Returns this loss with another share of the values, &gt; 0 and ≤ 1. */
  public TopK withFraction(double fraction) {
    return with(FRACTION, fraction);
  }

  @Override
  boolean asksEachPixel() {
    return true;
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Tensor values = loss.apply(prediction, target, mask);
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
    LossInputs s =
        LossInputs.of(id(), prediction, target, mask, ignoreIndex, Demand.PIXELS.ofNumbers());
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
}
