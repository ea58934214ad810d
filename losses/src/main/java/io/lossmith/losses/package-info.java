/**
 * Losses for image segmentation, written as formulas over tensors. {@link io.lossmith.losses.Loss}
 * is what a user writes and calls, {@link io.lossmith.losses.Losses} the catalogue by name, {@link
 * io.lossmith.losses.Compiled} the seam for training loops.
 *
 * <p>What holds for every loss of the catalogue: activation, then mask, then background; one valid
 * mask, (target ≠ ignore index) × weights, in each sum and each mean; nothing valid gives 0 with a
 * gradient of 0; logits are used in log space; values are ≥ 0. A shape that does not fit is a
 * {@link io.lossmith.core.ShapeException}, a value an {@link java.lang.IllegalArgumentException}.
 */
@NullMarked
package io.lossmith.losses;

import org.jspecify.annotations.NullMarked;
