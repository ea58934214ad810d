package io.lossmith.losses;

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
public final class Dice extends DiceLike<Dice> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry ENTRY =
      Entry.of("dice", Dice.class, Dice::new, "soft Dice loss", "1 − (2I + a)/(P + T + b)")
          .taking(OPTIONS)
          .taking(RATIO_OPTIONS)
          .taking(DICE_OPTIONS);

  private Dice(Settings settings) {
    super(settings);
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
    return new Dice(Settings.of(ENTRY.id));
  }
}
