/**
 * Numbers beside tensors, for Kotlin: `1 - 2f * (p * t).sum() / (p + t).sum()`.
 *
 * `tensor + tensor` and `tensor + 0.5` are the Java methods themselves. Kotlin widens neither `1`
 * nor `1f` to a `double`, and has no Java method to find for a number on the left: these eight
 * functions are for that. Java callers never load this class, nor the Kotlin library.
 */
@file:JvmName("TensorOperators")

package io.lossmith.autodiff

/** Adds [number] to each element. */
public operator fun Tensor.plus(number: Number): Tensor = plus(number.toDouble())

/** Subtracts [number] from each element. */
public operator fun Tensor.minus(number: Number): Tensor = minus(number.toDouble())

/** Multiplies each element by [number]. */
public operator fun Tensor.times(number: Number): Tensor = times(number.toDouble())

/** Divides each element by [number]. */
public operator fun Tensor.div(number: Number): Tensor = div(number.toDouble())

/** Adds this number to each element of [tensor]. */
public operator fun Number.plus(tensor: Tensor): Tensor = tensor.plus(toDouble())

/** Subtracts each element of [tensor] from this number. */
public operator fun Number.minus(tensor: Tensor): Tensor = tensor.rsub(toDouble())

/** Multiplies each element of [tensor] by this number. */
public operator fun Number.times(tensor: Tensor): Tensor = tensor.times(toDouble())

/** Divides this number by each element of [tensor]. */
public operator fun Number.div(tensor: Tensor): Tensor = tensor.rdiv(toDouble())
