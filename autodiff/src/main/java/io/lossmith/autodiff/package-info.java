/**
 * Tensors, and gradients of whatever is computed with them.
 *
 * <p>{@link io.lossmith.autodiff.Tensor} is the one type that a user meets; {@link
 * io.lossmith.autodiff.Gradients} differentiates functions of tensors; {@link
 * io.lossmith.autodiff.Tracing} turns a function into a program that runs many times.
 */
@NullMarked
package io.lossmith.autodiff;

import org.jspecify.annotations.NullMarked;
