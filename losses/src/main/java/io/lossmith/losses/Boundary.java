package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Outline;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Boundary loss: predicted mass costs its signed distance from the target's outline.
 *
 * <pre>mean over samples, classes and pixels of  p·φ
 * φ = distance to the nearest pixel of the target     outside of it
 * φ = 1 − distance to the nearest pixel outside       inside: 0 along its edge, else below 0
 * φ = 0                                               where the target is empty or full</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 2 or 3 spatial axes. Target: of the prediction's
 * shape within 0..1, where above ½ counts as inside; or class indices {@code [N, spatial...]} or
 * {@code [N, 1, spatial...]} (not with {@code sigmoid}). Options: {@code activation}, {@code
 * spacing}, {@code includeBackground}. Reduction {@code none} gives {@code [N, C]}; {@code sum}
 * adds these means up. With a mask the means are weighed, and the target is 0 where it is 0.
 *
 * <p>It is below 0 for a good prediction, by design. Use it beside a region loss, with a small
 * weight that may grow, where the foreground is small or thin. The distances depend on the target
 * only: {@link Compiled#keep} computes them once.
 *
 * <p>Source: Kervadec et al. 2019, arXiv:1812.07032; tested against MONAI's {@code BoundaryLoss}.
 */
public final class Boundary extends StructureLoss<Boundary> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry<Boundary> ENTRY =
      Entry.of(
              "boundary",
              Boundary.class,
              Boundary::new,
              "predicted mass times its signed distance from the target's outline",
              "mean of p·φ, φ the signed distance")
          .taking(Options.ACTIVATION, Options.SPACING, Options.INCLUDE_BACKGROUND)
          .taking(Options.OF_PIXELS);

  private Boundary(Settings settings) {
    super(settings);
  }

  @Override
  Entry<Boundary> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static Boundary sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static Boundary softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static Boundary ofProbabilities() {
    return ENTRY.make();
  }

  /** Returns this loss with another distance &gt; 0 of neighbours along each spatial axis. */
  public Boundary withSpacing(double... spacing) {
    return with(Options.SPACING, spacing);
  }

  @Override
  Demand demand() {
    return Demand.spatial(2);
  }

  @Override
  Tensor value(LossInputs s, Tensor p, Tensor t) {
    Outline outline = new Outline(s, find(Options.SPACING));
    Tensor inside = t.greaterThan(0.5);
    Tensor distance = outline.distance(inside);
    Tensor signed = Tensor.where(inside, distance.unaryMinus().plus(1), distance);
    Tensor values = p.times(Tensor.where(distance, signed, 0));
    return reduce(s.valid().mean(values, s.spatialAxes()));
  }
}
