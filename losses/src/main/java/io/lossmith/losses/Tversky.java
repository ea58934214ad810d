package io.lossmith.losses;

import java.io.Serial;

/**
 * Tversky loss: Dice with separate prices for false positives (α) and false negatives (β).
 *
 * <pre>mean over samples and classes of  1 − (I + a)/(I + α·FP + β·FN + b)
 * I = Σp·t   FP = Σp·(1 − t)   FN = Σ(1 − p)·t   over the pixels</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). Options beside the region losses' own: {@code alpha}, {@code beta}, {@code
 * log}.
 *
 * <p>Use it where misses cost more than false alarms (β &gt; α) or less. α = β = ½ is {@link Dice}
 * with twice the smoothing, α = β = 1 is {@link IntersectionOverUnion}.
 *
 * <p>Source: Salehi et al. 2017, arXiv:1706.05721. Tested against MONAI's {@code TverskyLoss},
 * whose α and β these are; Keras released them swapped.
 */
public final class Tversky extends TverskyLike<Tversky> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry ENTRY =
      Entry.of(
              "tversky",
              Tversky.class,
              Tversky::new,
              "Dice with prices for false positives and false negatives",
              "1 − (I + a)/(I + α·FP + β·FN + b)")
          .taking(OPTIONS)
          .taking(RATIO_OPTIONS)
          .taking(TVERSKY_OPTIONS);

  private Tversky(Settings settings) {
    super(settings);
  }

  /** Returns it for logits, each channel for itself. */
  public static Tversky sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static Tversky softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static Tversky ofProbabilities() {
    return new Tversky(Settings.of(ENTRY.id));
  }
}
