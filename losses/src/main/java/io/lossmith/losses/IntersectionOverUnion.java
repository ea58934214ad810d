package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
import java.io.Serial;

/**
 * Soft intersection over union (Jaccard) loss.
 *
 * <pre>mean over samples and classes of  1 − (I + a)/(P + T − I + b)
 * I = Σp·t   P = Σp   T = Σt   over the pixels (by {@code aggregate} over the batch, or all)</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). Options beside the region losses' own: {@code softLabels}, {@code log}.
 *
 * <p>Use it where intersection over union is what is reported; it ranks predictions as {@link Dice}
 * does and punishes a bad overlap harder.
 *
 * <p>Source: Rahman and Wang 2016. Smoothing in this form acts twice as strongly as in Dice's: s
 * here is 2s there. MONAI's {@code jaccard=True} has the Dice form, so its {@code smooth_nr} and
 * {@code smooth_dr} are twice a and b.
 */
public final class IntersectionOverUnion extends RegionLoss<IntersectionOverUnion>
    implements Withers.OfScores<IntersectionOverUnion>,
        Withers.OfSoftLabels<IntersectionOverUnion> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry<IntersectionOverUnion> ENTRY =
      Entry.of(
              "iou",
              IntersectionOverUnion.class,
              IntersectionOverUnion::new,
              "soft intersection over union (Jaccard)",
              "1 − (I + a)/(P + T − I + b)")
          .taking(OPTIONS)
          .taking(Options.EMPTY_TARGET, Options.SOFT_LABELS, Options.LOG);

  private IntersectionOverUnion(Settings settings) {
    super(settings);
  }

  @Override
  Entry<IntersectionOverUnion> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static IntersectionOverUnion sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static IntersectionOverUnion softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static IntersectionOverUnion ofProbabilities() {
    return ENTRY.make();
  }

  @Override
  Tensor value(RegionSums o) {
    Tensor hits = get(Options.SOFT_LABELS) ? o.softHits() : o.hits();
    Tensor union = o.predicted().plus(o.actual()).minus(hits);
    return reduced(o, SmoothedRatio.cost(o.ratio(hits, union), get(Options.LOG)));
  }
}
