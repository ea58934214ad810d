package io.lossmith.losses;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.ClassWeights;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Either;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LogSoftmax;
import io.lossmith.losses.kit.Logit;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.SafePower;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.ValidMask;
import java.io.Serial;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Focal loss: cross entropy that looks away from what is right already.
 *
 * <pre>mean of  α_t·(1 − p_t)^γ·(−ln p_t)        p_t the probability of what is true</pre>
 *
 * <p>From logits, always (an infinite one gives NaN, but for the −∞ of a class ruled out by
 * softmax); {@code activation} says whether each element is a yes-or-no question ({@code sigmoid}:
 * dense target within 0..1, soft targets as the sum over both outcomes, mean over elements) or each
 * pixel has one class ({@code softmax}: class indices or dense, mean over pixels, as no peer does:
 * MONAI divides by the channels too). Prediction {@code [N, C, spatial...]} with 0 to 3 spatial
 * axes.
 *
 * <p>Options: {@code gamma} γ; {@code alpha} as a number weighs t = 1 by α and t = 0 by 1 − α (with
 * softmax class 0 by 1 − α, the others by α), as a list each class: with sigmoid its positives,
 * with softmax its pixels. {@code normalized} divides by Σ(1 − p_t)^γ, through which gradients
 * flow, before the reduction; {@code reducedThreshold} θ takes the factor 1 where p_t &lt; θ, else
 * ((1 − p_t)/θ)^γ (both as segmentation_models.pytorch).
 *
 * <p>Use it where easy pixels drown the hard ones; add an overlap loss for tiny objects. Powers are
 * taken in log space, so its gradient is finite for γ &lt; 1 too, where peers give NaN.
 *
 * <p>Source: Lin et al. 2017, arXiv:1708.02002. Tested against MONAI's {@code FocalLoss} (sigmoid)
 * and segmentation_models.pytorch.
 */
public final class Focal extends SegmentationLoss<Focal> implements Withers.OfActivations<Focal> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Activation> ACTIVATION =
      Option.choice(
          "activation",
          Activation.SIGMOID,
          List.of(Activation.SIGMOID, Activation.SOFTMAX),
          "whether channels are questions of their own or classes of a pixel");
  static final Option<Double> GAMMA =
      Option.number(
          "gamma", 2.0, NumberRange.POWER, "γ: how much it looks away from what is right");
  static final Option<Either<Double, ClassWeights>> ALPHA =
      Option.numberOrPerClass(
          "alpha", NumberRange.UNIT, "α: the weight of positives, or of each class");
  static final Option<Boolean> NORMALIZED =
      Option.flag("normalized", false, "divides by Σ(1 − p_t)^γ before the reduction");
  static final Option<@Nullable Double> REDUCED_THRESHOLD =
      Option.number(
          "reducedThreshold", null, NumberRange.ABOVE_0_TO_1, "θ: full weight where p_t is below");
  static final Entry<Focal> ENTRY =
      Entry.of(
              "focal",
              Focal.class,
              Focal::new,
              "cross entropy that looks away from what is right already, from logits",
              "α_t·(1 − p_t)^γ·(−ln p_t)")
          .perPixel()
          .taking(ACTIVATION, GAMMA, ALPHA, NORMALIZED, REDUCED_THRESHOLD)
          .taking(Options.OF_PIXELS);

  private Focal(Settings settings) {
    super(settings);
  }

  @Override
  Entry<Focal> entry() {
    return ENTRY;
  }

  @Override
  boolean canTakeProbabilities() {
    return false;
  }

  /** Returns it with each channel for itself. */
  public static Focal sigmoid() {
    return ENTRY.make();
  }

  /** Returns it with one class for each pixel. */
  public static Focal softmax() {
    return sigmoid().withActivation(Activation.SOFTMAX);
  }

  /** Returns this loss with another γ within 0..100; 0 is cross entropy. */
  public Focal withGamma(double gamma) {
    return with(GAMMA, gamma);
  }

  /** Returns this loss with positives weighed by α and negatives by 1 − α, α within 0..1. */
  public Focal withAlpha(double alpha) {
    return with(ALPHA, alpha);
  }

  /** Returns this loss with a weight ≥ 0 for each class. */
  public Focal withAlpha(double[] perClass) {
    return with(ALPHA, perClass);
  }

  /** Returns this loss divided by Σ(1 − p_t)^γ, or not. */
  public Focal withNormalized(boolean normalized) {
    return with(NORMALIZED, normalized);
  }

  /** Returns this loss with full weight where p_t is below a threshold &gt; 0 and ≤ 1. */
  public Focal withReducedThreshold(double threshold) {
    return with(REDUCED_THRESHOLD, threshold);
  }

  @Override
  Demand demand() {
    return Demand.PIXELS;
  }

  @Override
  Tensor value(LossInputs s) {
    return get(ACTIVATION) == Activation.SIGMOID ? ofElements(s) : ofPixels(s);
  }

  private Tensor ofElements(LossInputs s) {
    Logit x = new Logit(s.prediction());
    Tensor t = s.target();
    Tensor u = t.unaryMinus().plus(1);
    Tensor yes = factor(x.probability(), x.complement(), x.surpriseOfComplement());
    Tensor no = factor(x.complement(), x.probability(), x.surprise());
    Tensor positive = t.times(focused(yes, x.surprise(), x.probability(), x.complement(), s, -1));
    Tensor negative =
        u.times(focused(no, x.surpriseOfComplement(), x.complement(), x.probability(), s, 1));
    Either<Double, ClassWeights> alpha = find(ALPHA);
    Tensor values =
        alpha == null
            ? positive.plus(negative)
            : alpha.fold(
                a -> positive.times(a).plus(negative.times(1 - a)),
                each -> positive.times(perChannel(s, each)).plus(negative));
    return normalized(s, reduceElements(s, values), () -> t.times(yes).plus(u.times(no)));
  }

  /**
   * Returns (1 − p)^γ·(−ln p) of one outcome of a logit. Its slope is ∓(1 − p)^γ·(1 − p − γ·p·ln
   * p), in which nothing is computed anew; a threshold leaves it to the rules.
   */
  private Tensor focused(
      Tensor factor, Tensor surprise, Tensor p, Tensor complement, LossInputs s, int sign) {
    Tensor value = factor.times(surprise);
    if (find(REDUCED_THRESHOLD) != null) {
      return value;
    }
    Tensor log = p.times(surprise).times(sign * get(GAMMA));
    Tensor slope = (sign > 0 ? log.plus(complement) : log.minus(complement)).times(factor);
    return CustomGradient.of(value, List.of(s.prediction()), g -> List.of(g.times(slope)));
  }

  private Tensor ofPixels(LossInputs s) {
    s.requireSeveralChannels();
    LogSoftmax logs = new LogSoftmax(s.prediction());
    Tensor surprise = s.hasLabels() ? logs.surpriseAtLabel(s) : logs.surprise();
    Tensor p = surprise.unaryMinus().exp();
    Tensor factor = factor(p, p.unaryMinus().plus(1), null);
    Tensor values = weighed(s, factor.times(surprise));
    if (s.hasLabels()) {
      return normalized(s, reducePixels(s, values), () -> factor);
    }
    return normalized(
        s,
        reducePixels(s, LossInputs.insideUnbounded(s.target(), values).sumKeep(1)),
        () -> s.target().times(factor).sumKeep(1));
  }

  /** Returns (1 − p_t)^γ, or its reduced form; from −ln(1 − p_t) where that is at hand. */
  private Tensor factor(Tensor p, Tensor complement, @Nullable Tensor surpriseOfComplement) {
    double gamma = get(GAMMA);
    Tensor power =
        surpriseOfComplement == null || gamma == 0 || gamma == 1 || gamma == 2
            ? SafePower.of(complement, gamma)
            : surpriseOfComplement.times(-gamma).exp();
    Double threshold = find(REDUCED_THRESHOLD);
    return threshold == null
        ? power
        : Tensor.where(p.lessThan(threshold), 1, power.times(Math.pow(threshold, -gamma)));
  }

  /** Weighs values of labels {@code [N, 1, ...]} or of all classes {@code [N, C, ...]}. */
  private Tensor weighed(LossInputs s, Tensor values) {
    Either<Double, ClassWeights> alpha = find(ALPHA);
    if (alpha == null) {
      return values;
    }
    Tensor weights =
        alpha.fold(a -> Tensor.where(s.classNumbers(), a, 1 - a), each -> perChannel(s, each));
    return values.times(s.hasLabels() ? s.atLabel(weights) : weights);
  }

  private Tensor perChannel(LossInputs s, ClassWeights alpha) {
    return alpha.perChannel(id() + ": alpha", s);
  }

  private Tensor normalized(LossInputs s, Tensor reduced, Supplier<Tensor> factors) {
    return get(NORMALIZED)
        ? ValidMask.ratio(reduced, s.valid().weigh(factors.get()).sum())
        : reduced;
  }
}
