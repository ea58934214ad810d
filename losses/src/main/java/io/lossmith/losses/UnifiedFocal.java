package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
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
import java.util.stream.IntStream;

/**
 * Unified focal loss: a focal cross entropy and a focal Tversky loss with one pair of numbers for
 * both, from logits.
 *
 * <pre>weight·F + (1 − weight)·T
 * F = mean over pixels and classes of   (1 − δ)·(1 − p_0)^γ·CE_0          of class 0
 *                                       δ·CE_c                            of the others
 * T = mean over samples and classes of  1 − TI_0                          of class 0
 *                                       (1 − TI_c)^(1 − γ)                of the others
 * CE_c = −t_c·ln p_c    TI = (TP + ε)/(TP + δ·FN + (1 − δ)·FP + ε)    ε = 1e-7</pre>
 *
 * <p>From logits, always: a softmax, or for one channel a sigmoid, whose complement is class 0.
 * Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes; target class indices {@code [N,
 * spatial...]} or {@code [N, 1, spatial...]}, or dense of the prediction's shape within 0..1.
 *
 * <p>Options: {@code delta} δ prices what is missed against what is found too much; {@code gamma} γ
 * looks away from easy background and towards hard foreground, at once; {@code weight} is F's
 * share; {@code symmetric} treats all classes alike: F takes (1 − p_c)^γ and T the power 1 − γ
 * everywhere. Reduction {@code none} gives {@code [N]}: T of each sample, and of F what the sample
 * adds to the mean, times N.
 *
 * <p>Use it for small objects on a large background where its one loss replaces tuning of a sum.
 * Where classes are balanced {@link WeightedSum#diceCe()} is simpler and as good.
 *
 * <p>−ln p is at most −ln ε, as the paper's code has it. A power below 1 continues below 1e-6 as a
 * chord, so its slope stays finite. Source: Yeung et al. 2021, arXiv:2102.04525. Tested against
 * MONAI's {@code AsymmetricUnifiedFocalLoss}, which is binary, takes probabilities in spite of what
 * it says, and has δ = 0.7.
 */
public final class UnifiedFocal extends SegmentationLoss<UnifiedFocal> {
  @Serial private static final long serialVersionUID = 1L;

  private static final double EPSILON = 1e-7;

  static final Option<Double> DELTA =
      Option.number("delta", 0.6, NumberRange.UNIT, "δ: the price of what is missed");
  static final Option<Double> GAMMA =
      Option.number("gamma", 0.5, NumberRange.UNIT, "γ: how much it looks away from what is easy");
  static final Option<Double> WEIGHT =
      Option.number("weight", 0.5, NumberRange.UNIT, "the share of the cross entropy");
  static final Option<Boolean> SYMMETRIC =
      Option.flag("symmetric", false, "whether all classes are treated alike");
  static final Entry<UnifiedFocal> ENTRY =
      Entry.of(
              "unified-focal",
              UnifiedFocal.class,
              UnifiedFocal::new,
              "focal cross entropy and focal Tversky loss in one, from logits",
              "weight·F + (1 − weight)·T")
          .taking(DELTA, GAMMA, WEIGHT, SYMMETRIC, Options.REDUCTION, Options.IGNORE_INDEX);

  private UnifiedFocal(Settings settings) {
    super(settings);
  }

  @Override
  Entry<UnifiedFocal> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.LOGITS;
  }

  /** Returns it with every option left out. */
  public static UnifiedFocal create() {
    return ENTRY.make();
  }

  /** Returns this loss with another price of what is missed, within 0..1. */
  public UnifiedFocal withDelta(double delta) {
    return with(DELTA, delta);
  }

  /** Returns this loss with another γ within 0..1. */
  public UnifiedFocal withGamma(double gamma) {
    return with(GAMMA, gamma);
  }

  /** Returns this loss with another share of the cross entropy, within 0..1. */
  public UnifiedFocal withWeight(double weight) {
    return with(WEIGHT, weight);
  }

  /** Returns this loss with all classes treated alike, or class 0 as the background. */
  public UnifiedFocal withSymmetric(boolean symmetric) {
    return with(SYMMETRIC, symmetric);
  }

  @Override
  boolean asksEachPixel() {
    return true; // by its cross entropy
  }

  @Override
  Demand demand() {
    return Demand.PIXELS;
  }

  @Override
  Tensor value(LossInputs s) {
    return s.classes() == 1 ? ofOneChannel(s) : ofClasses(s);
  }

  private Tensor ofOneChannel(LossInputs s) {
    Logit x = new Logit(s.prediction());
    Tensor t = s.target();
    Tensor p = x.probability();
    Tensor q = x.complement();
    Tensor rest = t.unaryMinus().plus(1);
    Tensor background = rest.times(entropy(x.surpriseOfComplement())).times(easy(x.surprise()));
    Tensor foreground = t.times(entropy(x.surprise()));
    Tensor pixels =
        background
            .times(1 - get(DELTA))
            .plus(
                (get(SYMMETRIC) ? foreground.times(easy(x.surpriseOfComplement())) : foreground)
                    .times(get(DELTA)));
    Tensor missed = sum(s, t.times(q));
    Tensor extra = sum(s, rest.times(p));
    Tensor inside = tversky(sum(s, t.times(p)), missed, extra);
    Tensor outside = tversky(sum(s, rest.times(q)), extra, missed);
    Tensor regions = power(outside, get(SYMMETRIC)).plus(power(inside, true)).div(2);
    return joined(s, pixels, 2, regions);
  }

  private Tensor ofClasses(LossInputs s) {
    LogSoftmax logs = new LogSoftmax(s.prediction());
    Tensor p = logs.surprise().unaryMinus().exp();
    Tensor q = p.unaryMinus().plus(1);
    Tensor t = s.target();
    Tensor hits = sum(s, s.inside(t, p));
    Tensor missed = sum(s, s.inside(t, q));
    Tensor extra = sum(s, s.outside(t, p));
    Tensor cost = tversky(hits, missed, extra);
    Tensor isBackground = Tensor.iota(s.classes()).equalTo(0);
    Tensor regions =
        get(SYMMETRIC) ? power(cost, true) : Tensor.where(isBackground, cost, power(cost, true));
    return joined(s, pixels(s, logs), s.classes(), regions.mean(1));
  }

  /** Returns what each pixel adds to F, {@code [N, 1, spatial...]}. */
  private Tensor pixels(LossInputs s, LogSoftmax logs) {
    double delta = get(DELTA);
    if (s.hasLabels()) {
      Tensor surprise = logs.surpriseAtLabel(s);
      Tensor factor = factor(s.labels().equalTo(0), surprise, delta);
      return entropy(surprise).times(factor);
    }
    Tensor surprise = logs.surprise();
    Tensor factor = factor(s.classNumbers().equalTo(0), surprise, delta);
    return s.target().times(entropy(surprise)).times(factor).sumKeep(1);
  }

  private Tensor factor(Tensor isBackground, Tensor surprise, double delta) {
    Tensor power = SafePower.of(surprise.unaryMinus().exp().unaryMinus().plus(1), get(GAMMA));
    Tensor foreground = get(SYMMETRIC) ? power.times(delta) : Tensor.scalar(delta);
    return Tensor.where(isBackground, power.times(1 - delta), foreground);
  }

  /** Returns (1 − p)^γ from −ln(1 − p): an exponential, whose slope is finite at p = 1 too. */
  private Tensor easy(Tensor surpriseOfComplement) {
    return surpriseOfComplement.times(-get(GAMMA)).exp();
  }

  private static Tensor entropy(Tensor surprise) {
    return surprise.clamp(Double.NEGATIVE_INFINITY, -Math.log(EPSILON));
  }

  /** Returns 1 − TI as a quotient, which cancels nothing. */
  private Tensor tversky(Tensor hits, Tensor missed, Tensor extra) {
    double delta = get(DELTA);
    Tensor wrong = missed.times(delta).plus(extra.times(1 - delta));
    return wrong.div(hits.plus(wrong).plus(EPSILON));
  }

  private Tensor power(Tensor cost, boolean focal) {
    return focal ? SafePower.of(cost, 1 - get(GAMMA)) : cost;
  }

  /** Returns the weighted sum over the pixels of a sample, {@code [N, C]}. */
  private static Tensor sum(LossInputs s, Tensor values) {
    Tensor weighed = s.valid().weigh(values);
    return s.spatialAxes().length == 0 ? weighed : weighed.sum(s.spatialAxes());
  }

  /** Joins one value for each pixel and one for each sample. */
  private Tensor joined(LossInputs s, Tensor pixels, int classes, Tensor regions) {
    int samples = s.shape().get(0);
    int[] inSample = IntStream.range(1, s.shape().rank()).toArray();
    Tensor weight = s.valid().weight();
    double all = (double) s.shape().count() / s.classes();
    Tensor sums = s.valid().weigh(pixels).sum(inSample).times(samples);
    Tensor focal =
        weight == null
            ? sums.div(all * classes)
            : ValidMask.ratio(sums, weight.sum().times(classes));
    Tensor counted =
        weight == null ? regions : Tensor.where(weight.sum(inSample), regions.reshape(samples), 0);
    double share = get(WEIGHT);
    return reduce(focal.times(share).plus(counted.reshape(samples).times(1 - share)));
  }
}
