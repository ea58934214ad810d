package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.ValidMask;

/** What is made of the values of the pixels, elements, samples or classes. */
public enum Reduction {
  /** They are given as they are; what does not count is 0. */
  NONE,
  /** Their mean over what counts; 0 where nothing does. */
  MEAN,
  /** Their sum. */
  SUM;

  /** Reduces values that all count alike. */
  Tensor of(Tensor values) {
    return switch (this) {
      case NONE -> values;
      case SUM -> values.sum();
      case MEAN -> values.mean();
    };
  }

  /** Reduces values by the weights of what counts. */
  Tensor of(Tensor values, ValidMask valid) {
    return switch (this) {
      case NONE -> valid.weigh(values);
      case SUM -> valid.weigh(values).sum();
      case MEAN -> valid.mean(values);
    };
  }
}
