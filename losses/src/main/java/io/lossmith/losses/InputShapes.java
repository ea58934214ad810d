package io.lossmith.losses;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Arguments.Named;
import io.lossmith.core.shard.Shard;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that a loss is compiled for, those of the whole batch.
 *
 * @param prediction for example {@code [8, 1, 512, 512]}
 * @param target what the loss takes beside it
 * @param mask a weight for each pixel, or null for none
 * @param shard the samples of the batch that this worker has, or null for all: then arrays hold
 *     these, while value and gradient are those of the whole batch
 */
public record InputShapes(
    Shape prediction, Shape target, @Nullable Shape mask, @Nullable Shard shard) {
  /** Refuses null. */
  public InputShapes {
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(target, "target");
  }

  /** Creates shapes of a whole batch. */
  public InputShapes(Shape prediction, Shape target, @Nullable Shape mask) {
    this(prediction, target, mask, null);
  }

  /** Returns these shapes, without a mask. */
  public static InputShapes of(Shape prediction, Shape target) {
    return new InputShapes(prediction, target, null);
  }

  /** Returns these shapes with a mask. */
  public InputShapes withMask(Shape mask) {
    Objects.requireNonNull(mask, "mask");
    return new InputShapes(prediction, target, mask, shard);
  }

  /** Returns these shapes with a mask of the given sizes. */
  public InputShapes withMask(int... sizes) {
    return withMask(Shape.of(sizes));
  }

  /**
   * Returns these shapes for one of several workers, each of which compiles the same loss, has some
   * of the samples and calls {@code evaluate} as often as the others: all get the loss of the whole
   * batch, and its gradient for their own samples.
   */
  public InputShapes sharded(Shard shard) {
    Objects.requireNonNull(shard, "shard");
    return new InputShapes(prediction, target, mask, shard);
  }

  /** Returns what of them is in arrays. */
  InputShapes own() {
    return shard == null
        ? this
        : new InputShapes(own(prediction), own(target), mask == null ? null : own(mask));
  }

  private Shape own(Shape whole) {
    return whole.with(0, Objects.requireNonNull(shard).samples());
  }

  /** Returns all that are there, in the order in which losses take them. */
  List<Named> named() {
    Named first = new Named("prediction", prediction);
    Named second = new Named("target", target);
    return mask == null ? List.of(first, second) : List.of(first, second, new Named("mask", mask));
  }
}
