package io.lossmith.kotlin

import io.lossmith.autodiff.Gradients
import io.lossmith.autodiff.Tensor
import io.lossmith.autodiff.times
import io.lossmith.losses.Loss
import io.lossmith.losses.Losses
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.data.Offset
import org.junit.jupiter.api.Test

class DiceLossTests {
  private val p = Tensor.of(floatArrayOf(0.9f, 0.2f, 0.7f, 0.4f), 1, 1, 2, 2)
  private val t = Tensor.of(floatArrayOf(1f, 0f, 1f, 0f), 1, 1, 2, 2)

  @Test
  fun theFormulaGivesItsValueAndItsSlope() {
    val (value, gradient) = diceLoss.valueAndGradient(p, t)
    val hit = 1.6 // 0.9 + 0.7
    val both = 4.2 // 2.2 + 2
    assertThat(value.item().toDouble()).isCloseTo(1 - 2 * hit / both, within(1e-6))
    val slopes = listOf(1, 0, 1, 0).map { -2 * (it * both - hit) / (both * both) }
    gradient.toArray().zip(slopes).forEach { (found, want) ->
      assertThat(found.toDouble()).isCloseTo(want, within(1e-6))
    }
  }

  @Test
  fun itIsTheCataloguesDiceWithoutSmoothing() {
    val catalogue = Losses.byName("dice", mapOf<String, Any>("smooth" to 0, "aggregate" to "all"))
    assertThat(diceLoss.apply(p, t).item())
      .isCloseTo(catalogue.apply(p, t).item(), Offset.offset(1e-6f))
  }

  @Test
  fun aLambdaTravelsToOtherMachines() {
    val factor = 0.5f
    val loss = Loss { p, t -> factor * diceLoss.apply(p, t) }
    val bytes = ByteArrayOutputStream()
    ObjectOutputStream(bytes).use { it.writeObject(loss) }
    val read = ObjectInputStream(ByteArrayInputStream(bytes.toByteArray())).readObject() as Loss
    assertThat(read.apply(p, t).item()).isEqualTo(loss.apply(p, t).item())
  }

  @Test
  fun lossesAddUpInKotlinToo() {
    val both = diceLoss + Losses.byName("mse", mapOf<String, Any>()) * 0.5
    val mse = 0.25 * (0.01 + 0.04 + 0.09 + 0.16)
    val value = both.apply(p, t).item().toDouble()
    assertThat(value).isCloseTo(diceLoss.apply(p, t).item() + 0.5 * mse, within(1e-6))
  }

  @Test
  fun severalGradientsComeApartToo() {
    val products = Gradients.valueAndGradients { (x, y) -> (x * y).sum() }
    val (value, gradients) = products.apply(listOf(p, t))
    assertThat(value.item()).isCloseTo(1.6f, Offset.offset(1e-6f))
    assertThat(gradients[1].toArray()).isEqualTo(p.toArray())
  }

  @Test
  fun aLambdaHasAGradient() {
    val slope = Gradients.gradient { x -> (x * x * x).sum() }
    assertThat(slope.apply(Tensor.of(floatArrayOf(1f, 2f), 2)).toArray()).containsExactly(3f, 12f)
  }

  private fun within(bound: Double): Offset<Double> = Offset.offset(bound)
}
