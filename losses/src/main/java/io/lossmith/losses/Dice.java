package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
import java.io.Serial;

/**
 * Soft Dice loss: what share of prediction and target does not overlap.
 *
 * <pre>mean over samples and classes of  1 − (2I + a)/(P + T + b)
 * I = Σp·t   P = Σp   T = Σt   over the pixels (by {@code aggregate} over the batch, or all)</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). Options beside the region losses' own: {@code squared} divides by Σp² +
 * Σt² (V-Net); {@code softLabels} takes I = (P + T − Σ|p − t|)/2, which for soft targets is least
 * at p = t, as Σp·t is not; {@code log} gives −ln max(score, 1e-7).
 *
 * <p>Use it where the foreground is small: it does not see how much background is right. Its
 * gradient is weak while nothing overlaps and it says nothing of confidence, so it is mostly added
 * to a cross entropy. With an empty target it is close to 1 with hardly a gradient; see {@link
 * EmptyTarget}.
 *
 * <p>Sources: Milletari et al. 2016 (V-Net, arXiv:1606.04797); tested against MONAI's {@code
 * DiceLoss}, whose {@code smooth_nr} and {@code smooth_dr} are a and b. Peers differ: in
 * segmentation_models.pytorch the sums run over the batch and a smoothing s stands in Tversky form,
 * that is a = b = 2s here; nnU-Net's value is negative; Keras takes one ratio over batch and
 * classes ({@code aggregate} all).
 */
public final class Dice extends RegionLoss<Dice>
    implements Withers.OfScores<Dice>, Withers.OfSoftLabels<Dice> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Boolean> SQUARED =
      Option.flag("squared", false, "Σp² + Σt² in place of P + T (V-Net)");
  static final Entry<Dice> ENTRY =
      Entry.of("dice", Dice.class, Dice::new, "soft Dice loss", "1 − (2I + a)/(P + T + b)")
          .taking(OPTIONS)
          .taking(Options.EMPTY_TARGET, SQUARED, Options.SOFT_LABELS, Options.LOG);

  private Dice(Settings settings) {
    super(settings);
  }

  @Override
  Entry<Dice> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static Dice sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static Dice softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static Dice ofProbabilities() {
    return ENTRY.make();
  }

  /** Returns this loss with Σp² + Σt² in the denominator, or with P + T. */
  public Dice withSquared(boolean squared) {
    return with(SQUARED, squared);
  }

  @Override
  Tensor value(RegionSums o) {
    Tensor score = score(o, get(SQUARED), get(Options.SOFT_LABELS));
    return reduced(o, SmoothedRatio.cost(score, get(Options.LOG)));
  }

  /** Returns (2I + a)/(P + T + b). */
  static Tensor score(RegionSums o, boolean squared, boolean softLabels) {
    Tensor sizes =
        squared
            ? o.sum(o.p().square()).plus(o.sum(o.t().square()))
            : o.predicted().plus(o.actual());
    Tensor hits = softLabels ? o.softHits() : o.hits();
    return o.ratio(hits.times(2), sizes);
  }
}
