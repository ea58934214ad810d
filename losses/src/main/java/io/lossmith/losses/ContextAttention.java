package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.op.Window;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.OptionText;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
import io.lossmith.losses.kit.ValidMask;
import java.io.Serial;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Context attention loss: binary cross entropy and intersection over union, both looking hard at
 * pixels whose surroundings differ from them. Also known as the pixel position aware loss.
 *
 * <pre>w = 1 + strength·|mean of t in the window − t|
 * mean over samples and channels of  Σw·bce/Σw + 1 − (I_w + s)/(U_w + s)
 * I_w = Σw·p·t   U_w = Σw·(p + t) − I_w   p = σ(x)   over the pixels</pre>
 *
 * <p>From logits, always. Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes; target of
 * the same shape within 0..1. Options: {@code window} the odd width of the square window, outside
 * of the picture it sees 0; {@code strength}; {@code smooth} s. Reduction {@code none} gives {@code
 * [N, C]}. With a mask the window sees the target with 0 where nothing counts, and the mask weighs
 * the sums.
 *
 * <p>Use it where outlines and thin parts matter, in binary segmentation of whole objects.
 *
 * <p>Source: Wei et al. 2020, F3Net, arXiv:1911.11445. The code published with it takes the mean of
 * the cross entropy over the batch where the paper, and this, weigh each pixel.
 */
public final class ContextAttention extends SegmentationLoss<ContextAttention> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Integer> WINDOW =
      Option.of(
          "window",
          "an odd whole number ≥ 1",
          31,
          "width of the window around a pixel",
          (who, given) -> {
            if (given instanceof Number) {
              double width = ((Number) given).doubleValue();
              if (width == (int) width && width >= 1 && width % 2 == 1) {
                return (int) width;
              }
            }
            throw OptionText.mustBe(who, given, "an odd whole number ≥ 1");
          });
  static final Option<Double> STRENGTH =
      Option.number(
          "strength",
          5.0,
          NumberRange.AT_LEAST_0,
          "how much more a pixel unlike its window weighs");
  static final Option<Double> SMOOTH =
      Option.number("smooth", 1.0, NumberRange.AT_LEAST_0, "s, added to intersection and union");
  static final Entry<ContextAttention> ENTRY =
      Entry.of(
              "context-attention",
              ContextAttention.class,
              ContextAttention::new,
              "cross entropy and overlap that look hard at outlines, from logits",
              "Σw·bce/Σw + 1 − (I_w + s)/(U_w + s), w = 1 + strength·|mean of t − t|")
          .taking(WINDOW, STRENGTH, SMOOTH, Options.REDUCTION, Options.IGNORE_INDEX);

  private ContextAttention(Settings settings) {
    super(settings);
  }

  @Override
  Entry<ContextAttention> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.LOGITS;
  }

  /** Returns it with every option left out. */
  public static ContextAttention create() {
    return ENTRY.make();
  }

  /** Returns this loss with a window of another odd width. */
  public ContextAttention withWindow(int width) {
    return with(WINDOW, width);
  }

  /** Returns this loss with another strength ≥ 0. */
  public ContextAttention withStrength(double strength) {
    return with(STRENGTH, strength);
  }

  /** Returns this loss with another number ≥ 0 added to intersection and union. */
  public ContextAttention withSmooth(double smooth) {
    return with(SMOOTH, smooth);
  }

  @Override
  boolean asksEachPixel() {
    return true; // by its cross entropy
  }

  @Override
  Demand demand() {
    return Demand.spatial(1).withoutLabels();
  }

  @Override
  Tensor value(LossInputs s) {
    Tensor x = s.prediction();
    Tensor t = s.target();
    Tensor p = x.sigmoid();
    int[] pixels = s.spatialAxes();
    Tensor w = s.valid().weigh(attention(t, pixels.length));
    Tensor entropy =
        ValidMask.ratio(
            w.times(BinaryCrossEntropyWithLogits.plain(x, t)).sum(pixels), w.sum(pixels));
    Tensor hits = w.times(p.times(t)).sum(pixels);
    Tensor union = w.times(p.plus(t)).sum(pixels).minus(hits);
    return reduce(entropy.plus(1).minus(SmoothedRatio.of(hits, union, get(SMOOTH), get(SMOOTH))));
  }

  /** Pools one axis after the other: the mean over a square window, at a fraction of its cost. */
  private Tensor attention(Tensor t, int spatial) {
    Tensor mean = t;
    for (int axis = 0; axis < spatial; axis++) {
      mean = mean.averagePool(along(axis, spatial));
    }
    return mean.minus(t).abs().times(get(STRENGTH)).plus(1);
  }

  private Window along(int axis, int spatial) {
    int width = get(WINDOW);
    List<Integer> ones = Collections.nCopies(spatial, 1);
    return new Window(only(axis, spatial, width, 1), ones, only(axis, spatial, width / 2, 0), ones);
  }

  private static List<Integer> only(int axis, int axes, int there, int elsewhere) {
    return IntStream.range(0, axes).map(i -> i == axis ? there : elsewhere).boxed().toList();
  }
}
