package io.lossmith.losses;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LogSoftmax;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import java.util.List;

/**
 * Generalized cross entropy: between cross entropy and the mean absolute error, for labels that are
 * partly wrong; from logits.
 *
 * <pre>labels y:   mean of (1 − p_y^q)/q                p = softmax(x)
 * dense t:    mean of Σ_c t_c·(1 − p_c^q)/q</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes and C ≥ 2, any finite logits;
 * target class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]}, or dense of the
 * prediction's shape within 0..1. Option {@code q} within 0..1, not 0: towards 0 it becomes {@link
 * CrossEntropy}, 1 is 1 − p. Reduction {@code none} gives {@code [N, spatial...]}.
 *
 * <p>A pixel costs 1/q at most and pulls less the more hopeless it is, so wrong labels do little
 * harm. With labels that can be trusted it learns more slowly than cross entropy.
 *
 * <p>Source: Zhang and Sabuncu 2018, arXiv:1805.07836, whose q = 0.7 is the default; Keras has 0.5.
 */
public final class GeneralizedCrossEntropy extends SegmentationLoss<GeneralizedCrossEntropy> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> Q =
      Option.number(
          "q", 0.7, NumberRange.ABOVE_0_TO_1, "q: towards 0 cross entropy, 1 the absolute error");
  static final Entry<GeneralizedCrossEntropy> ENTRY =
      Entry.of(
              "generalized-cross-entropy",
              GeneralizedCrossEntropy.class,
              GeneralizedCrossEntropy::new,
              "cross entropy that forgives wrong labels, from logits",
              "(1 − softmax(x)_y^q)/q")
          .perPixel()
          .taking(Q)
          .taking(Options.OF_PIXELS);

  private GeneralizedCrossEntropy(Settings settings) {
    super(settings);
  }

  @Override
  Entry<GeneralizedCrossEntropy> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.LOGITS;
  }

  /** Returns it with every option left out. */
  public static GeneralizedCrossEntropy create() {
    return ENTRY.make();
  }

  /** Returns this loss with another q &gt; 0 and ≤ 1. */
  public GeneralizedCrossEntropy withQ(double q) {
    return with(Q, q);
  }

  @Override
  Demand demand() {
    return Demand.PIXELS;
  }

  @Override
  Tensor value(LossInputs s) {
    s.requireSeveralChannels();
    LogSoftmax logs = new LogSoftmax(s.prediction());
    return reducePixels(
        s,
        s.hasLabels()
            ? cost(logs.surpriseAtLabel(s))
            : s.target().times(cost(logs.surprise())).sumKeep(1));
  }

  /** (1 − e^−y)/q with y = q·(−ln p), as 2h/(1 + h), h = tanh(y/2), which cancels nothing. */
  private Tensor cost(Tensor surprise) {
    double q = get(Q);
    Tensor half = surprise.times(q / 2).tanh();
    return CustomGradient.of(
        half.div(half.plus(1)).times(2 / q),
        List.of(surprise),
        g -> List.of(g.times(surprise.times(-q).exp())));
  }
}
