package io.lossmith.kotlin

import io.lossmith.autodiff.Tensor
import io.lossmith.autodiff.div
import io.lossmith.autodiff.minus
import io.lossmith.autodiff.plus
import io.lossmith.autodiff.times
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

class OperatorTests {
  private fun dice(p: Tensor, t: Tensor): Tensor = 1 - 2f * (p * t).sum() / (p + t).sum()

  @Test
  fun numbersOfEveryTypeStandOnBothSides() {
    val p = Tensor.scalar(0.5)
    val t = Tensor.scalar(1.0)
    val all = listOf(p + 1, p - 1f, p * 1L, p / 2.0, 1 + p, 1f - p, 1L * p, 2.0 / p, -p, dice(p, t))
    assertThat(all).doesNotContainNull()
  }
}
