package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
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
public final class CrossEntropy extends ClassLoss<CrossEntropy> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> LABEL_SMOOTHING =
      Option.number("labelSmoothing", 0.0, Range.UNIT, "ε: targets become t(1 − ε) + ε/C");
  static final Entry ENTRY =
      Entry.of(
              "cross-entropy",
              CrossEntropy.class,
              CrossEntropy::new,
              "cross entropy of a softmax over the classes, from logits",
              "Σ w_y·(−ln softmax(x)_y) / Σ w_y")
          .taking(OPTIONS)
          .taking(CLASS_WEIGHTS, LABEL_SMOOTHING);

  private CrossEntropy(Settings settings) {
    super(settings);
  }

  /** Returns it with every option left out. */
  public static CrossEntropy create() {
    return new CrossEntropy(Settings.of(ENTRY.id));
  }

  /** Returns this loss with targets t(1 − ε) + ε/C, ε within 0..1. */
  public CrossEntropy withLabelSmoothing(double epsilon) {
    return with(LABEL_SMOOTHING, epsilon);
  }

  @Override
  boolean ofLogits() {
    return true;
  }

  @Override
  Tensor value(Segmentation s) {
    s.requireSeveralChannels();
    LogSoftmax logs = new LogSoftmax(s.prediction());
    return reduceClasses(s, crossEntropy(s, logs, get(LABEL_SMOOTHING)));
  }
}
