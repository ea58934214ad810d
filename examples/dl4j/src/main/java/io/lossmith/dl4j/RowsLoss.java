package io.lossmith.dl4j;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A loss of the rows that DL4J makes of a batch, {@code [samples·pixels, channels]}: it sees them
 * as the pictures that they were, which costs no copy, and counts once for each sample, because
 * DL4J divides by their number.
 *
 * @param sample {@code [channels, spatial...]}
 */
record RowsLoss(Loss loss, Shape sample, int samples) implements Loss {
  /** Returns the shapes of the rows. */
  InputShapes shapes(boolean masked) {
    int rows = samples * pixels(sample);
    Shape each = Shape.of(rows, sample.get(0));
    InputShapes shapes = InputShapes.of(each, each);
    return masked ? shapes.withMask(rows, 1) : shapes;
  }

  static int pixels(Shape sample) {
    return sample.without(0).count();
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target) {
    return apply(prediction, target, null);
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    int[] pixels = sample.with(0, samples).toArray();
    Tensor value =
        loss.apply(
            pictures(prediction), pictures(target), mask == null ? null : mask.reshape(pixels));
    if (value.shape().rank() != 0) {
      throw new IllegalArgumentException(
          LossmithLossFunction.WHO
              + ": the loss "
              + LossmithLossFunction.spelled(loss)
              + " gives values "
              + value.shape()
              + ", must give one number; give it the reduction mean or sum");
    }
    return value.times(samples);
  }

  /** Says where a slope is not finite: DL4J would go on and make every weight NaN. */
  ArithmeticException notFinite(Batch batch, int at, double slope) {
    int channels = sample.get(0);
    int row = at / channels;
    int pixels = pixels(sample);
    return new ArithmeticException(
        LossmithLossFunction.WHO
            + ": the gradient of "
            + LossmithLossFunction.spelled(loss)
            + " is "
            + slope
            + " at sample "
            + row / pixels
            + ", channel "
            + at % channels
            + ", pixel "
            + sample.without(0).index(row % pixels)
            + ", where the output is "
            + batch.output().getDouble(row, at % channels)
            + ", must be finite; look for NaN in the data, or take smaller steps");
  }

  /** Brings the channels from the end to axis 1. */
  private Tensor pictures(Tensor rows) {
    int last = sample.rank();
    int[] sizes = Arrays.copyOf(sample.with(0, samples).toArray(), last + 1);
    sizes[last] = sample.get(0);
    int[] order = new int[last + 1];
    order[1] = last;
    for (int axis = 2; axis <= last; axis++) {
      order[axis] = axis - 1;
    }
    return rows.reshape(sizes).permute(order);
  }
}
