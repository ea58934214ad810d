package io.lossmith.djl;

/** What the labels of a batch hold; numbers of any type. */
public enum LabelKind {
  /**
   * The class of each pixel: the prediction's shape without the class axis, or with 1 there. For
   * predictions {@code (N, C, H, W)} labels {@code (N, H, W)}.
   */
  CLASS_INDICES,
  /** A number for each of the prediction's: masks, one-hot classes, probabilities, heat maps. */
  LIKE_PREDICTION
}
