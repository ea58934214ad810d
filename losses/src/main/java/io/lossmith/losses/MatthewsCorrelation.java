package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Choice;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Matthews correlation loss: looks at all four kinds of right and wrong, the background too.
 *
 * <pre>1 − (TP·TN − FP·FN + a)/√((TP + FP)·(TP + FN)·(TN + FP)·(TN + FN) + b)
 * TP = Σp·t   TN = Σ(1 − p)·(1 − t)   FP = Σp·(1 − t)   FN = Σ(1 − p)·t   over the pixels</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). Options are those of region losses with class weights, without {@code
 * emptyTarget}; {@code smoothNumerator} a is 0 here. A prediction that is right everywhere (FP = FN
 * = 0) costs 0, also where the target is empty or full and the quotient would be 0/√b.
 *
 * <p>Use it where a small object on a large background should not be found at any price: unlike
 * Dice it counts rightly left out pixels. The loss goes up to 2 for what is right the wrong way
 * round. From bad starts it is less steady than Dice.
 *
 * <p>Source: Abhishek and Hamarneh 2021, doi:10.1109/ISBI48211.2021.9433782. Tested against MONAI's
 * {@code MCCLoss}. segmentation_models.pytorch adds ε to each of the four sums over the whole
 * batch, so that a perfect prediction of an empty target costs ½ there.
 */
public final class MatthewsCorrelation extends RegionLoss<MatthewsCorrelation> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry<MatthewsCorrelation> ENTRY =
      Entry.of(
              "mcc",
              MatthewsCorrelation.class,
              MatthewsCorrelation::new,
              "Matthews correlation, which counts what is rightly left out too",
              "1 − (TP·TN − FP·FN + a)/√((TP + FP)(TP + FN)(TN + FP)(TN + FN) + b)")
          .taking(OPTIONS)
          .taking(Options.SMOOTH_NUMERATOR.fallingBackTo(0.0));

  private MatthewsCorrelation(Settings settings) {
    super(settings);
  }

  @Override
  Entry<MatthewsCorrelation> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static MatthewsCorrelation sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static MatthewsCorrelation softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static MatthewsCorrelation ofProbabilities() {
    return ENTRY.make();
  }

  @Override
  Tensor value(RegionSums o) {
    Tensor hits = o.hits();
    Tensor rest = o.leftOut();
    Tensor extra = o.extra();
    Tensor missed = o.missed();
    Tensor product =
        hits.plus(extra).times(hits.plus(missed)).times(rest.plus(extra).times(rest.plus(missed)));
    double b = get(Options.SMOOTH_DENOMINATOR);
    Tensor square = product.plus(b);
    Tensor nothing = b > 0 ? Tensor.scalar(0) : square.equalTo(0);
    Tensor covariance =
        hits.times(rest).minus(extra.times(missed)).plus(get(Options.SMOOTH_NUMERATOR));
    Tensor correlation = covariance.div(Tensor.where(nothing, 1, square).sqrt());
    Tensor right = extra.plus(missed).equalTo(0);
    return reduced(o, Choice.zeroOr(right, correlation.unaryMinus().plus(1)));
  }
}
