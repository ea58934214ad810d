package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.ValidMask;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Sensitivity-specificity loss: the squared error on the object and the squared error beside it, at
 * a price of one's own.
 *
 * <pre>r·(Σ(t − p)²·t + a)/(T + b) + (1 − r)·(Σ(t − p)²·(1 − t) + a)/(Σ(1 − t) + b)     T = Σt
 * </pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). Options are those of region losses with class weights, and {@code
 * sensitivityWeight} r. Each half is a mean of its own, so the size of the object does not matter.
 * A half that has no pixels costs a/b, or 0 where both are 0: with the default smoothing a class
 * that the target does not hold costs r; see {@code emptyTarget}.
 *
 * <p>Use it where missing a pixel and finding one too much have known prices. It is bounded and
 * smooth, and slower to learn than {@link Tversky}, which asks the same question.
 *
 * <p>Source: Brosch et al. 2015, doi:10.1007/978-3-319-24574-4_1. SegLossOdyssey has r = 0.1.
 */
public final class SensitivitySpecificity extends RegionLoss<SensitivitySpecificity>
    implements Withers.OfAbsentClasses<SensitivitySpecificity> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> SENSITIVITY_WEIGHT =
      Option.number(
          "sensitivityWeight", 0.5, NumberRange.UNIT, "r: the price of errors on the object");
  static final Entry<SensitivitySpecificity> ENTRY =
      Entry.of(
              "sensitivity-specificity",
              SensitivitySpecificity.class,
              SensitivitySpecificity::new,
              "squared errors on and beside the object, each a mean of its own",
              "r·(Σ(t − p)²·t + a)/(Σt + b) + (1 − r)·(Σ(t − p)²·(1 − t) + a)/(Σ(1 − t) + b)")
          .taking(OPTIONS)
          .taking(Options.EMPTY_TARGET, SENSITIVITY_WEIGHT);

  private SensitivitySpecificity(Settings settings) {
    super(settings);
  }

  @Override
  Entry<SensitivitySpecificity> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static SensitivitySpecificity sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static SensitivitySpecificity softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static SensitivitySpecificity ofProbabilities() {
    return ENTRY.make();
  }

  /** Returns this loss with another price of errors on the object, within 0..1. */
  public SensitivitySpecificity withSensitivityWeight(double weight) {
    return with(SENSITIVITY_WEIGHT, weight);
  }

  @Override
  Tensor value(RegionSums o) {
    Tensor t = o.t();
    Tensor rest = t.unaryMinus().plus(1);
    Tensor error = o.p().minus(t).square();
    double r = get(SENSITIVITY_WEIGHT);
    Tensor cost =
        half(o.sum(error.times(t)), o.actual())
            .times(r)
            .plus(half(o.sum(error.times(rest)), o.sum(rest)).times(1 - r));
    @Nullable Tensor weights = o.weights();
    return reduced(o, weights == null ? cost : Tensor.where(weights.equalTo(0), 0, cost));
  }

  private Tensor half(Tensor errors, Tensor size) {
    Tensor dividend = errors.plus(get(Options.SMOOTH_NUMERATOR));
    double b = get(Options.SMOOTH_DENOMINATOR);
    return b > 0 ? dividend.div(size.plus(b)) : ValidMask.ratio(dividend, size);
  }
}
