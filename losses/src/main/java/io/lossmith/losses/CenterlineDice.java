package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
import io.lossmith.losses.kit.SoftSkeleton;
import java.io.Serial;
import java.util.stream.IntStream;

/**
 * Centerline Dice: whether the centre lines of prediction and target lie within each other's masks.
 *
 * <pre>mean over samples of  1 − 2·Tp·Ts/(Tp + Ts + 1e-4)
 * Tp = (Σ skel(p)·t + s)/(Σ skel(p) + s)   Ts = (Σ skel(t)·p + s)/(Σ skel(t) + s)
 * Σ over the channels and pixels of a sample</pre>
 *
 * <p>The soft skeleton, k iterations: e = x, skel = relu(e − open(e)), then k times e = erode(e), d
 * = relu(e − open(e)), skel += relu(d − skel·d). Erosion takes the least of 3 neighbours along each
 * axis and of those the least, dilation the greatest of 3 × 3 (× 3); opening is erosion, then
 * dilation.
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). Options beside the structure losses' own: {@code iterations} k, at least
 * half of the widest structure's width in pixels; {@code smooth} s, where without it 0/0 counts as
 * 1. Pixels that do not count are 0 in both masks before the skeletons are made.
 *
 * <p>Where values tie, the gradient goes to the first of the neighbours in a window, in equal parts
 * to the axes of an erosion, and nowhere through relu at 0: one of the subgradients, the same on
 * every run. In flat regions, such as a saturated sigmoid, it is therefore not spread evenly.
 *
 * <p>Use it for vessels, roads, cracks: where a gap of one pixel matters more than the width. It
 * sees little else, so add it to an overlap loss ({@code dice-cl-dice}); for compact objects that
 * has no use. Predictions must be probabilities: with logits give an activation.
 *
 * <p>Source: Shit et al. 2021, arXiv:2003.07311. Tested against MONAI's {@code SoftclDiceLoss},
 * whose {@code iter_} is {@code iterations}. Peers differ: releases of MONAI before 1.6 left out
 * channel 0 in silence and took the target first; the paper's code does 10 iterations whatever is
 * asked and has no 1e-4, because of which a perfect prediction costs 5e-5 here.
 */
public final class CenterlineDice extends StructureLoss<CenterlineDice> {
  @Serial private static final long serialVersionUID = 1L;

  /** Keeps the harmonic mean defined where both parts are 0. */
  private static final double LEAST_SUM = 1e-4;

  /** Each makes the program longer; a tube that is wider than 500 pixels has no need of more. */
  private static final int MOST_ITERATIONS = 256;

  static final Option<Integer> ITERATIONS =
      Option.integer(
          "iterations", 3, 0, MOST_ITERATIONS, "k, how often the skeleton peels off a layer");
  static final Option<Double> SMOOTH =
      Option.number("smooth", 1.0, NumberRange.AT_LEAST_0, "s, added to the sums of both ratios");
  static final Entry<CenterlineDice> ENTRY =
      Entry.of(
              "cl-dice",
              CenterlineDice.class,
              CenterlineDice::new,
              "whether centre lines lie within each other's masks",
              "1 − 2·Tp·Ts/(Tp + Ts + 1e-4), Tp = (Σskel(p)·t + s)/(Σskel(p) + s)")
          .taking(Options.ACTIVATION, Options.INCLUDE_BACKGROUND)
          .taking(Options.OF_PIXELS)
          .taking(ITERATIONS, SMOOTH);

  private CenterlineDice(Settings settings) {
    super(settings);
  }

  @Override
  Entry<CenterlineDice> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static CenterlineDice sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static CenterlineDice softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for probabilities. */
  public static CenterlineDice ofProbabilities() {
    return ENTRY.make();
  }

  /** Returns this loss with another number of iterations, 0 to 256. */
  public CenterlineDice withIterations(int iterations) {
    return with(ITERATIONS, iterations);
  }

  /** Returns this loss with another number ≥ 0 added to the sums. */
  public CenterlineDice withSmooth(double smooth) {
    return with(SMOOTH, smooth);
  }

  @Override
  Demand demand() {
    return Demand.spatial(1);
  }

  @Override
  Tensor value(LossInputs s, Tensor p, Tensor t) {
    Tensor precision = within(s, SoftSkeleton.of(p, get(ITERATIONS)), t);
    Tensor sensitivity = within(s, SoftSkeleton.of(t, get(ITERATIONS)), p);
    Tensor mean =
        precision.times(sensitivity).times(2).div(precision.plus(sensitivity).plus(LEAST_SUM));
    Tensor cost = mean.unaryMinus().plus(1);
    Tensor weight = s.valid().weight();
    return reduce(weight == null ? cost : Tensor.where(perSample(weight).equalTo(0), 0, cost));
  }

  /** Returns which part of a skeleton lies within a mask. */
  private Tensor within(LossInputs s, Tensor skeleton, Tensor mask) {
    Tensor weighed = s.valid().weigh(skeleton);
    double smooth = get(SMOOTH);
    return SmoothedRatio.of(perSample(weighed.times(mask)), perSample(weighed), smooth, smooth);
  }

  private static Tensor perSample(Tensor x) {
    return x.sum(IntStream.range(1, x.shape().rank()).toArray());
  }
}
