/**
 * Losses from papers, written as a user of the library writes them: with the tensor operations that
 * are there, a few lines each, the gradient by itself. Take what you need into your own code; each
 * says where it comes from and what it takes. A recipe becomes a loss where its options are given:
 * {@code Loss loss = (p, t) -> RegionLosses.logDice(p, t, 0.3)}.
 *
 * <p>Shapes: {@code N} samples, {@code C} classes or channels, {@code H} x {@code W} pixels.
 * Probabilities and logits are {@code [N, C, H, W]}; a target is of the same shape, or class
 * indices {@code [N, H, W]} where it says labels. All give one number.
 */
@NullMarked
package io.lossmith.cookbook;

import org.jspecify.annotations.NullMarked;
