package io.lossmith.kotlin

import io.lossmith.autodiff.Parameter
import io.lossmith.autodiff.Tensor
import kotlin.math.sqrt
import kotlin.random.Random

/**
 * Two convolutions: 3x3 from one channel to four, ReLU, 1x1 to one channel, sigmoid. What it has
 * learned lies in [parameters], whose arrays are read at each run.
 */
class TinyNetwork(seed: Int = 1) {
  private val random = Random(seed)
  private val edges = parameter(fanIn = 9, HIDDEN, 1, 3, 3)
  private val edgesBias = parameter(fanIn = 9, HIDDEN, 1, 1)
  private val mix = parameter(fanIn = HIDDEN, 1, HIDDEN, 1, 1)
  private val mixBias = parameter(fanIn = HIDDEN, 1, 1, 1)

  val parameters = listOf(edges, edgesBias, mix, mixBias)

  /** Probabilities for pictures `[N, 1, height, width]`, of the same shape. */
  operator fun invoke(pictures: Tensor): Tensor {
    val hidden = (pictures.convolve(edges, 1, 1) + edgesBias).relu()
    return (hidden.convolve(mix, 1, 0) + mixBias).sigmoid()
  }

  private fun parameter(fanIn: Int, vararg sizes: Int): Parameter {
    val bound = 1 / sqrt(fanIn.toDouble())
    val values = FloatArray(sizes.reduce(Int::times)) { random.nextDouble(-bound, bound).toFloat() }
    return Parameter.of(values, *sizes)
  }

  private companion object {
    const val HIDDEN = 4
  }
}
