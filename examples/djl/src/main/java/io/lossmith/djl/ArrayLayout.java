package io.lossmith.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;

/**
 * Where the classes of DJL's arrays are, and what labels hold. Losses have the samples at axis 0
 * and the classes at axis 1.
 *
 * @param labels what labels hold
 * @param classAxis of predictions; from the end if negative
 */
record ArrayLayout(LabelKind labels, int classAxis) {
  ArrayLayout {
    if (classAxis == 0) {
      throw new IllegalArgumentException(
          LossmithLoss.WHO
              + ": classAxis is 0, must be another: axis 0 counts the samples; 1 for (N, C, H, W),"
              + " -1 for (N, H, W, C)");
    }
  }

  /**
   * Demands that labels go with predictions.
   *
   * @throws IllegalArgumentException if they do not; the message says what would
   */
  void require(Shape prediction, Shape label) {
    int axis = axis(prediction);
    if (!fits(prediction, label, labels, axis)) {
      throw new IllegalArgumentException(
          LossmithLoss.WHO
              + ": labels are "
              + label
              + ", must be "
              + wanted(prediction, axis)
              + " for predictions "
              + prediction
              + " with classes at axis "
              + axis
              + " and "
              + labels
              + hint(prediction, label));
    }
  }

  /** Returns an array as losses have it. */
  NDArray classesFirst(NDArray array) {
    int axis = axis(array.getShape());
    int rank = array.getShape().dimension();
    return axis == 1 ? array : array.transpose(order(rank, axis));
  }

  /** Returns where an element is in the user's array that is at {@code index} of the loss's. */
  Shape place(Shape prediction, long index) {
    int rank = prediction.dimension();
    int[] order = order(rank, axis(prediction));
    long[] place = new long[rank];
    long rest = index;
    for (int i = rank - 1; i >= 0; i--) {
      long size = prediction.get(order[i]);
      place[order[i]] = rest % size;
      rest /= size;
    }
    return new Shape(place);
  }

  private int axis(Shape prediction) {
    int rank = prediction.dimension();
    int axis = classAxis < 0 ? classAxis + rank : classAxis;
    if (axis < 1 || axis >= rank) {
      throw new IllegalArgumentException(
          LossmithLoss.WHO
              + ": predictions are "
              + prediction
              + ", must have an axis "
              + classAxis
              + " for the classes behind axis 0 for the samples");
    }
    return axis;
  }

  /** Which axis of the user's array each axis of the loss's is. */
  private static int[] order(int rank, int classAxis) {
    return IntStream.range(0, rank)
        .map(i -> i == 1 ? classAxis : i > 1 && i <= classAxis ? i - 1 : i)
        .toArray();
  }

  private static boolean fits(Shape prediction, Shape label, LabelKind kind, int axis) {
    return kind == LabelKind.LIKE_PREDICTION
        ? label.equals(prediction)
        : label.equals(without(prediction, axis)) || label.equals(withOne(prediction, axis));
  }

  private String wanted(Shape prediction, int axis) {
    return labels == LabelKind.LIKE_PREDICTION
        ? prediction.toString()
        : without(prediction, axis) + " or " + withOne(prediction, axis);
  }

  /** Says what these shapes look like instead. */
  private String hint(Shape prediction, Shape label) {
    for (LabelKind kind : LabelKind.values()) {
      for (int axis = 1; axis < prediction.dimension(); axis++) {
        if (fits(prediction, label, kind, axis)) {
          return kind == LabelKind.LIKE_PREDICTION
              ? "; they look like " + kind
              : "; they look like " + kind + " with classes at axis " + axis;
        }
      }
    }
    int rank = prediction.dimension();
    int[] inPrediction = order(rank, axis(prediction));
    for (int axis = 1; label.dimension() == rank && axis < rank; axis++) {
      int[] inLabel = order(rank, axis);
      if (IntStream.range(0, rank)
          .allMatch(i -> label.get(inLabel[i]) == prediction.get(inPrediction[i]))) {
        return "; their classes look to be at axis " + axis + ": transpose them";
      }
    }
    return "";
  }

  private static Shape without(Shape prediction, int axis) {
    return prediction.slice(0, axis).addAll(prediction.slice(axis + 1));
  }

  private static Shape withOne(Shape prediction, int axis) {
    return prediction.slice(0, axis).add(1).addAll(prediction.slice(axis + 1));
  }
}
