package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.io.Serial;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A loss with a constant weight for each pixel. */
final class MaskedLoss implements Loss {
  @Serial private static final long serialVersionUID = 1L;

  private final Loss loss;
  private final float[] weights;
  private final int[] sizes;

  MaskedLoss(Loss loss, Tensor map) {
    this.loss = loss;
    this.weights = map.toArray();
    this.sizes = map.shape().toArray();
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target) {
    return apply(prediction, target, null);
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Tensor map = map(prediction);
    return loss.apply(
        prediction, target, mask == null ? map : map.times(mask.reshape(map.shape().toArray())));
  }

  @Override
  public @Nullable PredictionKind predictionKind() {
    return loss.predictionKind();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MaskedLoss that
        && loss.equals(that.loss)
        && Arrays.equals(weights, that.weights)
        && Arrays.equals(sizes, that.sizes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(loss, Arrays.hashCode(weights), Arrays.hashCode(sizes));
  }

  /** Returns the map for this batch: what has no batch axis, or a batch of one, is repeated. */
  private Tensor map(Tensor prediction) {
    Tensor map = Tensor.wrap(weights, sizes);
    Shape shape = prediction.shape();
    if (shape.rank() < 2 || shape.rank() == 2 && shape.get(0) == map.shape().count()) {
      return map;
    }
    int[] one = shape.with(0, 1).with(1, 1).toArray();
    Shape own = map.shape();
    boolean everySample =
        own.equals(shape.with(1, 1).without(0, 1))
            || own.equals(shape.with(0, 1).with(1, 1))
            || own.equals(shape.with(0, 1).without(1));
    if (everySample) {
      return map.reshape(one).broadcastTo(shape.with(1, 1).toArray());
    }
    if (own.equals(shape.with(1, 1)) || own.equals(shape.without(1))) {
      return map.reshape(shape.with(1, 1).toArray());
    }
    throw new ShapeException(
        "masked: map is "
            + own
            + ", prediction is "
            + shape
            + "; the map must be "
            + shape.without(0, 1)
            + ", "
            + shape.with(0, 1).with(1, 1)
            + " or "
            + shape.with(1, 1));
  }
}
