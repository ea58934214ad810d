package io.lossmith.dl4j;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What DL4J hands a loss, checked: rows of pixels, the samples one after the other.
 *
 * @param samples how many there are
 * @param output what the network says, activated, {@code [rows, channels]}
 * @param labels what is right, of the same shape
 * @param mask a weight for each row {@code [rows, 1]}, or null
 */
record Batch(int samples, INDArray output, INDArray labels, @Nullable INDArray mask) {
  /**
   * Checks shapes.
   *
   * @param sample {@code [channels, spatial...]}
   * @throws ShapeException if they are not those of such samples
   */
  static Batch of(Shape sample, INDArray output, INDArray labels, @Nullable INDArray mask) {
    long channels = sample.get(0);
    int pixels = RowsLoss.pixels(sample);
    if (output.rank() != 2 || output.size(1) != channels || output.size(0) % pixels != 0) {
      throw new ShapeException(
          LossmithLossFunction.WHO
              + ": output is "
              + shape(output)
              + ", must be [samples·"
              + pixels
              + ", "
              + channels
              + "], the pixels of samples "
              + sample
              + " one a row; the network must be NCHW with pictures of that size (DL4J's CnnLossLayer"
              + " scores NHWC as if it were NCHW)");
    }
    if (!Arrays.equals(labels.shape(), output.shape())) {
      throw new ShapeException(
          LossmithLossFunction.WHO
              + ": labels are "
              + shape(labels)
              + ", output is "
              + shape(output)
              + ", must be of one shape; make class indices one-hot");
    }
    if (mask != null && (mask.rank() != 2 || mask.length() != output.size(0))) {
      throw new ShapeException(
          LossmithLossFunction.WHO
              + ": mask is "
              + shape(mask)
              + ", must be ["
              + output.size(0)
              + ", 1], one weight for each pixel; no mask goes by channels");
    }
    return new Batch((int) (output.size(0) / pixels), output, labels, mask);
  }

  /** Returns this with another output. */
  Batch with(INDArray activated) {
    return new Batch(samples, activated, labels, mask);
  }

  /** Returns one of the samples as a batch. */
  Batch sample(int number) {
    return new Batch(
        1, rows(output, number), rows(labels, number), mask == null ? null : rows(mask, number));
  }

  private INDArray rows(INDArray all, int number) {
    long pixels = all.size(0) / samples;
    return all.get(
        NDArrayIndex.interval(number * pixels, (number + 1) * pixels), NDArrayIndex.all());
  }

  /** Tells whether the network computes in double. */
  boolean isDouble() {
    return output.dataType() == DataType.DOUBLE;
  }

  private static String shape(INDArray array) {
    return Arrays.toString(array.shape());
  }
}
