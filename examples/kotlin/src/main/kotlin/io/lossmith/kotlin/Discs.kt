package io.lossmith.kotlin

import kotlin.random.Random

/**
 * Pictures of a bright disc each on a dark, noisy ground, and where the disc is.
 *
 * @property pictures `[count, 1, side, side]`
 * @property truth 1 in the disc, else 0; of the same shape
 */
class Discs(val count: Int, val side: Int, seed: Int = 1) {
  val shape = intArrayOf(count, 1, side, side)
  val pictures = FloatArray(count * side * side)
  val truth = FloatArray(count * side * side)

  init {
    val random = Random(seed)
    repeat(count) { picture ->
      val radius = random.nextDouble(side / 6.0, side / 3.0)
      val x = random.nextDouble(radius, side - radius)
      val y = random.nextDouble(radius, side - radius)
      for (row in 0 until side) {
        for (column in 0 until side) {
          val inside = (column - x) * (column - x) + (row - y) * (row - y) < radius * radius
          val i = (picture * side + row) * side + column
          truth[i] = if (inside) 1f else 0f
          pictures[i] = truth[i] * 0.5f + 0.2f + random.nextDouble(-0.2, 0.2).toFloat()
        }
      }
    }
  }
}
