package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LabelWeights;
import io.lossmith.losses.kit.LogSoftmax;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Cross entropy of a softmax over the classes, from logits.
 *
 * <pre>labels y:      Σ w_y·(−ln p_y) / Σ w_y                 p = softmax(x)
 * smoothed by ε:  ((1 − ε)·Σ w_y·(−ln p_y) + ε/C·Σ Σ_c w_c·(−ln p_c)) / Σ w_y
 * dense t:        Σ Σ_c t_c·w_c·(−ln p_c) / pixels         t ← t(1 − ε) + ε/C</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes and C ≥ 2, any finite logits.
 * Target: class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]}, or a dense target of
 * the prediction's shape within 0..1. Options: {@code classWeights} w, {@code labelSmoothing} ε.
 * Reduction {@code none} gives {@code [N, spatial...]}.
 *
 * <p>The choice where each pixel has exactly one class; with rare classes add {@link Dice}. For one
 * channel take {@link BinaryCrossEntropyWithLogits}.
 *
 * <p>Tested against PyTorch's {@code CrossEntropyLoss}, whose means these are: with dense targets
 * it divides by the pixels, not by Σw. Where nothing is valid PyTorch gives NaN, this gives 0.
 */
public final class CrossEntropy extends SegmentationLoss<CrossEntropy>
    implements Withers.OfLabels<CrossEntropy> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry<CrossEntropy> ENTRY =
      Entry.of(
              "cross-entropy",
              CrossEntropy.class,
              CrossEntropy::new,
              "cross entropy of a softmax over the classes, from logits",
              "Σ w_y·(−ln softmax(x)_y) / Σ w_y")
          .perPixel()
          .taking(Options.OF_PIXELS)
          .taking(Options.LABEL_WEIGHTS, Options.LABEL_SMOOTHING);

  private CrossEntropy(Settings settings) {
    super(settings);
  }

  @Override
  Entry<CrossEntropy> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.LOGITS;
  }

  /** Returns it with every option left out. */
  public static CrossEntropy create() {
    return ENTRY.make();
  }

  /** Returns this loss with targets t(1 − ε) + ε/C, ε within 0..1. */
  public CrossEntropy withLabelSmoothing(double epsilon) {
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
    return reducePixels(s, ofPixels(s, logs, w, get(Options.LABEL_SMOOTHING)), w.shares());
  }

  /** Returns the cross entropy of each pixel, {@code [N, 1, spatial...]}, weighed by class. */
  static Tensor ofPixels(LossInputs s, LogSoftmax logs, LabelWeights w, double epsilon) {
    if (!s.hasLabels()) {
      return w.perClass(LossInputs.insideUnbounded(s.smoothed(epsilon), logs.surprise()))
          .sumKeep(1);
    }
    Tensor atLabel = w.atLabel(logs.surpriseAtLabel(s));
    if (epsilon == 0) {
      return atLabel;
    }
    Tensor spread = w.perClass(logs.surprise()).sumKeep(1).times(epsilon / s.classes());
    return atLabel.times(1 - epsilon).plus(spread);
  }
}
