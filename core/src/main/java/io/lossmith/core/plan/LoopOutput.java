package io.lossmith.core.plan;

import io.lossmith.core.op.Fold;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a loop leaves behind: a value stored place by place, or folded over axes of the loop.
 *
 * @param value what is stored or folded
 * @param destination where it goes; its stride is 0 along folded axes
 * @param fold how it is folded, or null if it is stored as it is
 * @param folded for each axis of the loop, whether it is folded
 * @param elements how many elements are stored, or folded in all
 */
public record LoopOutput(
    LoopValue value,
    LoopValue.Load destination,
    @Nullable Fold fold,
    boolean[] folded,
    long elements) {
  /** Refuses null. */
  public LoopOutput {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(folded, "folded");
  }
}
