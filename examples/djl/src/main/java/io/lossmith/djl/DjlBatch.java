package io.lossmith.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What DJL hands over for a batch.
 *
 * @param prediction what the network says
 * @param label what is right
 * @param mask a weight for each pixel, or null
 */
record DjlBatch(NDArray prediction, NDArray label, @Nullable NDArray mask) {
  /** But for BFLOAT16, which DJL cannot convert. */
  private static final Set<DataType> DECIMAL =
      EnumSet.of(DataType.FLOAT32, DataType.FLOAT16, DataType.FLOAT64);

  /**
   * Takes the arrays out of DJL's lists.
   *
   * @throws IllegalArgumentException if there are more or fewer than a loss takes, or their numbers
   *     are none that it can read
   */
  static DjlBatch of(NDList labels, NDList predictions) {
    if (predictions.size() != 1) {
      throw new IllegalArgumentException(
          LossmithLoss.WHO
              + ": there are "
              + predictions.size()
              + " predictions, must be 1; for a network with several wrap a loss for each in DJL's"
              + " IndexLoss");
    }
    if (labels.isEmpty() || labels.size() > 2) {
      throw new IllegalArgumentException(
          LossmithLoss.WHO
              + ": there are "
              + labels.size()
              + " labels, must be 1, or 2 with a weight for each pixel behind it");
    }
    NDArray prediction = predictions.get(0);
    if (!DECIMAL.contains(prediction.getDataType())) {
      throw notOfType("predictions", prediction, "FLOAT32, FLOAT16 or FLOAT64");
    }
    NDArray mask = labels.size() == 1 ? null : number("pixel weights", labels.get(1));
    return new DjlBatch(prediction, number("labels", labels.get(0)), mask);
  }

  /** Returns the error of a prediction that nothing can be learned from. */
  IllegalArgumentException withoutGradient() {
    return new IllegalArgumentException(
        LossmithLoss.WHO
            + ": the prediction "
            + prediction.getShape()
            + " has no gradient, must come from the network within the GradientCollector; "
            + (Autograd.reaches(label)
                ? "the labels have one, and in evaluate(labels, predictions) they come first"
                : "toType, toDevice, argMax, comparisons and stopGradient end it; to measure only,"
                    + " call value"));
  }

  private static NDArray number(String what, NDArray array) {
    DataType type = array.getDataType();
    if (!DECIMAL.contains(type) && !type.isInteger() && !type.isBoolean()) {
      throw notOfType(what, array, "numbers or booleans");
    }
    return array;
  }

  private static IllegalArgumentException notOfType(String what, NDArray array, String wanted) {
    return new IllegalArgumentException(
        LossmithLoss.WHO
            + ": "
            + what
            + " "
            + array.getShape()
            + " are "
            + array.getDataType()
            + ", must be "
            + wanted);
  }
}
