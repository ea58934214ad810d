package io.lossmith.losses;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import java.util.List;

/**
 * Binary cross entropy of predictions that are probabilities.
 *
 * <pre>mean of  −t·ln p − (1 − t)·ln(1 − p)      each ln at least −100</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes within 0..1 (anything else is
 * an error: logits were probably meant); target of the same shape within 0..1, soft or hard.
 *
 * <p>Take {@link BinaryCrossEntropyWithLogits} wherever the logits are at hand: near 0 and 1 a
 * probability in float has lost what the logit knew.
 *
 * <p>Tested against PyTorch's {@code BCELoss}, whose floor this is.
 */
public final class BinaryCrossEntropy extends SegmentationLoss<BinaryCrossEntropy> {
  @Serial private static final long serialVersionUID = 1L;

  private static final double LEAST_LOG = -100;

  static final Entry<BinaryCrossEntropy> ENTRY =
      Entry.of(
              "bce",
              BinaryCrossEntropy.class,
              BinaryCrossEntropy::new,
              "binary cross entropy of each element, from probabilities",
              "−t·ln p − (1 − t)·ln(1 − p)")
          .perPixel()
          .taking(Options.OF_PIXELS);

  private BinaryCrossEntropy(Settings settings) {
    super(settings);
  }

  @Override
  Entry<BinaryCrossEntropy> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.PROBABILITIES;
  }

  /** Returns it with every option left out. */
  public static BinaryCrossEntropy create() {
    return ENTRY.make();
  }

  @Override
  Demand demand() {
    return Demand.ELEMENTS;
  }

  /**
   * The gradient is that of the formula, 0 below the floor. By the rules it would be 0·∞ there, and
   * PyTorch's (p − t)/max(p(1 − p), 1e-12) is 1e12 below its own floor.
   */
  @Override
  Tensor value(LossInputs s) {
    Tensor p = probabilities(s);
    Tensor t = s.target();
    Tensor q = p.unaryMinus().plus(1);
    Tensor yes = p.log().maximum(LEAST_LOG);
    Tensor no = p.unaryMinus().log1p().maximum(LEAST_LOG);
    // In this form, not as the negated sum, what costs nothing costs 0 and not −0.
    Tensor value = t.minus(1).times(no).minus(t.times(yes));
    // (1 − t)/(1 − p) − t/p in one fraction; at p = 0 and 1 without the part that the floor stops.
    Tensor both = p.times(q);
    Tensor inside = both.greaterOrEqual(Float.MIN_NORMAL);
    Tensor slope = Tensor.where(inside, p.minus(t).div(both), q.minus(t));
    return reduceElements(
        s,
        CustomGradient.of(
            value, List.of(p, t), g -> List.of(g.times(slope), g.times(no.minus(yes)))));
  }

  /** NaN is no wrong value but a broken model, and stays NaN. */
  private static Tensor probabilities(LossInputs s) {
    return s.prediction()
        .checkRangeOrNaN(
            s.who() + ": prediction",
            0,
            1,
            "within 0..1; logits were probably meant: use bce-with-logits");
  }
}
