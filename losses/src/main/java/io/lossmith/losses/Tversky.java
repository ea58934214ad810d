package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
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
public final class Tversky extends RegionLoss<Tversky> implements Withers.OfScores<Tversky> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> ALPHA =
      Option.number("alpha", 0.5, NumberRange.AT_LEAST_0, "α: the price of false positives");
  static final Option<Double> BETA =
      Option.number("beta", 0.5, NumberRange.AT_LEAST_0, "β: the price of false negatives");
  static final Entry<Tversky> ENTRY =
      Entry.of(
              "tversky",
              Tversky.class,
              Tversky::new,
              "Dice with prices for false positives and false negatives",
              "1 − (I + a)/(I + α·FP + β·FN + b)")
          .taking(OPTIONS)
          .taking(Options.EMPTY_TARGET, ALPHA, BETA, Options.LOG);

  private Tversky(Settings settings) {
    super(settings);
  }

  @Override
  Entry<Tversky> entry() {
    return ENTRY;
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
    return ENTRY.make();
  }

  /** Returns this loss with another price ≥ 0 of false positives. */
  public Tversky withAlpha(double alpha) {
    return with(ALPHA, alpha);
  }

  /** Returns this loss with another price ≥ 0 of false negatives. */
  public Tversky withBeta(double beta) {
    return with(BETA, beta);
  }

  @Override
  Tensor value(RegionSums o) {
    Tensor index = index(o, get(ALPHA), get(BETA));
    return reduced(o, SmoothedRatio.cost(index, get(Options.LOG)));
  }

  /** Returns (I + a)/(I + α·FP + β·FN + b). */
  static Tensor index(RegionSums o, double alpha, double beta) {
    Tensor hits = o.hits();
    Tensor extra = o.predicted().minus(hits).times(alpha);
    Tensor missed = o.actual().minus(hits).times(beta);
    return o.ratio(hits, hits.plus(extra).plus(missed));
  }
}
