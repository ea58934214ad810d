package io.lossmith.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.lossmith.core.Shape;
import io.lossmith.losses.InputShapes;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch as losses take it, classes at axis 1, row-major.
 *
 * @param shapes of all
 * @param prediction in one row, still part of what DJL differentiates, of DJL's type and on its
 *     device
 * @param values the prediction's numbers
 * @param target as many numbers as its shape has
 * @param mask a weight for each pixel, or null
 */
record LossArrays(
    InputShapes shapes,
    NDArray prediction,
    FloatBuffer values,
    FloatBuffer target,
    @Nullable FloatBuffer mask) {
  /**
   * Brings a batch into this form; what has it already is not copied.
   *
   * @throws IllegalArgumentException if its shapes do not go together
   */
  static LossArrays of(DjlBatch batch, ArrayLayout layout, HostMemory memory) {
    layout.require(batch.prediction().getShape(), batch.label().getShape());
    NDArray prediction = layout.classesFirst(batch.prediction());
    Shape predicted = shape(prediction);
    boolean like = layout.labels() == LabelKind.LIKE_PREDICTION;
    NDArray target = like ? layout.classesFirst(batch.label()) : batch.label();
    InputShapes shapes = InputShapes.of(predicted, like ? predicted : withoutClasses(predicted));
    NDArray mask = batch.mask();
    if (mask != null) {
      boolean hasClassAxis = mask.getShape().dimension() == predicted.rank();
      mask = hasClassAxis ? layout.classesFirst(mask) : mask;
      shapes = shapes.withMask(shape(mask));
    }
    NDArray flat = prediction.flatten();
    return new LossArrays(
        shapes,
        flat,
        memory.read(flat),
        memory.read(target),
        mask == null ? null : memory.read(mask));
  }

  /** Makes room for a number for each of the prediction's, in the processor's memory. */
  NDArray newGradient() {
    return prediction.getManager().create(prediction.getShape(), DataType.FLOAT32, Device.cpu());
  }

  /**
   * Computes the loss.
   *
   * @param gradient overwritten with its gradient; null computes the value only
   */
  float evaluate(ReadyLosses losses, @Nullable NDArray gradient) {
    FloatBuffer out = gradient == null ? null : HostMemory.buffer(gradient);
    return losses.of(shapes).evaluate(values, target, mask, out);
  }

  /**
   * Returns a number of DJL that is 0 and whose slope along the prediction is {@code gradient}; not
   * a number if either has none.
   */
  NDArray slope(NDArray gradient) {
    NDArray g = gradient.toDevice(prediction.getDevice(), false);
    return prediction.sub(prediction.stopGradient()).dot(g.toType(prediction.getDataType(), false));
  }

  private static Shape shape(NDArray array) {
    return Shape.of(
        Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray());
  }

  private static Shape withoutClasses(Shape prediction) {
    int[] sizes = new int[prediction.rank() - 1];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = prediction.get(i == 0 ? 0 : i + 1);
    }
    return Shape.of(sizes);
  }
}
