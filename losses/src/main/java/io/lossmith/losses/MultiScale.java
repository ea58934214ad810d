package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Window;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.OptionText;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
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
public final class MultiScale extends CatalogueLoss<MultiScale>
    implements Withers.OfActivations<MultiScale>, Withers.OfTargets<MultiScale> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Loss> LOSS = NamedLoss.option("the loss at each scale");
  static final Option<List<Integer>> SCALES =
      Option.integers("scales", List.of(1, 2, 4), 1, "the widths of the blocks that are averaged");
  static final Option<List<Double>> WEIGHTS =
      Option.numbers(
          "weights", NumberRange.AT_LEAST_0, "a factor for each scale (1/number of scales each)");
  static final Entry<MultiScale> ENTRY =
      Entry.of(
              "multi-scale",
              MultiScale.class,
              MultiScale::new,
              "a loss at several scales",
              "Σ weight·loss(pool(p), pool(t))")
          .taking(LOSS, Options.ACTIVATION, SCALES, WEIGHTS, Options.IGNORE_INDEX);

  private final Loss loss;
  private final @Nullable Integer ignoreIndex;

  private MultiScale(Settings settings) {
    super(settings);
    Integer own = settings.find(Options.IGNORE_INDEX);
    Loss part = Parts.ignoring(NamedLoss.of(settings, LOSS), own, ENTRY.id);
    this.ignoreIndex = own != null ? own : Parts.ignoreIndex(part);
    this.loss = Parts.ignoringNothing(part); // what is ignored is gone before pixels are averaged
    Parts.requirePlain(loss, ENTRY.id, get(Options.ACTIVATION));
  }

  @Override
  Entry<MultiScale> entry() {
    return ENTRY;
  }

  @Override
  public @Nullable PredictionKind predictionKind() {
    return get(Options.ACTIVATION) == Activation.NONE
        ? loss.predictionKind()
        : PredictionKind.LOGITS;
  }

  /** Returns a loss at the scales 1, 2 and 4. */
  public static MultiScale of(Loss loss) {
    return new MultiScale(Settings.of(ENTRY.id).with(LOSS, loss));
  }

  /** Returns this loss at other scales ≥ 1. */
  public MultiScale withScales(int... scales) {
    return with(SCALES, scales);
  }

  /** Returns this loss with a factor ≥ 0 for each scale. */
  public MultiScale withWeights(double... weights) {
    return with(WEIGHTS, weights);
  }

  @Override
  boolean asksEachPixel() {
    return Parts.asksEachPixel(loss);
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    LossInputs s =
        LossInputs.of(
            id(),
            prediction,
            target,
            mask,
            ignoreIndex,
            Demand.spatial(1).withoutLabels().ofNumbers());
    Tensor p = s.valid().select(get(Options.ACTIVATION).of(s));
    List<Integer> scales = get(SCALES);
    List<Double> weights = weights(scales.size());
    Pyramid predictions = new Pyramid(p);
    Pyramid targets = new Pyramid(s.target());
    Tensor weight = s.valid().weight();
    Pyramid masks = weight == null ? null : new Pyramid(weight);
    Tensor sum = null;
    for (int i = 0; i < scales.size(); i++) {
      int scale = scales.get(i);
      Tensor value =
          loss.apply(
              predictions.at(scale), targets.at(scale), masks == null ? null : masks.at(scale));
      sum = WeightedSum.sum(id(), sum, value, weights.get(i));
    }
    return Objects.requireNonNull(sum);
  }

  /** One tensor at several scales; a mean of means is the mean, so scales go on from others. */
  private static final class Pyramid {
    private final TreeMap<Integer, Tensor> scales = new TreeMap<>();

    Pyramid(Tensor x) {
      scales.put(1, x);
    }

    Tensor at(int scale) {
      requireReach(scales.get(1).shape(), scale);
      int from =
          scales.descendingKeySet().stream().filter(s -> scale % s == 0).findFirst().orElse(1);
      return scales.computeIfAbsent(scale, s -> pool(scales.get(from), s / from));
    }
  }

  private static void requireReach(Shape shape, int scale) {
    for (int axis = 2; axis < shape.rank(); axis++) {
      if (shape.get(axis) < scale) {
        throw new ShapeException(
            ENTRY.id
                + ": axis "
                + axis
                + " of "
                + shape
                + " is shorter than the scale "
                + scale
                + ", must be as long at least; leave the scale out");
      }
    }
  }

  private static Tensor pool(Tensor x, int scale) {
    int spatial = x.shape().rank() - 2;
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
      throw OptionText.mustBe(
          id() + ": weights", given, "a number for each of the " + scales + " scales");
    }
    return given;
  }
}
