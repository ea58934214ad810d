package example

import io.lossmith.autodiff.Tensor
import io.lossmith.autodiff.div
import io.lossmith.autodiff.minus
import io.lossmith.autodiff.times
import io.lossmith.losses.Loss
import kotlin.math.abs

/** A loss written with operators; ends with an exception if its value is wrong. */
fun main() {
  val dice = Loss { p, t -> 1 - 2f * (p * t).sum() / (p + t).sum() }
  val p = Tensor.of(floatArrayOf(.9f, .8f, .3f, .1f), 1, 1, 2, 2)
  val t = Tensor.of(floatArrayOf(1f, 1f, 0f, 0f), 1, 1, 2, 2)
  val (value, gradient) = dice.valueAndGradient(p, t)

  // 1 − 3.4/4.1 and 3.4/4.1²
  check(abs(value.item() - 0.170732f) < 1e-5f) { "Dice is ${value.item()}, must be 0.170732" }
  val slope = gradient.toArray()[3]
  check(abs(slope - 0.202260f) < 1e-5f) { "a slope is $slope, must be 0.202260" }
  println("Kotlin: Dice is ${value.item()}")
}
