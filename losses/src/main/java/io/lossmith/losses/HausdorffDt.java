package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Outline;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Hausdorff distance loss by distance transforms: errors cost more the further they are from the
 * outlines of target and prediction.
 *
 * <pre>mean over samples, classes and pixels of  (p − t)²·(D_p^α + D_t^α)
 * D = distance to the nearest pixel on the other side of ½; 0 where all are on one side
 * log-hausdorff-dt: ln(1 + the reduced value)</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 2 or 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). Options: {@code alpha} the power of distances, {@code activation}, {@code
 * spacing}, {@code includeBackground}. Reduction {@code none} gives {@code [N, C]}; {@code sum}
 * adds these means up. With a mask the means are weighed, and prediction and target are 0 where it
 * is 0. Distances are constants for the gradient.
 *
 * <p>Use it beside a region loss where single far errors are what hurts. Values grow with the size
 * of the picture: {@link #log} tames them. A prediction above ½ everywhere costs nothing where the
 * target is empty.
 *
 * <p>Source: Karimi and Salcudean 2019, arXiv:1904.10030; tested against MONAI's {@code
 * HausdorffDTLoss} and {@code LogHausdorffDTLoss}, which leave the background out unless told
 * otherwise.
 */
public final class HausdorffDt extends StructureLoss<HausdorffDt> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> ALPHA =
      Option.number("alpha", 2.0, NumberRange.POSITIVE, "α: the power of distances");
  static final Entry<HausdorffDt> ENTRY =
      entry(
          "hausdorff-dt",
          false,
          "squared errors times their distances from both outlines",
          "(p − t)²·(D_p^α + D_t^α)");
  static final Entry<HausdorffDt> LOG =
      entry("log-hausdorff-dt", true, "logarithm of 1 + hausdorff-dt", "ln(1 + hausdorff-dt)");

  private final boolean log;

  private HausdorffDt(Settings settings, boolean log) {
    super(settings);
    this.log = log;
  }

  private static Entry<HausdorffDt> entry(String id, boolean log, String meaning, String formula) {
    return Entry.of(id, HausdorffDt.class, given -> new HausdorffDt(given, log), meaning, formula)
        .taking(ALPHA, Options.ACTIVATION, Options.SPACING, Options.INCLUDE_BACKGROUND)
        .taking(Options.OF_PIXELS);
  }

  @Override
  Entry<HausdorffDt> entry() {
    return log ? LOG : ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static HausdorffDt sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static HausdorffDt softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static HausdorffDt ofProbabilities() {
    return ENTRY.make();
  }

  /** Returns ln(1 + this), with the options of this: {@code log-hausdorff-dt}. */
  public HausdorffDt log() {
    return LOG.make(settings().as(LOG.id));
  }

  /** Returns this loss with another power &gt; 0 of distances. */
  public HausdorffDt withAlpha(double alpha) {
    return with(ALPHA, alpha);
  }

  /** Returns this loss with another distance &gt; 0 of neighbours along each spatial axis. */
  public HausdorffDt withSpacing(double... spacing) {
    return with(Options.SPACING, spacing);
  }

  @Override
  Demand demand() {
    return Demand.spatial(2);
  }

  @Override
  Tensor value(LossInputs s, Tensor p, Tensor t) {
    Outline outline = new Outline(s, find(Options.SPACING));
    Tensor far = power(outline, p).plus(power(outline, t));
    Tensor values = p.minus(t).square().times(far);
    Tensor reduced = reduce(s.valid().mean(values, s.spatialAxes()));
    return log ? reduced.log1p() : reduced;
  }

  private Tensor power(Outline outline, Tensor x) {
    return outline.distance(x.greaterThan(0.5)).pow(get(ALPHA));
  }
}
