package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/** The option {@code classWeights} of losses over the classes of pixels; 1 each where unset. */
public final class LabelWeights {
  private final LossInputs s;
  private final @Nullable ClassWeights weights;

  /** Takes what the option holds. */
  public LabelWeights(LossInputs s, @Nullable ClassWeights weights) {
    this.s = s;
    this.weights = weights;
  }

  /** Multiplies what stands in each class's channel by the weight of the class. */
  public Tensor perClass(Tensor values) {
    return weights == null ? values : values.times(channels(weights));
  }

  /** Multiplies one value for each pixel by the weight of its label. */
  public Tensor atLabel(Tensor values) {
    return weights == null ? values : values.times(s.atLabel(channels(weights)));
  }

  /**
   * Returns what the mean over labels divides by, w_y of each pixel; null if it is their number.
   */
  public @Nullable Tensor shares() {
    return weights == null || !s.hasLabels() ? null : s.atLabel(channels(weights));
  }

  private Tensor channels(ClassWeights given) {
    return given.perChannel(s.who() + ": classWeights", s);
  }
}
