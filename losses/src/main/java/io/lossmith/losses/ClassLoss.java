package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;

/**
 * A pixel loss over classes: one value for each pixel, with weights of the classes.
 *
 * @param <L> the loss itself
 */
public abstract class ClassLoss<L extends ClassLoss<L>> extends PixelLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<ClassWeights> CLASS_WEIGHTS =
      Option.perClass(
          "classWeights", "a weight for each class; the mean over labels divides by their sum");

  ClassLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with a weight ≥ 0 for each class. */
  public final L withClassWeights(double... weights) {
    return with(CLASS_WEIGHTS, weights);
  }

  @Override
  SegmentationShapes.Demand demand() {
    return new SegmentationShapes.Demand(0, false);
  }

  /** Multiplies what stands in each class's channel by the weight of the class. */
  final Tensor weighed(Segmentation s, Tensor perClass) {
    ClassWeights weights = find(CLASS_WEIGHTS);
    return weights == null ? perClass : perClass.times(channelWeights(s, weights));
  }

  /** Reduces values of labels, each already times its label's weight: Σ w·l / Σ w. */
  final Tensor reduceLabels(Segmentation s, Tensor values) {
    ClassWeights weights = find(CLASS_WEIGHTS);
    return weights == null
        ? reducePixels(s, values)
        : reducePixels(s, values, s.atLabel(channelWeights(s, weights)));
  }

  /** Multiplies values of labels by the weight of their label. */
  final Tensor weighedAtLabel(Segmentation s, Tensor values) {
    ClassWeights weights = find(CLASS_WEIGHTS);
    return weights == null ? values : values.times(s.atLabel(channelWeights(s, weights)));
  }

  /** Reduces values of pixels, with labels as {@link #reduceLabels}. */
  final Tensor reduceClasses(Segmentation s, Tensor values) {
    return s.hasLabels() ? reduceLabels(s, values) : reducePixels(s, values);
  }

  /**
   * Returns the cross entropy of each pixel, {@code [N, 1, spatial...]}, weighed by class; targets
   * become t(1 − ε) + ε/C.
   */
  final Tensor crossEntropy(Segmentation s, LogSoftmax logs, double epsilon) {
    if (!s.hasLabels()) {
      return weighed(s, s.smoothed(epsilon).times(logs.surprise())).sumKeep(1);
    }
    Tensor atLabel = weighedAtLabel(s, logs.surpriseAtLabel(s));
    if (epsilon == 0) {
      return atLabel;
    }
    Tensor spread = weighed(s, logs.surprise()).sumKeep(1).times(epsilon / s.classes());
    return atLabel.times(1 - epsilon).plus(spread);
  }

  private Tensor channelWeights(Segmentation s, ClassWeights weights) {
    return weights.perChannel(id() + ": classWeights", s);
  }
}
