package io.lossmith.losses;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.ClassWeights;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Either;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.Logit;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import java.util.List;

/**
 * Binary cross entropy from logits: each element is a yes-or-no question of its own.
 *
 * <pre>mean of  max(x, 0) − x·t + ln(1 + e^−|x|)
 * which is  −t·ln σ(x) − (1 − t)·ln(1 − σ(x))  without overflow; the first part × posWeight</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes, any finite logits (an infinite
 * one gives NaN); target of the same shape within 0..1, soft or hard. Options: {@code posWeight}
 * prices what is missed (a number, or one for each class), {@code labelSmoothing} ε turns t into
 * t(1 − ε) + ε/2.
 *
 * <p>Use it for one class, or for classes that overlap. Where few pixels are positive, add {@link
 * Dice} or take {@link Focal}; where each pixel has exactly one of several classes, take {@link
 * CrossEntropy}.
 *
 * <p>Tested against PyTorch's {@code BCEWithLogitsLoss}. Peers differ in smoothing: here and in
 * Keras ε moves both sides by ε/2; segmentation_models.pytorch's {@code smooth_factor} is half of
 * ours, and its mean also counts ignored pixels.
 */
public final class BinaryCrossEntropyWithLogits
    extends SegmentationLoss<BinaryCrossEntropyWithLogits> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Either<Double, ClassWeights>> POS_WEIGHT =
      Option.numberOrPerClass(
          "posWeight", NumberRange.AT_LEAST_0, "multiplies the part of positives");
  static final Option<Double> LABEL_SMOOTHING =
      Option.number("labelSmoothing", 0.0, NumberRange.UNIT, "ε: targets become t(1 − ε) + ε/2");
  static final Entry<BinaryCrossEntropyWithLogits> ENTRY =
      Entry.of(
              "bce-with-logits",
              BinaryCrossEntropyWithLogits.class,
              BinaryCrossEntropyWithLogits::new,
              "binary cross entropy of each element, from logits",
              "max(x, 0) − x·t + ln(1 + e^−|x|)")
          .perPixel()
          .taking(Options.OF_PIXELS)
          .taking(POS_WEIGHT, LABEL_SMOOTHING);

  private BinaryCrossEntropyWithLogits(Settings settings) {
    super(settings);
  }

  @Override
  Entry<BinaryCrossEntropyWithLogits> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.LOGITS;
  }

  /** Returns it with every option left out. */
  public static BinaryCrossEntropyWithLogits create() {
    return ENTRY.make();
  }

  /** Returns this loss with the part of positives multiplied by a number ≥ 0. */
  public BinaryCrossEntropyWithLogits withPosWeight(double weight) {
    return with(POS_WEIGHT, weight);
  }

  /** Returns this loss with the part of positives multiplied by a number for each class. */
  public BinaryCrossEntropyWithLogits withPosWeight(double[] perClass) {
    return with(POS_WEIGHT, perClass);
  }

  /** Returns this loss with targets t(1 − ε) + ε/2, ε within 0..1. */
  public BinaryCrossEntropyWithLogits withLabelSmoothing(double epsilon) {
    return with(LABEL_SMOOTHING, epsilon);
  }

  @Override
  Demand demand() {
    return Demand.ELEMENTS;
  }

  @Override
  Tensor value(LossInputs s) {
    Tensor x = s.prediction();
    Tensor t = smoothed(s.target(), get(LABEL_SMOOTHING));
    Either<Double, ClassWeights> weight = find(POS_WEIGHT);
    return reduceElements(s, weight == null ? plain(x, t) : weighted(x, t, positive(s, weight)));
  }

  static Tensor smoothed(Tensor t, double epsilon) {
    return epsilon == 0 ? t : t.times(1 - epsilon).plus(epsilon / 2);
  }

  private static Tensor positive(LossInputs s, Either<Double, ClassWeights> weight) {
    return weight.fold(Tensor::scalar, perClass -> perClass.perChannel(s.who() + ": posWeight", s));
  }

  /**
   * The gradient is σ(x) − t by mathematics. Rules would go through max and |x|, whose kinks at 0
   * cancel on paper only.
   */
  static Tensor plain(Tensor x, Tensor t) {
    return CustomGradient.of(
        x.relu().minus(x.times(t)).plus(x.abs().unaryMinus().softplus()),
        List.of(x, t),
        g -> List.of(g.times(x.sigmoid().minus(t)), g.times(x.unaryMinus())));
  }

  private static Tensor weighted(Tensor x, Tensor t, Tensor weight) {
    Logit logit = new Logit(x);
    return t.times(weight)
        .times(logit.surprise())
        .plus(t.unaryMinus().plus(1).times(logit.surpriseOfComplement()));
  }
}
