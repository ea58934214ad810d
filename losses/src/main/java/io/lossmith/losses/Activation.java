package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.LossInputs;

/** How predictions become probabilities. */
public enum Activation {
  /** They are probabilities already. */
  NONE,
  /** Each channel for itself: any number of classes may be present in a pixel. */
  SIGMOID,
  /** All channels together: one class is present in each pixel. Needs two channels at least. */
  SOFTMAX;

  /** Returns what predictions are, given that this is what is done to them first. */
  PredictionKind takes() {
    return this == NONE ? PredictionKind.PROBABILITIES : PredictionKind.LOGITS;
  }

  /** Applies this along the channels, axis 1. */
  Tensor of(LossInputs s) {
    return switch (this) {
      case NONE -> s.prediction();
      case SIGMOID -> s.prediction().sigmoid();
      case SOFTMAX -> {
        s.requireSeveralChannels();
        yield s.prediction().softmax(1);
      }
    };
  }
}
