package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LabelWeights;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Negative log-likelihood: cross entropy of predictions that are log-probabilities already.
 *
 * <pre>labels y:   Σ −w_y·x_y / Σ w_y
 * dense t:    Σ Σ_c −t_c·w_c·x_c / pixels</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes, each ≤ 0 (−∞ for a probability
 * of 0); target class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]}, or dense of
 * the prediction's shape within 0..1. A log-softmax and then this is {@link CrossEntropy}, which is
 * faster; take this one when a model ends in a log-softmax of its own.
 *
 * <p>Tested against PyTorch's {@code NLLLoss}.
 */
public final class NegativeLogLikelihood extends SegmentationLoss<NegativeLogLikelihood>
    implements Withers.OfLabels<NegativeLogLikelihood> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry<NegativeLogLikelihood> ENTRY =
      Entry.of(
              "nll",
              NegativeLogLikelihood.class,
              NegativeLogLikelihood::new,
              "cross entropy of log-probabilities",
              "Σ −w_y·x_y / Σ w_y")
          .perPixel()
          .taking(Options.OF_PIXELS)
          .taking(Options.LABEL_WEIGHTS);

  private NegativeLogLikelihood(Settings settings) {
    super(settings);
  }

  @Override
  Entry<NegativeLogLikelihood> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.LOG_PROBABILITIES;
  }

  /** Returns it with every option left out. */
  public static NegativeLogLikelihood create() {
    return ENTRY.make();
  }

  @Override
  Demand demand() {
    return Demand.PIXELS;
  }

  @Override
  Tensor value(LossInputs s) {
    LabelWeights w = new LabelWeights(s, find(Options.LABEL_WEIGHTS));
    Tensor surprise = s.prediction().unaryMinus();
    if (s.hasLabels()) {
      return reducePixels(s, w.atLabel(s.atLabel(surprise)), w.shares());
    }
    return reducePixels(s, w.perClass(LossInputs.insideUnbounded(s.target(), surprise)).sumKeep(1));
  }
}
