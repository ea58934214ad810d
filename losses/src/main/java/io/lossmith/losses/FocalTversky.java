package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.SafePower;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
import java.io.Serial;

/**
 * Focal Tversky loss: a power of the Tversky loss, value by value.
 *
 * <pre>mean over samples and classes of  (1 − (I + a)/(I + α·FP + β·FN + b))^γ
 * I = Σp·t   FP = Σp·(1 − t)   FN = Σ(1 − p)·t   over the pixels</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). Options beside the region losses' own: {@code alpha}, {@code beta}, {@code
 * gamma}; with {@code log} it is the power of −ln max(score, 1e-7).
 *
 * <p>γ &lt; 1 keeps the gradient alive for classes that are nearly right, γ &gt; 1 looks at those
 * that are not. Below 1e-6 a power with γ &lt; 1 continues as a chord, so that its slope stays
 * finite; peers give NaN at a perfect prediction.
 *
 * <p>Source: Abraham and Khan 2018, arXiv:1810.07842, whose exponent 1/γ with γ = 4/3 is 0.75 here.
 * segmentation_models.pytorch takes the mean over classes before the power.
 */
public final class FocalTversky extends RegionLoss<FocalTversky>
    implements Withers.OfScores<FocalTversky> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> GAMMA =
      Option.number("gamma", 0.75, NumberRange.POSITIVE_POWER, "γ: the power of each value");
  static final Entry<FocalTversky> ENTRY =
      Entry.of(
              "focal-tversky",
              FocalTversky.class,
              FocalTversky::new,
              "a power of the Tversky loss, value by value",
              "(1 − TI)^γ")
          .taking(OPTIONS)
          .taking(Options.EMPTY_TARGET, Tversky.ALPHA, Tversky.BETA, Options.LOG, GAMMA);

  private FocalTversky(Settings settings) {
    super(settings);
  }

  @Override
  Entry<FocalTversky> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static FocalTversky sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static FocalTversky softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static FocalTversky ofProbabilities() {
    return ENTRY.make();
  }

  /** Returns this loss with another power &gt; 0, at most 100. */
  public FocalTversky withGamma(double gamma) {
    return with(GAMMA, gamma);
  }

  /** Returns this loss with another price ≥ 0 of false positives. */
  public FocalTversky withAlpha(double alpha) {
    return with(Tversky.ALPHA, alpha);
  }

  /** Returns this loss with another price ≥ 0 of false negatives. */
  public FocalTversky withBeta(double beta) {
    return with(Tversky.BETA, beta);
  }

  @Override
  Tensor value(RegionSums o) {
    Tensor index = Tversky.index(o, get(Tversky.ALPHA), get(Tversky.BETA));
    Tensor cost = SmoothedRatio.cost(index, get(Options.LOG));
    return reduced(o, SafePower.of(cost, get(GAMMA)));
  }
}
