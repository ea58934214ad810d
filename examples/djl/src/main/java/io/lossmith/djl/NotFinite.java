package io.lossmith.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/** Says of a gradient that DJL cannot be handed where it is not a number. */
final class NotFinite {
  private NotFinite() {}

  /** Finds the place, in the order of the user's own array. */
  static ArithmeticException of(
      DjlBatch batch, ArrayLayout layout, LossArrays arrays, NDArray gradient, float value) {
    Shape shape = batch.prediction().getShape();
    FloatBuffer slopes = HostMemory.buffer(gradient);
    FloatBuffer predictions = arrays.values();
    int slope = first(slopes);
    int prediction = first(predictions);
    if (prediction >= 0) {
      return new ArithmeticException(
          LossmithLoss.WHO
              + ": the prediction at "
              + layout.place(shape, prediction)
              + " is "
              + predictions.get(prediction)
              + ", must be a number; the loss is "
              + value
              + "; take a smaller learning rate, or look for what the network divides by 0");
    }
    if (slope >= 0) {
      return new ArithmeticException(
          LossmithLoss.WHO
              + ": the gradient at "
              + layout.place(shape, slope)
              + " is "
              + slopes.get(slope)
              + ", must be a number; the prediction there is "
              + predictions.get(slope)
              + " and the loss "
              + value
              + "; -Dlossmith.anomaly=true names the operation that made it");
    }
    return new ArithmeticException(
        LossmithLoss.WHO
            + ": the gradient is beyond what "
            + batch.prediction().getDataType()
            + " holds, must be within; the loss is "
            + value
            + "; take a mean in place of a sum, or a part of the loss");
  }

  private static int first(FloatBuffer numbers) {
    for (int i = 0; i < numbers.limit(); i++) {
      if (!Float.isFinite(numbers.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
