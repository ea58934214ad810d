package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LabelWeights;
import io.lossmith.losses.kit.LogSoftmax;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Poly-1 cross entropy: cross entropy with another price on the first term of its series, from
 * logits.
 *
 * <pre>labels y:   Σ (w_y·(−ln p_y) + ε·(1 − p_y)) / Σ w_y        p = softmax(x)
 * dense t:    Σ (Σ_c t_c·w_c·(−ln p_c) + ε·(1 − Σ_c t_c·p_c)) / pixels</pre>
 *
 * <p>−ln p = (1 − p) + (1 − p)²/2 + …, so ε = 0 is {@link CrossEntropy} and ε > 0 pulls harder at
 * pixels that are nearly right. With {@code labelSmoothing} both terms see the smoothed target.
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes and C ≥ 2, any finite logits;
 * target class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]}, or dense of the
 * prediction's shape within 0..1. Options: {@code epsilon}, {@code classWeights} w (of the cross
 * entropy alone), {@code labelSmoothing}. Reduction {@code none} gives {@code [N, spatial...]}.
 *
 * <p>Try it where cross entropy works and a little more is wanted: ε is one number to tune. For
 * rare classes {@link Focal} or an overlap loss does more.
 *
 * <p>Source: Leng et al. 2022, arXiv:2204.12511. Optax has it with ε = 2.
 */
public final class PolyCrossEntropy extends SegmentationLoss<PolyCrossEntropy>
    implements Withers.OfLabels<PolyCrossEntropy> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> EPSILON =
      Option.number("epsilon", 1.0, NumberRange.AT_LEAST_MINUS_1, "ε: the price of 1 − p");
  static final Entry<PolyCrossEntropy> ENTRY =
      Entry.of(
              "poly-cross-entropy",
              PolyCrossEntropy.class,
              PolyCrossEntropy::new,
              "cross entropy and a price on 1 − p, from logits",
              "Σ (w_y·(−ln softmax(x)_y) + ε·(1 − softmax(x)_y)) / Σ w_y")
          .perPixel()
          .taking(EPSILON)
          .taking(Options.OF_PIXELS)
          .taking(Options.LABEL_WEIGHTS, Options.LABEL_SMOOTHING);

  private PolyCrossEntropy(Settings settings) {
    super(settings);
  }

  @Override
  Entry<PolyCrossEntropy> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.LOGITS;
  }

  /** Returns it with every option left out. */
  public static PolyCrossEntropy create() {
    return ENTRY.make();
  }

  /** Returns this loss with another price ε ≥ −1 of 1 − p. */
  public PolyCrossEntropy withEpsilon(double epsilon) {
    return with(EPSILON, epsilon);
  }

  /** Returns this loss with targets t(1 − ε) + ε/C, ε within 0..1. */
  public PolyCrossEntropy withLabelSmoothing(double epsilon) {
    return with(Options.LABEL_SMOOTHING, epsilon);
  }

  @Override
  Demand demand() {
    return Demand.PIXELS;
  }

  @Override
  Tensor value(LossInputs s) {
    s.requireSeveralChannels();
    LogSoftmax logs = new LogSoftmax(s.prediction());
    LabelWeights w = new LabelWeights(s, find(Options.LABEL_WEIGHTS));
    double smoothing = get(Options.LABEL_SMOOTHING);
    Tensor distance = right(s, logs, smoothing).unaryMinus().plus(1);
    Tensor entropy = CrossEntropy.ofPixels(s, logs, w, smoothing);
    return reducePixels(s, entropy.plus(distance.times(get(EPSILON))), w.shares());
  }

  /** Returns Σ_c t_c·p_c for the smoothed target t. */
  private static Tensor right(LossInputs s, LogSoftmax logs, double smoothing) {
    if (!s.hasLabels()) {
      return s.smoothed(smoothing).times(logs.surprise().unaryMinus().exp()).sumKeep(1);
    }
    Tensor p = logs.surpriseAtLabel(s).unaryMinus().exp();
    return smoothing == 0 ? p : p.times(1 - smoothing).plus(smoothing / s.classes());
  }
}
